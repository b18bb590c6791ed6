"""Practices as the services leave them, and contents that nothing is missing from."""

from copy import deepcopy

from goodpractices import services
from goodpractices.models import Practice
from municipalities.models import Municipality
from network_portal.users.models import User
from network_portal.vocabularies.models import Term
from tests.factories import make_coordinator, make_municipality

CONTENTS = {
    "title": {"title": "Banco de horas para cuidar", "language": "pt"},
    "summary": {"summary": "O pessoal do município junta horas e usa-as para cuidar, com a mesma regra para toda a gente."},
    "context": {"text": "Nove em cada dez pedidos de dispensa eram de mulheres. Cada chefia decidia à sua maneira."},
    "objectives": {"text": "Que homens e mulheres peçam horas para cuidar com a mesma regra e a mesma resposta."},
    "blocks": {
        "blocks": [
            {
                "name": "Uma regra igual", "text": "O regulamento diz quem pode pedir, quantas horas e como.",
                "enabled_by": "Despacho da presidência.", "lesson": "Sem prazo, a regra fica na gaveta.",
            },
            {"name": "Pedir em dois minutos", "text": "Um formulário simples, também em papel.", "enabled_by": "", "lesson": ""},
        ]
    },
    "partners": {"partners": [{"name": "Sindicato local", "role": "Negociou a regra", "municipality": ""}], "is_alone": False},
    "groups": {
        "groups": ["municipal-staff"],
        "axes": [{"axis": "family", "level": "measured", "sentence": "Famílias monoparentais tiveram prioridade nos turnos."}],
    },
    "resources": {"staff_hours": 24, "cost_band": "cost-5000", "equipment": "Uma aplicação", "outside_help": "", "note": ""},
    "period": {"starts": "2023-01", "ends": "", "is_running": True},
    "results": {
        "indicators": [
            {
                "name": "Homens que pediram horas", "before": "11", "after": "34", "unit": "pessoas",
                "source": "Recursos humanos", "by_sex": True,
            }
        ],
        "text": "", "not_measured": "", "evaluated_by": "", "evaluation": "",
    },
    "difficulties": {
        "difficulties": [{"name": "As chefias travaram", "text": "Um em quatro pedidos ficou sem resposta."}], "not_again": "",
    },
    "transfer": {"conditions": "Precisa de um despacho da presidência.", "smallest_town": 5000, "can_drop": "A aplicação."},
    "contact": {"role_email": "igualdade@cm-x.example", "name": "Rita Quaresma", "email": "rita@cm-x.example", "phone": ""},
    "media": {"pictures": [], "documents": [], "video": "", "links": []},
    "classification": {
        "areas": ["gender-equality"], "themes": ["family-sharing"], "practice_type": "regulation",
        "charter": ["2006-11"], "sdg": ["5-4"],
    },
}  # fmt: skip


def contents(**changes: dict) -> dict:
    """Everything of a practice; ``changes`` are merged into the sections of their names."""
    whole = deepcopy(CONTENTS)
    for code, change in changes.items():
        whole[code] = whole.get(code, {}) | change
    return whole


def make_draft(*, municipality: Municipality | None = None, by: User | None = None, form: str = "full", **changes) -> Practice:
    """A draft in which nothing is missing."""
    town = municipality or make_municipality()
    return services.start_practice(town, by=by or make_coordinator(), form=form, contents=contents(**changes))


def make_practice(*, municipality: Municipality | None = None, by: User | None = None, title: str = "", **changes) -> Practice:
    """A published practice."""
    if title:
        changes["title"] = {"title": title}
    practice = make_draft(municipality=municipality, by=by, **changes)
    return services.make_public(practice, by=by or make_coordinator())


def terms_exist(*codes: str) -> bool:
    """Whether the terms that the contents name are loaded."""
    return Term.objects.filter(code__in=codes).count() == len(codes)

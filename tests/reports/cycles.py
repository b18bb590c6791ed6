"""A cycle as the first funder's: five webinars of 2024 with fifty participations each, thirty towns, five recordings."""

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from network_portal.reports import building, services
from network_portal.reports.content import canonical, digest
from network_portal.reports.models import Report
from network_portal.users.models import User
from network_portal.vocabularies.models import Term
from tests.factories import make_cycle, make_municipality, make_term, make_webinar
from webinars.models import AttendanceFile, AttendanceRecord, Cycle, GenderFact, Recording, Registration, SurveyAnswer
from webinars.services import facts

DAYS = [date(2024, 3, 21), date(2024, 5, 16), date(2024, 6, 20), date(2024, 9, 26), date(2024, 11, 21)]
THEMES = ["Igualdade na educação", "Igualdade na saúde", "Igualdade no mercado de trabalho",
          "Partilha de responsabilidades familiares", "Participação cívica e política"]  # fmt: skip
TOWNS = ["Aljezur", "Amadora", "Cascais", "Loulé", "Mangualde", "Odemira", "Palmela", "Póvoa de Lanhoso", "Vila Nova de Gaia"]
CONFIRMED, ATTENDED, PEOPLE = 54, 50, 90
END = date(2024, 12, 31)


def make_full_cycle(*, closed: bool = True) -> Cycle:
    """Targets 5, 250, 25, 5: all met exactly, but 30 towns."""
    cycle = make_cycle(
        title="Ciclo de Webinars: Práticas Promotoras da Igualdade", slug="praticas-2024",
        starts_on=date(2024, 1, 1), ends_on=END, funder="Comissão para a Cidadania", grant_reference="ONGM/2024/17",
    )  # fmt: skip
    towns = [
        make_municipality(
            name=TOWNS[n] if n < len(TOWNS) else f"Vila {n}", code=f"08{n:02}", residents=4_000 * (n + 1),
            district="Faro" if n % 2 else "Braga", region=("Norte", "Centro", "Algarve")[n % 3], nuts3=f"PT1{n % 4}0",
        )
        for n in range(30)
    ]  # fmt: skip
    people = make_people(PEOPLE)
    for n, day in enumerate(DAYS):
        hold(cycle, n + 1, day, people, towns, closed=closed)
    return cycle


def make_people(many: int, prefix: str = "participant") -> list[User]:
    emails = [f"{prefix}{n}@cm-x.example" for n in range(many)]
    User.objects.bulk_create(User(email=email, name=f"Pessoa {n}") for n, email in enumerate(emails))
    return list(User.objects.filter(email__in=emails).order_by("pk"))


def hold(cycle: Cycle, number: int, day: date, people: list[User], towns: list, *, closed: bool):
    """One webinar: 54 confirmed, 50 attended by a file, its recording published a week later."""
    starts_at = datetime(day.year, day.month, day.day, 10, tzinfo=UTC)
    webinar = make_webinar(
        cycle=cycle,
        number=number,
        title=THEMES[(number - 1) % len(THEMES)],
        slug=f"praticas-{number}",
        starts_at=starts_at,
        capacity=60,
    )
    roles = list(Term.objects.of("role")) or [make_term("role")]
    group = [people[(number * 10 + n) % len(people)] for n in range(CONFIRMED)]
    Registration.objects.bulk_create(
        Registration(webinar=webinar, person=person, name=person.name, status="confirmed", confirmed_at=starts_at,
                     municipality=towns[person.pk % min(len(towns), 14 + 4 * number)], role=roles[person.pk % len(roles)])
        for person in group
    )  # fmt: skip
    file = AttendanceFile.objects.create(
        webinar=webinar, name=f"participants-{number}.csv", sha256=sha256(str(number).encode()).hexdigest(), size=9_000,
        state="applied", rows=CONFIRMED, applied_at=starts_at + timedelta(days=1),
    )  # fmt: skip
    rows = webinar.registrations.order_by("pk")[:ATTENDED]
    AttendanceRecord.objects.bulk_create(facts.record_of(row, source="file", minutes=170, file=file) for row in rows)
    facts.settle(webinar)
    if closed:
        close(webinar, at=starts_at + timedelta(days=2))
    Recording.objects.create(
        webinar=webinar, video_id=f"webinar-{number:03}", state="published", privacy="public", views=100 + number,
        published_on=day + timedelta(days=7), captions_checked_at=starts_at + timedelta(days=6),
    )  # fmt: skip
    GenderFact.objects.bulk_create(GenderFact(webinar=webinar, gender=g, count=n) for g, n in (("woman", 31), ("man", 12)))
    SurveyAnswer.objects.bulk_create(SurveyAnswer(webinar=webinar, usefulness=4 + n % 2) for n in range(20))
    return webinar


def close(webinar, *, at) -> None:
    facts.seal(webinar)
    webinar.attendance_closed_at = at
    webinar.save()


def make_frozen(cycle: Cycle, *, by: User, cut_off: date = END, text: dict | None = None) -> Report:
    """A report made, written and frozen by the services."""
    report = services.create_report(cycle, by=by, cut_off=cut_off)
    seen = report.changed_at.isoformat()
    report = services.save_text(report, by=by, seen=seen, text=text or {"pt": "## O que muda\n\nAs **metas** foram cumpridas."})
    return services.freeze(report, by=by, checked=digest(canonical(building.build(report))))

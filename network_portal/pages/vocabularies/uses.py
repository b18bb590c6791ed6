"""Which records carry the terms of each vocabulary: how many, and how the search follows when a label changes."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import ngettext

from goodpractices.models import Practice
from goodpractices.search import PRACTICES
from grants.models import Call
from grants.search import CALLS
from municipalities.models import Municipality
from network_portal.common.templatetags.portal import thousands
from network_portal.search import services as index
from network_portal.search.kinds import Kind
from network_portal.vocabularies import services
from network_portal.vocabularies.models import Term, Vocabulary
from webinars.models import Registration, Webinar
from webinars.search import WEBINARS

FOLLOWED = 300  # records that the search follows at once; it follows more of them overnight
NO_END = 2_147_483_647


@dataclass(frozen=True)
class Use:
    """A kind of record that carries terms. ``rows`` are those that carry one, asked of a function that gives its columns:
    ``OuterRef`` inside of a query of terms. ``kind`` is how the search knows them, if by these terms."""

    name: str
    words: Callable[[int], str]
    rows: Callable[[Callable], QuerySet]
    kind: Kind | None = None

    def of(self, term: Term) -> QuerySet:
        return self.rows(lambda column: getattr(term, column)).order_by().distinct()

    def counted(self) -> Coalesce:
        """How many carry the term of the outer query."""
        carriers = Func(F("pk"), function="COUNT", template="%(function)s(DISTINCT %(expressions)s)")
        rows = self.rows(OuterRef).order_by().annotate(carriers=carriers).values("carriers")
        return Coalesce(Subquery(rows, output_field=IntegerField()), 0)


def _webinars(n: int) -> str:
    return ngettext("%(n)s webinar", "%(n)s webinars", n) % {"n": thousands(n)}


def _calls(n: int) -> str:
    return ngettext("%(n)s call", "%(n)s calls", n) % {"n": thousands(n)}


def _practices(n: int) -> str:
    return ngettext("%(n)s practice", "%(n)s practices", n) % {"n": thousands(n)}


def _registrations(n: int) -> str:
    return ngettext("%(n)s registration", "%(n)s registrations", n) % {"n": thousands(n)}


def _towns(n: int) -> str:
    return ngettext("%(n)s municipality", "%(n)s municipalities", n) % {"n": thousands(n)}


def _with_residents(of: Callable) -> QuerySet:
    return Municipality.objects.filter(residents__gte=of("lower"), residents__lt=Coalesce(of("upper"), Value(NO_END)))


LINKED = Use("practices", _practices, lambda of: Practice.objects.filter(term_links__term=of("pk")), PRACTICES)
USES: dict[str, tuple[Use, ...]] = {
    Vocabulary.THEME: (
        Use("webinars", _webinars, lambda of: Webinar.objects.filter(Q(theme=of("pk")) | Q(other_themes=of("pk"))), WEBINARS),
        Use("calls", _calls, lambda of: Call.objects.filter(themes=of("pk")), CALLS),
        LINKED,
    ),
    Vocabulary.AXIS: (
        Use("webinars", _webinars, lambda of: Webinar.objects.filter(axes__axis=of("pk")), WEBINARS),
        Use("calls", _calls, lambda of: Call.objects.filter(axes=of("pk")), CALLS),
        LINKED,
    ),
    Vocabulary.AREA: (LINKED,),
    Vocabulary.TARGET_GROUP: (LINKED,),
    Vocabulary.PRACTICE_TYPE: (
        Use("practices", _practices, lambda of: Practice.objects.filter(practice_type=of("pk")), PRACTICES),
    ),
    Vocabulary.CHARTER_ARTICLE: (LINKED,),
    Vocabulary.SDG_TARGET: (LINKED,),
    Vocabulary.POPULATION_BAND: (Use("municipalities", _towns, _with_residents),),
    Vocabulary.COST_BAND: (Use("practices", _practices, lambda of: Practice.objects.filter(cost_band=of("pk"))),),
    Vocabulary.ROLE: (Use("registrations", _registrations, lambda of: Registration.objects.filter(role=of("pk"))),),
}


def terms_with_uses(vocabulary: str) -> list[Term]:
    """The terms in their order, retired ones too; ``uses`` of each says in words what carries it. One query."""
    uses = USES[vocabulary]
    terms = Term.objects.filter(vocabulary=vocabulary).order_by("position", "pk")
    terms = list(terms.annotate(**{f"n_{use.name}": use.counted() for use in uses}))
    for term in terms:
        counts = [(use, getattr(term, f"n_{use.name}")) for use in uses]
        term.uses = [use.words(count) for use, count in counts if count]
    return terms


@transaction.atomic
def rename(term: Term, *, labels: dict[str, str], seen: str, by) -> int | None:
    """Give ``term`` these labels, and the search the words of the records that carry it.

    How many of them it knows by the new words; None when there are so many that it learns them overnight.
    Raises ChangedMeanwhile, TermExists.
    """
    renamed = services.rename(term, labels=labels, seen=seen, by=by)
    if renamed.labels == term.labels:
        return 0
    found = {use.kind: _first(use.of(renamed)) for use in USES[term.vocabulary] if use.kind}
    if sum(map(len, found.values())) > FOLLOWED:
        return None
    return sum(_write(kind, pks) for kind, pks in found.items())


def _first(rows: QuerySet) -> list[int]:
    return list(rows.values_list("pk", flat=True)[: FOLLOWED + 1])


def _write(kind: Kind, pks: list[int]) -> int:
    return index.write(kind.code, kind.documents(kind.records().filter(pk__in=pks)))

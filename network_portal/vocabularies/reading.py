"""The vocabularies as each process keeps them: read again only when ``VocabularyState`` says that something changed.

Whoever changes a term calls ``touch`` in the same transaction. Each call of ``current`` (or of ``terms_of`` and ``term``) costs
one small query; a page that needs many terms asks once and keeps what it got.
"""

from dataclasses import dataclass
from threading import Lock
from uuid import UUID, uuid4

from django.db.models import Subquery

from network_portal.vocabularies.models import Term, VocabularyState


@dataclass(frozen=True)
class Vocabularies:
    """All terms at one version: by vocabulary in their order (retired ones too), by vocabulary and code, by primary key."""

    version: UUID | None
    by_vocabulary: dict[str, tuple[Term, ...]]
    by_code: dict[tuple[str, str], Term]
    by_pk: dict[int, Term]

    def of(self, vocabulary: str, *, with_retired: bool = False) -> tuple[Term, ...]:
        """The terms of a vocabulary in their order, those in use unless said otherwise."""
        terms = self.by_vocabulary.get(vocabulary, ())
        return terms if with_retired else tuple(term for term in terms if not term.is_retired)

    def label_of(self, vocabulary: str, code: str) -> str:
        """The label of a term, also of a retired one; the code itself when it is not known."""
        term = self.by_code.get((vocabulary, code))
        return term.label if term else code

    def band_of(self, vocabulary: str, number: int | None) -> Term | None:
        """The band that holds ``number``: one in use, else a retired one, as records keep every retired term."""
        if number is None:
            return None
        bands = sorted(self.of(vocabulary, with_retired=True), key=lambda term: term.is_retired)
        return next((term for term in bands if term.holds(number)), None)


_kept: dict[str, Vocabularies] = {}  # one entry: "now"
_lock = Lock()


def current() -> Vocabularies:
    """The vocabularies as they are: one query, and one more when something changed."""
    return at(VocabularyState.objects.filter(id=1).values_list("version", flat=True).first())


def version_column() -> Subquery:
    """The version as a column of another query, for pages that count their queries; ``at`` takes it."""
    return Subquery(VocabularyState.objects.filter(id=1).values("version"))


def at(version: UUID | None) -> Vocabularies:
    """The vocabularies at a version that was just read."""
    kept = _kept.get("now")
    if kept is None or kept.version != version or version is None:
        with _lock:
            kept = _kept["now"] = _read(version)
    return kept


def forget() -> None:
    """Read again at the next call: for tests, whose databases come and go."""
    _kept.clear()


def touch() -> None:
    """Say that terms changed, in the transaction that changed them."""
    VocabularyState.objects.update_or_create(id=1, defaults={"version": uuid4()})


def _read(version: UUID | None) -> Vocabularies:
    terms = list(Term.objects.order_by("vocabulary", "position", "pk"))
    by_vocabulary: dict[str, list[Term]] = {}
    for term in terms:
        by_vocabulary.setdefault(term.vocabulary, []).append(term)
    return Vocabularies(
        version,
        {vocabulary: tuple(found) for vocabulary, found in by_vocabulary.items()},
        {(term.vocabulary, term.code): term for term in terms},
        {term.pk: term for term in terms},
    )


def terms_of(vocabulary: str, *, with_retired: bool = False) -> tuple[Term, ...]:
    """The terms of a vocabulary in their order."""
    return current().of(vocabulary, with_retired=with_retired)


def term(pk: int) -> Term | None:
    return current().by_pk.get(pk)

"""What coordinators do to the terms: one change after the other, so that none is made on what another has just changed."""

from collections.abc import Iterable
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from network_portal.audit import services as audit
from network_portal.common.text import fold
from network_portal.vocabularies import languages
from network_portal.vocabularies.errors import BandsOverlap, ChangedMeanwhile, LastTerm, TermExists
from network_portal.vocabularies.models import BANDS, Term, VocabularyState
from network_portal.vocabularies.reading import touch

LONGEST_CODE = 60
RESERVED_CODES = {"add"}  # addresses beside the pages of the terms


def stamp_of(term: Term) -> str:
    """What changes when a label of ``term`` does: a form carries it from when it was opened until it is saved."""
    return sha256(repr(sorted(term.labels.items())).encode()).hexdigest()[:20]


@transaction.atomic
def add(vocabulary: str, *, labels: dict[str, str], by, **facts) -> Term:
    """A new term, the last of its vocabulary; its code, made of the label, is for good. ``facts`` are the edition of an article,
    and the numbers of a band, which stands where they do.

    Raises TermExists, BandsOverlap.
    """
    terms = _locked(vocabulary)
    term = Term(vocabulary=vocabulary, labels=labels, **facts)
    _check_labels(term, terms)
    _check_band(term, terms)
    term.code = _free_code(term, {other.code for other in terms} | RESERVED_CODES)
    terms.insert(_place(term, terms), term)
    term.save()
    _number(terms)
    _note(term, "added", by=by, labels=labels)
    return term


@transaction.atomic
def rename(term: Term, *, labels: dict[str, str], seen: str, by) -> Term:
    """Give ``term`` these labels; its code stays, so what carries the term does. ``seen`` is its stamp when the form was opened.

    Raises ChangedMeanwhile, TermExists.
    """
    term, terms = _found(term)
    if stamp_of(term) != seen:
        raise ChangedMeanwhile(_("Somebody else changed this term meanwhile. Nothing was overwritten."))
    if labels != term.labels:
        before, term.labels = term.labels, labels
        _check_labels(term, terms)
        term.save(update_fields=["labels"])
        changed = {code for code in before.keys() | labels.keys() if before.get(code) != labels.get(code)}
        parts = ({code: words[code] for code in sorted(changed & words.keys())} for words in (before, labels))
        _note(term, "renamed", by=by, **dict(zip(("before", "after"), parts, strict=True)))
    return term


@transaction.atomic
def retire(term: Term, *, by) -> Term:
    """Offer it no longer; what carries it keeps it. Twice is the same as once. Raises LastTerm."""
    term, terms = _found(term)
    if not term.is_retired:
        if all(other.is_retired or other.pk == term.pk for other in terms):
            raise LastTerm(_("This is the last term in use, and forms need one to offer. Add another one first."))
        _set_retired(term, True, by=by)
    return term


@transaction.atomic
def bring_back(term: Term, *, by) -> Term:
    """Offer a retired term again, at the place that it had. Twice is the same as once. Raises TermExists, BandsOverlap."""
    term, terms = _found(term)
    if term.is_retired:
        _check_labels(term, terms)
        _check_band(term, terms)
        _set_retired(term, False, by=by)
    return term


@transaction.atomic
def move(term: Term, *, up: bool, by) -> Term:
    """Before the term in use that comes before it, or after the one after it; nothing at the end, and for bands, whose order
    is that of their numbers."""
    term, terms = _found(term)
    shown = [other for other in terms if not other.is_retired or other.pk == term.pk]
    place = shown.index(term) + (-1 if up else 1)
    if term.vocabulary in BANDS or not 0 <= place < len(shown):
        return term
    target = terms.index(shown[place])
    terms.remove(term)
    terms.insert(target, term)
    _number(terms)
    _note(term, "moved", by=by, up=up)
    return term


def _locked(vocabulary: str) -> list[Term]:
    """The terms of a vocabulary, retired ones too, in their order; nobody else changes any until the transaction ends."""
    VocabularyState.objects.select_for_update().get_or_create(id=1)
    return list(Term.objects.filter(vocabulary=vocabulary).order_by("position", "pk"))


def _found(term: Term) -> tuple[Term, list[Term]]:
    """The term as it is now, and its vocabulary with it."""
    terms = _locked(term.vocabulary)
    return next(other for other in terms if other.pk == term.pk), terms


def _check_labels(term: Term, terms: Iterable[Term]) -> None:
    """No two terms in use are called the same in a language that the network shows (articles: of one edition)."""
    for other in terms:
        if other.pk == term.pk or other.is_retired or other.edition != term.edition:
            continue
        for code in languages.shown():
            mine, theirs = term.labels.get(code, ""), other.labels.get(code, "")
            if mine and fold(mine) == fold(theirs):
                raise TermExists(_("There is a term called “%(label)s” already.") % {"label": theirs})


def _check_band(term: Term, terms: Iterable[Term]) -> None:
    for other in terms:
        if other.pk != term.pk and not other.is_retired and _overlap(term, other):
            text = _("Some numbers would be in two bands: “%(label)s” has them already. Retire that band first.")
            raise BandsOverlap(text % {"label": other.label})


def _overlap(one: Term, other: Term) -> bool:
    if one.lower is None or other.lower is None:
        return False
    return (one.upper is None or other.lower < one.upper) and (other.upper is None or one.lower < other.upper)


def _free_code(term: Term, taken: set[str]) -> str:
    """Of the English label, else of the first language's; with a number when another term has it."""
    label = term.labels.get("en") or term.labels[settings.LANGUAGE_CODE]
    words = slugify(f"{term.edition} {label}".replace(".", " ")) or "term"
    base = words[: LONGEST_CODE - 4].strip("-")
    return next(code for code in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if code not in taken)


def _place(term: Term, terms: list[Term]) -> int:
    """At the end; of a band, after those of smaller numbers."""
    if term.lower is None:
        return len(terms)
    smaller = [n for n, other in enumerate(terms, start=1) if other.lower is not None and other.lower <= term.lower]
    return smaller[-1] if smaller else 0


def _number(terms: list[Term]) -> None:
    moved = [(place, term) for place, term in enumerate(terms, start=1) if term.position != place]
    for place, term in moved:
        term.position = place
    Term.objects.bulk_update([term for _place, term in moved], ["position"])


def _set_retired(term: Term, is_retired: bool, *, by) -> None:
    term.is_retired = is_retired
    term.save(update_fields=["is_retired"])
    _note(term, "retired" if is_retired else "brought_back", by=by)


def _note(term: Term, deed: str, *, by, **detail) -> None:
    """Processes read the terms again, and the log says who did it."""
    touch()
    audit.record(f"term.{deed}", about=f"term:{term.pk}", by=by, vocabulary=term.vocabulary, code=term.code, **detail)

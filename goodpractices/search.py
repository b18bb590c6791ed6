"""Good practices as the search finds and shows them."""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from goodpractices import catalogue_index
from goodpractices.facets import BY_PARAMETER, words_of
from goodpractices.models import Practice, PracticeTerm, Section
from goodpractices.sections import SECTIONS
from network_portal.common.search import Query
from network_portal.search import services as index
from network_portal.search.kinds import Kind, Shown, visible_entries
from network_portal.search.models import Entry
from network_portal.search.ranks import Ranked, ranked
from network_portal.search.services import Document
from network_portal.search.suggestions import did_you_mean, is_little, with_what_was_meant
from network_portal.vocabularies import reading
from network_portal.vocabularies.models import Term, Vocabulary

BATCH = 200  # rows read at a time
LETTER = re.compile(r"[^\W\d_]")  # what has none is no text: numbers before and after
MARKS = re.compile(  # of Markdown, that a passage would show: of a link only its words stay
    r"!?\[([^\[\]\n]{0,300})\]\([^)\s]{0,2000}\)|^ {0,3}(?:#{1,6}|[-*+>]) +|(?<!\w)[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?!\w)",
    re.MULTILINE,
)
SIGNS = frozenset("[*_#>+-\n")  # a text without any of them has no marks
READ = (
    "pk", "language", "title", "summary", "published_at", "public_version_id", "practice_type_id", "municipality__name",
)  # fmt: skip
SUBJECTS = (Vocabulary.THEME, Vocabulary.TARGET_GROUP)
# told elsewhere, or no reason to find a practice
SKIPPED = {"title", "summary", "classification", "period", "contact"}


def index_practice(practice: Practice) -> None:
    """Write what the search knows of ``practice`` anew, in the transaction of who changed it; nothing unless it is listed."""
    if practice.is_public:
        index.write(PRACTICES.code, practice_documents(Practice.objects.filter(pk=practice.pk)))
    else:
        index.forget(PRACTICES.code, [practice.pk])


def found_by_words(query: Query) -> tuple[Query, Ranked]:
    """The practices in the catalogue that have all words of ``query``, and for which search: where little is found, with what
    was probably meant. One query, more only where little is found."""
    found = ranked(PRACTICES.code, query)
    if not is_little(len(found.found)):
        return query, found
    wider = with_what_was_meant(query, visible_entries((PRACTICES,), None), len(found.found))
    return (wider, ranked(PRACTICES.code, wider)) if wider.typed else (query, found)


def entries_of(pks: list[int]) -> dict[int, Entry]:
    """What the search knows of practices, by their numbers; one query."""
    entries = Entry.objects.filter(kind=PRACTICES.code, object_id__in=pks)
    return {entry.object_id: entry for entry in entries.only("object_id", "language", "title", "summary", "text")}


def suggestion_for(query: Query) -> str:
    """What may have been meant by a search that finds no practice; nothing when that is not known."""
    return did_you_mean(query, visible_entries((PRACTICES,), None)) if query else ""


def practice_documents(practices: QuerySet) -> Iterator[Document]:
    """Title, summary, every word of the sections; the labels of its terms in every language, and its town."""
    rows = practices.order_by("pk").values_list(*READ, named=True).iterator(chunk_size=BATCH)
    terms = reading.current().by_pk
    while batch := list(islice(rows, BATCH)):
        links, sections = _links_of([row.pk for row in batch]), _sections_of([row.public_version_id for row in batch])
        for row in batch:
            subjects, others = _labels_of([terms[pk] for pk in (*links[row.pk], row.practice_type_id) if pk in terms])
            yield Document(
                object_id=row.pk,
                language=row.language,
                title=row.title,
                summary=row.summary,
                text=" · ".join([row.municipality__name, *_words(sections[row.public_version_id])]),
                dated_on=row.published_at.date(),
                place=row.municipality__name,
                subjects=subjects,
                labels=others,
            )


def _labels_of(terms: list[Term]) -> tuple[tuple[dict, ...], tuple[dict, ...]]:
    """The labels that say what a practice is about and whom it is for, and the others: articles and goals are whole sentences."""
    subjects = tuple(term.labels for term in terms if term.vocabulary in SUBJECTS)
    return subjects, tuple(term.labels for term in terms if term.vocabulary not in SUBJECTS)


def _links_of(pks: list[int]) -> dict[int, list[int]]:
    """The numbers of the terms of each practice; one query."""
    found = defaultdict(list)
    for practice_id, term_id in (
        PracticeTerm.objects.filter(practice__in=pks).order_by("pk").values_list("practice_id", "term_id")
    ):
        found[practice_id].append(term_id)
    return found


def _sections_of(versions: list[int]) -> dict[int, dict[str, dict]]:
    """What each version shows in words of its own, by section; one query."""
    found = defaultdict(dict)
    rows = Section.objects.shown().filter(version__in=versions).exclude(code__in=SKIPPED)
    for version_id, code, content in rows.values_list("version_id", "code", "content"):
        found[version_id][code] = content
    return found


def _unmarked(text: str) -> str:
    return text if SIGNS.isdisjoint(text) else MARKS.sub(lambda mark: mark[1] or "", text)


def _words(sections: dict[str, dict]) -> Iterator[str]:
    """Texts in the order of the form, those that have a letter."""
    return filter(LETTER.search, map(_unmarked, _texts(sections)))


def _texts(sections: dict[str, dict]) -> Iterator[str]:
    for template in SECTIONS:
        if template.code == "media":  # of files only their titles
            continue
        for key, value in sections.get(template.code, {}).items():
            if key in ("groups", "cost_band", "evaluation"):
                continue
            yield from ([value] if isinstance(value, str) else _words_of_rows(value))
    yield from (row.get("title", "") for row in sections.get("media", {}).get("documents", []))


def _words_of_rows(rows) -> Iterator[str]:
    for row in rows if isinstance(rows, list) else []:
        yield from (
            value for key, value in row.items() if isinstance(value, str) and key not in ("axis", "level", "municipality")
        )


def _shown(practices: QuerySet, query: Query) -> dict[int, Shown]:
    index = catalogue_index.current()
    return {practice.pk: _shown_practice(practice, index) for practice in practices.select_related("municipality")}


def _shown_practice(practice: Practice, index: catalogue_index.Index) -> Shown:
    facts = [(_("Municipality"), practice.municipality.label)]
    themes = words_of(BY_PARAMETER["theme"], index.codes_of(practice.pk, "theme"), index.terms)
    facts += [(_("Theme"), label) for label in themes.values()][:1]
    facts.append((pgettext("of a practice", "Evidence"), practice.get_evidence_display()))
    return Shown(practice.get_absolute_url(), tuple(facts))


PRACTICES = Kind(
    code="practice",
    label=pgettext_lazy("one result", "Good practice"),
    plural=gettext_lazy("Good practices"),
    records=lambda: Practice.objects.listed(),
    visible_to=lambda user: Practice.objects.listed(),
    documents=practice_documents,
    shown=_shown,
)

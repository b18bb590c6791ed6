"""Practices as data for others: the columns of the files, each with what it says, and everything public of one."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from goodpractices.models import Practice, PracticeTerm, Section
from goodpractices.sections import end_of
from network_portal.common.links import absolute
from network_portal.vocabularies.models import Term

BATCH = 500  # practices read at a time
LICENCE = "CC BY 4.0"
MANY = " | "  # between the values of one cell
PRIVATE = {"contact": {"name", "email", "phone"}}  # of a person: for members of the network only
LISTS = ("area", "theme", "axis", "target_group", "charter_article", "sdg_target")


@dataclass
class Whole:
    """A practice with its terms by vocabulary, in the order of the vocabulary."""

    practice: Practice
    terms: dict[str, list[Term]]

    def codes(self, vocabulary: str) -> list[str]:
        return [term.code for term in self.terms.get(vocabulary, ())]

    def labels(self, vocabulary: str) -> list[str]:
        return [term.label for term in self.terms.get(vocabulary, ())]


@dataclass(frozen=True)
class Column:
    """``name`` stays the same in every language; ``says`` is its entry in the dictionary of columns."""

    name: str
    says: Promise
    value: Callable[[Whole], object]


def _of(field: str) -> Callable[[Whole], object]:
    return lambda whole: getattr(whole.practice, field)


def _town(field: str) -> Callable[[Whole], object]:
    return lambda whole: getattr(whole.practice.municipality, field)


def _codes(vocabulary: str) -> Callable[[Whole], object]:
    return lambda whole: whole.codes(vocabulary)


def _labels(vocabulary: str) -> Callable[[Whole], object]:
    return lambda whole: whole.labels(vocabulary)


def _day(field: str) -> Callable[[Whole], object]:
    def day(whole: Whole) -> str | None:
        value = getattr(whole.practice, field)
        return value and f"{timezone.localtime(value) if isinstance(value, datetime) else value:%Y-%m-%d}"

    return day


def _month(field: str) -> Callable[[Whole], object]:
    def month(whole: Whole) -> str | None:
        value = getattr(whole.practice, field)
        return value and f"{value:%Y-%m}"

    return month


def _code(field: str) -> Callable[[Whole], object]:
    def code(whole: Whole) -> str | None:
        term = getattr(whole.practice, field)
        return term and term.code

    return code


def _label(field: str) -> Callable[[Whole], object]:
    def label(whole: Whole) -> str | None:
        term = getattr(whole.practice, field)
        return term and term.label

    return label


COLUMNS = (
    Column("address", _("Where the practice is read."), lambda whole: absolute(whole.practice.get_absolute_url())),
    Column("title", _("Its title, in its own language."), _of("title")),
    Column("summary", _("What was done and for whom, in one sentence."), _of("summary")),
    Column("language", _("Language of the text (ISO 639-1)."), _of("language")),
    Column("municipality", _("The municipality whose practice it is."), _town("name")),
    Column("municipality_code", _("Its code in the official register of its country."), _town("code")),
    Column("district", _("Its district or province."), _town("district")),
    Column("nuts3", _("Its region (NUTS 3, version 2024)."), _town("nuts3")),
    Column("country", _("Its country (ISO 3166-1)."), _town("country")),
    Column("residents", _("How many people live there."), _town("residents")),
    Column("areas", _("Codes of the areas."), _codes("area")),
    Column("themes", _("Codes of the themes."), _codes("theme")),
    Column("themes_label", _("The themes in words, in the language of the file."), _labels("theme")),
    Column("axes", _("Codes of the axes of inequality that were looked at."), _codes("axis")),
    Column("axes_label", _("The axes in words."), _labels("axis")),
    Column("target_groups", _("Codes of the groups it is for."), _codes("target_group")),
    Column("target_groups_label", _("The groups in words."), _labels("target_group")),
    Column("type", _("Code of the type of practice."), _code("practice_type")),
    Column("type_label", _("The type in words."), _label("practice_type")),
    Column(
        "charter_articles",
        _("Articles of the European Charter for Equality of Women and Men in Local Life, with the year of its edition."),
        _codes("charter_article"),
    ),
    Column("sdg_targets", _("Targets of Sustainable Development Goal 5."), _codes("sdg_target")),
    Column("cost_band", _("Code of about what it cost."), _code("cost_band")),
    Column("cost_band_label", _("The cost in words."), _label("cost_band")),
    Column("staff_hours", _("About how many hours of staff a month it takes."), _of("staff_hours")),
    Column("starts", _("The month in which it began (year-month)."), _month("starts_on")),
    Column("ends", _("The month in which it ended; empty while it runs."), _month("ends_on")),
    Column("is_running", _("Whether it still runs, as its authors last said: yes or no."), _of("is_running")),
    Column(
        "evidence",
        _(
            "How well its results are proven, computed from the text: 0 described, 1 results counted, 2 measured before and "
            "after, 3 evaluated by others, 4 replicated elsewhere."
        ),
        _of("evidence"),
    ),
    Column("evidence_label", _("The same in words."), lambda whole: whole.practice.get_evidence_display()),
    Column("has_video", _("Whether there is a video: yes or no."), _of("has_video")),
    Column("first_published_on", _("The day it was first published."), _day("first_published_at")),
    Column("published_on", _("The day its present version was published."), _day("published_at")),
    Column("confirmed_on", _("The day its authors last said that it is still true."), _day("confirmed_on")),
    Column("version", _("The number of its present version."), lambda whole: whole.practice.public_version.number),
    Column(
        "version_address",
        _("Where this version can be read for ever."),
        lambda whole: absolute(
            reverse("goodpractices:version", args=[whole.practice.slug, whole.practice.public_version.number])
        ),
    ),
    Column(
        "data",
        _("Everything public about it, as JSON."),
        lambda whole: absolute(reverse("goodpractices:data", args=[whole.practice.slug])),
    ),
    Column("licence", _("Under which licence it may be used: name the municipality and the network."), lambda whole: LICENCE),
)


def cells(whole: Whole) -> list:
    """The row of a spreadsheet: lists joined, yes and no as words that need no translation."""
    return [_cell(column.value(whole)) for column in COLUMNS]


def _cell(value):
    if isinstance(value, bool):
        return "yes" if value else "no"
    return MANY.join(value) if isinstance(value, list) else value


def data_of(whole: Whole, sections: dict[str, dict]) -> dict:
    """Everything public of a practice: the columns, and its text by section as ``goodpractices.sections`` describes it."""
    known = {column.name: column.value(whole) for column in COLUMNS}
    return known | {"sections": {code: _public(code, content) for code, content in sections.items()}}


def _public(code: str, content: dict) -> dict:
    shown = {key: value for key, value in content.items() if key not in PRIVATE.get(code, ())}
    return shown | {"ends": end_of(content)} if code == "period" else shown


def rows_of(pks: list[int]) -> Iterator[list]:
    """The rows of a spreadsheet in the order of ``pks``; two queries for every ``BATCH`` practices."""
    return (cells(whole) for batch in _batches(pks) for whole in read(batch))


def records_of(pks: list[int]) -> Iterator[dict]:
    """Everything public in the order of ``pks``; three queries for every ``BATCH`` practices."""
    for batch in _batches(pks):
        wholes = list(read(batch))
        sections = sections_of(whole.practice for whole in wholes)
        yield from (data_of(whole, sections[whole.practice.public_version_id]) for whole in wholes)


def _batches(pks: list[int]) -> Iterator[list[int]]:
    return (pks[start : start + BATCH] for start in range(0, len(pks), BATCH))


def read(pks: list[int]) -> Iterator[Whole]:
    """Those of ``pks`` that everybody may read, in their order; two queries."""
    related = ("municipality", "practice_type", "cost_band", "public_version")
    readable = Practice.objects.readable().select_related(*related).in_bulk(pks)
    terms: dict[int, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    links = PracticeTerm.objects.filter(practice_id__in=pks, term__vocabulary__in=LISTS).select_related("term")
    for link in links.order_by("term__position", "term_id"):
        terms[link.practice_id][link.term.vocabulary].append(link.term)
    return (Whole(readable[pk], terms[pk]) for pk in pks if pk in readable)


def sections_of(practices) -> dict[int, dict[str, dict]]:
    """What the public version of each practice shows, by the number of the version; one query."""
    found: dict[int, dict[str, dict]] = defaultdict(dict)
    rows = Section.objects.shown().filter(version__in=[practice.public_version_id for practice in practices]).order_by("pk")
    for version_id, code, content in rows.values_list("version_id", "code", "content"):
        found[version_id][code] = content
    return found

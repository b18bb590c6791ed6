"""A section as lines of plain text, each with its label: what reviewers read beside their comments, and what is compared."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from goodpractices.sections import LEVELS, Contents, Template, end_of, needed
from goodpractices.templatetags.practices import month_of
from network_portal.common.templatetags.portal import thousands
from network_portal.vocabularies.reading import Vocabularies

LANGUAGES = dict(settings.LANGUAGES)


@dataclass(frozen=True)
class Line:
    """``text`` in the language of the practice; ``is_ours`` where it is a word of the portal's, in the language of the page;
    ``is_marked`` where it is Markdown."""

    label: str
    text: str
    is_ours: bool = False
    is_marked: bool = False


@dataclass(frozen=True)
class Part:
    """A section with its lines; none when nothing was written."""

    section: Template
    lines: tuple[Line, ...]


def parts_of(form: str, contents: Contents, words: Vocabularies) -> list[Part]:
    """The sections of the form in their order."""
    return [Part(section, lines_of(section.code, contents.get(section.code, {}), words)) for section in needed(form).shown]


def lines_of(code: str, content: dict, words: Vocabularies) -> tuple[Line, ...]:
    """What stands in the section ``code``; lines without text are left out."""
    return tuple(line for line in READERS[code](content, words) if line.text)


def _one(key: str, *, is_marked: bool = False) -> Callable[[dict, Vocabularies], Iterator[Line]]:
    """A section of one text, whose title says enough."""

    def read(content: dict, words: Vocabularies) -> Iterator[Line]:
        yield Line("", content.get(key, ""), is_marked=is_marked)

    return read


def _title(content, words):
    yield Line("", content.get("title", ""))
    language = content.get("language", "")
    yield Line(_("Language of the text"), LANGUAGES.get(language, language), is_ours=True)


def _blocks(content, words):
    for number, block in enumerate(content.get("blocks", []), start=1):
        title = _("Block %(number)s: %(name)s") % {"number": number, "name": block.get("name", "") or "–"}
        yield Line(title, block.get("text", "") or "–", is_marked=True)
        yield Line(_("What made it possible"), block.get("enabled_by", ""))
        yield Line(_("What was learned"), block.get("lesson", ""))


def _partners(content, words):
    if content.get("is_alone"):
        yield Line("", _("Nobody else took part."), is_ours=True)
    for row in content.get("partners", []):
        yield Line(row.get("name", ""), row.get("role", "") or "–")


def _groups(content, words):
    labels = [words.label_of("target_group", code) for code in content.get("groups", [])]
    yield Line(_("For whom"), ", ".join(labels), is_ours=True)
    for row in content.get("axes", []):
        axis = words.label_of("axis", row.get("axis", ""))
        level = str(LEVELS.get(row.get("level"), _("no level chosen")))
        yield Line(f"{axis} ({level})", row.get("sentence", "") or "–")


def _resources(content, words):
    hours = content.get("staff_hours")
    yield Line(_("Hours of staff a month"), "" if hours is None else thousands(hours))
    cost = content.get("cost_band")
    yield Line(_("What it cost"), words.label_of("cost_band", cost) if cost else "", is_ours=True)
    yield Line(_("Equipment"), content.get("equipment", ""))
    yield Line(_("Help from outside"), content.get("outside_help", ""))
    yield Line(_("Note"), content.get("note", ""))


def _month(text: str | None) -> str:
    return month_of(date.fromisoformat(f"{text}-01")) if text else ""


def _period(content, words):
    yield Line(_("Began"), _month(content.get("starts")), is_ours=True)
    yield Line(_("Ended"), _month(end_of(content)), is_ours=True)
    yield Line("", _("It is still running.") if content.get("is_running") else "", is_ours=True)


def _results(content, words):
    for row in content.get("indicators", []):
        yield Line(row.get("name", ""), _numbers(row))
    yield Line(_("In words"), content.get("text", ""), is_marked=True)
    yield Line(_("Not measured"), content.get("not_measured", ""))
    yield Line(_("Evaluated by"), content.get("evaluated_by", ""))
    yield Line(_("Evaluation"), _("A file is attached.") if content.get("evaluation") else "", is_ours=True)


def _numbers(row: dict) -> str:
    """As "11 → 34 pessoas. Fonte: Recursos humanos. Por sexo"."""
    before, after, unit = row.get("before", ""), row.get("after", ""), row.get("unit", "")
    numbers = f"{before} → {after} {unit}" if before else f"{after} {unit}"
    source = _("Source: %(source)s") % {"source": row["source"]} if row.get("source") else _("Without a source")
    return ". ".join([numbers.strip() or "–", source, *([_("By sex")] if row.get("by_sex") else [])])


def _difficulties(content, words):
    for row in content.get("difficulties", []):
        yield Line(row.get("name", ""), row.get("text", "") or "–")
    yield Line(_("What we would not repeat"), content.get("not_again", ""))


def _transfer(content, words):
    town = content.get("smallest_town")
    yield Line(_("Conditions"), content.get("conditions", ""), is_marked=True)
    yield Line(_("Smallest municipality (residents)"), "" if town is None else thousands(town))
    yield Line(_("What can be left out"), content.get("can_drop", ""))


def _contact(content, words):
    yield Line(_("E-mail of the service (public)"), content.get("role_email", ""))
    yield Line(_("Person (for members)"), content.get("name", ""))
    yield Line(_("E-mail (for members)"), content.get("email", ""))
    yield Line(_("Telephone (for members)"), content.get("phone", ""))


def _media(content, words):
    for row in content.get("pictures", []):
        yield Line(_("Picture"), row.get("alt", "") or _("Without a description"))
        yield Line(_("Credit"), row.get("credit", ""))
    for row in content.get("documents", []):
        yield Line(_("Document"), row.get("title", "") or "–")
    video = content.get("video", "")
    yield Line(_("Video"), f"https://www.youtube.com/watch?v={video}" if video else "")
    for row in content.get("links", []):
        yield Line(row.get("title", "") or _("Link"), row.get("url", ""))


def _classification(content, words):
    for label, key, vocabulary in (
        (_("Areas"), "areas", "area"),
        (_("Themes"), "themes", "theme"),
        (_("European Charter for Equality"), "charter", "charter_article"),
        (_("Sustainable Development Goal 5"), "sdg", "sdg_target"),
    ):
        yield Line(label, ", ".join(words.label_of(vocabulary, code) for code in content.get(key, [])), is_ours=True)
    kind = content.get("practice_type")
    yield Line(_("What kind of practice"), words.label_of("practice_type", kind) if kind else "", is_ours=True)


READERS: dict[str, Callable[[dict, Vocabularies], Iterator[Line]]] = {
    "title": _title,
    "summary": _one("summary"),
    "context": _one("text", is_marked=True),
    "objectives": _one("text", is_marked=True),
    "blocks": _blocks,
    "partners": _partners,
    "groups": _groups,
    "resources": _resources,
    "period": _period,
    "results": _results,
    "difficulties": _difficulties,
    "transfer": _transfer,
    "contact": _contact,
    "media": _media,
    "classification": _classification,
}

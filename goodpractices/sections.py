"""The template of a practice: its sections, what each holds, and what it still needs.

Content is stored as JSON of the shapes below. A key may be missing: read with ``.get``. Terms are named by their codes.

| code           | content                                                                                                      |
|----------------|--------------------------------------------------------------------------------------------------------------|
| title          | title: str (at most 100), language: str ("pt")                                                               |
| summary        | summary: str (at most 280)                                                                                   |
| context        | text: str                                                                                                    |
| objectives     | text: str                                                                                                    |
| blocks         | blocks: 1–8 of {name, text, enabled_by, lesson}, all str                                                     |
| partners       | partners: of {name, role, municipality: slug or ""}, is_alone: bool (nobody else took part)                  |
| groups         | groups: [code of target_group], axes: of {axis: code, level: a key of LEVELS, sentence}                      |
| resources      | staff_hours: int or None (a month), cost_band: code, equipment: str, outside_help: str, note: str            |
| period         | starts: "2023-01", ends: "2024-06" or "", is_running: bool; read the end with ``end_of``                     |
| results        | indicators: at most 10 of {name, before, after, unit, source: str, by_sex: bool}, text: str,                 |
|                | not_measured: str ("because …"), evaluated_by: str, evaluation: uuid of a file or ""                         |
| difficulties   | difficulties: of {name, text}, not_again: str                                                                |
| transfer       | conditions: str, smallest_town: int or None (residents), can_drop: str                                       |
| contact        | role_email: str (public), name: str, email: str, phone: str (these three for members)                        |
| media          | pictures: of {file: uuid, alt, credit}, documents: of {file: uuid, title}, video: YouTube id or "",          |
|                | links: of {title, url}                                                                                       |
| classification | areas, themes, charter, sdg: [code], practice_type: code                                                     |

Numbers of indicators are text as it was typed ("41 %", "1 204"); ``numbers.py`` reads them where one has to be compared.
"""

from dataclasses import dataclass
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Template:
    """One section of the form: its number as people speak of it, and when it must be there."""

    code: str
    number: int
    title: Promise
    in_snapshot: bool = False
    to_submit: bool = False
    to_publish: bool = False  # needed at the latest then; what is needed to submit is needed to publish, too


SECTIONS = (
    Template("title", 1, _("Title"), in_snapshot=True, to_submit=True),
    Template("summary", 2, _("Summary in one sentence"), in_snapshot=True, to_submit=True),
    Template("context", 3, _("Why it was needed"), in_snapshot=True, to_submit=True),
    Template("objectives", 4, _("Objectives"), in_snapshot=True, to_submit=True),
    Template("blocks", 5, _("What was done"), to_publish=True),
    Template("partners", 6, _("Who took part"), in_snapshot=True, to_submit=True),
    Template("groups", 7, _("For whom, and which axes of inequality"), to_submit=True, to_publish=True),
    Template("resources", 8, _("Resources"), to_submit=True),
    Template("period", 9, _("When"), to_submit=True),
    Template("results", 10, _("Results"), to_publish=True),
    Template("difficulties", 11, _("Difficulties, and what we would not repeat"), to_publish=True),
    Template("transfer", 12, _("What another municipality needs"), to_publish=True),
    Template("contact", 13, _("Contact"), in_snapshot=True, to_submit=True),
    Template("media", 14, _("Pictures, files, video and links")),
    Template("classification", 15, _("Themes and type"), in_snapshot=True, to_submit=True),
)
BY_CODE = {section.code: section for section in SECTIONS}
LEVELS = {
    "considered": _("considered"),
    "adapted": _("activity adapted"),
    "specific": _("specific measure"),
    "measured": _("measured"),
}
TERM_FIELDS = (  # where terms stand in the content: section, key, vocabulary
    ("groups", "groups", "target_group"),
    ("classification", "areas", "area"),
    ("classification", "themes", "theme"),
    ("classification", "charter", "charter_article"),
    ("classification", "sdg", "sdg_target"),
)
Contents = dict[str, dict]  # by the code of the section


def end_of(period: dict) -> str:
    """The month in which it ended, of the content of the section: none while it is said to run, whatever else was written."""
    return "" if period.get("is_running") else period.get("ends") or ""


class Needed(NamedTuple):
    """The sections of a form, and which of them it is refused without."""

    shown: tuple[Template, ...]
    to_submit: frozenset[str]
    to_publish: frozenset[str]


def needed(form: str) -> Needed:
    """What ``form`` ("snapshot" or "full") asks for; a snapshot is published with what it is submitted with."""
    if form == "snapshot":
        shown = tuple(section for section in SECTIONS if section.in_snapshot)
        codes = frozenset(section.code for section in shown)
        return Needed(shown, codes, codes)
    to_submit = frozenset(section.code for section in SECTIONS if section.to_submit)
    return Needed(SECTIONS, to_submit, to_submit | {section.code for section in SECTIONS if section.to_publish})

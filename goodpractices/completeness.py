"""What a section still needs before it is submitted or published, in plain words."""

import re
from collections.abc import Callable, Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodpractices.errors import Problem
from goodpractices.sections import Contents, end_of, needed
from network_portal.common.templatetags.portal import thousands
from network_portal.common.text_fields import check_link

MOST = {"blocks": 8, "indicators": 10, "partners": 30, "axes": 15, "difficulties": 15, "links": 20}  # rows
MOST_FILES, MOST_BYTES = 10, 50 * 1024 * 1024  # of a version together
LENGTHS = {"title": 100, "summary": 280}  # characters
# A host without a protocol is looked for once in every run of its characters: from each of them it would take seconds.
LINK = re.compile(r"(?:https?://|www\.)\S+|(?<![\w.-])[.-]*\w[\w.-]*\.[a-z]{2,}/\S*", re.IGNORECASE)
LETTERS = re.compile(r"[^\W\d_]")
LEAST_LETTERS = 12  # of words beside a link


def is_only_a_link(text: str) -> bool:
    """Whether nothing is said besides an address: “see https://…”."""
    return bool(LINK.search(text)) and len(LETTERS.findall(LINK.sub(" ", text))) < LEAST_LETTERS


def problems_of(code: str, content: dict) -> list[Problem]:
    """What the section ``code`` with ``content`` still needs to count as filled; empty when nothing."""
    return list(CHECKS[code](content))


def is_begun(content: dict) -> bool:
    """Whether anything was written in it."""
    return any(bool(value) for key, value in content.items() if key != "language")


def still_missing(form: str, contents: Contents, *, to_publish: bool) -> dict[str, list[Problem]]:
    """What a version of ``form`` lacks, by section in the order of the form; also what is wrong in optional ones."""
    asked = needed(form)
    codes = asked.to_publish if to_publish else asked.to_submit
    found = {}
    for section in asked.shown:
        content = contents.get(section.code, {})
        if section.code in codes or is_begun(content):
            problems = problems_of(section.code, content)
            if not to_publish and section.to_publish and section.to_submit and not content.get("axes"):
                problems = [problem for problem in problems if problem.field != "axes"]  # groups to submit, axes to publish
            if problems:
                found[section.code] = problems
    return found


def _text(content: dict, key: str, empty: str) -> Iterator[Problem]:
    """A text that must be there and say something."""
    text = content.get(key, "").strip()
    if not text:
        yield Problem(key, empty)
    elif is_only_a_link(text):
        yield Problem(
            key, _("A link alone says nothing to who cannot open it. Write in your own words, and put the link in section 14.")
        )


def _short(content: dict, key: str, too_long: str) -> Iterator[Problem]:
    """A text that is kept however long it is, and goes no further than ``LENGTHS`` allows."""
    if (length := len(content.get(key, ""))) > LENGTHS[key]:
        yield Problem(key, too_long % {"limit": thousands(LENGTHS[key]), "length": thousands(length)})


def _most(content: dict, key: str) -> Iterator[Problem]:
    if (number := len(content.get(key, []))) > MOST[key]:
        words = {"most": MOST[key], "number": number}
        yield Problem(key, _("There are %(number)s, and at most %(most)s are shown. Leave some out, or join them.") % words)


def _title(content):
    yield from _text(content, "title", _("Write the title."))
    yield from _short(content, "title", _("Title must be %(limit)s characters or fewer; it has %(length)s."))


def _summary(content):
    yield from _text(content, "summary", _("Say in one sentence what was done and for whom."))
    yield from _short(content, "summary", _("Summary must be %(limit)s characters or fewer; it has %(length)s."))


def _context(content):
    yield from _text(content, "text", _("Say why it was needed."))


def _objectives(content):
    yield from _text(content, "text", _("Say what it was meant to reach."))


def _blocks(content):
    blocks = content.get("blocks", [])
    if not blocks:
        yield Problem("blocks", _("Describe at least one building block of what was done."))
    for number, block in enumerate(blocks):
        yield from _part(block, f"blocks-{number}", "name", _("Give block %(number)s a name.") % {"number": number + 1})
        yield from _part(block, f"blocks-{number}", "text", _("Say what was done in block %(number)s.") % {"number": number + 1})
    yield from _most(content, "blocks")


def _part(row: dict, prefix: str, key: str, empty: str) -> Iterator[Problem]:
    return (Problem(f"{prefix}-{problem.field}", problem.sentence) for problem in _text(row, key, empty))


def _partners(content):
    if not content.get("partners") and not content.get("is_alone"):
        yield Problem("partners", _("Name who took part, or say that nobody else did."))
    for number, partner in enumerate(content.get("partners", [])):
        yield from _part(partner, f"partners-{number}", "name", _("Name partner %(number)s.") % {"number": number + 1})
    yield from _most(content, "partners")
    if content.get("partners") and content.get("is_alone"):
        yield Problem("is_alone", _("There are partners above: take this tick off, or take them out."))


def _groups(content):
    if not content.get("groups"):
        yield Problem("groups", _("Choose for whom it was."))
    if not content.get("axes"):
        yield Problem("axes", _("Choose at least one axis of inequality that was looked at, and say how."))
    seen = set()
    for number, axis in enumerate(content.get("axes", [])):
        prefix = f"axes-{number}"
        if not axis.get("axis"):
            yield Problem(f"{prefix}-axis", _("Choose which axis number %(number)s is.") % {"number": number + 1})
        elif axis["axis"] in seen:
            yield Problem(f"{prefix}-axis", _("Axis %(number)s is there already: each is named once.") % {"number": number + 1})
        seen.add(axis.get("axis"))
        if not axis.get("level"):
            yield Problem(f"{prefix}-level", _("Say how far axis %(number)s was taken.") % {"number": number + 1})
        yield from _part(
            axis,
            prefix,
            "sentence",
            _("Say in one sentence how axis %(number)s was looked at: a tick alone proves nothing.") % {"number": number + 1},
        )
    yield from _most(content, "axes")


def _resources(content):
    if content.get("staff_hours") is None:
        yield Problem("staff_hours", _("Enter about how many hours of staff a month it takes; 0 when none."))
    if not content.get("cost_band"):
        yield Problem("cost_band", _("Choose about what it cost."))


def _period(content):
    starts, ends, is_running = content.get("starts", ""), content.get("ends", ""), content.get("is_running")
    if not starts:
        yield Problem("starts", _("Enter the month in which it began."))
    if ends and is_running:
        yield Problem("ends", _("What is still running has no end: leave the month empty, or say that it is over."))
    if not ends and not is_running:
        yield Problem("ends", _("Enter the month in which it ended, or say that it is still running."))
    if starts and end_of(content) and ends < starts:
        yield Problem("ends", _("The end must not be before the beginning."))


def _results(content):
    indicators = content.get("indicators", [])
    if not indicators and not content.get("not_measured", "").strip():
        yield Problem("indicators", _("Give at least one number, or say why nothing was measured: “not measured, because…”."))
    if not indicators and content.get("not_measured", "").strip():
        yield from _text(content, "not_measured", "")
    for number, row in enumerate(indicators):
        yield from _part(row, f"indicators-{number}", "name", _("Say what indicator %(number)s counts.") % {"number": number + 1})
        if not row.get("after", "").strip():
            yield Problem(f"indicators-{number}-after", _("Enter the number of indicator %(number)s.") % {"number": number + 1})
        if not row.get("source", "").strip():
            yield Problem(
                f"indicators-{number}-source", _("Say where the number of indicator %(number)s is from.") % {"number": number + 1}
            )
    yield from _most(content, "indicators")
    if content.get("evaluation") and not content.get("evaluated_by", "").strip():
        yield Problem("evaluated_by", _("Say who made the evaluation that is attached."))


def _difficulties(content):
    if not content.get("difficulties") and not content.get("not_again", "").strip():
        yield Problem(
            "difficulties", _("Name at least one difficulty, or what you would not repeat: it is what others learn most from.")
        )
    for number, row in enumerate(content.get("difficulties", [])):
        yield from _part(
            row, f"difficulties-{number}", "text", _("Say what happened with difficulty %(number)s.") % {"number": number + 1}
        )
    yield from _most(content, "difficulties")


def _transfer(content):
    yield from _text(content, "conditions", _("Say what another municipality needs for it to work."))


def _contact(content):
    if not content.get("role_email"):
        yield Problem("role_email", _("Enter an e-mail address of the service, not of a person: it is public."))


def _media(content):
    for number, picture in enumerate(content.get("pictures", [])):
        if not picture.get("alt", "").strip():
            yield Problem(
                f"pictures-{number}-alt", _("Describe picture %(number)s for people who do not see it.") % {"number": number + 1}
            )
    for number, link in enumerate(content.get("links", [])):
        yield from _link(link, number)
    yield from _most(content, "links")
    files = len(content.get("pictures", [])) + len(content.get("documents", []))
    if files > MOST_FILES:
        text = ngettext(
            "A practice has at most %(most)s pictures and files together. Take one out.",
            "A practice has at most %(most)s pictures and files together. Take %(n)s out.",
            files - MOST_FILES,
        )
        yield Problem("pictures", text % {"most": MOST_FILES, "n": files - MOST_FILES})


def _link(row: dict, number: int) -> Iterator[Problem]:
    words = {"number": number + 1}
    if not row.get("title", "").strip():
        yield Problem(f"links-{number}-title", _("Say where link %(number)s leads to.") % words)
    try:
        check_link(row.get("url", ""))
    except ValidationError:
        yield Problem(f"links-{number}-url", _("Enter the address of link %(number)s, beginning with https://.") % words)


def _classification(content):
    if not content.get("themes"):
        yield Problem("themes", _("Choose at least one theme."))
    if not content.get("practice_type"):
        yield Problem("practice_type", _("Choose what kind of practice it is."))


CHECKS: dict[str, Callable[[dict], Iterator[Problem]]] = {
    "title": _title,
    "summary": _summary,
    "context": _context,
    "objectives": _objectives,
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

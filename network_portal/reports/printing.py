"""A report's content as PDF/UA: what the typst template is told."""

from datetime import date, datetime

from django.utils import translation
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from network_portal.common.pdf import compile_pdf, framed
from network_portal.common.templatetags.portal import NBSP, date_in_words, month_short, thousands
from network_portal.reports import charts, prose
from network_portal.reports.content import in_language
from network_portal.reports.exports import figures_table
from network_portal.reports.logos import picture_of

TABLES_OF_EVIDENCE = ("closed", "files", "videos")
NOT_ON_PAPER = ("by_district", "by_nuts3", "recordings")  # finer than the region, or told again by the evidence
NARROW = 3  # columns of a table that would only be stretched
WIDE = 24  # characters from which a column shares the width that is left
SMALL, TINY = 9, 7  # points


def pdf_file(content: dict, *, sha256: str, language: str) -> bytes:
    """The PDF/UA-1 of a frozen report, from its content alone; the same content gives the same bytes."""
    with translation.override(language):
        told = in_language(content, language)
        pictures = {_picture(n): picture_of(p) for n, p in enumerate(told["partners"]) if p["logo"]}
        return compile_pdf(
            "report.typ",
            {**_about(told, sha256), **_body(told), "partners": _partners(told)},
            language=language,
            title=f"{told['cycle']['title']} – {_number(told)}",
            created=datetime.fromisoformat(told["report"]["frozen_at"]),
            pictures={name: framed(png) for name, png in pictures.items()},
        )


def _number(content: dict) -> str:
    return _("Report %(number)s") % {"number": content["report"]["number"]}


def _day(text: str) -> str:
    return date_in_words(date.fromisoformat(text))


def _about(content: dict, sha256: str) -> dict:
    """Cover, footer and how to check."""
    report, cycle, portal = (content[part] for part in ("report", "cycle", "portal"))
    cut_off = _day(report["cut_off"])
    frozen = _day(report["frozen_at"][:10])
    corrects = report["corrects"]
    facts = [
        (_("Funder"), cycle["funder"]),
        (_("Grant reference"), cycle["grant_reference"]),
        (_("Period"), f"{_day(cycle['starts_on'])} – {_day(cycle['ends_on'])}"),
        (_("Figures at the end of"), cut_off),
        (_("Report of"), portal["coordinator"]),
    ]
    about = {"number": corrects and corrects["number"], "reason": report["reason"]}
    return {
        "network": portal["network"],
        "sha256": sha256,
        "kicker": ", ".join([_number(content), _("corrects report %(number)s") % about]) if corrects else _number(content),
        "short": f"{_number(content)} · {_shortened(cycle['title'])} · {cut_off}",
        "cycle_title": cycle["title"],
        "facts": facts,
        "correction": _("Corrects report %(number)s: %(reason)s") % about if corrects else "",
        "check": [
            (_("Report"), report["uuid"]),
            ("SHA-256", sha256),
            (_("Frozen on"), frozen),
            (_("Version of the portal"), portal["version"]),
        ],
    }


def _shortened(title: str) -> str:
    return title if len(title) <= 60 else f"{title[:59].rstrip()}…"


def _partners(content: dict) -> list[dict]:
    """Names, and under what name the template finds the picture."""
    return [{"name": p["name"], "picture": _picture(n) if p["logo"] else None} for n, p in enumerate(content["partners"])]


def _picture(number: int) -> str:
    return f"logo-{number}.svg"


def _body(content: dict) -> dict:
    """Figures, words, charts, tables."""
    people = next(f for f in content["figures"] if f["code"] == "people")
    shown = [f for f in content["figures"] if f["target"] is not None]
    tables = [t for t in content["tables"] if t["code"] not in (*TABLES_OF_EVIDENCE, *NOT_ON_PAPER)]
    proofs = [t for t in content["tables"] if t["code"] in TABLES_OF_EVIDENCE]
    return {
        "words": _words(),
        "summary": _("Four figures, always apart. A registration never counts as a participation."),
        "figures": [_figure(figure) for figure in shown],
        "people": f"{capfirst(people['label'])}: {thousands(people['value'])}. {people['definition']}",
        "targets": _table(figures_table({**content, "figures": shown})),
        "text": prose.blocks(content["text"] if isinstance(content["text"], str) else ""),
        "charts": charts.charts(content),
        "about_tables": _("Each table says what it counts. All are derived from the same attendance as the four figures."),
        "tables": [_table(table) for table in tables],
        "about_evidence": _("What the figures rest on, to be compared with the files and pages themselves."),
        "evidence": [_table(table) for table in proofs],
        "about_check": _(
            "This report does not change any more. Whoever runs the portal can check it at any time: the digits below are those"
            " of its content, and every figure can be derived again for the cut-off day."
        ),
    }


def _words() -> dict:
    return {
        "summary": _("What was reached"),
        "text": _("What the coordination says"),
        "tables": _("In detail"),
        "evidence": _("Evidence"),
        "check": _("How to check this report"),
        "none": _("There is nothing to list."),
        "attendance_chart": _("Confirmed and attended, by webinar"),
        "reach_chart": _("Different municipalities, added up"),
        "confirmed": _("Confirmed").lower(),
        "attended": _("Attended").lower(),
    }


def _figure(figure: dict) -> dict:
    target = figure["target"]
    return {
        "value": thousands(figure["value"]),
        "of": _("of %(target)s") % {"target": thousands(target)},
        "share": figure["value"] / target if target else 1,
        "label": capfirst(figure["label"]),
        "definition": figure["definition"],
    }


def _table(table: dict) -> dict:
    """Cells as they are read, columns as wide as what is in them."""
    kinds = [column["kind"] for column in table["columns"]]
    rows = [[cell_in_words(cell, kind) for cell, kind in zip(row, kinds, strict=True)] for row in table["rows"]]
    longest = [max([len(row[n]) for row in rows] + [0]) for n in range(len(kinds))]
    columns = [_column(about, most) for about, most in zip(table["columns"], longest, strict=True)]
    if columns and not any(column["wide"] for column in columns):
        columns[_widest(columns, longest)]["wide"] = True
    return {
        "title": table["title"],
        "definition": table["definition"],
        "withheld": table["withheld"] or "",
        "columns": columns,
        "rows": rows,
        "narrow": len(columns) <= NARROW,
        "size": TINY if any(about["code"] == "sha256" for about in table["columns"]) else SMALL,
    }


def _column(about: dict, longest: int) -> dict:
    may_break = about["kind"] == "text" and about["code"] != "address"  # an address that is broken is not found
    return {"label": about["label"], "right": about["kind"] in ("number", "percent"), "wide": may_break and longest >= WIDE,
            "share": min(longest, 80)}  # fmt: skip


def _widest(columns: list[dict], longest: list[int]) -> int:
    """The column of text with most to say, else the first."""
    return max(range(len(columns)), key=lambda n: (not columns[n]["right"], longest[n], -n))


def cell_in_words(cell, kind: str) -> str:
    """A cell as people read it in the active language."""
    if cell is None or cell == "":
        return "–"
    if kind == "day":
        day = date.fromisoformat(cell)
        return f"{day.day} {month_short(day)} {day.year}".replace(" ", NBSP)
    if kind == "moment":
        at = datetime.fromisoformat(cell)
        return f"{cell_in_words(cell[:10], 'day')}, {at:%H:%M}"
    if kind == "percent":
        return f"{cell}\N{NO-BREAK SPACE}%"
    if isinstance(cell, float):
        return number_format(round(cell, 1), decimal_pos=1)  # Django cuts, it does not round
    return thousands(cell) if kind == "number" and isinstance(cell, int) else str(cell)

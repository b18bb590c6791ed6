"""What the two charts of a report show, from its tables; each with its words for who does not see it."""

from django.utils.translation import gettext as _

from network_portal.common.templatetags.portal import thousands

MOST_BARS = 30  # webinars; a longer list is read in the table
MOST_LABELS = 16  # points with a number each


def charts(content: dict) -> dict:
    """``attendance`` and ``reach`` for the template; without rows or points where there is nothing to draw."""
    held = [row for row in _rows(content, "webinars") if row["attended"] is not None]
    target = next(f["target"] for f in content["figures"] if f["code"] == "municipalities")
    return {"attendance": _attendance(held if len(held) <= MOST_BARS else []), "reach": _reach(held, target)}


def _rows(content: dict, code: str) -> list[dict]:
    table = next(table for table in content["tables"] if table["code"] == code)
    codes = [column["code"] for column in table["columns"]]
    return [dict(zip(codes, row, strict=True)) for row in table["rows"]]


def _attendance(held: list[dict]) -> dict:
    most = max([max(row["confirmed"], row["attended"]) for row in held] + [1])
    sentence = _("%(webinar)s: %(confirmed)s confirmed, %(attended)s attended.")
    named = [{**row, "webinar": _named(row)} for row in held]
    return {
        "words": " ".join([_("Bars.")] + [sentence % row for row in named]),
        "rows": [
            {
                "label": row["webinar"],
                "promised": thousands(row["confirmed"]),
                "promised_share": row["confirmed"] / most,
                "happened": thousands(row["attended"]),
                "happened_share": row["attended"] / most,
            }
            for row in named
        ],
    }


def _named(row: dict) -> str:
    title = row["webinar"]
    return f"{row['number']} {title}" if len(title) <= 46 else f"{row['number']} {title[:45].rstrip()}…"


def _reach(held: list[dict], target: int) -> dict:
    most = max([row["sum"] or 0 for row in held] + [target or 0, 1])
    every = -(-len(held) // MOST_LABELS)
    sentence = _("After webinar %(number)s: %(sum)s.")
    return {
        "words": " ".join([_("Line, added up.")] + [sentence % row for row in held]),
        "target": _("Target %(target)s") % {"target": thousands(target)},
        "target_share": target / most if target else None,
        "points": [
            {
                "value": thousands(row["sum"] or 0),
                "share": (row["sum"] or 0) / most,
                "label": str(row["number"]),
                "labelled": n % max(every, 1) == 0 or n == len(held) - 1,
            }
            for n, row in enumerate(held)
        ],
    }

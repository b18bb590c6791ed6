"""Buttons at rows, as what is posted: ``row`` is "blocks:add", "blocks:1:up", "blocks:1:down" or "blocks:1:remove"."""

import re
from collections.abc import Iterable

from django.http import QueryDict

MOST = 100  # rows that are read of a page, many more than a practice takes


def press(data: QueryDict, kinds: Iterable[str]) -> tuple[QueryDict, str]:
    """The posted page as it is after the button, and the id of what takes the focus; unchanged when no such button was."""
    kind, _, deed = data.get("row", "").partition(":")
    rows = _rows(data, kind) if kind in kinds else None
    if rows is None:
        return data, ""
    number, _, verb = deed.partition(":")
    at = int(number) if number.isascii() and number.isdigit() else -1
    if deed == "add" and len(rows) < MOST:
        rows.append({})
        at = len(rows) - 1
    elif verb == "remove" and 0 <= at < len(rows):
        del rows[at]
        at = min(at, len(rows) - 1)
    elif verb in ("up", "down") and 0 <= at < len(rows):
        to = max(at - 1, 0) if verb == "up" else min(at + 1, len(rows) - 1)
        rows.insert(to, rows.pop(at))
        at = to
    else:
        return data, ""
    return with_rows(data, kind, rows), f"{kind}-{at}" if at >= 0 else kind


def with_row(data: QueryDict, kind: str, **values: str) -> QueryDict:
    """The posted page with one more row."""
    return with_rows(data, kind, [*(_rows(data, kind) or []), {name: [value] for name, value in values.items()}])


def said(data: QueryDict, kind: str) -> int | None:
    """How many rows the page says that it has; None when it does not say."""
    total = data.get(f"{kind}-TOTAL_FORMS", "")
    return int(total) if re.fullmatch(r"[0-9]{1,4}", total) else None


def _rows(data: QueryDict, kind: str) -> list[dict[str, list[str]]] | None:
    """The rows of the page; None when it does not say how many there are, or too many."""
    total = said(data, kind)
    if total is None or total > MOST:
        return None
    rows = [{} for _ in range(total)]
    for key, values in data.lists():
        match = re.fullmatch(rf"{kind}-(\d{{1,4}})-(.+)", key)
        if match and int(match[1]) < len(rows):
            rows[int(match[1])][match[2]] = values
    return rows


def with_rows(data: QueryDict, kind: str, rows: list[dict[str, list[str]]]) -> QueryDict:
    changed = data.copy()
    for key in [key for key in changed if key.startswith(f"{kind}-")]:
        del changed[key]
    changed[f"{kind}-TOTAL_FORMS"], changed[f"{kind}-INITIAL_FORMS"] = str(len(rows)), "0"
    for number, row in enumerate(rows):
        for name, values in row.items():
            changed.setlist(f"{kind}-{number}-{name}", values)
    return changed

"""Why an attendance file was refused; each text may be shown. Nothing of a refused file is taken in."""

from datetime import date

from django.utils.translation import gettext as _

from network_portal.common.errors import DomainError
from network_portal.common.templatetags.portal import date_in_words, thousands

SHOWN = 80  # characters of a cell that a text repeats


class AttendanceFileError(DomainError):
    """Every reason of this package, for those who treat them alike."""


class EmptyFile(AttendanceFileError):
    def __init__(self):
        super().__init__(_("The file is empty. Download the attendance report again and choose the new file."))


class BinaryFile(AttendanceFileError):
    def __init__(self, text: str = ""):
        super().__init__(text or _("This is not a CSV file. Choose the CSV file that Zoom, Teams or Google Meet gives."))


class SpreadsheetFile(BinaryFile):
    def __init__(self):
        super().__init__(
            _("This is a spreadsheet. Open it, choose “Save as”, then “CSV UTF-8”, and choose the file that this makes.")
        )


class FileTooLarge(AttendanceFileError):
    """``limit`` in bytes."""

    def __init__(self, limit: int):
        self.limit = limit
        super().__init__(_("The file must be smaller than %(limit)s MB.") % {"limit": limit // 1024**2})


class TooManyRows(AttendanceFileError):
    """More of something than is read; ``limit`` is the most that is."""

    def __init__(self, limit: int, text: str = ""):
        self.limit = limit
        super().__init__(text or _("The file has more than %(limit)s rows of people.") % {"limit": thousands(limit)})


class RowTooWide(TooManyRows):
    def __init__(self, limit: int, row: int):
        self.row = row
        super().__init__(limit, _("Row %(row)s has more than %(limit)s columns.") % {"row": row, "limit": limit})


class CellTooLong(TooManyRows):
    def __init__(self, limit: int, row: int):
        self.row = row
        text = _("Row %(row)s has a cell of more than %(limit)s characters. A quotation mark may be missing there.")
        super().__init__(limit, text % {"row": row, "limit": thousands(limit)})


class UnknownColumns(AttendanceFileError):
    """No format fits: ``columns`` are the titles found, ``expected`` those that a known file has."""

    def __init__(self, columns: list[str], expected: list[str]):
        self.columns, self.expected = columns, expected
        text = _("The columns are not those of a known report. Found: %(found)s. Expected, for example: %(expected)s.")
        super().__init__(text % {"found": _listed(columns), "expected": _listed(expected)})


class MissingColumns(AttendanceFileError):
    """The format is known; ``expected`` are titles that are missing or, if ``doubled``, there more than once."""

    def __init__(self, expected: list[str], found: list[str], *, doubled: bool = False):
        self.expected, self.found, self.doubled = expected, found, doubled
        if doubled:
            text = _("These columns are in the file more than once: %(expected)s. Remove the one that is too many.")
        else:
            text = _("These columns are missing: %(expected)s. Found: %(found)s.")
        super().__init__(text % {"expected": _listed(expected), "found": _listed(found)})


class AmbiguousDates(AttendanceFileError):
    """``examples`` are up to three moments of the file that can be read day first and month first."""

    def __init__(self, examples: list[str]):
        self.examples = examples
        text = _("Dates such as %(examples)s can be read in two ways. Say whether the day or the month comes first.")
        super().__init__(text % {"examples": _listed(examples)})


class AnotherMeeting(AttendanceFileError):
    """Nobody in the file was there during the webinar. ``title`` may be empty; ``day`` is None if the file has none."""

    def __init__(self, title: str, day: date | None):
        self.title, self.day = title, day
        if day and title:
            text = _("The file is of another meeting: “%(title)s”, %(day)s. Nobody in it was there during this webinar.")
        elif day:
            text = _("The file is of another meeting, on %(day)s. Nobody in it was there during this webinar.")
        else:
            text = _("Nobody in the file was there during this webinar. It may be of another meeting.")
        super().__init__(text % {"title": title, "day": date_in_words(day)})


class UnreadableRow(AttendanceFileError):
    """``row`` as a spreadsheet counts, from 1; ``column`` its title; ``value`` what stands there."""

    def __init__(self, row: int, column: str, value: str):
        self.row, self.column, self.value = row, column, value
        if value:
            text = _("Row %(row)s, column “%(column)s”: “%(value)s” could not be read. Nothing was imported.")
        else:
            text = _("Row %(row)s, column “%(column)s”: the cell is empty. Nothing was imported.")
        super().__init__(text % {"row": row, "column": column[:SHOWN], "value": value[:SHOWN]})


class NobodyInFile(AttendanceFileError):
    def __init__(self):
        super().__init__(_("The file has no row of a person who took part."))


def _listed(texts: list[str]) -> str:
    return ", ".join(dict.fromkeys(text[:SHOWN] for text in texts)) or "–"

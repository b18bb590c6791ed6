"""Attendance from the video tool's files: uploaded, read, decided on, used, undone; closed at the end.

A file's lines stay until attendance is closed, and the records are derived from the lines of all files in use
(``records.derive``): using a file twice, or undoing one of two, needs no rule of its own.
"""

from webinars.services.attendance.applying import apply_file, ask_to_apply, undo
from webinars.services.attendance.closing import close, delete_unused, reopen
from webinars.services.attendance.deciding import add_line, decide, leave_line, leave_others, leave_unregistered, take_line
from webinars.services.attendance.files import answer_columns, answer_dates, check_begun, discard, upload
from webinars.services.attendance.reading import read_file

__all__ = [
    "add_line",
    "answer_columns",
    "answer_dates",
    "apply_file",
    "ask_to_apply",
    "check_begun",
    "close",
    "decide",
    "delete_unused",
    "discard",
    "leave_line",
    "leave_others",
    "leave_unregistered",
    "read_file",
    "reopen",
    "take_line",
    "undo",
    "upload",
]

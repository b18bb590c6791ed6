"""Reads the attendance files of Zoom, Teams, Google Meet and any table; touches no database.

In the order of reading: ``decoding`` (bytes to text), ``table`` (text to lines), ``headers`` (what columns are called),
``zoom``, ``teams``, ``meet`` and ``mapped`` (lines to rows of people), ``moments`` and ``stays`` (when they were there),
``intervals`` and ``people`` (how long each was), ``reading`` (all of it).
"""

from webinars.attendance import errors
from webinars.attendance.decoding import fingerprint
from webinars.attendance.identity import name_variants, normalised_name
from webinars.attendance.intervals import union
from webinars.attendance.people import Attendee
from webinars.attendance.reading import Sheet, read

__all__ = ["Attendee", "Sheet", "errors", "fingerprint", "name_variants", "normalised_name", "read", "union"]

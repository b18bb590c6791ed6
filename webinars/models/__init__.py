"""Cycles of webinars, their programme, the registrations, and what came of them."""

from webinars.models.attendance import AttendanceFile, AttendanceLine, AttendanceRecord
from webinars.models.certificates import Certificate, Partner
from webinars.models.cycle_mails import CycleMail, CycleMailText
from webinars.models.cycles import Cycle, ReminderRule
from webinars.models.facts import AttendanceFact, GenderFact, PersonFact, SurveyAnswer, WebinarFact
from webinars.models.programme import AgendaItem, Speaker, WebinarAxis
from webinars.models.recordings import Chapter, Recording, Slides
from webinars.models.registrations import Registration
from webinars.models.webinars import MAX_CAPACITY, ROOM_OPENS, Webinar

__all__ = [
    "MAX_CAPACITY",
    "ROOM_OPENS",
    "AgendaItem",
    "AttendanceFact",
    "AttendanceFile",
    "AttendanceLine",
    "AttendanceRecord",
    "Certificate",
    "Chapter",
    "Cycle",
    "CycleMail",
    "CycleMailText",
    "GenderFact",
    "Partner",
    "PersonFact",
    "Recording",
    "Registration",
    "ReminderRule",
    "Slides",
    "Speaker",
    "SurveyAnswer",
    "Webinar",
    "WebinarAxis",
    "WebinarFact",
]

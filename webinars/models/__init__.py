"""Cycles of webinars, their programme, and the registrations."""

from webinars.models.cycles import Cycle, ReminderRule
from webinars.models.programme import AgendaItem, Speaker, WebinarAxis
from webinars.models.registrations import Registration
from webinars.models.webinars import MAX_CAPACITY, ROOM_OPENS, Webinar

__all__ = [
    "MAX_CAPACITY",
    "ROOM_OPENS",
    "AgendaItem",
    "Cycle",
    "Registration",
    "ReminderRule",
    "Speaker",
    "Webinar",
    "WebinarAxis",
]

"""What changes webinars and registrations."""

from webinars.services.cycles import save_cycle
from webinars.services.planning import (
    cancel_webinar,
    create_webinar,
    edit_webinar,
    mails_owed_by,
    publish,
)
from webinars.services.programme import ProgrammeItem, save_programme
from webinars.services.registration import add_by_hand, cancel_registration, check_in, check_open, register
from webinars.services.upkeep import delete_old_needs, queue_due_reminders, sweep_waiting_lists

__all__ = [
    "ProgrammeItem",
    "add_by_hand",
    "cancel_registration",
    "cancel_webinar",
    "check_in",
    "check_open",
    "create_webinar",
    "delete_old_needs",
    "edit_webinar",
    "mails_owed_by",
    "publish",
    "queue_due_reminders",
    "register",
    "save_cycle",
    "save_programme",
    "sweep_waiting_lists",
]

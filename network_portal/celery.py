"""The Celery application and the whole beat schedule. Every task finds its work in the database."""

import os

from celery import Celery
from celery.schedules import crontab
from kombu.transport import TRANSPORT_ALIASES

TRANSPORT_ALIASES["filesystem"] = "network_portal.file_queue:Transport"  # see there what is wrong with kombu's own
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "network_portal.settings")
app = Celery("network_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    "mail.deliver_due": {"task": "mail.deliver_due", "schedule": 5.0, "options": {"expires": 5}},
    "mail.blank_old_bodies": {"task": "mail.blank_old_bodies", "schedule": crontab(hour=3, minute=10)},
    "webinars.run_jobs": {"task": "webinars.run_jobs", "schedule": 2.0, "options": {"expires": 2}},
    "webinars.queue_due_reminders": {"task": "webinars.queue_due_reminders", "schedule": 60.0, "options": {"expires": 60}},
    "webinars.sweep_waiting_lists": {"task": "webinars.sweep_waiting_lists", "schedule": 60.0, "options": {"expires": 60}},
    "webinars.delete_old_needs": {"task": "webinars.delete_old_needs", "schedule": crontab(hour=3, minute=20)},
    "webinars.delete_unused_attendance": {"task": "webinars.delete_unused_attendance", "schedule": crontab(hour=3, minute=25)},
    "webinars.read_youtube": {"task": "webinars.read_youtube", "schedule": crontab(minute=17)},
    "webinars.remove_lost_slides": {"task": "webinars.remove_lost_slides", "schedule": crontab(hour=3, minute=45)},
    "jobs.remove_old_files": {"task": "jobs.remove_old_files", "schedule": crontab(hour=3, minute=40)},
    "goodpractices.queue_due_questions": {"task": "goodpractices.queue_due_questions", "schedule": crontab(hour=8, minute=30)},
    "grants.queue_due_closings": {"task": "grants.queue_due_closings", "schedule": 60.0, "options": {"expires": 60}},
    "grants.remove_lost_files": {"task": "grants.remove_lost_files", "schedule": crontab(hour=3, minute=55)},
    "goodpractices.remove_lost_files": {"task": "goodpractices.remove_lost_files", "schedule": crontab(hour=3, minute=57)},
    "pages.rebuild_search": {"task": "pages.rebuild_search", "schedule": crontab(hour=4, minute=5)},
    "privacy.forget_due": {"task": "privacy.forget_due", "schedule": crontab(hour=3, minute=50)},
    "reports.run_jobs": {"task": "reports.run_jobs", "schedule": 2.0, "options": {"expires": 2}},
    "reports.make_monthly_drafts": {"task": "reports.make_monthly_drafts", "schedule": crontab(day_of_month=1, hour=6, minute=0)},
    "reports.queue_digests": {"task": "reports.queue_digests", "schedule": crontab(day_of_week=1, hour=7, minute=0)},
    "users.clear_sessions": {"task": "users.clear_sessions", "schedule": crontab(hour=3, minute=30)},
}

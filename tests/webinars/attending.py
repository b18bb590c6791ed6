"""How tests make attendance files and go through their pages."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.utils import timezone

from network_portal.jobs import services as jobs
from network_portal.jobs.models import Job
from tests.factories import make_cycle, make_webinar
from webinars.models import AttendanceFact, AttendanceFile, AttendanceRecord, PersonFact, Webinar
from webinars.services import attendance
from webinars.tasks import WORKS

HEADER = "Name (original name),Email,Join time,Leave time,Duration (minutes),Guest,In waiting room"
FIGURES = [AttendanceRecord, AttendanceFact, PersonFact]


def make_held(*, hours: int = 2, **fields) -> Webinar:
    """A webinar that was yesterday at ten in Lisbon."""
    webinar = make_webinar(**fields)
    start = timezone.localtime(timezone=webinar.zone).replace(hour=10, minute=0, second=0, microsecond=0) - timedelta(days=1)
    Webinar.objects.filter(pk=webinar.pk).update(starts_at=start, ends_at=start + timedelta(hours=hours))
    return Webinar.objects.select_related("cycle").get(pk=webinar.pk)


def zoom(webinar: Webinar, *people: tuple) -> bytes:
    """A file of Zoom: each of ``people`` is (name, e-mail, minute of joining, minute of leaving)."""
    rows = [HEADER]
    for name, email, joined, left in people:
        moments = [_moment(webinar, minute) for minute in (joined, left)]
        rows.append(f'"{name}",{email},{moments[0]},{moments[1]},{left - joined},Yes,No')
    return ("\ufeff" + "\r\n".join(rows)).encode()


def _moment(webinar: Webinar, minute: int) -> str:
    at: datetime = webinar.starts_local + timedelta(minutes=minute)
    return at.strftime("%m/%d/%Y %I:%M:%S %p")


def work() -> None:
    """Do what is queued, as the worker's task does."""
    jobs.run_due(WORKS)


def uploaded(webinar: Webinar, content: bytes, *, by, name: str = "file.csv") -> AttendanceFile:
    """A file that was read, or that says why not."""
    file = attendance.upload(webinar, by=by, name=name, content=content)
    work()
    file.refresh_from_db()
    return file


def used(webinar: Webinar, content: bytes, *, by) -> AttendanceFile:
    """A file in use; whoever nobody decided about is left out."""
    file = uploaded(webinar, content, by=by)
    attendance.ask_to_apply(file, by=by, others_are_left_out=True)
    work()
    file.refresh_from_db()
    assert file.state == "applied", Job.objects.latest("pk").error
    return file


def figures() -> list:
    """Every record and every figure without the people, as rows that can be compared."""
    return [list(model.objects.order_by("pk").values()) for model in FIGURES]


def attended(webinar: Webinar) -> dict[str, int | None]:
    """Name to minutes of those who count."""
    return dict(webinar.attendance.attended().order_by("name").values_list("name", "minutes"))


def rule(**fields):
    """A cycle with a rule of attendance."""
    return make_cycle(**fields)


def new_address() -> str:
    return f"{uuid4().hex[:12]}@cm-x.example"

"""Attendance changed by several at once, with real threads on both databases; the control shows that the lock holds it."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from network_portal.jobs import services as jobs
from network_portal.jobs.models import Job
from tests.concurrency.threads import at_once
from tests.factories import make_coordinator, make_registration, make_user
from tests.webinars.attending import attended, make_held, uploaded, zoom
from webinars import services
from webinars.models import AttendanceFact, Registration, Webinar
from webinars.services import attendance, attendance_hand, facts, places
from webinars.services.attendance import reading
from webinars.tasks import WORKS

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 12


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def coordinator():
    return make_coordinator()


@pytest.fixture
def webinar():
    held = make_held()
    for n in range(PEOPLE):
        make_registration(held, name=f"P {n:02}", person=make_user(f"p{n}@cm-a.example"))
    return held


def content(webinar, upto: int = PEOPLE, until: int = 110) -> bytes:
    return zoom(webinar, *((f"P {n:02}", f"p{n}@cm-a.example", 0, until) for n in range(upto)))


def whole(webinar) -> tuple[int, int, int]:
    """Records that count, participations in the figures, different people in them: equal, or something was half-done."""
    facts_ = sum(webinar.attendance_facts.values_list("count", flat=True))
    return webinar.attendance.attended().count(), facts_, webinar.person_facts.count()


class Paper:
    """A job and a progress as the worker has them, without the machinery that keeps two workers apart."""

    def __init__(self, file, by):
        self.parameters, self.created_by = {"file": str(file.uuid)}, by

    def __call__(self, done, total):
        pass

    def hold(self):
        pass


def test_two_workers_use_one_file(coordinator, webinar):
    """Even if both believe that the job is theirs."""
    file = uploaded(webinar, content(webinar), by=coordinator)
    paper = Paper(file, coordinator)
    results, errors = at_once(lambda _: attendance.apply_file(paper, paper), range(4), in_flight=4)
    assert errors == []
    assert len({result.message for result in results}) == 1
    assert whole(webinar) == (PEOPLE, PEOPLE, PEOPLE)


def test_two_workers_read_one_file(coordinator, webinar):
    file = attendance.upload(webinar, by=coordinator, name="a.csv", content=content(webinar))
    paper = Paper(file, coordinator)
    _, errors = at_once(lambda _: attendance.read_file(paper, paper), range(4), in_flight=4)
    assert errors == []
    assert file.lines.count() == PEOPLE


@pytest.mark.parametrize("deed", ["read", "removed"])
def test_a_worker_who_comes_to_a_file_that_is_gone(coordinator, webinar, monkeypatch, deed):
    """Between its look at the state and at the content, another worker reads the file, or a person removes it."""
    file = attendance.upload(webinar, by=coordinator, name="a.csv", content=content(webinar))
    paper, read, late = Paper(file, coordinator), reading._read, []

    def between(found):
        if not late:
            late.append(found)
            attendance.read_file(paper, paper) if deed == "read" else attendance.discard(file, by=coordinator)
        return read(found)

    monkeypatch.setattr(reading, "_read", between)
    outcome = attendance.read_file(paper, paper)
    if deed == "read":
        assert (file.lines.count(), outcome.url) == (PEOPLE, reverse("webinars:attendance_file", args=[file.uuid]))
    else:
        assert (outcome.url, outcome.message) == ("", "O ficheiro foi removido antes de ser lido.")


def test_a_lost_file_is_an_error(coordinator, webinar):
    """The control: nobody has read it, and it is not there."""
    file = attendance.upload(webinar, by=coordinator, name="a.csv", content=content(webinar))
    file.content.storage.delete(file.content.name)
    paper = Paper(file, coordinator)
    with pytest.raises(FileNotFoundError):
        attendance.read_file(paper, paper)


def test_the_same_file_from_ten_hands(coordinator, webinar):
    data = content(webinar)
    upload = lambda n: attendance.upload(webinar, by=coordinator, name=f"{n}.csv", content=data)  # noqa: E731
    files, errors = at_once(upload, range(10), in_flight=10)
    assert errors == []
    assert (len({file.pk for file in files}), Job.objects.count()) == (1, 1)


def test_check_ins_while_a_file_is_used(coordinator, webinar):
    file = uploaded(webinar, content(webinar, upto=6), by=coordinator)
    now = timezone.now()
    Webinar.objects.filter(pk=webinar.pk).update(starts_at=now - timedelta(hours=2), ends_at=now + timedelta(minutes=1))
    attendance.ask_to_apply(file, by=coordinator)
    rows = list(Registration.objects.select_related("webinar"))
    deeds = [lambda row=row: services.check_in(row) for row in rows] + [lambda: jobs.run_due(WORKS)]
    _, errors = at_once(lambda deed: deed(), deeds, in_flight=8)
    assert errors == []
    assert webinar.attendance.count() == PEOPLE
    assert set(webinar.attendance.filter(source="file").values_list("name", flat=True)) == {f"P {n:02}" for n in range(6)}
    assert whole(webinar) == (6, 6, 6)  # a check-in does not count beside a file


def test_by_hand_and_undo_while_another_file_is_used(coordinator, webinar):
    first = uploaded(webinar, content(webinar, until=70), by=coordinator)
    paper = Paper(first, coordinator)
    attendance.apply_file(paper, paper)
    second = uploaded(webinar, content(webinar), by=coordinator)
    other = Paper(second, coordinator)
    row = webinar.registrations.get(name="P 00")
    deeds = [
        lambda: attendance.apply_file(other, other),
        lambda: attendance.undo(first, by=coordinator),
        lambda: attendance_hand.note_presence(row, reason="Seen", by=coordinator),
    ]
    _, errors = at_once(lambda deed: deed(), deeds, in_flight=3)
    assert errors == []
    assert whole(webinar) == (PEOPLE, PEOPLE, PEOPLE)
    minutes = attended(webinar)
    assert {minutes[f"P {n:02}"] for n in range(1, PEOPLE)} == {110}


def test_control_without_the_lock_the_figures_are_torn(coordinator, webinar, monkeypatch):
    """Two people noted at the same instant, and each writes the figures of everybody else once more."""
    before, *rows = webinar.registrations.order_by("pk")[:3]
    attendance_hand.note_presence(before, reason="Seen", by=coordinator)
    meeting = threading.Barrier(2)

    def meet_before(owner, name):
        deed = getattr(owner, name)
        monkeypatch.setattr(owner, name, lambda *args, **kwargs: (meeting.wait(timeout=10), deed(*args, **kwargs)))

    if connection.vendor == "postgresql":
        monkeypatch.setattr(places, "lock", lambda w: Webinar.objects.select_related("cycle").get(pk=w.pk))
        meet_before(facts, "_write")
        note = attendance_hand.note_presence
    else:
        meet_before(AttendanceFact.objects, "bulk_create")
        note = attendance_hand.note_presence.__wrapped__  # SQLite's lock is the transaction
    _, errors = at_once(lambda row: note(row, reason="Seen", by=coordinator), rows, in_flight=2)
    assert whole(webinar) != (3, 3, 3)
    assert all("IntegrityError" in error for error in errors)

"""Workers killed while they read or use a file leave nothing half-done; another ends the work."""

import pytest

from network_portal.jobs import services as jobs
from network_portal.jobs.models import Job
from tests.factories import make_coordinator, make_registration, make_user
from tests.jobs import killing
from tests.webinars.attending import attended, figures, make_held, uploaded, zoom
from webinars.models import AttendanceLine
from webinars.services import attendance
from webinars.tasks import WORKS

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "webinars.tasks.WORKS"
READING, RECORDS = "webinars.services.attendance.reading", "webinars.services.attendance.records"
PEOPLE = 30


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


@pytest.fixture
def content(webinar):
    return zoom(webinar, *((f"P {n:02}", f"p{n}@cm-a.example", 0, 110) for n in range(PEOPLE)))


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param({"at": f"{READING}._parsed"}, id="before it is parsed"),
        pytest.param({"at": f"{READING}.AttendanceLine.objects.bulk_create", "after": True}, id="when the lines are written"),
        pytest.param({"at": f"{READING}.outcome"}, id="when they are saved, before the job says so"),
    ],
)
def test_killed_while_reading(coordinator, webinar, content, moment):
    file = attendance.upload(webinar, by=coordinator, name="a.csv", content=content)
    killing.kill_at(works=NAME, **moment)
    file.refresh_from_db()
    is_saved = moment["at"].endswith("outcome")
    assert (file.state, AttendanceLine.objects.count()) == (("ready", PEOPLE) if is_saved else ("reading", 0))
    assert jobs.run_due(WORKS) == 0  # its lease still runs
    killing.let_lease_end(file.job)
    assert killing.run(works=NAME) == 1
    file.refresh_from_db()
    assert (file.state, file.lines.filter(decision="take").count()) == ("ready", PEOPLE)
    assert Job.objects.get().state == "done"


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param({"at": f"{RECORDS}.derive"}, id="before the records"),
        pytest.param({"at": f"{RECORDS}.derive", "after": True}, id="between records and figures"),
        pytest.param({"at": "webinars.services.facts._write", "after": True}, id="before it is committed"),
        pytest.param({"at": "webinars.services.attendance.applying._outcome"}, id="committed, before the job says so"),
    ],
)
def test_killed_while_a_file_is_used(coordinator, webinar, content, moment):
    file = uploaded(webinar, content, by=coordinator)
    before = figures()
    job = attendance.ask_to_apply(file, by=coordinator)
    killing.kill_at(works=NAME, **moment)
    file.refresh_from_db()
    if moment["at"].endswith("_outcome"):
        assert (file.state, len(attended(webinar))) == ("applied", PEOPLE)
    else:
        assert (file.state, figures()) == ("ready", before)
        assert file.content.storage.exists(file.content.name)
    killing.let_lease_end(job)
    assert killing.run(works=NAME) == 1
    file.refresh_from_db()
    assert (file.state, len(attended(webinar)), webinar.person_facts.count()) == ("applied", PEOPLE, PEOPLE)
    assert sum(webinar.attendance_facts.values_list("count", flat=True)) == PEOPLE
    assert Job.objects.get(pk=job.pk).state == "done"

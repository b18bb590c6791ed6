"""A coordinator sees who has a certificate, corrects names, revokes and issues again; all in one ZIP by a job."""

import re
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from network_portal.jobs import services as jobs
from network_portal.jobs.models import Job
from tests.factories import make_coordinator, make_user
from tests.jobs import killing
from tests.webinars.certifying import attended, cycle_with, fresh, held, issued
from tests.webinars.registering import text_of
from webinars.models import AttendanceRecord, Certificate
from webinars.services import certificate_files, certificates
from webinars.tasks import WORKS

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(client):
    coordinator = make_coordinator(language="en")
    client.force_login(coordinator)
    return coordinator


def listing(webinar) -> str:
    return f"/en/webinars/manage/{webinar.slug}/certificates/"


def deed(certificate, name: str) -> str:
    return f"/en/webinars/manage/certificates/{certificate.shown_code}/{name}/"


def test_the_list_shows_everybody_who_attended_and_what_they_have(client, coordinator):
    webinar = held()
    asked, changed = issued(webinar, make_user(name="Ana Asked")), issued(webinar, make_user(name="Bia Before"))
    certificates.correct_name(changed, name="Bia After", by=coordinator)
    attended(webinar, make_user(name="Caio Calm"))
    gone = issued(webinar, make_user(name="Dora Gone"))
    certificates.revoke(gone, reason="Not hers", by=coordinator)
    attended(webinar, make_user(name="Eva Elsewhere"), attended=False)
    response = client.get(listing(webinar))
    rows = [(record.name, [c.state for c in record.issued]) for record in response.context["page_obj"]]
    assert rows == [
        ("Ana Asked", ["valid"]), ("Bia Before", ["valid", "corrected"]), ("Caio Calm", []), ("Dora Gone", ["revoked"]),
    ]  # fmt: skip
    page = text_of(response)
    assert "registered as Bia Before" in page
    assert "Not hers" in page
    assert "2 certificates were asked for" in page
    assert deed(asked, "revoke") in page
    assert deed(gone, "again") in page
    assert "no-store" in response["Cache-Control"]


def test_the_list_keeps_its_number_of_queries(client, coordinator):
    webinar = held()
    issued(webinar, make_user())

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(listing(webinar))
        return len(seen)

    queries()
    few = queries()
    for _n in range(5):
        issued(webinar, make_user())
    assert queries() == few


def test_who_lost_it_stays_on_the_list(client, coordinator):
    webinar = held()
    row = issued(webinar, make_user(name="Ana"))
    AttendanceRecord.objects.update(attended=False)
    certificates.revoke_lost(webinar, by=coordinator)
    page = text_of(client.get(listing(webinar)))
    assert "Attendance was corrected" in page
    assert deed(row, "again") not in page


def test_before_attendance_is_closed_there_is_no_zip(client, coordinator):
    webinar = held(closed=False)
    attended(webinar, make_user())
    page = text_of(client.get(listing(webinar)))
    assert "Certificates come once attendance is closed" in page
    assert "ZIP" not in page


def test_a_name_is_corrected(client, coordinator):
    row = issued(held(), make_user(name="Ana"))
    assert client.get(deed(row, "name")).context["form"].initial == {"name": "Ana"}
    assert client.post(deed(row, "name"), {"name": "Ana Luz"}).url == listing(row.webinar)
    assert Certificate.objects.valid().get().name == "Ana Luz"
    assert "not valid any more" in text_of(client.post(deed(row, "name"), {"name": "Ana Sol"}))


def test_revoked_with_a_reason_and_issued_again(client, coordinator):
    row = issued(held(), make_user(name="Ana"))
    assert "Enter the reason" in text_of(client.post(deed(row, "revoke"), {"reason": " \u200b "}))
    assert fresh(row).state == "valid"
    client.post(deed(row, "revoke"), {"reason": "Not hers"})
    assert (fresh(row).state, fresh(row).reason) == ("revoked", "Not hers")
    assert "not valid any more" in text_of(client.post(deed(row, "revoke"), {"reason": "Again"}))
    page = text_of(client.post(deed(row, "again"), follow=True))
    new = Certificate.objects.valid().get()
    assert new.shown_code in page


def test_issuing_again_what_is_not_earned_says_why(client, coordinator):
    row = issued(held(), make_user())
    certificates.revoke(row, reason="x", by=coordinator)
    AttendanceRecord.objects.update(attended=False)
    assert "There is no certificate" in text_of(client.post(deed(row, "again"), follow=True))
    assert not Certificate.objects.valid().exists()


def test_those_of_cycles_are_not_here(client, coordinator):
    rita = make_user()
    cycle, _records = cycle_with(1, rita)
    row = certificates.issue_for_cycle(cycle, person=rita)
    for name in ("name", "revoke"):
        assert client.get(deed(row, name)).status_code == 404
    assert client.post(deed(row, "again")).status_code == 404
    assert client.get("/en/webinars/manage/certificates/AAAA-AAAA/revoke/").status_code == 404


# --- the ZIP


def people(webinar, *names: str) -> list[AttendanceRecord]:
    return [attended(webinar, make_user(name=name)) for name in names]


def ask(webinar, by) -> Job:
    return certificate_files.ask_for_zip(webinar, by=by, back_url="/")


def test_the_page_queues_a_job_once(client, coordinator):
    webinar = held(title="Saúde")
    people(webinar, "Ana")
    for _n in range(2):
        response = client.post(listing(webinar) + "zip/")
    job = Job.objects.get()
    assert (job.kind, job.title, job.created_by) == ("webinars.certificates_zip", "Certificates: Saúde", coordinator)
    assert (response.status_code, response.url) == (302, f"/en/jobs/{job.uuid}/")
    assert job.back_url == listing(webinar)


def test_the_job_packs_everybody_with_names_that_can_be_read(coordinator):
    webinar = held(title="Saúde à porta")
    people(webinar, "Rita Quaresma", "../../etc/passwd", "Олена К.", "N" * 200, "CON")
    nameless, revoked = people(webinar, "Sem Nome", "Revogada")
    certificates.revoke(certificates.issue(revoked, by=coordinator), reason="x", by=coordinator)
    AttendanceRecord.objects.filter(pk=nameless.pk).update(name="", person=None)
    job = ask(webinar, coordinator)
    assert jobs.run_due(WORKS) == 1
    job.refresh_from_db()
    assert job.message == "5 certificates. 2 people are left out: revoked, or without a name."
    assert job.file_name == "saude-a-porta.zip"
    with zipfile.ZipFile(job.file.path) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert all(archive.read(name).startswith(b"%PDF-") for name in names)
    code = "-[0-9A-Z]{4}-[0-9A-Z]{4}[.]pdf"
    starts = ("rita-quaresma", "etcpasswd", "олена-к", "n{80}", "con")
    assert all(any(re.fullmatch(start + code, name) for name in names) for start in starts)
    assert len(names) == 5
    assert Certificate.objects.valid().count() == 5


def test_asked_again_after_a_change_it_is_another_job(coordinator):
    webinar = held()
    row = certificates.issue(people(webinar, "Ana")[0], by=coordinator)
    first = ask(webinar, coordinator)
    assert jobs.run_due(WORKS) == 1
    assert ask(webinar, coordinator) == first
    certificates.correct_name(row, name="Ana Luz", by=coordinator)
    assert ask(webinar, coordinator) != first


def test_with_nobody_in_it_the_job_says_so(coordinator):
    job = ask(held(), coordinator)
    jobs.run_due(WORKS)
    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", "Nobody has a certificate of this webinar.")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "moment",
    [
        pytest.param({"at": "webinars.services.certificate_files.document", "call": 2}, id="between two files"),
        pytest.param({"at": "webinars.services.certificates._create", "call": 3, "after": True}, id="issued, not committed"),
        pytest.param({"at": killing.FILE_WRITTEN}, id="before the file has its name"),
    ],
)
def test_a_killed_worker_leaves_no_half_zip_and_another_makes_the_whole(moment):
    webinar, coordinator = held(), make_coordinator()
    people(webinar, "Ana", "Bia", "Caio")
    job = ask(webinar, coordinator)
    killing.kill_at(works="webinars.tasks.WORKS", **moment)
    job.refresh_from_db()
    assert (job.state, job.file.name) == ("running", "")
    before = dict(Certificate.objects.values_list("record", "code"))
    killing.let_lease_end(job)
    assert killing.run(works="webinars.tasks.WORKS") == 1
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("done", 2)
    with zipfile.ZipFile(job.file.path) as archive:
        names = archive.namelist()
    assert sorted(name.split("-")[0] for name in names) == ["ana", "bia", "caio"]
    after = dict(Certificate.objects.valid().values_list("record", "code"))
    assert len(after) == 3
    assert before.items() <= after.items()  # what was issued is not issued twice

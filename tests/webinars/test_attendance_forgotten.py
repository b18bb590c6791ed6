"""What a file holds does not stay: it goes once it is read, and a file that nobody uses goes altogether."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from network_portal.jobs.models import Job
from tests.factories import make_coordinator, make_registration, make_user
from tests.webinars.attending import make_held, used, work, zoom
from webinars.models import AttendanceFile
from webinars.services import attendance

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(client):
    coordinator = make_coordinator("coordination@network.example", language="en")
    client.force_login(coordinator)
    return coordinator


@pytest.fixture
def webinar():
    return make_held(slug="care", title="Sharing care")


@pytest.fixture
def ana(webinar):
    return make_registration(webinar, name="Ana Sá", person=make_user("ana@cm-beja.example", name="Ana Sá"))


def test_what_a_file_holds_is_deleted_once_it_is_read(coordinator, webinar, django_capture_on_commit_callbacks):
    file = attendance.upload(webinar, by=coordinator, name="a.csv", content=zoom(webinar, ("Ana Sá", "", 0, 110)))
    name = file.content.name
    with django_capture_on_commit_callbacks(execute=True):
        work()
    file.refresh_from_db()
    assert (file.state, file.lines.count(), bool(file.content), default_storage.exists(name)) == ("ready", 1, False, False)


def test_an_unread_file_is_removed_with_its_content(client, coordinator, webinar, django_capture_on_commit_callbacks):
    file = attendance.upload(webinar, by=coordinator, name="a.csv", content=zoom(webinar, ("Ana Sá", "", 0, 110)))
    name = file.content.name
    assert default_storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/en/webinars/manage/attendance/files/{file.uuid}/remove/")
    assert (AttendanceFile.objects.exists(), default_storage.exists(name)) == (False, False)


def test_a_file_removed_before_it_was_read(coordinator, webinar):
    file = attendance.upload(webinar, by=coordinator, name="a.csv", content=zoom(webinar, ("Ana Sá", "", 0, 110)))
    attendance.discard(file, by=coordinator)
    work()
    assert Job.objects.get().state == "done"
    assert not AttendanceFile.objects.exists()


def test_files_that_nobody_used_go_after_seven_days(coordinator, webinar, ana, django_capture_on_commit_callbacks):
    kept = used(webinar, zoom(webinar, ("Ana Sá", "ana@cm-beja.example", 0, 110)), by=coordinator)
    contents = [zoom(webinar, (name, "", 0, 9)) for name in ("A B", "C D")]
    old, young = (attendance.upload(webinar, by=coordinator, name="a.csv", content=content) for content in contents)
    now = timezone.now()
    AttendanceFile.objects.exclude(pk=young.pk).update(uploaded_at=now - timedelta(days=8))
    name = old.content.name
    with django_capture_on_commit_callbacks(execute=True):
        assert attendance.delete_unused(now=now) == 1
    assert set(AttendanceFile.objects.values_list("pk", flat=True)) == {kept.pk, young.pk}
    assert not default_storage.exists(name)

"""Closing seals the figures and forgets what served to find them; reopening has a reason and an end."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from network_portal.audit.models import Entry
from network_portal.mail.models import OutboxMail
from tests.factories import make_coordinator, make_registration, make_user
from tests.recent import typed_a_code
from tests.webinars.attending import attended, make_held, uploaded, used, zoom
from tests.webinars.registering import text_of
from webinars.errors import AttendanceClosed, AttendanceFileRefused, NotReopenable
from webinars.models import AttendanceFile, AttendanceLine, Webinar
from webinars.services import attendance, attendance_hand

pytestmark = pytest.mark.django_db
PAGE = "/en/webinars/manage/care/attendance/"


@pytest.fixture
def coordinator(client):
    coordinator = make_coordinator("coordination@network.example", language="en")
    client.force_login(coordinator)
    return coordinator


@pytest.fixture
def webinar():
    return make_held(slug="care")


@pytest.fixture
def people(webinar):
    rows = [make_registration(webinar, name=f"Ana {n}", person=make_user(f"ana{n}@cm-a.example")) for n in range(3)]
    make_registration(webinar, status="waiting")
    make_registration(webinar, status="cancelled")
    return rows


@pytest.fixture
def file(coordinator, webinar, people):
    """Two of three were there."""
    stays = [(row.name, row.person.email, 0, 110) for row in people[:2]]
    return used(webinar, zoom(webinar, *stays), by=coordinator)


def test_the_page_says_what_closing_does(client, coordinator, webinar, file):
    uploaded(webinar, zoom(webinar, ("iPad", "", 0, 9), ("Sala 2", "", 0, 9)), by=coordinator)
    page = text_of(client.get(PAGE + "close/"))
    for words in ("1 file was not used.", "2 names about which nothing is decided", "2 e-mails of thanks go out, and 1 to"):
        assert words in page
    webinar.refresh_from_db()
    assert webinar.attendance_closed_at is None  # it only asks


def test_the_page_offers_no_mail_that_nobody_gets(client, coordinator, webinar, file):
    long_ago = timedelta(days=200)
    Webinar.objects.filter(pk=webinar.pk).update(starts_at=webinar.starts_at - long_ago, ends_at=webinar.ends_at - long_ago)
    page = text_of(client.get(PAGE + "close/"))
    assert "No e-mail goes out" in page
    assert 'name="tells"' not in page


def test_closing_seals_and_forgets(client, coordinator, webinar, file, django_capture_on_commit_callbacks):
    uploaded(webinar, zoom(webinar, ("iPad", "", 0, 9)), by=coordinator)
    unused = attendance.upload(webinar, by=coordinator, name="b.csv", content=zoom(webinar, ("iPhone", "", 0, 9)))
    name = unused.content.name
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(PAGE + "close/", {"tells": "on"}, follow=True)
    assert "its figures are sealed. 3 e-mails go out." in text_of(response)
    webinar.refresh_from_db()
    fact = webinar.fact
    assert (fact.confirmed, fact.waiting, fact.cancelled) == (3, 1, 1)
    assert sum(webinar.attendance_facts.values_list("count", flat=True)) == 2
    assert (AttendanceLine.objects.count(), default_storage.exists(name)) == (0, False)
    assert [f.sha256 for f in AttendanceFile.objects.all()] == [file.sha256]  # the evidence
    assert Entry.objects.get(action="attendance.closed").detail["attended"] == 2


def test_nobody_is_written_to_when_it_is_not_ticked(client, coordinator, webinar, file):
    mails = OutboxMail.objects.exclude(template__startswith="jobs/").count()
    client.post(PAGE + "close/", {})
    webinar.refresh_from_db()
    assert webinar.attendance_closed_at is not None
    assert OutboxMail.objects.exclude(template__startswith="jobs/").count() == mails


def test_when_it_is_closed_nothing_changes(client, coordinator, webinar, people, file):
    attendance.close(webinar, by=coordinator, tells=False)
    with pytest.raises(AttendanceClosed):
        attendance.undo(file, by=coordinator)
    with pytest.raises(AttendanceClosed):
        attendance_hand.note_presence(people[2], reason="Seen", by=coordinator)
    with pytest.raises(AttendanceClosed):
        attendance.close(webinar, by=coordinator, tells=False)
    page = text_of(client.get(PAGE))
    assert "Attendance was closed on" in page
    assert "Read the file" not in page
    assert "add/" not in page


def test_not_while_it_goes_on(coordinator, webinar):
    Webinar.objects.filter(pk=webinar.pk).update(ends_at=timezone.now() + timedelta(minutes=5))
    with pytest.raises(AttendanceFileRefused):
        attendance.close(webinar, by=coordinator, tells=False)


def test_reopened_with_a_reason_and_closed_anew(client, coordinator, webinar, people, file):
    attendance.close(webinar, by=coordinator, tells=True)
    assert "Enter the reason" in text_of(client.post(PAGE + "reopen/", {}))
    client.post(PAGE + "reopen/", {"reason": "A file was missing"})
    assert Entry.objects.get(action="attendance.reopened").detail["reason"] == "A file was missing"
    content = zoom(webinar, (people[2].name, people[2].person.email, 0, 110))
    used(webinar, content, by=coordinator)
    assert attended(webinar) == {"Ana 0": 110, "Ana 1": 110, "Ana 2": 110}  # those of the first file stay
    attendance.close(webinar, by=coordinator, tells=True)
    assert sum(webinar.attendance_facts.values_list("count", flat=True)) == 3


def test_a_file_of_before_the_reopening_can_be_undone(coordinator, webinar, file):
    attendance.close(webinar, by=coordinator, tells=False)
    attendance.reopen(webinar, by=coordinator, reason="Wrong file")
    attendance.undo(file, by=coordinator)
    assert webinar.attendance.count() == 0


def test_not_reopened_once_names_are_gone(client, coordinator, webinar, people, file):
    attendance.close(webinar, by=coordinator, tells=False)
    webinar.registrations.filter(pk=people[2].pk).update(anonymised_at=timezone.now(), name="", person=None)
    with pytest.raises(NotReopenable):
        attendance.reopen(webinar, by=coordinator, reason="A file was missing")
    assert "The figures can no longer change." in text_of(client.get(PAGE + "reopen/"))
    webinar.refresh_from_db()
    assert webinar.attendance_closed_at is not None


def test_a_file_being_read_when_attendance_is_closed(coordinator, webinar, people):
    file = attendance.upload(webinar, by=coordinator, name="a.csv", content=zoom(webinar, ("Ana 0", "", 0, 9)))
    attendance.close(webinar, by=coordinator, tells=False)
    assert not AttendanceFile.objects.filter(pk=file.pk).exists()


# --- the page, and people who cannot be named any more


def test_the_page_asks_the_database_the_same_for_any_number(client, coordinator, webinar, file, django_assert_num_queries):
    used(webinar, zoom(webinar, *((f"N {n}", "", 0, 9) for n in range(5))), by=coordinator)
    for show in ("attended", "absent"):
        for _warm in range(2):
            client.get(f"{PAGE}?show={show}")
        with django_assert_num_queries(8):
            client.get(f"{PAGE}?show={show}")
    more = [make_registration(webinar, person=make_user(f"more{n}@cm-a.example")) for n in range(20)]
    used(webinar, zoom(webinar, *((row.name, row.person.email, 0, 110) for row in more)), by=coordinator)
    with django_assert_num_queries(8):
        client.get(f"{PAGE}?show=attended")


@pytest.mark.parametrize("query", ["?show=x", "?show=", "?page=0", "?page=x", "?page=999999999999999999999999"])
def test_values_that_do_not_exist(client, coordinator, webinar, file, query):
    assert "Ana 0" in text_of(client.get(PAGE + query))


def test_former_participants_have_no_name(client, coordinator, webinar, people, file):
    webinar.registrations.update(anonymised_at=timezone.now(), name="", person=None)
    webinar.attendance.update(pseudonym="ab" * 32, name="", person=None)
    typed_a_code(client)
    for page in (PAGE, PAGE + "?show=absent", "/en/webinars/manage/care/people/", "/en/webinars/manage/care/people/export.csv"):
        answer = client.get(page)
        assert answer.status_code == 200
        assert "Former participant" in text_of(answer)
    page = f"/en/webinars/manage/people/{people[0].uuid}/remove/"
    assert client.get(page).status_code == client.post(page).status_code == 302
    people[0].refresh_from_db()
    assert people[0].status == "confirmed"
    assert client.get("/en/webinars/manage/care/people/?q=ana").status_code == 200

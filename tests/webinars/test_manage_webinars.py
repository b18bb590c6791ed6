"""The coordinator's pages of webinars: what may be typed, what is asked first, what is never overwritten."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.html import escape

from municipalities import services as towns
from network_portal.audit.models import Entry
from network_portal.mail.models import OutboxMail
from network_portal.vocabularies.models import Term
from tests.factories import (
    make_affiliation,
    make_coordinator,
    make_cycle,
    make_municipality,
    make_registration,
    make_term,
    make_user,
    make_webinar,
)
from tests.recent import typed_a_code
from webinars.models import Webinar

pytestmark = pytest.mark.django_db
NEW = "/en/webinars/manage/new/"


@pytest.fixture
def coordinator(client):
    person = make_coordinator(name="Teresa Lobo")
    client.force_login(person)
    return person


def answers(**fields):
    cycle = fields.pop("cycle", None) or make_cycle()
    return {
        "cycle": cycle.pk, "title": "Educação", "summary": "Resumo", "text": "Texto", "theme": make_term("theme").pk,
        "language": "pt", "day": "2027-03-11", "start": "10:00", "end": "13:00", "time_zone": "Europe/Lisbon",
        "capacity": "50", "audience": "everyone", "format": "webinar", "mode": "online",
    } | fields  # fmt: skip


def edit_answers(webinar, **fields):
    start = webinar.starts_local
    same = {"title": webinar.title, "day": f"{start:%Y-%m-%d}", "start": f"{start:%H:%M}", "end": f"{webinar.ends_local:%H:%M}"}
    return answers(cycle=webinar.cycle, seen=webinar.changed_at.isoformat(), **same) | {"theme": webinar.theme_id} | fields


def steady_webinar(**fields):
    """One whose hours a form can say: whole minutes, three hours of one day."""
    start = (timezone.now() + timedelta(days=9)).replace(hour=10, minute=0, second=0, microsecond=0)
    return make_webinar(starts_at=start, summary="Resumo", text="Texto", **fields)


def edit_url(webinar):
    return f"/en/webinars/manage/{webinar.slug}/"


def test_a_webinar_is_written_previewed_published_and_cancelled(client, coordinator):
    cycle = make_cycle(is_published=False)
    client.post(NEW, answers(cycle=cycle))
    webinar = Webinar.objects.get()
    assert (webinar.state, webinar.starts_local.hour, webinar.number) == ("draft", 10, 1)
    assert "Educação" in client.get(webinar.get_absolute_url()).content.decode()
    client.post(f"{edit_url(webinar)}publish/")
    person = make_registration(webinar).person
    page = client.get(f"{edit_url(webinar)}cancel/").content.decode()
    assert "This will send 1 e-mail" in page
    assert "Enter the reason" in client.post(f"{edit_url(webinar)}cancel/", {"reason": " "}).content.decode()
    client.post(f"{edit_url(webinar)}cancel/", {"reason": "Greve"})
    webinar.refresh_from_db()
    assert (webinar.state, webinar.cancel_reason) == ("cancelled", "Greve")
    assert OutboxMail.objects.filter(to=person.email, template="webinars/webinar_cancelled").exists()


@pytest.mark.parametrize("typed", ["-1", "0", "1000000000", "٣", "5,5", "", "5001", "1e3"])
def test_row_22_capacity(client, coordinator, typed):
    page = client.post(NEW, answers(capacity=typed)).content.decode()
    assert page.count("Capacity must be a whole number between 1 and 5\u00a0000") == 2
    assert "<title>Error: " in page
    assert not Webinar.objects.exists()


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"end": "09:00"}, "End time must be after start time"),
        ({"day": "2020-01-07"}, "Start must be in the future"),
        ({"day": "31/02/2027"}, "This day does not exist in that month"),
        ({"day": "2027-13-01"}, "Month must be between 1 and 12"),
        ({"day": "26-05-01"}, "Year must have 4 digits, like 2027"),
        ({"day": "9999-12-31", "time_zone": "Atlantic/Azores"}, "Year must be 2200 or earlier"),
        ({"other_themes": "9" * 21}, "is not one of the available choices"),
        ({"day": "0000-01-01"}, "Year must have 4 digits, like 2027"),
        ({"day": "2027-02-29"}, "This day does not exist in that month"),
        ({"day": "soon"}, "Enter a date like 28/03/2027"),
        ({"start": "25:00"}, "Enter a time like 10:00"),
        ({"day": ""}, "Enter the day"),
    ],
)
def test_row_23_days_and_hours(client, coordinator, fields, says):
    page = client.post(NEW, answers(**fields)).content.decode()
    assert page.count(says) == 2
    assert not Webinar.objects.exists()


def test_row_24_an_hour_that_does_not_exist(client, coordinator):
    fields = {"day": "2027-03-28", "start": "02:30", "end": "05:00", "time_zone": "Europe/Madrid"}
    page = client.post(NEW, answers(**fields)).content.decode()
    assert "This time does not exist that day because clocks change" in page
    assert not Webinar.objects.exists()


@pytest.mark.parametrize(("occurrence", "utc_hour"), [("first", 0), ("second", 1)])
def test_row_24_an_hour_that_comes_twice_is_asked(client, coordinator, occurrence, utc_hour):
    fields = {"day": "2027-10-31", "start": "02:30", "end": "05:00", "time_zone": "Europe/Madrid"}
    assert "Which of the two hours?" in client.post(NEW, answers(**fields)).content.decode()
    client.post(NEW, answers(**fields, occurrence=occurrence))
    assert Webinar.objects.get().starts_at.hour == utc_hour


@pytest.mark.parametrize(
    "link",
    [
        "http://zoom.example/j/1",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://",
        "https://user:pass@x.pt/",
        "https://@x.pt/",
        f"https://x.pt/{'a' * 3000}",
    ],
)
def test_row_25_links(client, coordinator, link):
    page = client.post(NEW, answers(join_url=link)).content.decode()
    assert page.count("Enter a link that starts with https://") == 2
    assert not Webinar.objects.exists()


def test_row_4_and_15_a_title_is_one_line_shown_as_text(client, coordinator):
    client.post(NEW, answers(title="Educação\r\nBcc: all@x.pt <script>alert(1)</script>"))
    webinar = Webinar.objects.get()
    assert webinar.title == "Educação Bcc: all@x.pt <script>alert(1)</script>"
    assert escape(webinar.title) in client.get(webinar.get_absolute_url()).content.decode()
    assert client.post(NEW, answers(title="a\x00b")).status_code == 200
    assert client.post(NEW, answers(title="x" * 201)).status_code == 200
    assert Webinar.objects.count() == 1


def test_row_28_fewer_places_than_people(client, coordinator):
    webinar = steady_webinar(capacity=20)
    for _ in range(12):
        make_registration(webinar)
    page = client.post(edit_url(webinar), edit_answers(webinar, capacity="5", summary="Guardado")).content.decode()
    assert page.count("12 people are already confirmed. Enter 12 or more, or cancel registrations first.") == 2
    assert "Guardado" in page
    webinar.refresh_from_db()
    assert webinar.capacity == 20


def test_a_move_asks_before_it_writes_to_people(client, coordinator):
    webinar = steady_webinar()
    person = make_registration(webinar).person
    moved = edit_answers(webinar, start="11:00", end="14:00")
    page = client.post(edit_url(webinar), moved).content.decode()
    assert "This will send 1 e-mail" in page
    assert not OutboxMail.objects.exists()
    assert 'value="11:00"' in client.post(edit_url(webinar), moved | {"back": "1"}).content.decode()
    client.post(edit_url(webinar), moved | {"confirmed": "1"})
    webinar.refresh_from_db()
    assert webinar.starts_local.hour == 11
    assert OutboxMail.objects.get().to == person.email


def test_row_38_a_second_save_sees_both_texts_and_overwrites_nothing(client, coordinator):
    webinar = steady_webinar()
    typed = edit_answers(webinar)
    client.post(edit_url(webinar), typed | {"summary": "De Teresa"})
    page = client.post(edit_url(webinar), typed | {"summary": "De Rui"}).content.decode()
    assert "Teresa Lobo changed this page" in page
    assert "De Teresa" in page
    assert "De Rui" in page
    webinar.refresh_from_db()
    assert webinar.summary == "De Teresa"


def test_row_38_other_themes_and_the_programme_are_not_overwritten_either(client, coordinator):
    webinar = steady_webinar()
    typed, seen = edit_answers(webinar), webinar.changed_at.isoformat()
    client.post(edit_url(webinar), typed | {"other_themes": [str(t.pk) for t in Term.objects.of("theme")[1:3]]})
    page = client.post(edit_url(webinar), typed).content.decode()
    assert "Teresa Lobo changed this page" in page
    assert webinar.other_themes.count() == 2
    rows = {
        "items-TOTAL_FORMS": "0",
        "items-INITIAL_FORMS": "0",
        "axes-TOTAL_FORMS": "0",
        "axes-INITIAL_FORMS": "0",
        "seen": seen,
    }
    page = client.post(f"{edit_url(webinar)}agenda/", rows).content.decode()
    assert "Teresa Lobo changed this page" in page
    assert not Entry.objects.filter(action="webinar.programme").exists()


def test_an_export_is_no_change(client, coordinator):
    webinar = steady_webinar()
    typed = edit_answers(webinar)
    client.post(edit_url(webinar), typed | {"summary": "De Teresa"})
    client.force_login(make_coordinator(name="Bruno Vaz"))
    typed_a_code(client)
    assert client.get(f"{edit_url(webinar)}people/export.csv").status_code == 200
    assert "Teresa Lobo changed this page" in client.post(edit_url(webinar), typed | {"summary": "De Bruno"}).content.decode()


def test_more_places_promote_who_waits(client, coordinator):
    webinar = steady_webinar(capacity=1)
    make_registration(webinar)
    waiting = make_registration(webinar, status="waiting")
    client.post(edit_url(webinar), edit_answers(webinar, capacity="2"))
    waiting.refresh_from_db()
    assert waiting.status == "confirmed"


def test_an_event_on_site_needs_an_address(client, coordinator):
    assert "Enter the address of the room" in client.post(NEW, answers(mode="on_site")).content.decode()


def test_the_overview_costs_the_same_for_few_and_many(client, coordinator, django_assert_max_num_queries):
    cycle = make_cycle()
    for n in range(30):
        make_webinar(cycle=cycle, state="draft" if n % 2 else "published", starts_at=timezone.now() + timedelta(days=n - 3))
    with django_assert_max_num_queries(10):  # with the three of the figures, and the two of towns without a focal point
        assert client.get("/webinars/manage/").status_code == 200


def test_the_overview_says_where_no_focal_point_answers(client, coordinator):
    town = make_municipality(name="Beja")
    towns.ask_affiliation(town, by=make_user())
    point = make_affiliation(make_user(), make_municipality(name="Évora"), kind="focal_point").person
    type(point).objects.filter(pk=point.pk).update(is_active=False)
    page = client.get("/en/webinars/manage/")
    assert [todo.title for todo in page.context["todos"]] == ["Requests to belong to Beja", "Évora has no focal point any more"]
    assert f'href="/en/municipalities/{town.slug}/colleagues/"' in page.text
    row = towns.confirm_affiliation(town.affiliations.get(), by=coordinator)
    towns.make_focal_point(row, by=coordinator)
    assert "Beja" not in client.get("/en/webinars/manage/").text


@pytest.mark.parametrize("tail", ["manage/", "manage/new/", "manage/{slug}/", "manage/{slug}/cancel/"])
def test_others_are_refused(client, tail):
    path = f"/webinars/{tail.format(slug=make_webinar().slug)}"
    assert client.get(path).status_code == 302
    client.force_login(make_user())
    assert client.get(path).status_code == 403


def test_publishing_is_a_post_of_a_coordinator(client):
    webinar = make_webinar(state="draft")
    client.force_login(make_user())
    assert client.post(f"/webinars/manage/{webinar.slug}/publish/").status_code == 403
    client.force_login(make_coordinator())
    assert client.get(f"/webinars/manage/{webinar.slug}/publish/").status_code == 405
    webinar.refresh_from_db()
    assert webinar.state == "draft"


def test_fields_that_the_form_does_not_have_are_ignored(client, coordinator):
    client.post(NEW, answers(state="published", sequence="99", slug="admin", is_staff="1"))
    webinar = Webinar.objects.get()
    assert (webinar.state, webinar.sequence, webinar.slug) == ("draft", 0, "educacao")

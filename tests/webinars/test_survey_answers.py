"""Who is asked what they thought, on which pages; and what coordinators read of it, when enough answered."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import make_coordinator, make_registration, make_user, make_webinar
from tests.webinars.after_webinar import address, place
from tests.webinars.registering import text_of
from webinars.models import Registration, SurveyAnswer

pytestmark = pytest.mark.django_db


# --- what coordinators read


def answers(webinar, *usefulness, comment=""):
    SurveyAnswer.objects.bulk_create(SurveyAnswer(webinar=webinar, usefulness=n, comment=comment) for n in usefulness)


ANSWERS = "/en/webinars/manage/care/answers/"


@pytest.fixture
def coordinator(client):
    coordinator = make_coordinator(language="en")
    client.force_login(coordinator)
    return coordinator


def test_only_coordinators_read_them(client):
    place()
    assert client.get(ANSWERS).status_code == 302
    client.force_login(make_user())
    assert client.get(ANSWERS).status_code == 403


@pytest.mark.parametrize("count", [0, 1, 4])
def test_fewer_than_five_are_not_shown_at_all(client, coordinator, count):
    answers(place().webinar, *[2] * count, comment="I am the only one")
    page = text_of(client.get(ANSWERS))
    assert "Fewer than 5 answers" in page
    assert "only one" not in page
    assert "<table" not in page


def test_five_are_shown_with_mean_counts_and_comments(client, coordinator):
    row = place()
    answers(row.webinar, 5, 5, 4)
    answers(row.webinar, 2, comment="Zebra")
    answers(row.webinar, 1, comment="<b>Ant</b>")
    answers(make_webinar(), 1, 1, 1, comment="Elsewhere")
    with CaptureQueriesContext(connection) as caught:
        response = client.get(ANSWERS)
    page = response.content.decode()
    assert [n for _value, _label, n in response.context["rows"]] == [2, 1, 0, 1, 1]
    assert "3.4" in page
    assert "of 5, from 5 answers" in page
    assert page.index("&lt;b&gt;Ant") < page.index("Zebra")
    assert "Elsewhere" not in page
    assert row.person.email not in page
    assert len(caught) <= 4


def test_five_without_a_comment(client, coordinator):
    answers(place().webinar, 5, 5, 5, 5, 5)
    assert "Nobody wrote a comment." in text_of(client.get(ANSWERS))


# --- where else it is asked


def own_pages(client, row) -> list[str]:
    """My page, the page of the registration, and the entrance page."""
    client.force_login(row.person)
    type(row.person).objects.filter(pk=row.person.pk).update(language="en")
    paths = ("/en/my/", f"/en/webinars/registrations/{row.uuid}/", address(row, "join"))
    return [text_of(client.get(path)) for path in paths]


def test_own_pages_ask_who_may_answer(client):
    row = place()
    for page in own_pages(client, row):
        assert address(row) in page
        assert "Tell us what you thought" in page


@pytest.mark.parametrize("why", ["to come", "answered", "late", "absent"])
def test_own_pages_ask_nobody_else(client, why):
    hours = {"to come": -9, "late": 31 * 24}.get(why, 2)
    row = place(hours, closed=why == "absent")
    Registration.objects.filter(pk=row.pk).update(answered_survey=why == "answered")
    for page in own_pages(client, row):
        assert "/survey/" not in page


def test_my_page_asks_with_one_query_for_all(client):
    row = place()
    client.force_login(row.person)

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            client.get("/en/my/")
        return len(caught)

    few = queries()
    for _n in range(4):
        make_registration(make_webinar(starts_at=timezone.now() - timedelta(days=2)), person=row.person)
    assert queries() == few


def test_a_coordinator_who_reads_a_registration_is_not_asked_for_its_person(client, coordinator):
    row = place()
    assert "/survey/" not in text_of(client.get(f"/en/webinars/registrations/{row.uuid}/"))

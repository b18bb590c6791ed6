"""My page: what is next, and every registration with its state."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import make_registration, make_webinar
from tests.webinars.registering import text_of
from webinars import links

pytestmark = pytest.mark.django_db
PAGE = "/en/my/"


def days(n: int):
    return timezone.now() + timedelta(days=n)


def test_a_newcomer_is_led_to_the_webinars(client, person):
    page = text_of(client.get(PAGE))
    assert "You have no place in a coming webinar" in page
    assert page.count('href="/en/webinars/"') >= 2
    assert 'href="/en/account/' in page


def test_registrations_by_what_they_are(client, person):
    soon, later, past, gone = (make_webinar(starts_at=days(n), title=t) for n, t in [(3, "S"), (5, "L"), (-9, "P"), (7, "G")])
    make_registration(later, status="waiting")
    waiting = make_registration(later, person=person, status="waiting")
    place = make_registration(soon, person=person)
    held = make_registration(past, person=person, checked_in_at=days(-9))
    cancelled = make_registration(gone, person=person, status="cancelled")
    make_registration(soon, person=person, status="cancelled")  # and came back

    response = client.get(PAGE)

    shown = response.context
    assert (shown["following"], shown["coming"]) == (place, [place, waiting])
    assert (shown["past"], shown["cancelled"]) == ([held], [cancelled])
    page = text_of(response)
    assert f"/en/webinars/place/{links.token_for(place)}/" in page
    for words in ("Number 2 on the waiting list", "Place confirmed", "You took part", "You cancelled"):
        assert page.count(words) == 1
    assert f"/en/webinars/registrations/{place.uuid}/cancel/" in page
    assert f"/en/webinars/registrations/{place.uuid}/calendar.ics" in page


def test_a_webinar_called_off_is_among_the_cancelled(client, person):
    row = make_registration(make_webinar(state="cancelled"), person=person, status="cancelled")
    response = client.get(PAGE)
    assert response.context["cancelled"] == [row]
    assert "The webinar was cancelled" in text_of(response)


def test_the_panel_leads_to_the_room_while_it_is_open(client, person):
    make_registration(make_webinar(starts_at=timezone.now() + timedelta(minutes=20)), person=person)
    assert "Go to the room" in text_of(client.get(PAGE))


def test_nobody_elses_registrations(client, person):
    make_registration(make_webinar(title="Somebody else’s"))
    assert "Somebody else’s" not in text_of(client.get(PAGE))


@pytest.mark.parametrize("count", [1, 12])
def test_few_queries_however_many_registrations(client, person, count, django_assert_max_num_queries):
    for n in range(count):
        make_registration(make_webinar(starts_at=days(n - 6)), person=person, status="waiting")
    with django_assert_max_num_queries(9):
        client.get(PAGE)

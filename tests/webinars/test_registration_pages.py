"""The pages by which a person registers: form, check, confirmation, calendar entry, cancelling."""

import re
from datetime import timedelta

import icalendar
import pytest
from django.urls import reverse
from django.utils import timezone, translation

from municipalities.models import MailDomain
from network_portal.mail.models import OutboxMail
from tests.factories import make_affiliation, make_municipality, make_registration, make_webinar
from tests.webinars.registering import address, hidden, text_of
from webinars.models import Registration

pytestmark = pytest.mark.django_db


def test_form_check_confirmation(client, person, answers, odemira):
    webinar = make_webinar()
    needs = {"needs": "Large print,\r\n\u200bplease"}

    check = client.post(address(webinar), answers | needs)
    assert (check.status_code, Registration.objects.count(), OutboxMail.objects.count()) == (200, 0, 0)
    assert "Check and confirm" in text_of(check)
    assert hidden(check)["municipality"] == f"Odemira ({odemira.code})"
    confirmation = client.post(address(webinar, "register_check"), hidden(check), follow=True)

    place = Registration.objects.get()
    assert confirmation.redirect_chain == [(f"/en/webinars/registrations/{place.uuid}/", 302)]
    assert "You have a place" in text_of(confirmation)
    assert (place.person, place.municipality, place.status, place.needs) == (person, odemira, "confirmed", "Large print,\nplease")
    assert (place.consents_to_recording, place.registered_by) == (True, person)
    assert OutboxMail.objects.get().template == "webinars/confirmed"


def test_the_answers_can_be_changed_from_the_check_page(client, person, answers):
    webinar = make_webinar()
    carried = hidden(client.post(address(webinar), answers | {"needs": "Captions"}))

    form = client.post(address(webinar), carried | {"change": "yes"})

    assert form.context["form"].is_bound is False
    page = text_of(form)
    assert re.search(r'name="municipality" value="Odemira"', page)
    assert re.search(r'<textarea name="needs"[^>]*>\s*Captions</textarea>', page)
    assert re.search(rf'name="role" value="{answers["role"]}"[^>]* checked', page)


def test_who_was_here_before_only_confirms(client, person):
    before = make_registration(make_webinar(), person=person, needs="Captions", consents_to_recording=True)
    webinar = make_webinar(starts_at=timezone.now() + timedelta(days=30))

    check = client.get(address(webinar))

    assert check.templates[0].name == "webinars/registration_check.html"
    assert hidden(check)["municipality"] == f"{before.municipality.name} ({before.municipality.code})"
    assert "needs" not in hidden(check)
    assert hidden(check)["consents_to_recording"] == "no"  # both are asked each time
    client.post(address(webinar, "register_check"), hidden(check))
    assert webinar.registrations.get().municipality == before.municipality
    assert client.get(address(make_webinar()) + "?change=1").templates[0].name == "webinars/registration_form.html"


def test_a_role_that_was_retired_is_asked_again(client, person):
    before = make_registration(make_webinar(), person=person)
    type(before.role).objects.filter(pk=before.role_id).update(is_retired=True)
    assert client.get(address(make_webinar())).templates[0].name == "webinars/registration_form.html"


def test_the_town_of_the_mail_is_suggested_and_one_press_takes_it(client, person, odemira):
    MailDomain.objects.create(domain="cm-odemira.example", municipality=odemira)
    webinar = make_webinar()

    page = text_of(client.get(address(webinar)))
    assert 'name="suggested" value="Odemira"' in page
    assert 'name="municipality" value' not in page  # a suggestion is not an answer
    form = client.post(address(webinar), {"name": "Rita Q.", "municipality": "Od", "suggested": "Odemira"})

    assert (form.context["form"]["name"].value(), form.context["form"].errors) == ("Rita Q.", {})
    assert 'name="municipality" value="Odemira"' in text_of(form)


@pytest.mark.parametrize(("towns", "shown"), [(1, "Odemira"), (2, None)])
def test_the_form_begins_with_the_one_municipality_that_a_person_belongs_to(client, person, odemira, towns, shown):
    for town in [odemira, make_municipality(name="Beja")][:towns]:
        make_affiliation(person, town)
    assert client.get(address(make_webinar())).context["form"]["municipality"].value() == shown


def test_a_town_with_a_namesake_keeps_its_meaning(client, person, answers):
    make_municipality(name="Lagoa", district="Ponta Delgada", has_namesake=True)
    faro = make_municipality(name="Lagoa", district="Faro", has_namesake=True)
    webinar = make_webinar()

    check = client.post(address(webinar), answers | {"municipality": "Lagoa", "municipality_choice": "Lagoa (Faro)"})
    assert "Lagoa (Faro)" in text_of(check)
    client.post(address(webinar, "register_check"), hidden(check))

    assert webinar.registrations.get().municipality == faro


def test_somebody_without_a_municipality(client, person, answers):
    webinar = make_webinar()
    outside = answers | {"municipality": "Odmira", "no_municipality": "on"}

    asked = client.post(address(webinar), outside)
    assert asked.context["form"].errors == {"organisation": ["Enter the name of your organisation"]}
    check = client.post(address(webinar), outside | {"organisation": " Umar\u200b "})
    client.post(address(webinar, "register_check"), hidden(check))

    place = webinar.registrations.get()
    assert (place.municipality, place.organisation) == (None, "Umar")


def test_a_webinar_of_the_network_asks_for_a_municipality(client, person, answers):
    webinar = make_webinar(audience="network")
    assert "no_municipality" not in client.get(address(webinar)).context["form"].fields
    response = client.post(address(webinar, "register_check"), answers | {"municipality": "", "organisation": "Umar"})
    assert response.context["form"].errors == {"municipality": ["Choose your municipality"]}
    assert not webinar.registrations.exists()


def test_another_registration_at_the_same_time_is_a_warning(client, person, answers):
    other = make_registration(make_webinar(title="Meanwhile"), person=person).webinar
    webinar = make_webinar(starts_at=other.ends_at - timedelta(minutes=1))

    check = client.post(address(webinar), answers)
    assert "You have another webinar at that time" in text_of(check)
    after = client.post(address(make_webinar(starts_at=other.ends_at)), answers)
    assert "You have another webinar at that time" not in text_of(after)
    assert client.post(address(webinar, "register_check"), hidden(check)).status_code == 302
    assert webinar.registrations.count() == 1


def test_the_calendar_entry_is_the_one_of_the_mail(client, person):
    """Row 30."""
    webinar = make_webinar(title="Salários; iguais, \r\njá", summary="Um;dois,três")
    place = make_registration(webinar, person=person)

    response = client.get(reverse("webinars:registration_calendar", args=[place.uuid]))

    assert response["Content-Type"].startswith("text/calendar")
    event = icalendar.Calendar.from_ical(response.content).walk("VEVENT")[0]
    assert str(event["summary"]).split() == ["Salários;", "iguais,", "já"]
    assert event.decoded("dtstart") == webinar.starts_at.replace(microsecond=0)


def test_cancelling_asks_first_and_gives_the_place_to_the_next(client, person):
    webinar = make_webinar(capacity=1)
    place = make_registration(webinar, person=person)
    waiting = make_registration(webinar, status="waiting")
    page = reverse("webinars:registration_cancel", args=[place.uuid])

    assert "Manter a inscrição" in text_of(client.get(page))
    place.refresh_from_db()
    assert place.status == "confirmed"
    response = client.post(page, follow=True)

    assert response.status_code == 200
    place.refresh_from_db()
    waiting.refresh_from_db()
    assert (place.status, waiting.status) == ("cancelled", "confirmed")
    assert client.post(page).status_code == 302  # once more changes nothing


def test_cancelling_after_the_start_is_refused_with_the_reason(client, person):
    place = make_registration(make_webinar(starts_at=timezone.now() - timedelta(minutes=5)), person=person)
    with translation.override("en"):
        response = client.post(reverse("webinars:registration_cancel", args=[place.uuid]), follow=True)
    assert "The webinar has begun: a registration can no longer be cancelled." in text_of(response)


def test_the_registration_says_each_state(client, person):
    start = timezone.now() - timedelta(days=2)
    cases = [
        ({}, "cancelled", "This registration was cancelled"),
        ({"starts_at": start}, "confirmed", "The webinar is over."),
        ({"state": "cancelled", "cancel_reason": "The speaker is ill."}, "cancelled", "The speaker is ill."),
    ]
    for fields, status, words in cases:
        place = make_registration(make_webinar(**fields), person=person, status=status)
        with translation.override("en"):
            assert words in text_of(client.get(place.get_absolute_url()))

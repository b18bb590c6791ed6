"""The main job over HTTP: from the webinar to a place, its mail, and the place that passes on."""

import re

import icalendar
import pytest
from django.urls import reverse

from network_portal.mail.models import OutboxMail
from network_portal.users.models import User
from tests.factories import make_municipality, make_registration, make_term, make_webinar
from tests.webinars.registering import hidden, text_of

pytestmark = pytest.mark.django_db
EMAIL = "rita@cm-odemira.example"


def newest_mail(email: str, category: str = "transactional") -> OutboxMail:
    return OutboxMail.objects.filter(to=email, category=category).latest("pk")


def sign_in(client, wanted: str):
    """Through the two screens, on the way to ``wanted``; gives the page that follows."""
    asked = client.get(wanted, follow=True)
    login, query = asked.redirect_chain[-1][0].split("?")
    client.post(f"{login}?{query}", {"email": EMAIL, "next": wanted})
    code = re.search(r"\d{6}", newest_mail(EMAIL, "security").subject)[0]
    return client.post(f"{reverse('account_confirm_login_code')}?{query}", {"code": code, "next": wanted}, follow=True)


def test_from_an_address_to_a_place_and_on_to_the_next(client):
    webinar = make_webinar(capacity=1, title="Salários iguais")
    town = make_municipality(name="Odemira")
    form_page = reverse("webinars:register", args=[webinar.slug])

    form = sign_in(client, form_page)
    assert form.redirect_chain[-1][0] == form_page
    answers = {"name": "Rita Quaresma", "municipality": "odemira", "role": make_term("role").pk}
    check = client.post(form_page, answers)
    client.post(reverse("webinars:register_check", args=[webinar.slug]), hidden(check))

    place = webinar.registrations.get()
    assert (place.person.email, place.status, place.municipality) == (EMAIL, "confirmed", town)
    assert User.objects.get().name == "Rita Quaresma"
    mail = newest_mail(EMAIL)
    event = icalendar.Calendar.from_ical(mail.calendar).walk("VEVENT")[0]
    assert (mail.template, mail.calendar_method, str(event["summary"])) == ("webinars/confirmed", "REQUEST", "Salários iguais")
    assert event.decoded("dtstart") == webinar.starts_at.replace(microsecond=0)

    waiting = make_registration(webinar, status="waiting")
    assert "Salários iguais" in text_of(client.get(reverse("pages:my_page")))
    client.post(reverse("webinars:registration_cancel", args=[place.uuid]))

    place.refresh_from_db()
    waiting.refresh_from_db()
    assert (place.status, waiting.status) == ("cancelled", "confirmed")
    assert (newest_mail(EMAIL).template, newest_mail(EMAIL).calendar_method) == ("webinars/cancelled", "CANCEL")
    promoted = newest_mail(waiting.person.email)
    assert (promoted.template, promoted.calendar_method) == ("webinars/promoted", "REQUEST")


def test_the_personal_link_of_the_mail_gives_the_place_back(client):
    """Somebody who was registered never signs in again: the mail is enough."""
    webinar = make_webinar(capacity=1)
    client.force_login(User.objects.create_user(EMAIL, name="Rita Quaresma"))
    answers = {"name": "Rita", "municipality": make_municipality(name="Odemira").name, "role": make_term("role").pk}
    client.post(reverse("webinars:register_check", args=[webinar.slug]), answers)
    client.logout()

    link = re.search(r"https://portal\.example\.org(\S+/give-back/)", newest_mail(EMAIL).text)[1]
    assert client.get(link).status_code == 200
    assert webinar.registrations.get().status == "confirmed"
    client.post(link)

    assert webinar.registrations.get().status == "cancelled"

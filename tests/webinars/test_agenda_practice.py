"""A practice begun from a line of a programme: the draft, the line that names it, and the mail to its owner."""

import pytest
from django.urls import reverse

from goodpractices.models import Practice
from municipalities.models import Affiliation
from network_portal.mail.models import OutboxMail
from tests.factories import make_affiliation, make_coordinator, make_municipality, make_user, make_webinar
from webinars.services.presented import start_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def item():
    webinar = make_webinar()
    return webinar.agenda.create(webinar=webinar, starts_at=webinar.starts_at, title="Banco de horas para cuidar")


def start(item, town, email="ana@cm-x.example"):
    return start_practice(item, municipality=town, email=email, name="Ana Luz", form="snapshot", by=make_coordinator())[0]


def test_the_draft_has_the_title_and_the_theme_and_the_line_names_it(item):
    town, before = make_municipality(), item.webinar.changed_at
    practice = start(item, town)
    item.refresh_from_db()
    item.webinar.refresh_from_db()
    assert (item.practice, practice.title, practice.municipality) == (practice, "Banco de horas para cuidar", town)
    assert list(practice.term_links.values_list("term", flat=True)) == [item.webinar.theme_id]
    assert (practice.work_version.form, practice.work_version.state) == ("snapshot", "draft")
    assert item.webinar.changed_at > before
    assert start(item, town) == practice
    assert Practice.objects.count() == 1


def test_who_does_not_belong_is_invited_first(item):
    practice = start(item, make_municipality())
    affiliation = Affiliation.objects.get()
    mail = OutboxMail.objects.get(template="webinars/practice_begun")
    assert (affiliation.state, affiliation.person.email, mail.to) == ("invited", "ana@cm-x.example", "ana@cm-x.example")
    assert "/municipalities/invitations/" in mail.text
    assert reverse("goodpractices:write", args=[practice.pk]) not in mail.text


def test_who_belongs_is_led_to_the_draft(item):
    town, person = make_municipality(), make_user("ana@cm-x.example")
    make_affiliation(person, town)
    practice = start(item, town)
    assert f"/practices/write/{practice.pk}/" in OutboxMail.objects.get(template="webinars/practice_begun").text
    assert not OutboxMail.objects.filter(template="municipalities/invited").exists()


def test_a_coordinator_begins_it_on_the_page_of_the_programme(client, item):
    make_municipality(name="Palmela")
    client.force_login(make_coordinator())
    programme = reverse("webinars:agenda", args=[item.webinar.slug])
    address = reverse("webinars:agenda_practice", args=[item.webinar.slug, item.pk])
    assert address in client.get(programme).content.decode()
    typed = {"municipality": "Palmela", "name": "Ana Luz", "email": "ana@cm-x.example", "form": "full"}
    refused = client.post(address, typed | {"email": "ana"}).content.decode()
    assert 'value="Ana Luz"' in refused
    assert Practice.objects.count() == 0
    assert client.post(address, typed).status_code == 302
    assert address not in client.get(programme).content.decode()
    assert Practice.objects.get().work_version.form == "full"
    mails = OutboxMail.objects.count()
    kept = client.post(address, typed | {"email": "rui@cm-x.example"}, follow=True).content.decode()
    assert "Entretanto, outra pessoa começou a prática desta linha." in kept
    assert "recebe um e-mail a pedir" not in kept
    assert (Practice.objects.count(), OutboxMail.objects.count()) == (1, mails)

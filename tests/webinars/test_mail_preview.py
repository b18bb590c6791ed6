"""How a mail after a webinar looks to one person: nothing is sent, and nothing shown that acts for that person."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from network_portal.mail.models import OutboxMail
from tests.factories import make_coordinator, make_cycle, make_registration, make_user, make_webinar
from tests.webinars.registering import hidden, text_of
from webinars import links
from webinars.models import CycleMail
from webinars.services import after

pytestmark = pytest.mark.django_db
MAILS = "/en/webinars/manage/cycles/care/mails/"
THANKS = f"{MAILS}thanks/en/"


@pytest.fixture
def coordinator(client):
    coordinator = make_coordinator("carla@network.example", name="Carla Osório", language="en")
    client.force_login(coordinator)
    return coordinator


@pytest.fixture
def cycle():
    return make_cycle(slug="care", title="Cycle of care")


@pytest.fixture
def webinar(cycle):
    return make_webinar(cycle=cycle, number=1, title="Sharing care", starts_at=timezone.now() - timedelta(days=2))


# --- how it looks


def test_the_preview_shows_a_real_person_and_sends_nothing(client, coordinator, webinar):
    rui = make_registration(webinar, person=make_user("rui@cm-x.example", name="Rui Sá"), name="Rui Sá")
    ana = make_registration(webinar, person=make_user("ana@cm-x.example", name="Ana Luz"), name="Ana Luz")
    page = text_of(client.get(f"{THANKS}preview/"))
    assert "Hello Ana Luz," in page  # the first by name
    response = client.get(f"{THANKS}preview/", {"webinar": webinar.pk, "person": rui.pk})
    page = text_of(response)
    assert "Hello Rui Sá," in page
    assert "Your certificate: Sharing care" in page
    frame = re.search(r'<iframe[^>]* src="([^"]+)"[^>]*sandbox>', page)[1]
    assert "frame-src 'self'" in response["Content-Security-Policy"]

    inner = client.get(frame)
    assert "Hello Rui Sá," in text_of(inner)
    assert "style-src 'unsafe-inline'" in inner["Content-Security-Policy"]
    assert "'unsafe-inline'" not in inner["Content-Security-Policy"].replace("style-src 'unsafe-inline'", "")
    assert not OutboxMail.objects.exists()
    for row in (rui, ana):
        assert links.token_for(row) not in page + text_of(inner)
        assert row.person.email not in page + text_of(inner)
    assert "/en/webinars/place/example/survey/" in page


@pytest.mark.parametrize("kind", CycleMail.Kind.values)
@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_every_mail_can_be_seen_in_every_language(client, coordinator, webinar, kind, language):
    make_registration(webinar, name="Rui Sá")
    inner = client.get(f"{MAILS}{kind}/{language}/preview.html")
    assert f'<html lang="{language}">' in text_of(inner)
    assert 'href=""' not in text_of(inner)
    assert "Rui Sá" in text_of(inner)


def test_own_words_stand_in_the_preview_as_text(client, coordinator, webinar):
    seen = hidden(client.get(THANKS))["seen"]
    client.post(THANKS, {"subject": "<i>{title}</i>", "text": "<script>alert(1)</script> {name}", "seen": seen})
    for part in ("preview/", "preview.html"):
        page = client.get(THANKS + part).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt; Carla" in page


def test_without_people_it_is_shown_with_ones_own_name(client, coordinator, webinar):
    make_registration(webinar, status="waiting")
    make_registration(webinar, person=None, name="", anonymised_at=timezone.now())
    page = text_of(client.get(f"{THANKS}preview/"))
    assert "the e-mail is shown with your own name" in page
    assert "Hello Carla Osório," in page


def test_without_a_webinar_there_is_nothing_to_show(client, coordinator, cycle):
    make_webinar(cycle=cycle, state="draft")
    assert "This cycle has no webinar yet" in text_of(client.get(f"{THANKS}preview/"))
    assert client.get(f"{THANKS}preview.html").status_code == 404
    assert client.post(f"{THANKS}test/").status_code == 404


def test_the_last_webinar_that_is_over_is_the_first_choice(client, coordinator, cycle, webinar):
    make_webinar(cycle=cycle, number=2, title="To come")
    other = make_webinar(title="Of another cycle")
    for asked in ({}, {"webinar": other.pk}, {"webinar": "x"}, {"webinar": "\0", "person": "'"}):
        assert client.get(f"{THANKS}preview/", asked).context["choice"].webinar == webinar


def test_as_many_queries_for_two_people_as_for_twenty(client, coordinator, webinar):
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            client.get(f"{THANKS}preview/")
        return len(caught)

    make_registration(webinar), make_registration(webinar)
    few = queries()
    for _n in range(18):
        make_registration(webinar)
    assert queries() == few


# --- to oneself


def test_one_copy_goes_to_the_coordinator_alone(client, coordinator, webinar):
    rui = make_registration(webinar, person=make_user("rui@cm-x.example"), name="Rui Sá")
    response = client.post(f"{THANKS}test/", {"webinar": webinar.pk, "person": rui.pk})
    assert response.url == f"{THANKS}preview/?webinar={webinar.pk}&person={rui.pk}"
    assert "on its way to carla@network.example" in text_of(client.get(response.url))
    mail = OutboxMail.objects.get()
    assert (mail.to, mail.language, mail.category) == (coordinator.email, "en", "transactional")
    assert mail.subject == "Test: Your certificate: Sharing care"
    assert "Hello Rui Sá," in mail.text
    assert links.token_for(rui) not in mail.text + mail.html
    assert "place/example/survey/" in mail.text
    client.post(f"{THANKS}test/")
    assert OutboxMail.objects.count() == 2  # asked for twice


def test_a_test_tells_nobody_and_owes_nothing(client, coordinator, webinar):
    make_registration(webinar)
    client.post(f"{MAILS}missed/pt/test/")
    assert after.mails_after(webinar) == {"thanks": 0, "missed": 1}
    assert OutboxMail.objects.get().language == "pt"

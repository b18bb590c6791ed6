"""The public pages: what they cost, that they set no cookie, and how they answer what nobody should send."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from municipalities.models import Membership
from tests import factories

PUBLIC = ["pages:home", "pages:about", "pages:contact", "pages:accessibility", "pages:privacy"]

NOT_THERE = [
    "/xx/",
    "/en-zz/about/",
    "/../settings.py",
    "/.git/config",
    "/.env",
    "/media/../x.py",
    "/static/..%2fsettings.py",
    "/webinars/99999999999999999999/x/",
    "/webinars/1;drop/x/",
]


@pytest.fixture(autouse=True)
def in_the_first_language():
    with translation.override("pt"):
        yield


@pytest.fixture
def running_cycle(db):
    """One webinar over, one to come, two founders."""
    cycle = factories.make_cycle()
    now = timezone.now()
    over = factories.make_webinar(cycle=cycle, number=1, starts_at=now - timedelta(days=9))
    factories.make_webinar(cycle=cycle, number=2, starts_at=now + timedelta(days=9), title="Saúde")
    for name in ("Loulé", "Amadora"):
        town = factories.make_municipality(name=name)
        Membership.objects.create(municipality=town, kind="founder", since=timezone.localdate())
    factories.make_registration(over, municipality=town, checked_in_at=over.starts_at)
    return cycle


@pytest.mark.parametrize("language", ["pt", "en"])
@pytest.mark.parametrize("name", PUBLIC)
def test_public_page_sets_no_cookie_and_names_its_language(client, running_cycle, name, language):
    with translation.override(language):
        response = client.get(reverse(name))
    assert response.status_code == 200
    assert dict(response.cookies) == {}
    assert f'<html lang="{language}">' in response.text
    assert "style=" not in response.text


def test_home_takes_nine_queries(client, running_cycle, django_assert_num_queries):
    client.get("/")  # the map's points are kept by each process until the register changes
    with django_assert_num_queries(9):
        assert "Saúde" in client.get("/").text


def test_home_without_any_data_still_leads_on(client, db):
    response = client.get("/")
    assert response.status_code == 200
    assert reverse("webinars:list") in response.text


def test_home_offers_the_next_webinar_and_not_a_cancelled_or_draft_one(client, running_cycle):
    soon = timezone.now() + timedelta(days=1)
    for number, state in ((3, "cancelled"), (4, "draft")):
        factories.make_webinar(cycle=running_cycle, number=number, state=state, starts_at=soon, title=f"Not this {state}")
    text = client.get("/").text
    assert "Not this" not in text
    assert text.index("Saúde") < text.index("figure__number")


def test_first_view_of_the_home_page_is_small(client, running_cycle):
    sheets = ("tokens", "base", "layout", "components", "forms", "pages", "municipalities", "print")
    files = [settings.BASE_DIR / f"static/css/{name}.css" for name in sheets]
    files += (settings.BASE_DIR / "static/js").glob("*.js")
    assert len(client.get("/").content) + sum(file.stat().st_size for file in files) <= 120_000


def test_messages_and_coordinators_bar_are_for_those_signed_in(client, running_cycle):
    assert "tools__list" not in client.get("/").text
    client.force_login(factories.make_coordinator())
    text = client.get("/").text
    assert "tools__list" in text
    assert settings.ADMIN_PATH not in text


def test_administration_is_linked_for_administrators(client, db):
    client.force_login(factories.make_user(is_administrator=True))
    assert f"/{settings.ADMIN_PATH}/" in client.get("/").text


@pytest.mark.parametrize("junk", ["../../", "xx", "xx-yy;q=a", "*", "é" * 40, "en;q=" + "9" * 400])
def test_junk_in_accept_language_gives_the_default_language(client, db, junk):
    response = client.get("/", HTTP_ACCEPT_LANGUAGE=junk)
    assert response.status_code == 200
    assert '<html lang="pt">' in response.text


@pytest.mark.parametrize("path", NOT_THERE)
def test_what_is_not_there_is_404_in_our_look(client, db, path):
    response = client.get(path)
    assert response.status_code == 404
    assert "footer__who" in response.text
    assert dict(response.cookies) == {}


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "trace"])
def test_wrong_method_is_405(client, db, method):
    assert getattr(client, method)(reverse("pages:about")).status_code == 405


def test_foreign_host_is_400_in_our_look(client, db):
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "footer__who" in response.text


def test_forwarded_host_is_not_believed(client, running_cycle):
    assert "evil.example" not in client.get("/", headers={"x-forwarded-host": "evil.example"}).text


def test_style_guide_is_there_for_developers_only(client, db, settings):
    url = reverse("pages:style_guide")
    assert client.get(url).status_code == 404
    settings.DEBUG = True
    response = client.get(url)
    assert response.status_code == 200
    assert "error-summary" in response.text

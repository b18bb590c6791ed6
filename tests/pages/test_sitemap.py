"""The map of the site: every public page in every language, and nothing else."""

import xml.etree.ElementTree as ElementTree
from datetime import timedelta

import pytest
from django.utils import timezone

from network_portal.pages import sitemap
from tests.factories import make_cycle, make_municipality, make_recording, make_webinar
from tests.goodpractices.practices import make_practice
from tests.grants.calls import make_call
from tests.grants.calls import make_draft as make_call_draft

pytestmark = pytest.mark.django_db
NAMES = {"s": sitemap.SITEMAP, "x": sitemap.XHTML}
SITE = "https://portal.example.org"


def places(client, address: str) -> list[str]:
    response = client.get(address)
    assert response.status_code == 200
    return [place.text.removeprefix(SITE) for place in ElementTree.fromstring(response.getvalue()).iterfind(".//s:loc", NAMES)]


def everything(client) -> list[str]:
    return [place for file in places(client, "/sitemap.xml") for place in places(client, file)]


@pytest.fixture
def site():
    make_municipality(slug="palmela")
    make_practice(municipality=make_municipality(slug="aljezur"))
    past = timezone.now() - timedelta(days=9)
    make_recording(make_webinar(slug="visto", starts_at=past), transcript="Bom dia.")
    make_webinar(slug="por-vir")
    make_call(title="Apoio")


def test_every_public_page_is_there_in_every_language_once(client, site):
    found = everything(client)
    paths = {path.removeprefix("/en") for path in found}
    assert len(found) == len(set(found)) == 2 * len(paths)
    assert {
        "/", "/about/", "/practices/", "/practices/columns/", "/webinars/", "/calls/", "/municipalities/",
        "/practices/banco-de-horas-para-cuidar/", "/municipalities/palmela/", "/municipalities/aljezur/",
        "/webinars/visto/", "/webinars/visto/transcript/", "/webinars/por-vir/", "/calls/apoio/",
    } <= paths  # fmt: skip
    assert {client.get(path).status_code for path in paths} == {200}


def test_what_is_not_public_is_not_there(client, site):
    hidden = make_cycle(is_published=False)
    make_webinar(slug="rascunho", state="draft")
    make_recording(make_webinar(slug="escondido", cycle=hidden, starts_at=timezone.now() - timedelta(days=9)), transcript="Olá.")
    make_call_draft(title="Por publicar")
    text = " ".join(everything(client))
    assert not any(word in text for word in ("rascunho", "escondido", "por-publicar", "manage", "account", "/my/"))


def test_each_page_names_its_other_languages_and_its_day(client, site):
    file = ElementTree.fromstring(client.get("/sitemap-practices-1.xml").getvalue())
    first = file.find("s:url", NAMES)
    path = "/practices/banco-de-horas-para-cuidar/"
    assert {link.get("hreflang"): link.get("href") for link in first.iterfind("x:link", NAMES)} == {
        "pt": f"{SITE}{path}", "en": f"{SITE}/en{path}",
    }  # fmt: skip
    assert first.findtext("s:lastmod", namespaces=NAMES) == f"{timezone.now():%Y-%m-%d}"


def test_many_pages_are_parted_and_none_is_lost(client, monkeypatch):
    monkeypatch.setattr(sitemap, "PART", 3)
    for n in range(7):
        make_municipality(slug=f"vila-{n}")
    files = [file for file in places(client, "/sitemap.xml") if "municipalities" in file]
    assert files == [f"/sitemap-municipalities-{n}.xml" for n in (1, 2, 3)]
    found = [place for file in files for place in places(client, file)]
    assert sorted(path for path in found if not path.startswith("/en")) == [f"/municipalities/vila-{n}/" for n in range(7)]


@pytest.mark.parametrize(
    "address", ["/sitemap-practices-2.xml", "/sitemap-practices-0.xml", "/sitemap-nothing-1.xml", "/sitemap-pages-2.xml"]
)
def test_files_that_the_index_does_not_name_are_not_there(client, site, address):
    assert client.get(address).status_code == 404


def test_robots_are_told_of_it(client):
    assert f"Sitemap: {SITE}/sitemap.xml" in client.get("/robots.txt").content.decode()

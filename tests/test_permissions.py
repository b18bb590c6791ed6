"""Who may do what, for every address that exists: permissions.yml says it, with the effect in the database."""

from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.core import serializers
from django.db.models import Q
from django.test import Client
from django.urls import reverse

from tests.addresses import cases, entries, named_urls
from tests.world import NOWHERE, ROLES, World

pytestmark = pytest.mark.django_db
GRAB = {"is_coordinator": "on", "is_administrator": "on", "is_staff": "on"}  # nobody gets a role by posting it


@pytest.fixture
def world():
    return World()


def client_of(world: World, role: str, **options) -> Client:
    client = Client(**options)
    if world.people[role]:
        client.force_login(world.people[role])
    return client


def state(label: str) -> str:
    """Every row of a model as text: equal before and after when nothing was done."""
    model = apps.get_model(label)
    return serializers.serialize("json", model.objects.order_by("pk"))


def people_with_roles(world: World) -> list:
    return list(type(world.other).objects.filter(Q(is_coordinator=True) | Q(is_administrator=True)).order_by("pk"))


def answer_of(response) -> str:
    """The status, or ``L`` when the answer leads to the sign-in."""
    leads_to_login = response.status_code == 302 and urlsplit(response.url).path == reverse("account_login")
    return "L" if leads_to_login else str(response.status_code)


@pytest.mark.parametrize("case", cases(), ids=str)
def test_matrix(case, world):
    client, address = client_of(world, case.role), case.entry.address(world)
    before, roles = case.entry.changes and state(case.entry.changes), people_with_roles(world)
    if case.method == "get":
        answer = answer_of(client.get(address))
    else:
        answer = answer_of(client.post(address, case.entry.posted(world) | GRAB))
    was_done = bool(case.entry.changes) and state(case.entry.changes) != before
    if case.answer == "done":
        assert (answer in {"200", "302"}, was_done) == (True, True), answer
    else:
        assert (answer, was_done) == (case.answer, False)
    assert people_with_roles(world) == roles


def test_every_address_is_decided():
    decided = {entry.url for entry in entries()}
    assert decided == set(named_urls())
    both = [str(e) for e in entries() if not e.get or any(len(r) not in (0, len(ROLES)) for r in (e.get, e.post))]
    assert both == []


def test_every_address_that_acts_says_what_it_changes():
    assert [str(e) for e in entries() if "done" in e.post and not e.changes] == []


@pytest.mark.parametrize("entry", [e for e in entries() if e.post and "token" not in e.args], ids=str)
def test_a_post_without_the_token_of_its_form_does_nothing(entry, world):
    """Addresses that carry a signed token need no other: no other site knows them."""
    clients = [client_of(world, role, enforce_csrf_checks=True) for role in ("AN", "CO")]
    address, posted = entry.address(world), entry.posted(world)
    before = entry.changes and state(entry.changes)
    for client in clients:
        assert client.post(address, posted).status_code == 403
    assert (entry.changes and state(entry.changes)) == before


@pytest.mark.parametrize(
    "entry", [e for e in entries() if e.get and set(e.get) <= {"L", "404", "405"} and "405" in e.get], ids=str
)
def test_an_address_that_only_acts_shows_nothing(entry, world):
    response = client_of(world, "CO").get(entry.address(world))
    assert response.status_code == 405
    assert "POST" in response["Allow"]


@pytest.mark.parametrize("entry", [e for e in entries() if e.args], ids=str)
def test_what_does_not_exist_is_not_found(entry, world):
    """An invented id gives the same page to everybody, and it says nothing."""
    missing = {name: NOWHERE.get(name, value) for name, value in entry.args.items()}
    for role in ("SI", "CO"):
        client = client_of(world, role)
        address = reverse(entry.url, kwargs=missing)
        response = client.post(address, entry.posted(world)) if entry.post else client.get(address)
        expected = {400} if entry.url == "mail:unsubscribe" else {403, 404} if "403" in entry.post + entry.get else {404}
        assert response.status_code in expected


def test_another_persons_registration_looks_like_none(world):
    client = client_of(world, "ST")
    for name, method in (("registration", "get"), ("registration_calendar", "get"), ("registration_cancel", "post")):
        pages = []
        for uuid in (world.others_place.uuid, NOWHERE["uuid"]):
            response = getattr(client, method)(reverse(f"webinars:{name}", args=[uuid]))
            assert response.status_code == 404
            pages.append(response.content.decode().replace(str(uuid), "-"))  # the page links to itself in other languages
        assert pages[0] == pages[1]
    world.others_place.refresh_from_db()
    assert world.others_place.status == "confirmed"


@pytest.mark.parametrize("role", ROLES)
def test_the_admin_exists_for_administrators_only(role, world):
    client = client_of(world, role)
    pages = ["admin:index", *(f"admin:{m._meta.app_label}_{m._meta.model_name}_changelist" for m in admin.site._registry)]
    assert {client.get(reverse(name)).status_code for name in pages} == {200 if role == "AD" else 404}


def test_a_role_taken_away_counts_from_the_next_request(world):
    client = client_of(world, "CO")
    assert client.get(reverse("webinars:manage")).status_code == 200
    type(world.other).objects.filter(pk=world.people["CO"].pk).update(is_coordinator=False)
    assert client.get(reverse("webinars:manage")).status_code == 403


class Parts(HTMLParser):
    """What a page loads, where its forms post to, and whether one of them posts."""

    LOADING = {("link", "href"), ("script", "src"), ("img", "src"), ("iframe", "src"), ("source", "srcset"), ("form", "action"),
               ("use", "href"), ("video", "src"), ("object", "data")}  # fmt: skip

    def __init__(self, page: str):
        super().__init__()
        self.hosts, self.posts = set(), False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.posts |= tag == "form" and (given.get("method") or "").lower() == "post"
        if given.get("rel") in ("canonical", "alternate"):
            return
        self.hosts |= {urlsplit(given[a]).netloc for t, a in self.LOADING if t == tag and given.get(a)} - {""}


PUBLIC = [e for e in entries() if e.get and e.get[0] == "200"]


@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
@pytest.mark.parametrize("entry", PUBLIC, ids=str)
def test_public_pages_set_no_cookie_and_load_nothing_from_elsewhere(entry, language, world):
    address = entry.address(world)
    if language != settings.LANGUAGE_CODE:
        client = Client()
        translated = f"/{language}{address}"
        address = translated if client.get(translated).status_code == 200 else address
    response = Client().get(address)
    is_page = response["Content-Type"].startswith("text/html")
    parts = Parts(response.content.decode() if is_page else "")
    assert parts.hosts == set()
    assert response.cookies.keys() <= ({settings.CSRF_COOKIE_NAME} if parts.posts else set())

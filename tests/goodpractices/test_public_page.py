"""The page of a practice: what stands on it, who sees it, what it costs, and its versions at their addresses."""

import io
import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from goodpractices import services
from goodpractices.models import Practice
from goodpractices.reading import Sheet
from goodpractices.related import related_to
from network_portal.vocabularies import services as vocabularies
from network_portal.vocabularies.models import Term
from tests.factories import make_coordinator, make_cycle, make_municipality, make_recording, make_user, make_webinar
from tests.goodpractices.practices import make_draft, make_practice
from webinars.models import AgendaItem, Chapter, Webinar

pytestmark = pytest.mark.django_db


def words(response) -> str:
    """The text of a page without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


@pytest.fixture
def practice():
    return make_practice(municipality=make_municipality(name="Palmela", residents=64_269))


def test_everything_that_was_written_is_read(client, practice):
    text = words(client.get(practice.get_absolute_url()))
    expected = [
        "Banco de horas para cuidar", "Nove em cada dez pedidos", "Que homens e mulheres peçam horas", "Uma regra igual",
        "Despacho da presidência", "Sem prazo, a regra fica na gaveta", "Homens que pediram horas", "Recursos humanos",
        "As chefias travaram", "Famílias monoparentais tiveram prioridade", "Precisa de um despacho", "Sindicato local",
        "igualdade@cm-x.example", "64 269",
    ]  # fmt: skip
    assert [part for part in expected if part not in text.replace("\xa0", " ")] == []


def test_a_person_named_as_contact_is_shown_to_members_only(client, practice):
    assert "rita@cm-x.example" not in words(client.get(practice.get_absolute_url()))
    client.force_login(make_user())
    assert "rita@cm-x.example" not in words(client.get(practice.get_absolute_url()))
    client.force_login(make_coordinator())
    assert "rita@cm-x.example" in words(client.get(practice.get_absolute_url()))


def test_the_address_of_the_service_is_written_to_whatever_signs_it_has(client):
    page = client.get(make_practice(contact={"role_email": "a&b+c?x@cm-x.example"}).get_absolute_url()).content.decode()
    assert 'href="mailto:a%26b%2Bc%3Fx@cm-x.example?subject=' in page


def test_it_costs_the_same_however_much_there_is(client, practice, django_assert_num_queries):
    for n in range(3):
        AgendaItem.objects.create(webinar=make_webinar(), starts_at=timezone.now(), title=f"{n}", practice=practice)
    make_practice(title="Parecida")
    client.get(practice.get_absolute_url())
    with django_assert_num_queries(4):
        client.get(practice.get_absolute_url())


def test_what_is_kept_of_the_page_follows_what_it_shows(client, practice):
    """The long parts are kept by each process: a webinar moved, a theme renamed, another language, and they are written anew."""
    webinar, address = make_webinar(title="Antes"), practice.get_absolute_url()
    AgendaItem.objects.create(webinar=webinar, starts_at=timezone.now(), title="x", practice=practice)
    assert "Antes" in words(client.get(address))
    Webinar.objects.filter(pk=webinar.pk).update(title="Depois")
    assert "Depois" in words(client.get(address))
    theme = Term.objects.filter(vocabulary="theme", code__in=Sheet(practice, practice.public_version).themes[0][:1]).get()
    vocabularies.rename(
        theme, labels=theme.labels | {"pt": "Outro nome"}, seen=vocabularies.stamp_of(theme), by=make_coordinator()
    )
    assert re.search("A que responde.*Outro nome", words(client.get(address)), re.DOTALL)
    assert "Porque foi preciso" in words(client.get(address))
    assert "Why it was needed" in words(client.get(f"/en{address}"))


def test_who_is_nobody_gets_no_cookie(client, practice):
    response = client.get(practice.get_absolute_url())
    assert (response.status_code, dict(response.cookies)) == (200, {})


def test_a_draft_exists_for_nobody_else(client):
    practice = make_draft()
    address = practice.get_absolute_url()
    assert client.get(address).status_code == 404
    client.force_login(make_user())
    assert client.get(address).status_code == 404
    client.force_login(make_coordinator())
    response = client.get(address)
    assert response.status_code == 200
    assert 'name="robots" content="noindex"' in response.content.decode()


@pytest.mark.parametrize(("state", "status"), [("archived", 200), ("unpublished", 404), ("withdrawn", 404), ("deleted", 404)])
def test_what_left_the_catalogue(client, practice, state, status):
    Practice.objects.filter(pk=practice.pk).update(state=state)
    assert client.get(practice.get_absolute_url()).status_code == status
    assert client.get(practice.public_version.get_absolute_url()).status_code == status
    assert client.get(reverse("goodpractices:card", args=[practice.slug])).status_code == status


def test_each_version_stays_at_its_address(client, practice):
    by = make_coordinator()
    services.start_version(practice, by=by)
    services.save_section(practice, "context", {"text": "Agora é outra coisa, que também se conta."}, by=by, seen=1)
    address = practice.get_absolute_url()
    assert client.get(f"{address}v2/").status_code == 404
    services.make_public(practice, by=by)
    first, second, current = (words(client.get(f"{address}{end}")) for end in ("v1/", "v2/", ""))
    assert "Nove em cada dez" in first
    assert "Agora é outra coisa" not in first
    assert "Agora é outra coisa" in second
    assert "Agora é outra coisa" in current
    assert "versão 2" in current
    assert client.get(f"{address}v3/").status_code == 404


def test_an_old_version_claims_no_confirmation_that_came_later(client, practice):
    by, address = make_coordinator(), f"/en{practice.get_absolute_url()}"
    services.start_version(practice, by=by)
    services.make_public(practice, by=by)
    Practice.objects.filter(pk=practice.pk).update(confirmed_on="2031-05-05")
    found = ["5 May 2031" in words(client.get(f"{address}{end}")).replace("\xa0", " ") for end in ("v1/", "v2/", "")]
    assert found == [False, True, True]


def test_it_says_where_it_was_presented_and_at_which_minute(client, practice):
    webinar = make_webinar(starts_at=timezone.now() - timedelta(days=30), cycle=make_cycle(target_webinars=5))
    item = AgendaItem.objects.create(webinar=webinar, starts_at=webinar.starts_at, title="Banco", practice=practice)
    recording = make_recording(webinar)
    Chapter.objects.create(recording=recording, second=1805, title="Banco", agenda_item=item)
    page = client.get(practice.get_absolute_url()).content.decode()
    assert f"https://www.youtube.com/watch?v={recording.video_id}&amp;t=1805s" in page
    assert "minuto 30" in page
    recording.privacy = "absent"
    recording.save()
    assert recording.video_id not in client.get(practice.get_absolute_url()).content.decode()


def test_a_webinar_that_is_a_draft_is_not_named(client, practice):
    webinar = make_webinar(title="Por anunciar", state="draft")
    AgendaItem.objects.create(webinar=webinar, starts_at=webinar.starts_at, title="x", practice=practice)
    assert "Por anunciar" not in words(client.get(practice.get_absolute_url()))


def test_machines_read_licence_author_and_version(client, practice):
    page = client.get(practice.get_absolute_url()).content.decode()
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)[1])
    assert (data["@type"], data["version"], data["author"]["name"]) == ("CreativeWork", "1", "Município: Palmela")
    assert data["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert data["@id"] == f"https://portal.example.org{practice.get_absolute_url()}v1/"
    assert data["temporalCoverage"] == "2023-01/.."


def test_the_card_is_a_picture_of_the_size_that_other_sites_ask_for(client, practice):
    response = client.get(reverse("goodpractices:card", args=[practice.slug]))
    assert Image.open(io.BytesIO(response.content)).size == (1200, 630)
    assert f'content="https://portal.example.org{reverse("goodpractices:card", args=[practice.slug])}"' in (
        client.get(practice.get_absolute_url()).content.decode()
    )


def test_what_was_typed_is_never_markup(client):
    practice = make_practice(
        context={"text": '<script>alert(1)</script> **Forte** <img src=x onerror="a">'}, title="<b>Um</b> título"
    )
    page = client.get(practice.get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert "onerror" not in page
    assert "<strong>Forte</strong>" in page
    assert "<h1>&lt;b&gt;Um&lt;/b&gt; título</h1>" in page


def test_who_did_not_answer_twice_is_said(client, practice):
    asked_on = timezone.localdate() - timedelta(days=30)
    Practice.objects.filter(pk=practice.pk).update(unanswered=2, asked_on=asked_on)
    assert "Não se sabe se isto ainda é verdade" in words(client.get(practice.get_absolute_url()))


def test_practices_like_it_are_named_the_likest_first(client, practice):
    other = make_practice(title="De outro tema", classification={"themes": ["education"], "practice_type": "training"})
    town = make_municipality(name="Vizinha", residents=70_000)
    like = make_practice(municipality=town, title="Do mesmo tema e tamanho")
    theme_only = make_practice(
        municipality=make_municipality(residents=900), title="Só do mesmo tema", classification={"practice_type": "training"}
    )
    assert related_to(practice) == [like, theme_only]
    page = words(client.get(practice.get_absolute_url()))
    assert page.index("Do mesmo tema e tamanho") < page.index("Só do mesmo tema")
    assert other.title not in page


def test_what_is_known_by_sex_is_said_where_something_is(client):
    """A distance or a number of streets has no sex: nothing is said of it."""
    row = {"name": "Ruas com passeio", "before": "3", "after": "9", "unit": "ruas", "source": "Obras", "by_sex": False}
    streets = make_practice(results={"indicators": [row]})
    people = make_practice(title="Com pessoas", results={"indicators": [row, row | {"name": "Quem anda", "by_sex": True}]})
    cell = 'data-label="Por sexo"'
    found = [client.get(practice.get_absolute_url()).content.decode().count(cell) for practice in (streets, people)]
    assert found == [0, 2]

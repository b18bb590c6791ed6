"""What a municipality says of itself on its public page."""

import pytest
from django.urls import reverse

from municipalities import services
from municipalities.errors import ChangedMeanwhile
from municipalities.models import Presentation
from network_portal.audit.models import Entry
from network_portal.search.models import Entry as Indexed
from tests.factories import make_affiliation, make_coordinator, make_municipality, make_user

pytestmark = pytest.mark.django_db
SAID = {
    "language": "pt", "text": "Temos uma equipa.\n\nE um plano.", "service": "Espaço Igualdade\nRua do Sol, 3",
    "website": "https://www.cm-x.example/igualdade", "email": "igualdade@cm-x.example",
}  # fmt: skip


@pytest.fixture
def town():
    return make_municipality(name="Palmela")


@pytest.fixture
def point(town):
    return make_affiliation(make_user(name="Paula Ponto"), town, kind="focal_point").person


def form(town) -> str:
    return reverse("municipalities:presentation", args=[town.slug])


def test_it_stands_on_the_public_page_in_its_language_and_is_found(client, town, point):
    services.save_presentation(town, by=point, seen="", **SAID)
    page = client.get(town.get_absolute_url())
    assert '<div class="prose" lang="pt"><p>Temos uma equipa.</p>' in page.text
    for words in ("Espaço Igualdade<br>Rua do Sol, 3", "https://www.cm-x.example/igualdade", "igualdade@cm-x.example"):
        assert words in page.text
    assert "Paula" not in page.text
    assert "plano" in Indexed.objects.get(kind="municipality", object_id=town.pk).text


def test_it_is_text_and_never_markup(client, town, point):
    services.save_presentation(town, by=point, seen="", **SAID | {"text": "<script>alert(1)</script>"})
    assert "<script>alert" not in client.get(town.get_absolute_url()).text


def test_a_town_that_says_nothing_shows_nothing_to_strangers(client, town, point):
    assert "For equality" not in client.get(town.get_absolute_url()).text
    client.force_login(point)
    page = client.get(town.get_absolute_url()).text
    assert [reverse(f"municipalities:{name}", args=[town.slug]) in page for name in ("colleagues", "presentation")] == [
        True,
        True,
    ]
    client.force_login(make_affiliation(make_user(), town).person)
    page = client.get(town.get_absolute_url()).text
    assert [reverse(f"municipalities:{name}", args=[town.slug]) in page for name in ("colleagues", "presentation")] == [
        True,
        False,
    ]


def test_saving_the_same_twice_is_one_entry(town, point):
    first = services.save_presentation(town, by=point, seen="", **SAID)
    assert services.save_presentation(town, by=make_coordinator(), seen="whatever", **SAID).changed_at == first.changed_at
    assert Entry.objects.filter(action="municipality.presented").count() == 1


def test_who_comes_second_overwrites_nothing(client, town, point):
    services.save_presentation(town, by=make_user(name="Rui Mar"), seen="", **SAID)
    with pytest.raises(ChangedMeanwhile):
        services.save_presentation(town, by=point, seen="", **SAID | {"text": "Outro."})
    client.force_login(point)
    page = client.post(form(town), SAID | {"text": "De outra pessoa.", "seen": ""})
    assert page.status_code == 200
    assert "Rui Mar changed this page" in page.text
    for text in ("Temos uma equipa.", "De outra pessoa."):
        assert text in page.text
    assert Presentation.objects.get().text == SAID["text"]
    assert client.post(form(town), SAID | {"text": "De nós.", "seen": page.context["seen"]}).status_code == 302
    assert Presentation.objects.get().text == "De nós."


@pytest.mark.parametrize(
    ("field", "typed", "error"),
    [
        ("website", "javascript:alert(1)", "Enter a link that starts with https://"),
        ("website", "http://x.example", "Enter a link that starts with https://"),
        ("email", "igualdade", "Enter an e-mail address in the correct format"),
        ("text", "x" * 1501, "Presentation must be 1\u00a0500 characters or fewer"),
        ("service", "x" * 401, "Equality service must be 400 characters or fewer"),
        ("language", "xx", "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(client, town, point, field, typed, error):
    client.force_login(point)
    page = client.post(form(town), SAID | {field: typed, "seen": ""})
    assert error in page.text
    assert not Presentation.objects.exists()


def test_the_form_begins_with_what_is_stored(client, town, point):
    services.save_presentation(town, by=point, seen="", **SAID)
    client.force_login(point)
    page = client.get(form(town)).text
    assert "E um plano." in page
    assert 'value="igualdade@cm-x.example"' in page


def test_another_towns_form_looks_like_none(client, town, point):
    client.force_login(point)
    make_municipality(slug="outra")
    other, missing = (client.get(reverse("municipalities:presentation", args=[slug])) for slug in ("outra", "nenhuma"))
    assert (other.status_code, missing.status_code) == (404, 404)
    assert other.text.replace("outra", "-") == missing.text.replace("nenhuma", "-")

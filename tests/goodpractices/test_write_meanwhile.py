"""A colleague changes, sends, publishes or deletes the practice while somebody writes: what was typed is saved or shown back."""

import pytest

from goodpractices import services
from goodpractices.models import SetAside
from tests.factories import make_coordinator
from tests.goodpractices.belonging import make_focal_point, make_staff
from tests.goodpractices.practices import CONTENTS
from tests.goodpractices.writing import Form, open_form, send, stored, text_of, url

pytestmark = pytest.mark.django_db
MINE = "O que eu escrevi, e que não se pode perder."


@pytest.fixture
def focal(town):
    return make_focal_point(town, name="Filipa Ramos")


@pytest.fixture
def ana(town):
    return make_staff(town, name="Ana Duarte")


@pytest.mark.parametrize("code", ["context", "classification"])
def test_what_was_typed_comes_back_when_the_practice_was_published(client, draft, code):
    form = open_form(client, draft, "context")
    services.make_public(draft, by=make_coordinator())
    response = send(client, draft, code, form=form, text=MINE)
    assert response.status_code == 200
    assert "was not saved: copy what you need" in text_of(response)
    assert code != "context" or MINE in response.content.decode()
    quiet = send(client, draft, code, form=form, text=MINE, by_itself=True)
    assert "nobody can write in this version any more" in text_of(quiet)


def test_a_section_that_is_no_longer_in_the_form_is_saved_and_kept(client, draft, focal):
    form = open_form(client, draft, "results")
    services.choose_form(draft, "snapshot", by=focal)
    response = send(client, draft, "results", form=form, not_measured=MINE)
    assert response.url == f"/en/practices/write/{draft.pk}/"
    assert "without this section. What you wrote is kept" in text_of(client.get(response.url))
    assert stored(draft, "results")["not_measured"] == MINE
    assert client.get(url(draft, "results")).status_code == 404
    services.choose_form(draft, "full", by=focal)
    assert MINE in client.get(url(draft, "results")).content.decode()


def test_a_section_that_is_no_longer_in_the_form_saves_by_itself(client, draft, focal):
    form = open_form(client, draft, "transfer")
    services.choose_form(draft, "snapshot", by=focal)
    assert text_of(send(client, draft, "transfer", form=form, conditions=MINE, by_itself=True)).startswith("Saved at ")
    assert stored(draft, "transfer")["conditions"] == MINE


def test_who_came_second_in_a_section_that_is_no_longer_in_the_form_still_decides(client, draft, focal, ana):
    form = open_form(client, draft, "transfer")
    services.save_section(draft, "transfer", {"conditions": "Da Ana."}, by=ana, seen=None)
    services.choose_form(draft, "snapshot", by=focal)
    send(client, draft, "transfer", form=form, conditions=MINE, by_itself=True)
    later = client.get(url(draft, "transfer"))
    assert MINE in later.content.decode()
    response = send(client, draft, "transfer", form=Form(later.content.decode()), decide="stored")
    assert response.url == f"/en/practices/write/{draft.pk}/"
    assert stored(draft, "transfer")["conditions"] == "Da Ana."


def test_what_was_typed_comes_back_when_the_draft_was_deleted(client, draft, focal):
    form = open_form(client, draft, "context")
    services.delete(draft, by=focal)
    assert client.get(url(draft, "context")).status_code == 404
    response = send(client, draft, "context", form=form, text=MINE)
    assert "Somebody deleted this practice meanwhile. What you wrote is below and was not saved" in text_of(response)
    assert MINE in response.content.decode()
    assert f"/en/practices/write/{draft.pk}/" not in response.content.decode().replace(url(draft, "context"), "")
    quiet = send(client, draft, "context", form=form, text=MINE, by_itself=True)
    assert "nobody can write in this version any more" in text_of(quiet)
    assert send(client, draft, "context", form=form, decide="stored").url == "/en/practices/write/"
    assert stored(draft, "context") == CONTENTS["context"]


def test_a_deleted_draft_is_not_there_for_people_of_other_municipalities(client, draft, focal):
    form = open_form(client, draft, "context")
    services.delete(draft, by=focal)
    client.force_login(make_staff(None))
    assert send(client, draft, "context", form=form, text=MINE).status_code == 404


def test_a_text_that_came_second_just_when_it_was_sent_is_answered(client, draft, focal, ana, monkeypatch):
    """A colleague saves, and sends it for review between the refusal and the keeping aside."""
    form = open_form(client, draft, "context")
    services.save_section(draft, "context", {"text": "Da Ana."}, by=ana, seen=None)
    keep = services.set_aside

    def sent_before(practice, *args, **kwargs):
        services.submit(practice, by=focal)
        return keep(practice, *args, **kwargs)

    monkeypatch.setattr(services, "set_aside", sent_before)
    response = send(client, draft, "context", form=form, text=MINE, by_itself=True)
    assert "nobody can write in this version any more" in text_of(response)
    assert not SetAside.objects.exists()

"""Several people write: who comes second sees both texts and decides; nothing is lost, with the button and by itself."""

import pytest

from goodpractices import services
from goodpractices.models import SetAside
from tests.factories import make_affiliation, make_coordinator, make_user
from tests.goodpractices.practices import CONTENTS
from tests.goodpractices.writing import Form, open_form, send, stored, text_of, url

pytestmark = pytest.mark.django_db
MINE, HERS = "O que eu escrevi, e que não se pode perder.", "O que a Ana escreveu entretanto, e que também fica."


@pytest.fixture
def ana(town):
    ana = make_user(name="Ana Duarte")
    make_affiliation(ana, town)
    return ana


def ana_saves(draft, ana, text=HERS):
    return services.save_section(draft, "context", {"text": text}, by=ana, seen=None)


def asides() -> list[tuple[str, dict]]:
    return list(SetAside.objects.order_by("pk").values_list("code", "content"))


def test_a_section_saves_by_itself_and_the_page_goes_on_with_what_is_stored(client, draft):
    form = open_form(client, draft, "context")
    first = send(client, draft, "context", form=form, text=MINE, by_itself=True)
    assert text_of(first).startswith("Saved at ")
    assert stored(draft, "context") == {"text": MINE}
    assert 'name="seen" value="1:2" id="seen" autocomplete="off" hx-swap-oob="true"' in first.content.decode()
    second = send(client, draft, "context", form=form, text=MINE + " Mais.", seen="1:2", by_itself=True)
    assert text_of(second).startswith("Saved at ")
    assert stored(draft, "context") == {"text": MINE + " Mais."}
    assert asides() == []


def test_saving_by_itself_says_what_is_missing_and_what_cannot_be_read(client, draft):
    response = send(client, draft, "resources", staff_hours="x", note="Nova", by_itself=True)
    assert 'Not saved: <a href="#id_staff_hours">Enter a whole number' in " ".join(response.content.decode().split())
    assert (stored(draft, "resources")["staff_hours"], stored(draft, "resources")["note"]) == (24, "Nova")
    response = send(client, draft, "difficulties", difficulties__0__text="", by_itself=True)
    assert "Say what happened with difficulty 1." in text_of(response)


def test_who_comes_second_with_the_button_sees_both_and_decides_for_the_own_text(client, draft, ana):
    form = open_form(client, draft, "context")
    ana_saves(draft, ana)
    response = send(client, draft, "context", form=form, text=MINE)
    page = text_of(response)
    assert "Ana Duarte saved this section" in page
    assert page.index(HERS) < page.index(MINE)
    assert (stored(draft, "context"), asides()) == ({"text": HERS}, [("context", {"text": MINE})])
    both = Form(response.content.decode())
    assert dict(both.sent())["text"] == [MINE]
    assert send(client, draft, "context", form=both, text=f"{HERS} {MINE}").status_code == 302
    assert (stored(draft, "context"), asides()) == ({"text": f"{HERS} {MINE}"}, [])


def test_who_comes_second_can_keep_the_other_text(client, draft, ana):
    form = open_form(client, draft, "context")
    ana_saves(draft, ana)
    both = Form(send(client, draft, "context", form=form, text=MINE).content.decode())
    assert ("decide", "stored") in both.buttons
    response = send(client, draft, "context", form=both, decide="stored")
    assert response.url == url(draft, "context")
    assert (stored(draft, "context"), asides()) == ({"text": HERS}, [])
    assert dict(open_form(client, draft, "context").sent())["text"] == [HERS]


def test_who_comes_second_by_itself_is_told_and_finds_both_texts_later(client, draft, ana):
    form = open_form(client, draft, "context")
    ana_saves(draft, ana)
    response = send(client, draft, "context", form=form, text=MINE, by_itself=True)
    page = text_of(response)
    assert "Ana Duarte saved this section at" in page
    assert "Nothing was overwritten, and your text is kept." in page
    assert "hx-swap-oob" not in response.content.decode()  # the stamp stays: no later one overwrites either
    send(client, draft, "context", form=form, text=MINE + " E mais.", by_itself=True)
    assert (stored(draft, "context"), asides()) == ({"text": HERS}, [("context", {"text": MINE + " E mais."})])
    tasks = text_of(client.get(f"/en/practices/write/{draft.pk}/"))
    assert "You have a text here that came second" in tasks
    later = client.get(url(draft, "context"))
    assert [line.text for line in later.context["both"]["stored"]] == [HERS]
    assert [line.text for line in later.context["both"]["own"]] == [MINE + " E mais."]
    form = Form(later.content.decode())
    assert dict(form.sent())["undecided"] == ["1"]
    send(client, draft, "context", form=form, text="Ainda a decidir.", by_itself=True)
    assert (stored(draft, "context"), asides()) == ({"text": HERS}, [("context", {"text": "Ainda a decidir."})])


def test_the_button_that_drops_the_own_text_is_never_pressed_by_itself(client, draft, ana):
    form = open_form(client, draft, "context")
    ana_saves(draft, ana)
    both = Form(send(client, draft, "context", form=form, text=MINE).content.decode())
    send(client, draft, "context", form=both, decide="stored", by_itself=True)
    assert asides() == [("context", {"text": MINE})]


def test_a_third_save_while_one_decides_is_seen_too(client, draft, ana):
    form = open_form(client, draft, "context")
    ana_saves(draft, ana)
    both = Form(send(client, draft, "context", form=form, text=MINE).content.decode())
    ana_saves(draft, ana, "A Ana escreveu outra vez.")
    response = send(client, draft, "context", form=both, text="Decidi assim.")
    assert [line.text for line in response.context["both"]["stored"]] == ["A Ana escreveu outra vez."]
    assert asides() == [("context", {"text": "Decidi assim."})]


def test_two_windows_of_one_person_are_two_people(client, draft):
    first, second = open_form(client, draft, "context"), open_form(client, draft, "context")
    send(client, draft, "context", form=first, text=HERS)
    response = send(client, draft, "context", form=second, text=MINE)
    assert "You saved this section in another window" in text_of(response)
    assert (stored(draft, "context"), asides()) == ({"text": HERS}, [("context", {"text": MINE})])


def test_the_same_text_twice_is_no_quarrel(client, draft, ana):
    form = open_form(client, draft, "context")
    ana_saves(draft, ana, MINE)
    assert send(client, draft, "context", form=form, text=MINE).status_code == 302
    assert asides() == []


def test_other_sections_are_nobodys_business(client, draft, ana):
    form = open_form(client, draft, "objectives")
    ana_saves(draft, ana)
    assert send(client, draft, "objectives", form=form, text=MINE).status_code == 302
    assert (stored(draft, "context"), stored(draft, "objectives")) == ({"text": HERS}, {"text": MINE})


def test_rows_that_came_second_are_kept_with_all_their_fields(client, draft, ana):
    form = open_form(client, draft, "blocks")
    services.save_section(draft, "blocks", {"blocks": []}, by=ana, seen=None)
    response = send(client, draft, "blocks", form=form, row="blocks:1:up")
    own = [row["name"] for row in asides()[0][1]["blocks"]]
    assert own == [row["name"] for row in reversed(CONTENTS["blocks"]["blocks"])]
    assert "Pedir em dois minutos" in text_of(response)


def test_a_page_of_an_older_version_overwrites_nothing_of_a_newer_one(client, draft, writer):
    form = open_form(client, draft, "context")
    services.make_public(draft, by=make_coordinator())
    services.start_version(draft, by=writer)
    response = send(client, draft, "context", form=form, text=MINE)
    assert "both" in response.context
    assert (stored(draft, "context"), asides()) == (CONTENTS["context"], [("context", {"text": MINE})])


@pytest.mark.parametrize("seen", ["", "x", "1:", "1:x", ":", "1:99999999999999999999", "-1:1", "1:٣", "9:1"])
def test_a_stamp_that_was_altered_overwrites_nothing(client, draft, seen):
    response = send(client, draft, "context", seen=seen, text=MINE)
    assert "both" in response.context
    assert stored(draft, "context") == CONTENTS["context"]


def test_what_is_set_aside_is_seen_by_nobody_else(client, draft, ana):
    form = open_form(client, draft, "context")
    ana_saves(draft, ana)
    send(client, draft, "context", form=form, text=MINE)
    client.force_login(ana)
    assert MINE not in client.get(url(draft, "context")).content.decode()
    assert "came second" not in client.get(f"/en/practices/write/{draft.pk}/").content.decode()


def test_who_no_longer_belongs_writes_no_more(client, draft, writer):
    form = open_form(client, draft, "context")
    writer.affiliations.update(state="ended", ended_at="2026-01-01T00:00Z")
    assert send(client, draft, "context", form=form, text=MINE).status_code in (403, 404)
    assert stored(draft, "context") == CONTENTS["context"]

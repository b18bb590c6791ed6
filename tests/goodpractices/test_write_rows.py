"""Rows are added, moved and taken out by buttons that need no script; each press saves what stands on the page."""

import re

import pytest
from django.http import QueryDict

from goodpractices.forms.pressed import MOST, press
from goodpractices.forms.whole import SPECS
from tests.goodpractices.practices import make_draft
from tests.goodpractices.writing import Form, open_form, send, stored, text_of

pytestmark = pytest.mark.django_db
KINDS = {"blocks": "blocks", "partners": "partners", "groups": "axes", "results": "indicators", "difficulties": "difficulties",
         "media": "links"}  # fmt: skip


@pytest.fixture
def draft(writer, town):
    rows = [{"name": f"Bloco {n}", "text": f"Texto {n}", "enabled_by": "", "lesson": ""} for n in (1, 2, 3)]
    return make_draft(municipality=town, by=writer, blocks={"blocks": rows})


def names(practice) -> list[str]:
    return [row["name"] for row in stored(practice, "blocks")["blocks"]]


@pytest.mark.parametrize(
    ("button", "expected", "focus"),
    [
        ("blocks:0:down", ["Bloco 2", "Bloco 1", "Bloco 3"], "blocks-1"),
        ("blocks:2:up", ["Bloco 1", "Bloco 3", "Bloco 2"], "blocks-1"),
        ("blocks:1:remove", ["Bloco 1", "Bloco 3"], "blocks-1"),
        ("blocks:2:remove", ["Bloco 1", "Bloco 2"], "blocks-1"),
        ("blocks:add", ["Bloco 1", "Bloco 2", "Bloco 3"], "blocks-3"),
        ("blocks:0:up", ["Bloco 1", "Bloco 2", "Bloco 3"], "blocks-0"),
        ("blocks:2:down", ["Bloco 1", "Bloco 2", "Bloco 3"], "blocks-2"),
    ],
)
def test_a_button_moves_a_row_saves_and_takes_the_focus_there(client, draft, button, expected, focus):
    response = send(client, draft, "blocks", row=button, blocks__0__lesson="Escrito agora")
    assert names(draft) == expected
    lessons = [row["lesson"] for row in stored(draft, "blocks")["blocks"] if row["name"] == "Bloco 1"]
    assert lessons == ["Escrito agora"]
    page = response.content.decode()
    assert re.findall(r'<input[^>]*name="([^"]+)"[^>]*autofocus', page) == [f"{focus}-name"]


def test_the_last_row_can_be_taken_out_and_the_button_to_add_one_has_the_focus(client, draft):
    for _ in range(3):
        response = send(client, draft, "blocks", row="blocks:0:remove")
    assert names(draft) == []
    page = response.content.decode()
    assert 'value="blocks:add" id="id_add_blocks" autofocus' in page


@pytest.mark.parametrize(("code", "kind"), KINDS.items())
def test_every_kind_of_rows_has_the_button_that_adds_one(client, draft, code, kind):
    before = int(open_form(client, draft, code).sent()[f"{kind}-TOTAL_FORMS"][0])
    form = Form(send(client, draft, code, row=f"{kind}:add").content.decode())
    assert form.sent()[f"{kind}-TOTAL_FORMS"] == [str(before + 1)]
    assert ("row", f"{kind}:{before}:remove") in form.buttons


@pytest.mark.parametrize(("code", "kind"), KINDS.items())
def test_moving_and_removing_reach_every_field_of_every_kind(client, draft, code, kind):
    fields = list(SPECS[code].rows[kind].base_fields)
    data = QueryDict(mutable=True)
    data.update({f"{kind}-TOTAL_FORMS": "2", "row": f"{kind}:1:up", "text": "fica"})
    for number in (0, 1):
        for name in fields:
            data[f"{kind}-{number}-{name}"] = f"{name} {number}"
    moved, focus = press(data, [kind])
    assert (focus, moved["text"]) == (f"{kind}-0", "fica")
    assert [[moved[f"{kind}-{n}-{name}"] for name in fields] for n in (0, 1)] == [[f"{f} {n}" for f in fields] for n in (1, 0)]


def test_no_more_rows_than_a_practice_takes(client, draft):
    for expected in (4, 5, 6, 7, 8):
        form = open_form(client, draft, "blocks")
        total = int(form.sent()["blocks-TOTAL_FORMS"][0])
        response = send(client, draft, "blocks", form=form, row="blocks:add")
        form = Form(response.content.decode())
        send(client, draft, "blocks", form=form, **{f"blocks__{total}__name": f"Bloco {expected}"})
    assert len(names(draft)) == 8
    assert ("row", "blocks:add") not in open_form(client, draft, "blocks").buttons


@pytest.mark.parametrize("button", ["", "blocks", "blocks:9:up", "blocks:-1:remove", "blocks:x:up", "blocks:٣:up", "groups:add",
                                    "blocks:0:explode", "blocks:" + "9" * 40 + ":up"])  # fmt: skip
def test_a_button_that_is_none_moves_nothing(client, draft, button):
    assert send(client, draft, "blocks", row=button).status_code in (200, 302)
    assert names(draft) == ["Bloco 1", "Bloco 2", "Bloco 3"]


@pytest.mark.parametrize("total", ["x", "-1", "99999999999", "1e3", ""])
def test_a_number_of_rows_that_is_none_takes_no_row_away(client, draft, total):
    assert "arrived only in part" in text_of(send(client, draft, "blocks", blocks__TOTAL_FORMS=total))
    assert names(draft) == ["Bloco 1", "Bloco 2", "Bloco 3"]
    assert send(client, draft, "blocks", blocks__TOTAL_FORMS=total, row="blocks:add").status_code == 200
    assert names(draft) == ["Bloco 1", "Bloco 2", "Bloco 3"]


def rows(number: int) -> dict:
    named = {f"blocks__{n}__name": f"Bloco {n}" for n in range(number)}
    return {"blocks__TOTAL_FORMS": str(number), **named}


@pytest.mark.parametrize("by_itself", [False, True])
def test_rows_beyond_what_a_practice_takes_are_kept_and_said(client, draft, by_itself):
    response = send(client, draft, "blocks", by_itself=by_itself, **rows(MOST))
    assert len(names(draft)) == MOST
    assert "There are 100, and at most 8 are shown" in text_of(response)


def test_rows_beyond_what_is_read_are_refused_and_said(client, draft):
    response = send(client, draft, "blocks", **rows(MOST + 1))
    assert "What you sent has more than 100 rows. Nothing was changed" in text_of(response)
    assert send(client, draft, "blocks", by_itself=True, **rows(MOST + 1)).status_code == 400
    assert names(draft) == ["Bloco 1", "Bloco 2", "Bloco 3"]


def test_no_button_adds_a_row_beyond_what_is_read(client, draft):
    send(client, draft, "blocks", row="blocks:add", **rows(MOST))
    assert len(names(draft)) == MOST


def test_a_row_without_words_is_left_out(client, draft):
    response = send(client, draft, "blocks", blocks__1__name="", blocks__1__text="")
    assert response.status_code == 302
    assert names(draft) == ["Bloco 1", "Bloco 3"]


def test_a_tick_alone_is_no_row(client, draft):
    send(client, draft, "results", row="indicators:add", indicators__1__by_sex="on")
    assert [row["name"] for row in stored(draft, "results")["indicators"]] == ["Homens que pediram horas"]

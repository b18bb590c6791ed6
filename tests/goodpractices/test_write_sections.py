"""Each section's page: it gives back what is stored, keeps what is typed however incomplete, and says what is still missing."""

import pytest

from goodpractices import services
from goodpractices.models import Version
from goodpractices.sections import SECTIONS
from network_portal.vocabularies import reading
from network_portal.vocabularies.models import Term
from tests.factories import make_municipality
from tests.goodpractices.practices import CONTENTS
from tests.goodpractices.writing import open_form, send, stored, text_of, url

pytestmark = pytest.mark.django_db
CODES = [section.code for section in SECTIONS]
LONG = "É um texto com palavras que chegam para dizer alguma coisa."


@pytest.fixture
def empty(writer, town):
    return services.start_practice(town, by=writer)


def errors_in(response) -> list[tuple[str, str]]:
    return [*response.context["errors"], *response.context["problems"]]


@pytest.mark.parametrize("code", CODES)
def test_a_page_that_is_saved_as_it_was_opened_changes_nothing(client, draft, code):
    revision = draft.work_version.sections.get(code=code).revision
    response = send(client, draft, code)
    assert response.status_code == 302
    section = draft.work_version.sections.get(code=code)
    assert (section.content, section.revision) == (CONTENTS[code], revision)


def test_each_section_leads_to_the_next_and_the_last_to_the_list(client, draft):
    places = [send(client, draft, code).url for code in CODES]
    expected = [*(url(draft, code) for code in CODES[1:]), f"/en/practices/write/{draft.pk}/"]
    assert places == expected
    assert send(client, draft, "context", then="list").url == f"/en/practices/write/{draft.pk}/"


@pytest.mark.parametrize("code", CODES)
def test_an_empty_section_is_gone_past_without_a_word(client, empty, code):
    assert send(client, empty, code).status_code == 302


INCOMPLETE = [
    ("context", {"text": "https://exemplo.pt/regulamento"}, "id_text", "A link alone says nothing"),
    ("title", {"title": "x" * 101}, "id_title", "Title must be 100 characters or fewer; it has 101."),
    ("summary", {"summary": "x " * 150 + "y"}, "id_summary", "Summary must be 280 characters or fewer; it has 301."),
    ("blocks", {"blocks__0__name": "Uma regra"}, "id_blocks-0-text", "Say what was done in block 1."),
    ("partners", {"partners__0__role": "Negociou"}, "id_partners-0-name", "Name partner 1."),
    ("groups", {"axes__0__axis": "age", "axes__0__level": "adapted"}, "id_axes-0-sentence", "a tick alone proves nothing"),
    ("groups", {"axes__0__sentence": LONG}, "id_axes-0-axis", "Choose which axis number 1 is."),
    ("groups", {"axes__0__axis": "age", "axes__0__sentence": LONG}, "id_axes-0-level_0", "Say how far axis 1 was taken."),
    ("groups", {"groups": ["women"]}, "id_add_axes", "Choose at least one axis of inequality"),
    ("resources", {"equipment": LONG}, "id_cost_band_0", "Choose about what it cost."),
    ("period", {"starts": "01/2023"}, "id_ends", "or say that it is still running"),
    ("period", {"starts": "05/2023", "ends": "04/2023"}, "id_ends", "The end must not be before the beginning."),
    ("period", {"starts": "01/2023", "ends": "04/2024", "is_running": "on"}, "id_ends", "What is still running has no end"),
    ("results", {"text": LONG}, "id_add_indicators", "Give at least one number, or say why nothing was measured"),
    ("results", {"not_measured": "https://exemplo.pt/x"}, "id_not_measured", "A link alone says nothing"),
    ("results", {"indicators__0__name": "Pedidos"}, "id_indicators-0-after", "Enter the number of indicator 1."),
    ("results", {"indicators__0__after": "34"}, "id_indicators-0-source", "Say where the number of indicator 1 is from."),
    ("difficulties", {"difficulties__0__name": "As chefias"}, "id_difficulties-0-text", "Say what happened with difficulty 1."),
    ("transfer", {"smallest_town": "5 000"}, "id_conditions", "Say what another municipality needs"),
    ("contact", {"name": "Rita"}, "id_role_email", "Enter an e-mail address of the service, not of a person"),
    ("media", {"links__0__title": "Regulamento"}, "id_links-0-url", "Enter the address of link 1"),
    ("classification", {"themes": ["health"]}, "id_practice_type_0", "Choose what kind of practice it is."),
]  # fmt: skip


@pytest.mark.parametrize(("code", "typed", "anchor", "sentence"), INCOMPLETE)
def test_what_is_incomplete_is_kept_and_said_where_it_is_missing(client, empty, code, typed, anchor, sentence):
    response = send(client, empty, code, **typed)
    assert response.status_code == 200
    said = [text for id_, text in response.context["problems"] if id_ == anchor]
    assert len(said) == 1
    assert sentence in said[0]
    page = response.content.decode()
    assert f'id="{anchor}"' in page
    assert page.count(said[0].replace("“", "“")) == 2  # in the summary and at the field
    assert any(stored(empty, code).values())
    again = client.get(url(empty, code))
    assert said[0] in [text for _, text in again.context["missing"]]
    assert send(client, empty, code, then="list").status_code == 302


def test_a_part_without_a_name_is_marked_at_its_own_row_when_rows_above_are_empty(client, empty):
    form = open_form(client, empty, "blocks")
    typed = {"blocks__TOTAL_FORMS": "3", "blocks__2__name": "O segundo", "blocks__0__text": LONG}
    response = send(client, empty, "blocks", form=form, **typed)
    assert [id_ for id_, _ in response.context["problems"]] == ["id_blocks-0-name", "id_blocks-2-text"]
    assert [row["name"] for row in stored(empty, "blocks")["blocks"]] == ["", "O segundo"]


UNREADABLE = [
    ("resources", {"staff_hours": "muitas", "equipment": LONG}, "id_staff_hours", "Enter a whole number", {"equipment": LONG}),
    ("resources", {"staff_hours": "-1", "note": "n"}, "id_staff_hours", "Enter a whole number", {"note": "n"}),
    ("resources", {"staff_hours": "1e5", "note": "n"}, "id_staff_hours", "Enter a whole number", {"note": "n"}),
    ("transfer", {"smallest_town": "NaN", "can_drop": "c"}, "id_smallest_town", "Enter a whole number", {"can_drop": "c"}),
    ("period", {"starts": "13/2023", "ends": "02/2024"}, "id_starts", "Month must be between 1 and 12", {"ends": "2024-02"}),
    ("period", {"starts": "01/1899", "ends": "02/2024"}, "id_starts", "between 1900 and 2199", {"ends": "2024-02"}),
    ("period", {"starts": "ontem", "ends": "02/2024"}, "id_starts", "like 01/2023", {"ends": "2024-02"}),
    ("contact", {"role_email": "x@[1.2.3.4]", "name": "R"}, "id_role_email", "in the correct format", {"name": "R"}),
    ("contact", {"email": "a@b@c.pt", "name": "R"}, "id_email", "in the correct format", {"name": "R"}),
    ("media", {"video": "https://youtube.com.evil.pt/watch?v=aBcDeFgHi_0"}, "id_video", "address of a YouTube video", {}),
    ("media", {"links__0__title": "T", "links__0__url": "http://127.0.0.1"}, "id_links-0-url", "starts with https://",
     {"links": [{"title": "T", "url": ""}]}),
    ("partners", {"partners__0__name": "N", "partners__0__municipality": "Vila Nova Gaia"}, "id_partners-0-municipality",
     "Choose the municipality from the list", {"partners": [{"name": "N", "role": "", "municipality": ""}]}),
    ("context", {"text": "a\x00b"}, "id_text", "a character that cannot be kept", {}),
    ("blocks", {"blocks__0__name": "N", "blocks__0__text": "a\x00b"}, "id_blocks-0-text", "cannot be kept", {}),
    ("context", {"text": "x" * 10_001}, "id_text", "must be 10\u00a0000 characters or fewer", {}),
    ("classification", {"practice_type": "unheard-of"}, "id_practice_type_0", "what was chosen is not offered any more", {}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "typed", "anchor", "sentence", "kept"), UNREADABLE)
def test_what_cannot_be_read_is_said_and_everything_else_is_kept(client, empty, code, typed, anchor, sentence, kept):
    response = send(client, empty, code, **typed)
    assert response.status_code == 200
    assert [id_ for id_, _ in response.context["errors"]] == [anchor]
    page = response.content.decode()
    assert sentence in page
    assert page.split("<title>")[1].startswith("Error: ")
    assert "Everything else on this page is saved." in page
    for key, value in kept.items():
        assert stored(empty, code)[key] == value


def test_what_cannot_be_read_leaves_what_was_stored(client, draft):
    send(client, draft, "resources", staff_hours="muitas", note="Outra nota")
    assert (stored(draft, "resources")["staff_hours"], stored(draft, "resources")["note"]) == (24, "Outra nota")


def test_a_title_that_is_too_long_is_kept_whole_and_shown_cut(client, empty):
    send(client, empty, "title", title="x" * 120)
    empty.refresh_from_db()
    assert (stored(empty, "title")["title"], empty.title) == ("x" * 120, "x" * 100)
    assert "At most 100 characters" in client.get(url(empty, "title")).content.decode()


def test_a_link_to_a_municipality_gives_its_name_and_its_slug(client, empty):
    other = make_municipality(name="Odemira")
    send(client, empty, "partners", partners__0__municipality="odemira", partners__0__role="Cedeu a sala")
    row = {"name": "Odemira", "role": "Cedeu a sala", "municipality": other.slug}
    assert stored(empty, "partners")["partners"] == [row]
    assert 'value="Odemira"' in client.get(url(empty, "partners")).content.decode()


def test_a_video_is_kept_by_its_eleven_characters(client, empty):
    send(client, empty, "media", video="https://youtu.be/aBcDeFgHi_0?t=3")
    assert stored(empty, "media")["video"] == "aBcDeFgHi_0"
    assert 'value="https://www.youtube.com/watch?v=aBcDeFgHi_0"' in client.get(url(empty, "media")).content.decode()


def test_a_retired_term_stays_where_it_was_chosen_and_is_offered_nowhere_else(client, draft, empty):
    Term.objects.filter(vocabulary="theme", code="family-sharing").update(is_retired=True)
    reading.touch()
    assert 'value="family-sharing"' in client.get(url(draft, "classification")).content.decode()
    assert 'value="family-sharing"' not in client.get(url(empty, "classification")).content.decode()
    send(client, draft, "classification")
    assert stored(draft, "classification")["themes"] == ["family-sharing"]


@pytest.mark.parametrize("code", ["groups", "resources", "classification"])
def test_no_section_loses_terms_that_were_retired_since(client, draft, code):
    before = stored(draft, code)
    Term.objects.update(is_retired=True)
    reading.touch()
    send(client, draft, code)
    assert stored(draft, code) == before


def test_formatting_that_pages_leave_out_is_said(client, draft):
    text = LONG + ' <script>alert(1)</script><a href="javascript:x" onclick="y">z</a>'
    response = client.get(send(client, draft, "context", text=text).url)
    assert "Formatting that is not supported was removed" in response.content.decode()
    assert stored(draft, "context")["text"] == text
    preview = client.get(f"/en/practices/write/{draft.pk}/preview/").content.decode()
    assert "alert(1)</script>" not in preview
    assert "javascript:x" not in preview


def test_a_snapshot_has_no_page_for_the_sections_of_the_full_form_and_loses_nothing(client, draft):
    address = f"/en/practices/write/{draft.pk}/form/"
    client.post(address, {"form": "snapshot"})
    assert draft.work_version.__class__.objects.get(pk=draft.work_version_id).form == Version.Form.SNAPSHOT
    assert client.get(url(draft, "results")).status_code == 404
    assert send(client, draft, "objectives").url == url(draft, "partners")
    client.post(address, {"form": "full"})
    assert stored(draft, "results") == CONTENTS["results"]
    assert client.get(url(draft, "results")).status_code == 200
    client.post(address, {"form": "x"})
    assert Version.objects.get(pk=draft.work_version_id).form == Version.Form.FULL


@pytest.mark.parametrize("code", ["x", "review", "submitted"])
def test_a_section_that_does_not_exist_is_not_found(client, draft, code):
    assert client.get(url(draft, code)).status_code == 404


def test_nobody_writes_while_it_is_reviewed_and_what_was_typed_is_given_back(client, draft):
    form = open_form(client, draft, "context")
    Version.objects.filter(pk=draft.work_version_id).update(
        state="submitted", submitted_at="2026-01-01T00:00Z", waiting_since="2026-01-01T00:00Z"
    )
    assert client.get(url(draft, "context")).url == f"/en/practices/write/{draft.pk}/"
    response = send(client, draft, "context", form=form, text="O que eu queria ainda dizer.")
    assert "was not saved: copy what you need" in text_of(response)
    assert "O que eu queria ainda dizer." in response.content.decode()
    assert "data-autosave" not in response.content.decode()
    quiet = send(client, draft, "context", form=form, text="O que eu queria ainda dizer.", by_itself=True)
    assert "nobody can write in this version any more" in text_of(quiet)
    assert stored(draft, "context") == CONTENTS["context"]
    assert "Nobody writes in it now" in text_of(client.get(f"/en/practices/write/{draft.pk}/"))


def test_a_page_that_arrived_in_part_changes_nothing(client, draft):
    form = open_form(client, draft, "blocks")
    whole = form.sent()
    cut = {name: whole[name] for name in ("seen", "blocks-0-name")}
    response = client.post(url(draft, "blocks"), cut)
    assert "arrived only in part" in text_of(response)
    assert "Everything else on this page is saved" not in text_of(response)
    assert client.post(url(draft, "blocks"), cut, headers={"HX-Request": "true"}).status_code == 400
    without_rows = {name: value for name, value in whole.items() if not name.startswith("blocks-")}
    client.post(url(draft, "blocks"), without_rows)
    assert stored(draft, "blocks") == CONTENTS["blocks"]


def test_more_fields_than_any_page_has_are_refused(client, draft):
    data = {f"blocks-{n}-name": "x" for n in range(1_100)}
    assert client.post(url(draft, "blocks"), data).status_code == 400
    assert client.post(url(draft, "context"), {"text": "x" * 3_000_000}).status_code == 400


def test_a_section_costs_the_same_whatever_is_written(client, draft, empty, django_assert_max_num_queries):
    for practice in (draft, empty):
        for code in CODES:
            with django_assert_max_num_queries(9):
                client.get(url(practice, code))

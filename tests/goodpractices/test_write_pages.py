"""The list of one's practices, a new one, the list of its sections with the state of each, the preview, My page."""

import pytest
from django.utils import timezone

from goodpractices import services
from goodpractices.models import Practice, Section
from goodpractices.sections import SECTIONS
from tests.factories import make_affiliation, make_coordinator, make_municipality, make_user
from tests.goodpractices.practices import contents, make_draft, make_practice
from tests.goodpractices.writing import send, text_of, url

pytestmark = pytest.mark.django_db
CODES = [section.code for section in SECTIONS]
MINE, NEW, MY_PAGE = "/en/practices/write/", "/en/practices/write/new/", "/en/my/"


def write(practice) -> str:
    return f"/en/practices/write/{practice.pk}/"


def tasks_of(response) -> dict:
    return {task.template.code: task for task in response.context["list"].tasks}


def test_a_new_draft_shows_every_section_empty_and_leads_to_the_first(client, writer, town):
    practice = services.start_practice(town, by=writer)
    response = client.get(write(practice))
    tasks = tasks_of(response)
    assert list(tasks) == CODES
    assert {task.state for task in tasks.values()} == {"empty"}
    assert response.context["list"].first_open.template.code == "title"
    page = text_of(response)
    assert page.count("Empty") == len(CODES)
    assert page.count("Needed before it is published; it can be sent without.") == 4
    assert page.count("Not needed") == 1
    assert "0 of 14" in page


def test_each_section_says_what_it_lacks_who_saved_it_and_when(client, writer, town):
    practice = make_draft(municipality=town, by=writer, results={"indicators": []}, groups={"axes": []})
    services.save_section(practice, "objectives", {"text": "https://x.pt"}, by=make_coordinator(name="Ana Duarte"), seen=None)
    response = client.get(write(practice))
    states = {code: task.state for code, task in tasks_of(response).items()}
    assert states == {code: "complete" for code in CODES} | {
        "objectives": "begun",
        "groups": "begun",
        "results": "empty",
        "media": "empty",
    }
    page = text_of(response)
    assert "A link alone says nothing to who cannot open it." in page
    assert "Choose at least one axis of inequality that was looked at, and say how." in page
    saved = timezone.localtime(practice.work_version.sections.get(code="objectives").saved_at)
    assert f"Ana Duarte, {saved.day}\xa0" in response.content.decode()
    assert f"at {saved:%H:%M}" in page
    assert f'href="{url(practice, "groups")}#id_add_axes"' in response.content.decode()
    assert "11 of 14" in page


def test_when_nothing_is_missing_the_next_step_is_to_send_it(client, writer, town):
    practice = make_draft(municipality=town, by=writer)
    response = client.get(write(practice))
    assert response.context["list"].first_open is None
    assert f'href="{write(practice)}submit/"' in response.content.decode()
    assert "14 of 14" in text_of(response)
    assert "Your municipality has no focal point yet" in text_of(response)
    make_affiliation(make_user(name="Filipa Pinto"), town, kind="focal_point")
    assert "sends it for review: Filipa Pinto." in text_of(client.get(write(practice)))
    writer.affiliations.update(kind="focal_point")
    assert "sends it for review:" not in text_of(client.get(write(practice)))


def test_a_snapshot_lists_its_seven_sections(client, writer, town):
    practice = services.start_practice(town, by=writer, form="snapshot")
    assert list(tasks_of(client.get(write(practice)))) == [section.code for section in SECTIONS if section.in_snapshot]


@pytest.fixture
def asked(writer, town):
    """Changes are requested in two sections."""
    practice, reviewer = make_draft(municipality=town, by=writer), make_coordinator()
    services.submit(practice, by=reviewer)
    services.take(practice, by=reviewer)
    comments = {"context": "Diga em que ano.", "results": "Qual é a fonte?"}
    services.request_changes(practice, by=reviewer, notes=services.Notes(text="Quase lá.", comments=comments))
    return practice


def test_what_the_reviewer_asks_stands_at_its_section_and_in_the_list(client, asked):
    response = client.get(write(asked))
    page = text_of(response)
    assert "Quase lá." in page
    assert [code for code, task in tasks_of(response).items() if task.comment] == ["context", "results"]
    assert response.context["list"].first_open.template.code == "context"
    assert page.count("Change it") == 2
    section = text_of(client.get(url(asked, "context")))
    assert "The reviewer asks Diga em que ano." in section
    assert "The reviewer asks" not in text_of(client.get(url(asked, "objectives")))
    send(client, asked, "context", text="Em 2023, nove em cada dez pedidos de dispensa eram de mulheres.")
    response = client.get(write(asked))
    assert response.context["list"].first_open.template.code == "results"
    assert "it was saved again since" in text_of(response)
    assert text_of(response).count("Change it") == 1


def test_the_list_of_sections_costs_the_same_whatever_is_written(client, writer, town, asked, django_assert_num_queries):
    client.get(write(asked))
    with django_assert_num_queries(11):
        client.get(write(asked))
    empty = services.start_practice(town, by=writer)
    with django_assert_num_queries(9):
        client.get(write(empty))


def test_who_belongs_to_one_municipality_begins_with_it_chosen(client, writer, town):
    page = client.get(NEW).content.decode()
    assert f'value="{town.slug}" class="option__input" id="id_municipality_0" checked' in page.replace("  ", " ")
    response = client.post(NEW, {"municipality": town.slug, "form": "snapshot", "language": "en"})
    practice = Practice.objects.get()
    assert response.url == write(practice)
    assert (practice.municipality, practice.work_version.form, practice.language) == (town, "snapshot", "en")


def test_what_is_not_chosen_is_asked_for(client, writer):
    response = client.post(NEW, {"municipality": "", "form": "", "language": "x"})
    page = response.content.decode()
    assert "Choose the municipality whose practice it is" in page
    assert "Choose the snapshot or the full form" in page
    assert page.split("<title>")[1].startswith("Error: ")
    assert not Practice.objects.exists()


def test_nobody_begins_a_practice_of_another_municipality(client, writer):
    other = make_municipality()
    page = client.post(NEW, {"municipality": other.slug, "form": "full", "language": "pt"}).content.decode()
    assert "Choose one of your municipalities" in page
    assert not Practice.objects.exists()


def test_a_coordinator_begins_one_of_any_municipality(client):
    client.force_login(make_coordinator())
    town = make_municipality(name="Odemira")
    assert 'name="municipality"' in client.get(NEW).content.decode()
    client.post(NEW, {"municipality": "odemira", "form": "full", "language": "pt"})
    assert Practice.objects.get().municipality == town
    assert "Choose your municipality from the list" in client.post(NEW, {"municipality": "Odmira"}).content.decode()


def test_who_belongs_nowhere_is_told_what_to_do(client):
    client.force_login(make_user())
    response = client.get(NEW)
    assert response.status_code == 403
    assert "Say which municipality is yours" in text_of(response)
    assert "You belong to no municipality yet" in text_of(client.get(MINE))


def test_the_list_has_every_practice_of_the_municipality_with_its_state_and_the_next_step(client, writer, town):
    draft = make_draft(municipality=town, by=make_coordinator(), title={"title": "Um rascunho"})
    public = make_practice(municipality=town, title="Publicada")
    waiting = make_draft(municipality=town, by=writer, title={"title": "Enviada"})
    services.submit(waiting, by=make_coordinator())
    make_draft(title={"title": "De outro município"})
    services.delete(make_draft(municipality=town, title={"title": "Apagada"}), by=make_coordinator())
    response = client.get(MINE)
    rows = {str(practice): str(step.state) for practice, step in response.context["rows"]}
    assert rows == {"Um rascunho": "Draft", "Publicada": "Published", "Enviada": "Submitted"}
    page = response.content.decode()
    assert f'<h3><a href="{write(draft)}"' in page
    assert f'<h3><a href="/en/practices/{public.slug}/"' in page
    assert "Somebody of the coordination takes it." in page


def test_a_coordinator_finds_what_they_began_and_not_everything(client):
    coordinator = make_coordinator()
    client.force_login(coordinator)
    make_draft(title={"title": "De outra pessoa"})
    make_draft(by=coordinator, title={"title": "Começada por mim"})
    assert [str(practice) for practice, _ in client.get(MINE).context["rows"]] == ["Começada por mim"]


def test_the_lists_cost_the_same_with_many_practices(client, writer, town, django_assert_max_num_queries):
    for n in range(25):
        make_draft(municipality=town, by=writer, title={"title": f"Prática {n}"})
    with django_assert_max_num_queries(6):
        response = client.get(MINE)
    assert len(response.context["rows"]) == 20
    assert len(client.get(MINE, {"page": "2"}).context["rows"]) == 5
    for page in ("0", "-1", "x", "99", "9" * 30):
        assert client.get(MINE, {"page": page}).status_code in (200, 404)


def test_my_page_shows_the_latest_and_offers_to_write(client, writer, town):
    assert "Your municipality has no practice here yet" in text_of(client.get(MY_PAGE))
    for n in range(7):
        make_draft(municipality=town, by=writer, title={"title": f"Prática {n}"})
    page = text_of(client.get(MY_PAGE))
    assert [f"Prática {n}" in page for n in range(7)] == [False, False, True, True, True, True, True]
    assert "All my practices" in page
    client.force_login(make_user())
    assert "My practices" not in text_of(client.get(MY_PAGE))


def test_the_preview_shows_the_version_at_work_and_not_the_published_one(client, writer, town):
    practice = make_practice(municipality=town, title="Publicada")
    services.start_version(practice, by=writer)
    services.save_section(practice, "title", {"title": "O que há de novo", "language": "pt"}, by=writer, seen=None)
    page = text_of(client.get(f"{write(practice)}preview/"))
    assert "O que há de novo" in page
    assert "This is a preview" in page
    assert "noindex" in client.get(f"{write(practice)}preview/").content.decode()


def test_a_new_version_begins_with_everything_and_twice_is_once(client, writer, town):
    practice = make_practice(municipality=town)
    page = text_of(client.get(write(practice)))
    assert "No version is being written" in page
    for _ in range(2):
        assert client.post(f"{write(practice)}version/").url == write(practice)
    practice.refresh_from_db()
    assert (practice.versions.count(), practice.work_version.number) == (2, 2)
    written = dict(Section.objects.filter(version=practice.work_version).values_list("code", "content"))
    assert written == contents()
    assert "version 2" in text_of(client.get(write(practice)))


@pytest.mark.parametrize("pk", [0, 999_999, 99_999_999_999_999_999_999])
def test_a_practice_that_does_not_exist_is_not_found(client, writer, pk):
    assert [client.get(f"{MINE}{pk}/{page}").status_code for page in ("", "context/", "preview/")] == [404] * 3

"""A snapshot brings before everybody what its reviewers read: sections of the full form that were begun stay with its authors."""

import pytest

from goodpractices import services
from goodpractices.front import front_practices
from goodpractices.models import PracticeTerm
from network_portal.common.search import read_query
from network_portal.search.models import Entry
from tests.goodpractices.reviews import NOTES, Town, reread
from tests.goodpractices.world import files_for
from tests.goodpractices.writing import text_of

pytestmark = pytest.mark.django_db
HIDDEN = "Isto ainda ninguém leu"


@pytest.fixture
def town(media):
    return Town()


@pytest.fixture
def snapshot(town):
    """Written as a full form, sent and published as a snapshot."""
    practice = town.draft(transfer={"conditions": HIDDEN})
    files_for(practice, by=town.focal)
    services.choose_form(practice, "snapshot", by=town.focal)
    services.submit(practice, by=town.focal)
    services.take(practice, by=town.coordinator)
    services.publish(practice, by=town.coordinator, notes=NOTES)
    return reread(practice)


def test_its_page_and_its_versions_show_the_sections_of_the_snapshot(client, snapshot):
    for address in (snapshot.get_absolute_url(), snapshot.public_version.get_absolute_url()):
        page = text_of(client.get(address))
        assert ("Nove em cada dez" in page, HIDDEN in page, "As chefias travaram" in page) == (True, False, False)


def test_its_data_and_the_file_of_all_have_no_others(client, snapshot):
    one = client.get(f"/en/practices/{snapshot.slug}/data.json").json()
    assert set(one["sections"]) == {
        "title", "summary", "context", "objectives", "partners", "contact", "classification",
    }  # fmt: skip
    assert (one["evidence"], one["target_groups"], one["starts"]) == (0, [], None)
    everything = b"".join(client.get("/en/practices/export.json").streaming_content).decode()
    assert ("Nove em cada dez" in everything, HIDDEN in everything) == (True, False)


def test_the_search_finds_it_by_what_it_shows(snapshot):
    entry = Entry.objects.get(kind="practice", object_id=snapshot.pk)
    assert ("Nove em cada dez" in entry.text, HIDDEN in entry.text) == (True, False)
    assert not Entry.objects.filter(kind="practice").found_by(read_query("chefias travaram")).exists()


def test_the_catalogue_knows_what_it_shows(snapshot):
    terms = PracticeTerm.objects.filter(practice=snapshot).values_list("term__vocabulary", flat=True)
    assert set(terms) == {"area", "theme", "charter_article", "sdg_target"}
    assert (snapshot.evidence, snapshot.cost_band, snapshot.staff_hours, snapshot.picture) == (0, None, None, None)


def test_home_shows_no_number_that_nobody_checked(snapshot):
    shown = front_practices(1)[0]
    assert (shown.practice, shown.before, shown.after) == (snapshot, "", "")


def test_its_files_stay_closed(client, snapshot):
    assert [client.get(file.url).status_code for file in snapshot.files.all()] == [404, 404]


def test_a_new_version_as_a_full_form_has_everything_that_was_written(client, town, snapshot):
    services.start_version(snapshot, by=town.focal)
    services.choose_form(snapshot, "full", by=town.focal)
    services.make_public(snapshot, by=town.coordinator)
    page = text_of(client.get(snapshot.get_absolute_url()))
    assert (HIDDEN in page, "As chefias travaram" in page) == (True, True)
    assert [client.get(file.url).status_code for file in snapshot.files.all()] == [200, 200]


def test_a_draft_is_known_by_what_it_would_show(town):
    practice = town.draft()
    assert reread(practice).evidence == 2
    services.choose_form(practice, "snapshot", by=town.focal)
    assert reread(practice).evidence == 0

"""What a reviewer wrote is shown once more when the review is no longer theirs, whatever else is wrong with it."""

import pytest

from goodpractices import services
from goodpractices.models import Review
from tests.factories import make_coordinator
from tests.goodpractices.reviews import COMMENTS, NOTES, Town, reread

pytestmark = pytest.mark.django_db
WORDS = "Falta dizer quem pagou, e isto demorou muito a escrever."
LOST = "Copy what you want to keep: it cannot be sent any more."


@pytest.fixture
def town(client):
    made = Town()
    client.force_login(made.coordinator)
    return made


def of_a_new_version(town):
    practice = town.public()
    services.start_version(practice, by=town.focal)
    services.submit(practice, by=town.focal)
    services.take(practice, by=town.coordinator)
    return practice


MEANWHILE = {
    "the new version was withdrawn": (of_a_new_version, lambda town, p: services.withdraw(p, by=town.focal, whole=False)),
    "the practice was withdrawn": (Town.taken, lambda town, p: services.withdraw(p, by=town.focal)),
    "it was taken over": (Town.taken, lambda town, p: services.take(p, by=make_coordinator(), reason="férias")),
    "it was published in another window": (
        Town.taken,
        lambda town, p: services.publish(p, by=town.coordinator, notes=NOTES, without_second="x"),
    ),
    "changes were asked for": (Town.taken, lambda town, p: services.request_changes(p, by=town.coordinator, notes=COMMENTS)),
}


@pytest.mark.parametrize(("make", "meanwhile"), MEANWHILE.values(), ids=MEANWHILE.keys())
@pytest.mark.parametrize("button", [{"save": "1"}, {"decide": "1"}, {"decide": "1", "decision": "changes"}])
@pytest.mark.parametrize("words", [WORDS, WORDS * 100], ids=["short", "too long"])
def test_what_was_written_is_shown_once_more(client, town, make, meanwhile, button, words):
    practice = make(town)
    meanwhile(town, practice)
    before = list(Review.objects.order_by("pk").values())
    response = client.post(f"/en/practices/review/{practice.pk}/", {"section-context": words, **button})
    assert response.status_code == 200
    page = response.content.decode()
    assert words in page
    assert LOST in page
    assert 'name="save"' not in page
    assert 'class="error-summary"' in page
    assert list(Review.objects.order_by("pk").values()) == before


def test_a_comment_on_a_section_that_left_the_form_is_shown_too(client, town):
    practice = town.taken()
    services.withdraw(practice, by=town.focal)
    services.start_version(practice, by=town.focal)
    services.choose_form(practice, "snapshot", by=town.focal)
    data = {"section-blocks": "", "section-results": WORDS, "save": "1"}
    assert WORDS in client.post(f"/en/practices/review/{practice.pk}/", data).content.decode()
    assert reread(practice).work_version.form == "snapshot"

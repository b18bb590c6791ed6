"""Withdrawn, archived, deleted, taken out, featured: state, history and mails of each, and what is refused."""

import pytest
from django.core.exceptions import PermissionDenied

from goodpractices import services
from goodpractices.errors import NotYours, ReasonMissing, WrongState
from goodpractices.models import Practice
from network_portal.common.search import read_query
from network_portal.search.models import Entry
from tests.factories import make_coordinator, make_user
from tests.goodpractices.belonging import make_focal_point, make_staff
from tests.goodpractices.reviews import NOTES, Town, kinds, queued, reread, states
from tests.goodpractices.world import files_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return Town()


def is_found(practice) -> bool:
    return Entry.objects.filter(kind="practice", object_id=practice.pk).found_by(read_query("horas cuidar")).exists()


@pytest.mark.parametrize("made", ["draft", "asked"])
def test_what_nobody_reviews_is_withdrawn_without_a_word_to_reviewers(town, made):
    practice = getattr(town, made)()
    services.withdraw(practice, by=town.focal)
    assert states(practice) == ("withdrawn", "withdrawn")
    assert queued() == [("event", town.focal.email)]


@pytest.mark.parametrize("made", ["submitted", "taken", "passed_on"])
def test_what_waits_for_a_review_is_withdrawn_and_its_reviewers_hear_of_it(town, made):
    second = make_coordinator()
    practice = getattr(town, made)()
    services.withdraw(practice, by=town.focal, reason="Vamos esperar pelos números.")
    assert states(practice) == ("withdrawn", "withdrawn")
    assert queued("for") == [("for_reviewers", town.coordinator.email), ("for_reviewers", second.email)]
    with pytest.raises(WrongState):
        services.publish(practice, by=town.coordinator, notes=NOTES)


def test_a_withdrawn_practice_can_begin_anew(town):
    practice = town.submitted()
    services.withdraw(practice, by=town.focal)
    assert services.start_version(practice, by=town.focal).number == 2
    assert states(practice) == ("new", "draft")
    services.submit(practice, by=town.focal)
    assert states(practice) == ("new", "submitted")


def test_withdrawing_what_is_public_needs_a_reason_and_takes_it_off_its_address(town):
    practice = town.public()
    services.feature(practice, by=town.coordinator)
    with pytest.raises(ReasonMissing):
        services.withdraw(practice, by=town.focal)
    services.withdraw(practice, by=town.focal, reason="Os dados estavam errados.")
    assert (states(practice), is_found(practice), reread(practice).featured_at) == (("withdrawn", ""), False, None)
    assert not Practice.objects.readable().filter(pk=practice.pk).exists()
    assert queued() == [("event", town.focal.email), ("for_reviewers", town.coordinator.email)]


def test_only_the_new_version_is_withdrawn_when_it_is_said(town):
    practice = town.public()
    services.start_version(practice, by=town.focal)
    services.submit(practice, by=town.focal)
    services.withdraw(practice, by=town.focal, whole=False)
    assert states(practice) == ("public", "")
    assert list(practice.versions.order_by("number").values_list("state", flat=True)) == ["published", "withdrawn"]
    with pytest.raises(WrongState):
        services.withdraw(practice, by=town.focal, whole=False)


def test_the_whole_with_its_new_version_is_withdrawn(town):
    practice = town.public()
    services.start_version(practice, by=town.focal)
    services.withdraw(practice, by=town.focal, reason="Engano.")
    assert states(practice) == ("withdrawn", "")
    assert services.start_version(practice, by=town.focal).number == 3
    assert states(practice) == ("withdrawn", "draft")  # hidden until the new one is published
    services.submit(practice, by=town.focal)
    services.take(practice, by=town.coordinator)
    services.publish(practice, by=town.coordinator, notes=NOTES)
    assert (states(practice), is_found(practice)) == (("public", ""), True)


def test_a_new_version_of_a_withdrawn_practice_is_taken_back_and_nothing_else(town):
    practice = town.public()
    services.withdraw(practice, by=town.focal, reason="Engano.")
    services.start_version(practice, by=town.focal)
    services.submit(practice, by=town.focal)
    services.withdraw(practice, by=town.focal)
    assert states(practice) == ("withdrawn", "")
    assert practice.events.latest("pk").detail == {"whole": False, "was_waiting": True}
    with pytest.raises(WrongState):
        services.withdraw(practice, by=town.focal, reason="Outra vez.")


def test_an_archived_practice_is_read_and_no_longer_listed(town):
    practice = town.public()
    services.feature(practice, by=town.coordinator)
    with pytest.raises(ReasonMissing):
        services.archive(practice, by=town.focal, reason="")
    services.archive(practice, by=town.focal, reason="Acabou em junho.")
    assert (states(practice), is_found(practice)) == (("archived", ""), False)
    assert Practice.objects.readable().filter(pk=practice.pk).exists()
    assert queued() == [("event", town.focal.email)]
    services.bring_back(practice, by=town.coordinator)
    assert (states(practice), is_found(practice)) == (("public", ""), True)


def test_a_coordinator_takes_out_and_brings_back(town):
    practice = town.public()
    with pytest.raises(ReasonMissing):
        services.unpublish(practice, by=town.coordinator, reason=" ")
    services.unpublish(practice, by=town.coordinator, reason="Uma fotografia sem autorização.")
    assert (states(practice), is_found(practice)) == (("unpublished", ""), False)
    assert not Practice.objects.readable().filter(pk=practice.pk).exists()
    assert queued() == [("event", town.focal.email)]
    services.bring_back(practice, by=town.coordinator)
    assert (states(practice), is_found(practice)) == (("public", ""), True)
    assert kinds(practice)[-2:] == ["unpublished", "brought_back"]


def test_what_is_taken_out_comes_back_with_a_new_version_too(town):
    practice = town.public()
    services.unpublish(practice, by=town.coordinator, reason="x")
    services.start_version(practice, by=town.focal)
    services.submit(practice, by=town.focal)
    services.take(practice, by=town.coordinator)
    services.publish(practice, by=town.coordinator, notes=NOTES)
    assert states(practice) == ("public", "")


@pytest.mark.parametrize("cause", ["unpublish", "withdraw"])
def test_what_was_taken_out_for_a_reason_stays_out_when_a_new_version_is_published(client, town, media, cause):
    practice = town.draft(context={"text": "O nome e a morada de uma vítima."})
    picture, document = files_for(practice, by=town.focal)
    services.make_public(practice, by=town.coordinator)
    services.start_version(practice, by=town.focal)
    services.make_public(practice, by=town.coordinator)
    assert client.get(f"{reread(practice).get_absolute_url()}v1/").status_code == 200
    getattr(services, cause)(practice, by=town.coordinator, reason="Dados de pessoas.")
    services.start_version(practice, by=town.focal)
    services.save_section(practice, "context", {"text": "Sem dados de ninguém, e com o resto."}, by=town.focal, seen=None)
    media = {"pictures": [], "documents": [{"file": str(document.uuid), "title": "Regulamento"}], "video": "", "links": []}
    services.save_section(practice, "media", media, by=town.focal, seen=None)
    practice = services.make_public(practice, by=town.coordinator)
    addresses = [f"{practice.get_absolute_url()}{end}" for end in ("", "v1/", "v2/", "v3/")] + [picture.url, document.url]
    assert [client.get(address).status_code for address in addresses] == [200, 404, 404, 200, 404, 200]
    assert "uma vítima" not in client.get(addresses[0]).content.decode()


@pytest.mark.parametrize(("made", "restored"), [("draft", ("new", "draft")), ("asked", ("new", "changes_requested"))])
def test_a_draft_is_deleted_and_restored(town, made, restored):
    practice = getattr(town, made)()
    services.delete(practice, by=town.focal)
    assert (reread(practice).state, queued()) == ("deleted", [])
    assert not Practice.objects.visible_to(town.focal).filter(pk=practice.pk).exists()
    with pytest.raises(WrongState):
        services.submit(practice, by=town.focal)
    with pytest.raises(WrongState):
        services.start_version(practice, by=town.focal)
    services.restore(practice, by=town.focal)
    assert states(practice) == restored
    with pytest.raises(WrongState):
        services.restore(practice, by=town.focal)


def test_what_was_withdrawn_or_declined_before_it_was_public_is_deleted_and_restored_as_it_was(town):
    withdrawn, declined = town.submitted(), town.taken()
    services.withdraw(withdrawn, by=town.focal)
    services.decline(declined, by=town.coordinator, reason="x")
    for practice, was in ((withdrawn, ("withdrawn", "withdrawn")), (declined, ("new", "declined"))):
        services.restore(services.delete(practice, by=town.focal), by=town.focal)
        assert states(practice) == was


@pytest.mark.parametrize("made", ["submitted", "taken", "passed_on", "public"])
def test_what_is_reviewed_or_public_is_not_deleted(town, made):
    make_coordinator()
    with pytest.raises(WrongState):
        services.delete(getattr(town, made)(), by=town.focal)


def test_what_was_public_once_is_not_deleted_and_its_page_does_not_offer_it(client, town):
    practice = town.public()
    services.withdraw(practice, by=town.focal, reason="Engano.")
    services.start_version(practice, by=town.focal)
    with pytest.raises(WrongState):
        services.delete(practice, by=town.focal)
    client.force_login(town.focal)
    offer = f"/review/{practice.pk}/delete/"
    assert offer not in client.get(f"/en/practices/{practice.slug}/history/").content.decode()


def test_featuring_is_on_or_off(town):
    practice = town.public()
    first = services.feature(practice, by=town.coordinator).featured_at
    assert services.feature(practice, by=town.coordinator).featured_at == first
    services.unfeature(practice, by=town.coordinator)
    services.unfeature(practice, by=town.coordinator)
    assert (reread(practice).featured_at, kinds(practice)[-2:]) == (None, ["featured", "unfeatured"])
    assert queued() == []


@pytest.mark.parametrize("state", ["draft", "archived", "unpublished"])
def test_only_what_is_public_is_featured(town, state):
    practice = town.draft() if state == "draft" else town.public()
    if state == "archived":
        services.archive(practice, by=town.coordinator, reason="x")
    if state == "unpublished":
        services.unpublish(practice, by=town.coordinator, reason="x")
    with pytest.raises(WrongState):
        services.feature(practice, by=town.coordinator)


@pytest.mark.parametrize("deed", ["unpublish", "bring_back", "feature", "unfeature"])
def test_what_only_coordinators_do(town, deed):
    practice, more = town.public(), {"reason": "x"} if deed == "unpublish" else {}
    for person in (town.focal, make_staff(town.town), make_user(), make_user(is_administrator=True)):
        with pytest.raises(PermissionDenied):
            getattr(services, deed)(practice, by=person, **more)


@pytest.mark.parametrize("deed", ["withdraw", "archive", "delete", "restore"])
def test_what_only_focal_points_of_the_municipality_and_coordinators_do(town, deed):
    practice, more = town.draft(), {"reason": "x"} if deed in ("withdraw", "archive") else {}
    for person in (make_staff(town.town), make_focal_point(Town().town), make_user()):
        with pytest.raises(PermissionDenied):
            getattr(services, deed)(practice, by=person, **more)


@pytest.mark.parametrize(
    ("deed", "more"), [("archive", {"reason": "x"}), ("unpublish", {"reason": "x"}), ("bring_back", {}), ("restore", {})]
)
def test_a_draft_is_not_archived_taken_out_or_brought_back(town, deed, more):
    with pytest.raises(WrongState):
        getattr(services, deed)(town.draft(), by=town.coordinator, **more)


def test_a_review_that_was_withdrawn_leaves_no_open_review(town):
    practice = town.taken()
    version = practice.work_version
    services.withdraw(practice, by=town.focal)
    assert version.reviews.count() == 0
    with pytest.raises((WrongState, NotYours)):
        services.save_review(practice, by=town.coordinator, notes=NOTES)

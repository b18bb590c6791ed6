"""From the draft to every way out of the review: state, history and mails of each step, and what is refused."""

import pytest
from django.core.exceptions import PermissionDenied

from goodpractices import services
from goodpractices.errors import (
    CommentMissing,
    GridIncomplete,
    NoSecondReviewer,
    NotReady,
    NotYours,
    OwnMunicipality,
    ReasonMissing,
    SameReviewer,
    SecondLookNeeded,
    WrongState,
)
from goodpractices.grid import CODES
from goodpractices.models import Review
from tests.factories import make_coordinator, make_user
from tests.goodpractices.belonging import make_focal_point, make_staff
from tests.goodpractices.reviews import COMMENTS, GRID, NOTES, Town, kinds, queued, reread, states

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return Town()


def test_submitting_gives_it_to_the_reviewers_and_tells_both_sides(town):
    practice = town.submitted()
    version = reread(practice).work_version
    assert (version.state, version.submitted_by, version.waiting_since) == ("submitted", town.focal, version.submitted_at)
    assert kinds(practice) == ["created", "submitted"]
    assert queued() == [("event", town.focal.email), ("for_reviewers", town.coordinator.email)]


def test_nobody_writes_in_what_was_submitted(town):
    practice = town.submitted()
    with pytest.raises(WrongState):
        services.save_section(practice, "context", {"text": "Outro"}, by=town.focal, seen=1)


def test_what_is_missing_to_submit_is_said_by_section(town):
    practice = town.draft(
        context={"text": ""}, results={"indicators": [{"name": "x"}]}, transfer={"conditions": "", "can_drop": ""}
    )
    with pytest.raises(NotReady) as refused:
        services.submit(practice, by=town.focal)
    assert list(refused.value.problems) == ["context", "results", "transfer"]  # the last two were begun
    assert states(practice) == ("new", "draft")


def test_staff_write_and_focal_points_send(town):
    practice, staff = town.draft(), make_staff(town.town)
    services.save_section(practice, "context", {"text": "Escrito por quem trabalha lá."}, by=staff, seen=1)
    for person in (staff, make_user(), make_focal_point(Town().town)):
        with pytest.raises(PermissionDenied):
            services.submit(practice, by=person)
    assert services.submit(practice, by=town.focal).state == "submitted"


def test_a_coordinator_sends_for_a_municipality_without_a_focal_point(town):
    assert services.submit(town.draft(), by=make_coordinator()).state == "submitted"


@pytest.mark.parametrize("made", ["submitted", "taken", "passed_on"])
def test_what_is_under_review_is_not_submitted_again(town, made):
    make_coordinator()
    with pytest.raises(WrongState):
        services.submit(getattr(town, made)(), by=town.focal)


def test_taking_begins_the_review_and_tells_the_authors(town):
    practice = town.taken()
    version, review = reread(practice).work_version, Review.objects.get()
    assert (version.state, version.reviewer, review.reviewer, review.step) == ("in_review", town.coordinator, town.coordinator, 1)
    assert queued() == [("event", town.focal.email)]  # that it was received, and that it waits, hold no longer
    assert services.take(practice, by=town.coordinator) == review
    assert kinds(practice) == ["created", "submitted", "taken"]


def test_a_colleague_takes_over_with_a_reason_and_what_was_noted(town):
    practice, other = town.taken(), make_coordinator()
    services.save_review(practice, by=town.coordinator, notes=COMMENTS)
    with pytest.raises(ReasonMissing):
        services.take(practice, by=other, reason=" ")
    review = services.take(practice, by=other, reason="A Carla está de férias.")
    event = practice.events.order_by("-pk")[0]
    assert (review.reviewer, review.comments.get().code, event.text) == (other, "results", "A Carla está de férias.")
    assert queued() == [("event", town.focal.email)]  # of when it began: the authors do not hear who holds it
    with pytest.raises(NotYours):
        services.request_changes(practice, by=town.coordinator, notes=COMMENTS)


def test_who_belongs_to_the_municipality_never_reviews(town):
    own = make_staff(town.town, person=make_coordinator())
    practice = town.submitted()
    assert ("for_reviewers", own.email) not in queued()
    with pytest.raises(OwnMunicipality):
        services.take(practice, by=own)
    services.take(practice, by=town.coordinator)
    make_staff(town.town, person=town.coordinator)  # since
    for deed in (services.save_review, services.request_changes, services.pass_on, services.publish):
        with pytest.raises(OwnMunicipality):
            deed(practice, by=town.coordinator, notes=COMMENTS)


@pytest.mark.parametrize("deed", ["take", "save_review", "request_changes", "pass_on", "publish", "decline"])
def test_only_coordinators_review(town, deed):
    practice = town.taken()
    more = {"take": {}, "decline": {"reason": "x"}}.get(deed, {"notes": NOTES})
    for person in (town.focal, make_user(), make_user(is_administrator=True)):
        with pytest.raises(PermissionDenied):
            getattr(services, deed)(practice, by=person, **more)


def test_nothing_is_decided_before_it_is_taken(town):
    practice = town.submitted()
    for deed in (services.request_changes, services.pass_on, services.publish):
        with pytest.raises(WrongState):
            deed(practice, by=town.coordinator, notes=NOTES)


def test_notes_are_kept_until_the_decision(town):
    practice = town.taken()
    services.save_review(practice, by=town.coordinator, notes=COMMENTS)
    again = services.Notes(grid={"clarity": {"level": "partly", "comment": "Siglas."}}, comments={"title": "Mais curto."})
    services.save_review(practice, by=town.coordinator, notes=again)
    review = Review.objects.get()
    assert (review.decision, review.grid["clarity"]["level"]) == ("", "partly")
    assert list(review.comments.values_list("code", "text")) == [("title", "Mais curto.")]
    assert states(practice) == ("new", "in_review")


def test_changes_are_asked_for_by_section(town):
    practice = town.taken()
    with pytest.raises(CommentMissing):
        services.request_changes(practice, by=town.coordinator, notes=services.Notes(comments={"title": " "}, text="Mude."))
    services.request_changes(practice, by=town.coordinator, notes=COMMENTS)
    version = reread(practice).work_version
    assert (version.state, version.reviewer, Review.objects.get().decision) == ("changes_requested", None, "changes")
    assert queued() == [("event", town.focal.email)]
    services.save_section(practice, "results", {"not_measured": "Não medido, porque acabou agora."}, by=town.focal, seen=1)


def test_what_comes_back_goes_to_who_asked_for_the_changes(town):
    practice, other = town.asked(), make_coordinator()
    services.submit(practice, by=town.focal)
    assert queued("for") == [("for_reviewers", town.coordinator.email)]
    services.take(practice, by=other)  # and anybody takes it
    assert Review.objects.count() == 2


def test_the_only_reviewer_publishes(town):
    practice = services.publish(town.taken(), by=town.coordinator, notes=NOTES)
    review = Review.objects.get()
    assert (states(practice), review.decision, review.grid) == (("public", ""), "publish", GRID)
    assert kinds(practice)[-1] == "published"
    assert queued() == [("event", town.focal.email)]


def test_the_grid_is_answered_whole_before_it_is_passed_on_or_published(town):
    practice, half = town.taken(), services.Notes(grid={code: GRID[code] for code in CODES[:4]})
    with pytest.raises(GridIncomplete) as refused:
        services.publish(practice, by=town.coordinator, notes=half)
    assert refused.value.criteria == ["transferability", "gender"]
    make_coordinator()
    with pytest.raises(GridIncomplete):
        services.pass_on(practice, by=town.coordinator, notes=half)
    assert states(practice) == ("new", "in_review")


def test_what_is_incomplete_is_not_published_and_the_review_stays_open(town):
    practice = town.taken(results={"indicators": []}, difficulties={"difficulties": []}, blocks={"blocks": []})
    with pytest.raises(NotReady) as refused:
        services.publish(practice, by=town.coordinator, notes=NOTES)
    assert list(refused.value.problems) == ["blocks", "results", "difficulties"]
    assert (states(practice), Review.objects.get().decision) == (("new", "in_review"), "")


def test_with_a_second_reviewer_the_first_passes_on_and_the_second_publishes(town):
    second = make_coordinator()
    practice = town.taken()
    with pytest.raises(SecondLookNeeded):
        services.publish(practice, by=town.coordinator, notes=NOTES)
    services.pass_on(practice, by=town.coordinator, notes=NOTES)
    assert states(practice) == ("new", "second_review")
    assert queued() == [("event", town.focal.email), ("for_reviewers", second.email)]
    with pytest.raises(SameReviewer):
        services.take(practice, by=town.coordinator)
    assert services.take(practice, by=second).step == 2
    services.publish(practice, by=second, notes=NOTES)
    assert states(practice) == ("public", "")
    assert list(Review.objects.order_by("pk").values_list("step", "decision")) == [(1, "pass_on"), (2, "publish")]


def test_nobody_to_pass_it_on_to(town):
    make_staff(town.town, person=make_coordinator())  # belongs to the municipality
    make_coordinator(is_active=False)
    practice = town.taken()
    with pytest.raises(NoSecondReviewer):
        services.pass_on(practice, by=town.coordinator, notes=NOTES)
    assert services.publish(practice, by=town.coordinator, notes=NOTES).state == "public"


def test_without_the_second_look_only_with_a_reason_that_stays(town):
    make_coordinator()
    practice = services.publish(town.taken(), by=town.coordinator, notes=NOTES, without_second="O webinar é amanhã.")
    event = practice.events.get(kind="published")
    assert (practice.state, event.text, event.detail["step"]) == ("public", "O webinar é amanhã.", 1)


def test_what_waits_for_a_second_look_that_nobody_takes_has_a_way_out(town):
    second = make_coordinator()
    practice = town.passed_on()
    with pytest.raises(NotYours):
        services.publish(practice, by=town.coordinator, notes=NOTES)
    with pytest.raises(NotYours):
        services.publish(practice, by=second, notes=NOTES, without_second="Quero eu.")
    practice = services.publish(practice, by=town.coordinator, notes=NOTES, without_second="Ninguém pegou em 20 dias.")
    assert (practice.state, practice.events.get(kind="published").text) == ("public", "Ninguém pegou em 20 dias.")


def test_the_first_does_not_publish_what_the_second_is_reading(town):
    second = make_coordinator()
    practice = town.passed_on()
    services.take(practice, by=second)
    with pytest.raises(NotYours):
        services.publish(practice, by=town.coordinator, notes=NOTES, without_second="Depressa.")


def test_the_second_may_ask_for_changes_and_it_begins_with_a_first_look_again(town):
    second = make_coordinator()
    practice = town.passed_on()
    services.take(practice, by=second)
    services.request_changes(practice, by=second, notes=COMMENTS)
    services.submit(practice, by=town.focal)
    assert services.take(practice, by=second).step == 1
    services.pass_on(practice, by=second, notes=NOTES)
    with pytest.raises(SameReviewer):
        services.take(practice, by=second)
    assert services.take(practice, by=town.coordinator).step == 2


def test_declining_needs_reasons_and_a_new_version_can_begin(town):
    practice = town.taken()
    with pytest.raises(ReasonMissing):
        services.decline(practice, by=town.coordinator, reason=" ")
    services.decline(practice, by=town.coordinator, reason="É a descrição de um evento.", notes=COMMENTS)
    assert states(practice) == ("new", "declined")
    assert practice.events.order_by("-pk")[0].text == Review.objects.get().text == "É a descrição de um evento."
    assert queued() == [("event", town.focal.email)]
    version = services.start_version(practice, by=town.focal)
    assert (version.number, version.sections.count(), states(practice)) == (2, 15, ("new", "draft"))


def test_a_declined_version_of_a_public_practice_leaves_it_public(town):
    practice = town.public()
    services.start_version(practice, by=town.focal)
    services.submit(practice, by=town.focal)
    services.take(practice, by=town.coordinator)
    services.decline(practice, by=town.coordinator, reason="Nada mudou.")
    assert states(practice) == ("public", "")
    assert list(practice.versions.order_by("number").values_list("state", flat=True)) == ["published", "declined"]
    assert services.start_version(practice, by=town.focal).number == 3


def test_the_old_version_stays_public_while_the_new_one_is_reviewed(town):
    practice = town.public()
    services.start_version(practice, by=town.focal)
    services.save_section(practice, "title", {"title": "Outro título", "language": "pt"}, by=town.focal, seen=1)
    services.submit(practice, by=town.focal)
    services.take(practice, by=town.coordinator)
    assert (reread(practice).title, states(practice)) == ("Banco de horas para cuidar", ("public", "in_review"))
    services.publish(practice, by=town.coordinator, notes=NOTES)
    assert (reread(practice).title, states(practice)) == ("Outro título", ("public", ""))
    assert list(practice.versions.order_by("number").values_list("state", flat=True)) == ["replaced", "published"]


def test_a_review_whose_reviewer_is_gone_is_taken_without_a_reason(town):
    practice, other = town.taken(), make_coordinator()
    practice.work_version.reviewer = None
    practice.work_version.save(update_fields=["reviewer"])
    assert services.take(practice, by=other).reviewer == other

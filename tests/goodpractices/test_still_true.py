"""The yearly question: when it is due to the day, who is asked, what answers it, and what stands on the page without one."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from goodpractices import emails, links, services
from goodpractices.errors import WrongState
from goodpractices.models import Practice
from tests.factories import make_user
from tests.goodpractices.belonging import make_focal_point, make_staff
from tests.goodpractices.reviews import Town, kinds, queued, reread

pytestmark = pytest.mark.django_db
DAY, YEAR = timedelta(days=1), timedelta(days=365)
CONFIRMED = date(2027, 3, 1)
ROLE = "igualdade@cm-x.example"


@pytest.fixture
def town():
    return Town()


def public(town, **fields) -> Practice:
    practice = town.public()
    Practice.objects.filter(pk=practice.pk).update(**{"confirmed_on": CONFIRMED} | fields)
    return reread(practice)


def asked(day: date) -> int:
    return services.queue_due_questions(today=day)


def test_the_first_question_comes_after_a_year_the_second_after_a_month_and_then_every_year(town):
    practice = public(town)
    days = [CONFIRMED + n * DAY for n in range(365 * 4)]
    found = [day for day in days if asked(day)]
    first = CONFIRMED + YEAR
    assert found == [first, first + 30 * DAY, first + 30 * DAY + YEAR, first + 30 * DAY + 2 * YEAR]
    assert reread(practice).unanswered == 4


def test_days_off_repair_themselves(town):
    public(town)
    assert (asked(CONFIRMED + 2 * YEAR), asked(CONFIRMED + 2 * YEAR), asked(CONFIRMED + 2 * YEAR + 29 * DAY)) == (1, 0, 0)


def test_what_goes_wrong_with_one_keeps_no_other_back(town, monkeypatch, caplog):
    broken, other = public(town), public(town)
    queue = emails.queue_still_true

    def fail_with_one(practice, event):
        if practice.pk == broken.pk:
            raise RuntimeError
        queue(practice, event)

    monkeypatch.setattr(emails, "queue_still_true", fail_with_one)
    assert asked(CONFIRMED + YEAR) == 1
    assert (reread(broken).unanswered, reread(other).unanswered) == (0, 1)
    assert f"practice {broken.pk} was not asked" in caplog.text
    monkeypatch.undo()
    assert asked(CONFIRMED + YEAR + DAY) == 1


def test_focal_points_and_the_contact_of_the_practice_are_asked_each_once(town):
    make_staff(town.town)
    other = make_focal_point(town.town, email=ROLE)  # the address of the contact, too
    practice = public(town)
    asked(CONFIRMED + YEAR)
    assert queued() == [("still_true", town.focal.email), ("still_true", other.email)]
    assert kinds(practice)[-1] == "asked"


def test_the_contact_is_asked_where_there_is_no_focal_point(town):
    public(town)
    asked(CONFIRMED + YEAR)
    assert queued() == [("still_true", town.focal.email), ("still_true", ROLE)]


@pytest.mark.parametrize("state", ["draft", "archived", "unpublished", "withdrawn", "submitted"])
def test_only_what_is_public_is_asked_about(town, state):
    practice = town.draft() if state == "draft" else public(town)
    if state == "archived":
        services.archive(practice, by=town.focal, reason="x")
    elif state == "unpublished":
        services.unpublish(practice, by=town.coordinator, reason="x")
    elif state == "withdrawn":
        services.withdraw(practice, by=town.focal, reason="x")
    elif state == "submitted":  # its new version is being reviewed
        services.start_version(practice, by=town.focal)
        services.submit(practice, by=town.focal)
    assert asked(CONFIRMED + 3 * YEAR) == 0


def test_confirming_answers_and_takes_the_mails_back(town):
    practice = public(town)
    asked(CONFIRMED + YEAR)
    services.confirm_still_true(practice, by=town.focal)
    practice = reread(practice)
    assert (practice.confirmed_on, practice.asked_on, practice.unanswered) == (timezone.localdate(), None, 0)
    assert queued() == []
    assert kinds(practice)[-2:] == ["asked", "confirmed"]
    services.confirm_still_true(practice, by=None)
    assert kinds(practice).count("confirmed") == 1
    assert asked(timezone.localdate() + YEAR - DAY) == 0
    assert asked(timezone.localdate() + YEAR) == 1


def test_staff_confirm_and_strangers_do_not(town):
    practice = public(town)
    with pytest.raises(PermissionDenied):
        services.confirm_still_true(practice, by=make_user())
    services.confirm_still_true(practice, by=make_staff(town.town))
    assert reread(practice).confirmed_on == timezone.localdate()


def test_what_is_not_public_is_not_confirmed(town):
    practice = public(town)
    services.archive(practice, by=town.focal, reason="x")
    with pytest.raises(WrongState):
        services.confirm_still_true(practice, by=None)


def test_beginning_an_update_answers_and_the_question_comes_again_in_a_year(town):
    practice = public(town)
    first = CONFIRMED + YEAR
    asked(first)
    services.start_version(practice, by=town.focal)
    services.answer_with_update(practice, by=town.focal)
    assert (reread(practice).unanswered, queued()) == (0, [])
    assert asked(first + YEAR - DAY) == 0
    assert asked(first + YEAR) == 1


def test_publishing_a_new_version_answers(town):
    practice = public(town)
    asked(CONFIRMED + YEAR)
    services.start_version(practice, by=town.focal)
    services.make_public(practice, by=town.coordinator)
    assert (reread(practice).unanswered, reread(practice).asked_on) == (0, None)


@pytest.mark.parametrize(
    ("unanswered", "days_ago", "said"),
    [(0, 400, False), (1, 400, False), (2, 29, False), (2, 30, True), (3, 0, True), (3, 31, True)],
)
def test_the_page_says_that_nobody_answers_when_the_second_month_is_over(town, unanswered, days_ago, said):
    practice = public(town, unanswered=unanswered, asked_on=timezone.localdate() - days_ago * DAY)
    assert (practice.is_unanswered, Practice.objects.unanswered().exists()) == (said, said)


def test_a_link_names_the_practice_and_its_question(town):
    practice = public(town, asked_on=CONFIRMED + YEAR)
    token = links.token_for(practice)
    assert links.question_of(token) == (practice, CONFIRMED + YEAR)
    for wrong in (token[:-1], token.replace(str(practice.pk), str(practice.pk + 1), 1), "x", f"{practice.pk}-20280229"):
        assert links.question_of(wrong) is None
    services.unpublish(practice, by=town.coordinator, reason="x")
    assert links.question_of(token) is None

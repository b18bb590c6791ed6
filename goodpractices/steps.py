"""Where a practice stands and what comes next, in words: for its authors, and for who coordinates."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from goodpractices.models import Practice, Version
from goodpractices.models.versions import WORKING
from goodpractices.templatetags.practices import month_of
from network_portal.common.templatetags.portal import day_and_month
from network_portal.users.permissions import is_coordinator

State = Version.State
SIGNS = {  # the sign before the word of the state
    State.DRAFT: "draft", State.SUBMITTED: "waiting", State.IN_REVIEW: "waiting", State.SECOND_REVIEW: "waiting",
    State.CHANGES_REQUESTED: "next", State.DECLINED: "off", State.WITHDRAWN: "off",
    Practice.State.PUBLIC: "ok", Practice.State.UNPUBLISHED: "bad", Practice.State.ARCHIVED: "off", Practice.State.DELETED: "off",
}  # fmt: skip
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class NextStep:
    """``sign`` and ``state`` of what is under way, else of the practice; ``text`` says what comes next, ``act`` leads there."""

    sign: str
    state: str
    text: str
    url: str = ""
    act: str = ""

    def __str__(self):
        return self.text


def next_step(practice: Practice, user) -> NextStep:
    """For lists and pages; no query when ``work_version`` is selected."""
    version = practice.work_version
    is_under_way = version is not None and version.state in WORKING
    has_none = practice.state == Practice.State.NEW and not is_under_way  # declined before it was ever public
    shown = version if version and (is_under_way or has_none) and practice.state != Practice.State.DELETED else practice
    words = AS_COORDINATOR if is_coordinator(user) else AS_AUTHOR
    text, url, act = words.get(shown.state, AS_AUTHOR[shown.state])(practice, user)
    return NextStep(SIGNS[shown.state], capfirst(shown.get_state_display()), text, url, act)


def _draft(practice, user):
    text = _("Write what is missing. Then a focal point of the municipality sends it for review.")
    return text, write_address(practice), _("Go on writing")


def _since(practice: Practice) -> dict:
    return {"day": day_and_month(practice.work_version.waiting_since)}


def _submitted(practice, user):
    return (
        _("Somebody of the coordination takes it. It waits since %(day)s.") % _since(practice),
        _history(practice),
        _("History"),
    )


def _in_review(practice, user):
    text = _("Somebody of the coordination is reading it. It waits since %(day)s.") % _since(practice)
    return text, _history(practice), _("History")


def _second_review(practice, user):
    text = _("The first reviewer agrees. Somebody else takes a second look. It waits since %(day)s.") % _since(practice)
    return text, _history(practice), _("History")


def _changes_requested(practice, user):
    text = _("Change the sections that the reviewer names, then send it again. Asked on %(day)s.") % _since(practice)
    return text, write_address(practice), _("Change the sections")


def _public(practice, user):
    if practice.asked_on:
        text = _("Say whether it is still true: asked on %(day)s.") % {"day": day_and_month(practice.asked_on)}
        return text, reverse("goodpractices:still_true", args=[practice.pk]), _("Answer")
    asked_on = (practice.confirmed_on or timezone.localdate(practice.published_at)) + YEAR
    text = _("Everybody can read it. In %(month)s you are asked whether it is still true.")
    return text % {"month": month_of(asked_on)}, practice.get_absolute_url(), _("See the practice")


def _archived(practice, user):
    return _("It is over: read at its address, no longer listed."), practice.get_absolute_url(), _("See the practice")


def _unpublished(practice, user):
    return (
        _("The coordination took it out of the catalogue: read why, and begin a new version."),
        _history(practice),
        _("History"),
    )


def _declined(practice, user):
    return _("Read the reasons. A new version can be begun with the same text."), _history(practice), _("Read the reasons")


def _withdrawn(practice, user):
    return _("Its authors withdrew it. A new version can be begun."), _history(practice), _("History")


def _deleted(practice, user):
    return _("It can be restored."), reverse("goodpractices:restore", args=[practice.pk]), _("Restore")


def _to_take(practice, user):
    text = _("Take it for review. It waits since %(day)s.") % _since(practice)
    return text, _review(practice), _("Review")


def _to_decide(practice, user):
    if practice.work_version.reviewer_id == user.pk:
        return _("Decide: you are reading it. It waits since %(day)s.") % _since(practice), _review(practice), _("Review")
    return _("A colleague is reading it. It waits since %(day)s.") % _since(practice), _review(practice), _("Review")


def _to_look_again(practice, user):
    version = practice.work_version
    if version.reviewer_id:
        return _to_decide(practice, user)
    text = _("Somebody else than the first reviewer takes a second look. It waits since %(day)s.") % _since(practice)
    return text, _review(practice), _("Review")


def _with_authors(practice, user):
    return _("Its authors make the changes. Asked on %(day)s.") % _since(practice), _history(practice), _("History")


def _to_bring_back(practice, user):
    return _("It can be brought back into the catalogue."), _history(practice), _("History")


def write_address(practice: Practice) -> str:
    """Where its authors go on."""
    return reverse("goodpractices:write", args=[practice.pk])


def _history(practice: Practice) -> str:
    return reverse("goodpractices:history", args=[practice.slug])


def _review(practice: Practice) -> str:
    return reverse("goodpractices:review", args=[practice.pk])


Words = Callable[[Practice, object], tuple[str, str, str]]  # what comes next, where, and the words of the link
AS_AUTHOR: dict[str, Words] = {
    State.DRAFT: _draft,
    State.SUBMITTED: _submitted,
    State.IN_REVIEW: _in_review,
    State.SECOND_REVIEW: _second_review,
    State.CHANGES_REQUESTED: _changes_requested,
    State.DECLINED: _declined,
    State.WITHDRAWN: _withdrawn,
    Practice.State.PUBLIC: _public,
    Practice.State.ARCHIVED: _archived,
    Practice.State.UNPUBLISHED: _unpublished,
    Practice.State.DELETED: _deleted,
}
AS_COORDINATOR: dict[str, Words] = {
    State.SUBMITTED: _to_take,
    State.IN_REVIEW: _to_decide,
    State.SECOND_REVIEW: _to_look_again,
    State.CHANGES_REQUESTED: _with_authors,
    Practice.State.UNPUBLISHED: _to_bring_back,
    Practice.State.ARCHIVED: _to_bring_back,
}

"""What somebody thought of a webinar, and apart from it the question of gender: counted once each, without the person."""

from collections import Counter
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from webinars.errors import AlreadyAnswered, SurveyClosed
from webinars.models import GenderFact, Registration, SurveyAnswer, Webinar

SHOWN_FROM = 5  # answers: with fewer, somebody could be recognised


@dataclass(frozen=True)
class Answers:
    """The answers of a webinar: how many, mean usefulness (1 to 5), ``{usefulness: how many}``, comments in no order of time."""

    count: int
    mean: float
    by_usefulness: dict[int, int]
    comments: list[str]


def check_open(registration: Registration) -> None:
    """Raises SurveyClosed, saying why, unless this person may answer now; needs the webinar and ``with_attended``."""
    webinar, now = registration.webinar, timezone.now()
    if webinar.state != Webinar.State.PUBLISHED or registration.status != Registration.Status.CONFIRMED:
        raise SurveyClosed(_("Only people who took part are asked."))
    if now < webinar.ends_at:
        raise SurveyClosed(_("The webinar is not over yet. Come back after it."))
    if now >= webinar.survey_closes_at:
        raise SurveyClosed(_("The survey closed 30 days after the webinar."))
    if webinar.attendance_closed_at and not registration.has_attended:
        raise SurveyClosed(_("Only people who took part are asked."))


def is_owed(registration: Registration) -> bool:
    """Whether to ask this person, who may answer and has not; needs the webinar and ``with_attended``."""
    try:
        check_open(registration)
    except SurveyClosed:
        return False
    return not registration.answered_survey


@transaction.atomic
def answer(registration: Registration, *, usefulness: int, comment: str = "") -> None:
    """Keep the answer without the person, and that the person answered. Raises SurveyClosed, AlreadyAnswered."""
    registration = _lock(registration)
    if registration.answered_survey:
        raise AlreadyAnswered(_("You have already answered. Thank you."))
    SurveyAnswer.objects.create(webinar=registration.webinar, usefulness=usefulness, comment=comment)
    Registration.objects.filter(pk=registration.pk).update(answered_survey=True)


@transaction.atomic
def count_gender(registration: Registration, *, gender: str) -> None:
    """Add one to the answers of the webinar, and keep that the person answered. Raises SurveyClosed, AlreadyAnswered."""
    registration = _lock(registration)
    if registration.answered_gender:
        raise AlreadyAnswered(_("You have already answered. Thank you."))
    fact, _made = GenderFact.objects.get_or_create(webinar=registration.webinar, gender=gender)
    GenderFact.objects.filter(pk=fact.pk).update(count=F("count") + 1)
    Registration.objects.filter(pk=registration.pk).update(answered_gender=True)


def _lock(registration: Registration) -> Registration:
    """The registration as it is now, its row locked: two answers at once are one after the other."""
    rows = Registration.objects.select_related("webinar").with_attended().select_for_update(of=("self",))
    registration = rows.get(pk=registration.pk)
    check_open(registration)
    return registration


def answers_of(webinar: Webinar) -> Answers | None:
    """What people thought, once enough answered that nobody can be recognised; none before."""
    rows = list(webinar.survey_answers.values_list("usefulness", "comment"))
    if len(rows) < SHOWN_FROM:
        return None
    counts = Counter(usefulness for usefulness, _comment in rows)
    return Answers(
        count=len(rows),
        mean=sum(usefulness for usefulness, _comment in rows) / len(rows),
        by_usefulness={n: counts[n] for n in range(5, 0, -1)},
        comments=sorted(comment for _usefulness, comment in rows if comment),
    )

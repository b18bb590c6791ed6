"""What the page of a webinar says once it is over: the recording as a reader may see it, and four figures."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Avg, Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from webinars.models import AttendanceFact, Chapter, Recording, Registration, SurveyAnswer, Webinar
from webinars.stats import public_attendance
from webinars.stats.figures import held_webinars
from webinars.stats.small_numbers import is_small

FEWEST_ANSWERS = 5  # fewer say too much about each
HIDDEN_BY_YOUTUBE = {Recording.Privacy.PRIVATE, Recording.Privacy.ABSENT}


@dataclass(frozen=True)
class Shown:
    """A recording with its chapters in order."""

    recording: Recording
    chapters: list[Chapter]
    has_transcript: bool

    @property
    def is_watchable(self) -> bool:
        """Whether, as far as is known, YouTube shows it."""
        return self.recording.privacy not in HIDDEN_BY_YOUTUBE

    @property
    def views_on(self) -> date:
        """The day of which the number of views is."""
        return timezone.localdate(self.recording.read_at or self.recording.changed_at)

    @property
    def seconds_by_item(self) -> dict[int, int]:
        """Where in the recording each item of the agenda begins."""
        return {chapter.agenda_item_id: chapter.second for chapter in self.chapters if chapter.agenda_item_id}


def shown_recording(webinar: Webinar, user) -> Shown | None:
    """The recording of ``webinar`` if ``user`` may see it; two queries."""
    rows = Recording.objects.visible_to(user).filter(webinar=webinar).defer("transcript")
    recording = rows.annotate(has_transcript=Q(transcript__gt="")).first()
    if recording is None:
        return None
    recording.webinar = webinar
    return Shown(recording, list(recording.chapters.order_by("second")), recording.has_transcript)


@dataclass(frozen=True)
class AfterFigures:
    """What came of one webinar; None where nothing is known or it may not be said."""

    participations: int | None
    confirmed: int | None
    municipalities: int | None
    new_municipalities: int  # that had been at no earlier webinar
    satisfaction: float | None  # mean of answers from 1 to 5
    answers: int


def figures_after(webinar: Webinar) -> AfterFigures:
    """What everybody may know, counted in two queries from the rows that outlive the people; of few answers no mean."""
    towns, answers = _of(AttendanceFact).filter(municipality__isnull=False), _of(SurveyAnswer)
    places = _of(Registration).filter(status=Registration.Status.CONFIRMED)
    counts = Webinar.objects.filter(pk=webinar.pk).annotate(
        new_towns=_number(_new(towns, webinar).annotate(n=Count("municipality", distinct=True))),
        confirmed=Coalesce("fact__confirmed", _number(places.annotate(n=Count("pk"))), 0),
        answers=Coalesce(_number(answers.annotate(n=Count("pk"))), 0),
        mean=Subquery(answers.annotate(n=Avg("usefulness")).values("n")),
    )
    row = counts.values("new_towns", "confirmed", "answers", "mean").get()
    shown = _shown_in_cycle(webinar)
    people, reached = shown.get(webinar.pk, (None, None))
    is_whole = all(None not in numbers for numbers in shown.values())
    return AfterFigures(
        participations=people,
        confirmed=None if people is None or is_small(row["confirmed"] - people) else row["confirmed"],
        municipalities=reached,
        new_municipalities=(row["new_towns"] or 0) if is_whole else 0,
        satisfaction=row["mean"] if row["answers"] >= FEWEST_ANSWERS else None,
        answers=row["answers"],
    )


def _shown_in_cycle(webinar: Webinar) -> dict[int, tuple[int | None, int | None]]:
    """Participations and municipalities of the webinars that anybody came to, as the figures of the cycle show them."""
    facts = AttendanceFact.objects.filter(webinar__in=held_webinars(webinar.cycle)).order_by().values("webinar")
    counted = facts.annotate(people=Sum("count"), towns=Count("municipality", distinct=True))
    return public_attendance({pk: (people, towns) for pk, people, towns in counted.values_list("webinar", "people", "towns")})


def _of(model) -> QuerySet:
    """Rows of the webinar of the outer query, grouped by it."""
    return model.objects.filter(webinar=OuterRef("pk")).order_by().values("webinar")


def _new(towns: QuerySet, webinar: Webinar) -> QuerySet:
    """Those of ``towns`` from which nobody was at an earlier webinar."""
    earlier = AttendanceFact.objects.filter(webinar__starts_at__lt=webinar.starts_at, municipality__isnull=False)
    return towns.exclude(municipality__in=earlier.order_by().values("municipality"))


def _number(grouped: QuerySet) -> Subquery:
    return Subquery(grouped.values("n"), output_field=IntegerField())

"""Letting a practice that was just made have been made long ago."""

from datetime import datetime

from django.utils import timezone

from goodpractices.models import Practice, PracticeEvent, Review, Section, Version

Kind = PracticeEvent.Kind
DECISIONS = {
    Kind.CHANGES_REQUESTED: Review.Decision.CHANGES,
    Kind.PASSED_ON: Review.Decision.PASS_ON,
    Kind.DECLINED: Review.Decision.DECLINE,
}


def put_back(practice: Practice, at: datetime) -> None:
    """Let the last thing that happened to ``practice`` have happened at ``at``; it is the latest of its history."""
    event = practice.events.order_by("-pk")[0]
    PracticeEvent.objects.filter(pk=event.pk).update(at=at)
    Practice.objects.filter(pk=practice.pk).update(changed_at=at)
    _put_back(event, at)


def _put_back(event: PracticeEvent, at: datetime) -> None:
    """What is dated by the event besides the event itself."""
    practices, versions = Practice.objects.filter(pk=event.practice_id), Version.objects.filter(pk=event.version_id)
    reviews, day = Review.objects.filter(version=event.version_id), timezone.localtime(at).date()
    if event.kind in (Kind.CREATED, Kind.VERSION):
        versions.update(created_at=at)
        Section.objects.filter(version=event.version_id).update(saved_at=at)
        practices.filter(work_version__number=1).update(created_at=at)
    elif event.kind == Kind.SUBMITTED:
        versions.update(submitted_at=at)
        versions.exclude(waiting_since=None).update(waiting_since=at)
    elif event.kind == Kind.TAKEN:
        reviews.filter(step=event.detail["step"]).update(began_at=at)
    elif event.kind in DECISIONS:
        reviews.filter(decision=DECISIONS[event.kind]).update(decided_at=at)
        versions.exclude(waiting_since=None).update(waiting_since=at)
    elif event.kind == Kind.PUBLISHED:
        versions.update(published_at=at)
        practices.update(published_at=at, confirmed_on=day)
        if event.version.number == 1:
            practices.update(first_published_at=at)
    elif event.kind == Kind.CONFIRMED:
        practices.update(confirmed_on=day)
    elif event.kind == Kind.ASKED:
        practices.update(asked_on=day)
    elif event.kind == Kind.FEATURED:
        practices.update(featured_at=at)

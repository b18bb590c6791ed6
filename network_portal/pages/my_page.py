"""What a signed-in person has in the portal."""

from datetime import timedelta

from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from goodpractices.models import Practice
from goodpractices.steps import next_step
from grants.models import Call, Question
from municipalities import links as invitations
from municipalities.models import Affiliation, Municipality
from webinars import links
from webinars.models import Cycle, Registration, Webinar
from webinars.offers import offers_of
from webinars.services import survey

PRACTICES_SHOWN = 5
ENDED_SHOWN = 20  # past ones, and as many cancelled ones
REFUSALS_SHOWN = timedelta(days=30)


@method_decorator(never_cache, name="dispatch")
class MyPageView(TemplateView):
    """The next webinar, and all registrations (to come, past, cancelled), in one query; the certificates in another,
    and so the calls that the person follows and what they asked about calls."""

    template_name = "pages/my_page.html"

    def get_context_data(self, **kwargs):
        rows = self.request.user.registrations.select_related("webinar__cycle").with_queue_position().with_attended()
        rows = list(rows.order_by("webinar__starts_at", "pk"))
        live = [row for row in rows if not _is_off(row)]
        coming = [row for row in live if not row.webinar.is_past]
        past = [row for row in reversed(live) if row.webinar.is_past][:ENDED_SHOWN]
        for row in past:
            row.survey_token = links.token_for(row) if survey.is_owed(row) else ""
        now = timezone.now()
        following = next((row for row in coming if row.status == Registration.Status.CONFIRMED), None)
        return super().get_context_data(
            now=now,
            following=following,
            token=following and links.token_for(following),
            room_is_open=following and now >= following.webinar.room_opens_at,
            coming=coming,
            past=past,
            cancelled=_once_each(rows, live)[:ENDED_SHOWN],
            certificates=offers_of(self.request.user),
            **_towns_of(self.request.user),
            **_practices_of(self.request.user),
            calls=list(Call.objects.followed_by(self.request.user, now=now).without_texts().open_first(now=now)[:ENDED_SHOWN]),
            questions=list(_questions_of(self.request.user)[:ENDED_SHOWN]),
            **kwargs,
        )


def _towns_of(person) -> dict:
    """The last word on each municipality that the person belongs to or asked, and for focal points the cycle whose people
    they see; one query, or two."""
    latest = {}
    for row in person.affiliations.select_related("municipality").order_by("-asked_at", "-pk"):
        latest.setdefault(row.municipality_id, row)
    rows = [row for row in latest.values() if _is_shown(row)]
    for row in rows:
        row.token = invitations.token_for(row) if row.state == Affiliation.State.INVITED else ""
    rows.sort(key=lambda row: (not row.is_confirmed, row.municipality.name_folded, row.pk))
    is_focal_point = any(row.is_focal_point for row in rows)
    return {"affiliations": rows, "cycle": Cycle.objects.visible_to(person).current_first().first() if is_focal_point else None}


def _is_shown(row: Affiliation) -> bool:
    """What holds or waits, and a refusal while it is news."""
    if row.state == Affiliation.State.REFUSED:
        return bool(row.reason) and row.decided_at > timezone.now() - REFUSALS_SHOWN
    return row.state != Affiliation.State.ENDED


def _practices_of(person) -> dict:
    """The practices that the person writes, each with its next step; whether to offer to write one; two queries."""
    rows = Practice.objects.of_person(person).select_related("municipality", "work_version", "public_version")
    practices = [(row, next_step(row, person)) for row in rows[: PRACTICES_SHOWN + 1]]
    return {
        "practices": practices[:PRACTICES_SHOWN],
        "has_more_practices": len(practices) > PRACTICES_SHOWN,
        "can_write": bool(practices) or Municipality.objects.with_staff(person).exists(),
    }


def _questions_of(person):
    """The latest first, each with its call."""
    return Question.objects.filter(asked_by=person).select_related("call").order_by("-asked_at", "-pk")


def _is_off(row: Registration) -> bool:
    return row.status == Registration.Status.CANCELLED or row.webinar.state == Webinar.State.CANCELLED


def _once_each(rows: list[Registration], live: list[Registration]) -> list[Registration]:
    """The last cancelled row of each webinar, the latest webinar first; none of a webinar that the person came back to."""
    back = {row.webinar_id for row in live}
    last = {row.webinar_id: row for row in rows if row.webinar_id not in back}
    return list(reversed(last.values()))

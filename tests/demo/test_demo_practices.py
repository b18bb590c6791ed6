"""The demonstration's practices are there, in the past, and owe nobody a mail."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from goodpractices.models import Practice, PracticeEvent, Review, Version
from goodpractices.services import queue_due_questions
from municipalities.permissions import can_write_for
from network_portal.demo.data.sign_ins import COORDINATOR, REVIEWER, STAFF
from network_portal.mail.models import OutboxMail
from network_portal.users.models import User
from webinars.models import Webinar

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(db):
    call_command("demo", verbosity=0)


def test_practices_lie_in_the_past_in_the_order_in_which_things_happened(demo):
    now = timezone.now()
    public = Practice.objects.listed().select_related("public_version")
    assert (len(public), public.exclude(featured_at=None).count(), public.filter(unanswered=2).count()) == (30, 2, 2)
    for practice in public:
        assert practice.created_at < practice.first_published_at <= practice.published_at < now
        assert practice.public_version.published_at == practice.published_at
        assert practice.confirmed_on >= practice.published_at.date()
        numbers = list(practice.versions.order_by("published_at").values_list("number", flat=True))
        assert numbers == sorted(numbers)
    assert public.filter(versions__number=2).count() == 4
    at = [(event.practice_id, event.at) for event in PracticeEvent.objects.order_by("practice", "pk")]
    assert at == sorted(at)
    assert max(moment for _practice, moment in at) <= now
    assert queue_due_questions(today=timezone.localdate()) == 0
    assert not OutboxMail.objects.exists()


def test_sign_ins_see_practices_in_every_state(demo):
    staff = User.objects.get(email=STAFF)
    mine = Practice.objects.filter(municipality__slug="odemira")
    assert can_write_for(staff, mine[0].municipality)
    states = [
        (practice.state, practice.work_version and practice.work_version.state) for practice in mine.order_by("state", "pk")
    ]
    assert sorted(states, key=str) == [
        ("deleted", "draft"), ("new", "changes_requested"), ("new", "declined"), ("new", "draft"), ("new", "draft"),
        ("new", "submitted"), ("public", None),
    ]  # fmt: skip
    queue = Version.objects.in_queue().values_list("state", "reviewer__email")
    assert sorted(queue, key=str) == [("in_review", COORDINATOR), ("second_review", None), ("submitted", None)]
    assert sorted(Practice.objects.exclude(state__in=["public", "new"]).values_list("state", flat=True)) == [
        "archived", "deleted", "withdrawn",
    ]  # fmt: skip


def test_what_reviewers_wrote_is_there(demo):
    changes, declined, passed = (Review.objects.get(decision=decision) for decision in ("changes", "decline", "pass_on"))
    assert set(changes.comments.values_list("code", flat=True)) == {"context", "results", "groups"}
    assert declined.text
    assert passed.reviewer.email == REVIEWER
    for review in (changes, declined, passed):
        assert review.began_at < review.decided_at < timezone.now()
        assert review.version.submitted_at < review.began_at


def test_webinars_name_the_practices_that_were_presented(demo):
    found = {webinar.slug: sum(bool(item.practice_id) for item in webinar.agenda.all()) for webinar in Webinar.objects.all()}
    assert found == {
        "brincar-aprender-escolher": 2, "saude-perto-de-quem-precisa": 2, "trabalho-com-igualdade": 1, "partilhar-o-cuidado": 2,
        "ter-voz-e-ter-lugar": 1, "educacao-2024": 2, "saude-2024": 2, "mercado-de-trabalho-2024": 2,
        "partilha-de-responsabilidades-2024": 2, "participacao-2024": 1,
    }  # fmt: skip

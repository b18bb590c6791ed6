"""The demonstration's practices are there, in the past, and owe nobody a mail."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from goodpractices.models import Practice, PracticeEvent
from network_portal.mail.models import OutboxMail
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
    assert not OutboxMail.objects.exists()


def test_webinars_name_the_practices_that_were_presented(demo):
    found = {webinar.slug: sum(bool(item.practice_id) for item in webinar.agenda.all()) for webinar in Webinar.objects.all()}
    assert found == {
        "brincar-aprender-escolher": 1, "saude-perto-de-quem-precisa": 2, "trabalho-com-igualdade": 1, "partilhar-o-cuidado": 2,
        "ter-voz-e-ter-lugar": 1, "educacao-2024": 1, "saude-2024": 2, "mercado-de-trabalho-2024": 2,
        "partilha-de-responsabilidades-2024": 2, "participacao-2024": 1,
    }  # fmt: skip

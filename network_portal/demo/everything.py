"""The whole demonstration: the running cycle first, then the one that is over, whose people are some of the same; the
people of the municipalities; the calls, and the practices."""

from django.db import transaction

from network_portal.demo import calls, colleagues, loading, past_cycle, practices
from network_portal.demo.data.cycle import SLUG
from network_portal.pages import search
from webinars.models import Cycle


@transaction.atomic
def load() -> bool:
    """Load it; False, and nothing changed, when the demonstration is there already."""
    if Cycle.objects.filter(slug=SLUG).exists():
        return False
    accounts = loading.load()
    past_cycle.load(accounts)
    colleagues.load(accounts)
    calls.load(accounts)
    practices.load(accounts)
    search.rebuild()
    return True

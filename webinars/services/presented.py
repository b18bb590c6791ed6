"""A practice begun from the line of a programme in which it is presented, and its owner asked to write it."""

from django.db import transaction
from django.utils import timezone

from goodpractices import services as practices
from goodpractices.models import Practice
from municipalities import services as towns
from municipalities.models import Municipality
from network_portal.audit.services import record
from network_portal.users.models import User
from webinars import practice_emails
from webinars.models import AgendaItem
from webinars.services import places

LONGEST_TITLE = 100


@transaction.atomic
def start_practice(
    item: AgendaItem, *, municipality: Municipality, email: str, name: str, form: str, by: User
) -> tuple[Practice, bool]:
    """A draft of ``municipality`` with the title and the theme of ``item``, which names it from now on; its owner is invited
    to the municipality where they do not belong yet, and asked to write it; and whether it is new. An item that has a practice
    keeps it, and nobody is written to.

    Raises TooManyRequests of the invitations.
    """
    webinar = places.lock(item.webinar)
    item = AgendaItem.objects.select_related("practice", "webinar__theme").get(pk=item.pk)
    if item.practice:
        return item.practice, False
    contents = {
        "title": {"title": item.title[:LONGEST_TITLE], "language": webinar.language},
        "classification": {"themes": [item.webinar.theme.code]},
    }
    practice = practices.start_practice(municipality, by=by, form=form, language=webinar.language, contents=contents)
    item.practice = practice
    item.save(update_fields=["practice"])
    webinar.changed_at = timezone.now()  # an open form of the programme sees that it changed
    webinar.save(update_fields=["changed_at"])
    affiliation = towns.invite_colleague(municipality, email=email, name=name, by=by)
    practice_emails.queue_begun(practice, item, affiliation, by=by)
    record("webinar.practice_begun", about=webinar.mail_subject, by=by, practice=practice.pk)
    return practice, True

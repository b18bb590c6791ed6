"""The mail that asks who presented a practice to write it (``templates/mail/webinars/practice_begun``)."""

from django.urls import reverse
from django.utils import translation

from goodpractices.models import Practice
from municipalities.links import invitation_url
from municipalities.models import Affiliation
from network_portal.common.links import absolute
from network_portal.mail import outbox
from network_portal.mail.rendering import known_language
from network_portal.users.models import User
from webinars.models import AgendaItem


def queue_begun(practice: Practice, item: AgendaItem, affiliation: Affiliation, *, by: User) -> None:
    """To the owner: the link leads to the draft, or to the invitation first for who does not belong to the municipality."""
    person = affiliation.person
    language = known_language(person.language)
    with translation.override(language):
        write = absolute(reverse("goodpractices:write", args=[practice.pk]))
        url = write if affiliation.is_confirmed else invitation_url(affiliation)
    context = {
        "practice": practice, "town": practice.municipality.label, "name": person.name, "by": by, "webinar": item.webinar,
        "belongs": affiliation.is_confirmed, "url": url,
    }  # fmt: skip
    outbox.queue(
        "webinars/practice_begun", to=person.email, language=language, category="transactional", about=practice.mail_subject,
        key=f"practice:{practice.pk}:begun:{person.pk}", context=context,
    )  # fmt: skip

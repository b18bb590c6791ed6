"""The mails about people and their municipality: to whom, in which language, with what (``templates/mail/municipalities/``)."""

from uuid import uuid4

from django.urls import reverse
from django.utils import timezone, translation

from municipalities import links
from municipalities.models import Affiliation
from network_portal.common.links import absolute
from network_portal.mail import outbox
from network_portal.mail.rendering import known_language
from network_portal.users.models import User


def queue_asked(affiliation: Affiliation) -> None:
    """To the focal points of the town, or to the coordinators where there is none; each once, however often this is called."""
    town = affiliation.municipality
    focal_points = User.objects.filter(pk__in=town.affiliations.focal_points().values("person"))
    coordinators = User.objects.filter(is_coordinator=True, is_active=True)
    for person in list(focal_points.order_by("pk")) or list(coordinators.order_by("pk")):
        _queue(affiliation, "asked", to=person, key=f"affiliation_asked:{affiliation.uuid}:{person.pk}")


def queue_confirmed(affiliation: Affiliation) -> None:
    _queue(affiliation, "confirmed", key=f"affiliation_confirmed:{affiliation.uuid}")


def queue_refused(affiliation: Affiliation) -> None:
    _queue(affiliation, "refused", key=f"affiliation_refused:{affiliation.uuid}")


def queue_invited(affiliation: Affiliation, *, by: User) -> None:
    """Once a day at most, however often the same person is invited."""
    key = f"affiliation_invited:{affiliation.uuid}:{timezone.localdate().isoformat()}"
    _queue(affiliation, "invited", key=key, by=by)


def queue_removed(affiliation: Affiliation) -> None:
    _queue(affiliation, "removed", key=f"affiliation_removed:{affiliation.uuid}")


def queue_focal_point(affiliation: Affiliation) -> None:
    _queue(affiliation, "focal_point", key=f"affiliation_kind:{uuid4()}")


def queue_staff(affiliation: Affiliation) -> None:
    """The role was taken back; it may be given again, and taken back again."""
    _queue(affiliation, "staff", key=f"affiliation_kind:{uuid4()}")


def withdraw(affiliation: Affiliation) -> int:
    """Take back what is still queued about this affiliation."""
    return outbox.withdraw(about=affiliation.mail_subject)


def withdraw_asked(focal_point: Affiliation) -> None:
    """Who looks after the town no longer hears of those who wait; becoming a focal point again owes these mails again."""
    for waiting in focal_point.municipality.affiliations.asked():
        outbox.withdraw(about=waiting.mail_subject, to=focal_point.person.email, owed_again=True)


def _queue(affiliation: Affiliation, template: str, *, key: str, to: User | None = None, **more) -> None:
    receiver, town = to or affiliation.person, affiliation.municipality
    language = known_language(receiver.language)
    with translation.override(language):
        context = {
            "affiliation": affiliation,
            "town": town.label,
            "person": affiliation.person,
            "receiver": receiver,
            "url": _url(affiliation, template),
            **more,
        }
    outbox.queue(
        f"municipalities/{template}",
        to=receiver.email,
        language=language,
        key=key,
        category="transactional",
        about=affiliation.mail_subject,
        context=context,
    )


def _url(affiliation: Affiliation, template: str) -> str:
    """Where the one button of the mail leads; absolute, in the language that is active."""
    town = affiliation.municipality
    if template == "invited":
        return links.invitation_url(affiliation)
    if template in ("refused", "removed"):
        return absolute(town.get_absolute_url())
    return absolute(reverse("municipalities:colleagues", args=[town.slug]))

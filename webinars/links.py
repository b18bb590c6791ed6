"""Personal links: signed, so that a mail can lead to a page without signing in. They never expire by themselves."""

from uuid import UUID

from django.core import signing
from django.urls import reverse

from network_portal.common.links import absolute
from webinars.models import Registration

SIGNER = signing.Signer(salt="webinars.registration")


def token_for(registration: Registration) -> str:
    """The registration's identifier in 32 hexadecimal digits, and its signature."""
    return SIGNER.sign(registration.uuid.hex)


def registration_for(token: str) -> Registration | None:
    """The registration that ``token`` names; none when it was altered or never existed."""
    try:
        uuid = UUID(SIGNER.unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    rows = Registration.objects.select_related("webinar__cycle", "person", "municipality")
    return rows.with_queue_position().with_attended().filter(uuid=uuid).first()


def join_url(registration: Registration) -> str:
    """The personal page of a place: from there to the room. Absolute, in the language that is active."""
    return absolute(reverse("webinars:join", args=[token_for(registration)]))


def give_back_url(registration: Registration) -> str:
    """The page with the button that gives the place back."""
    return absolute(reverse("webinars:give_back", args=[token_for(registration)]))


def survey_url(registration: Registration) -> str:
    """The page that asks what the person thought of the webinar."""
    return absolute(reverse("webinars:survey", args=[token_for(registration)]))

"""Personal links of invitations: signed, so that a mail can lead to the page with the answer's buttons without signing in."""

from datetime import timedelta
from uuid import UUID

from django.core import signing
from django.urls import reverse

from municipalities.models import Affiliation
from network_portal.common.links import absolute

SIGNER = signing.TimestampSigner(salt="municipalities.invitation")
VALID_FOR = timedelta(days=60)


def token_for(affiliation: Affiliation) -> str:
    """The affiliation's identifier, the time, and the signature of both."""
    return SIGNER.sign(affiliation.uuid.hex)


def invitation_for(token: str) -> Affiliation | None:
    """The affiliation that ``token`` names, whatever became of it; none when the token was altered or is too old."""
    try:
        uuid = UUID(SIGNER.unsign(token, max_age=VALID_FOR))
    except (signing.BadSignature, ValueError):
        return None
    return Affiliation.objects.select_related("person", "municipality", "asked_by").filter(uuid=uuid).first()


def invitation_url(affiliation: Affiliation) -> str:
    """The page with the answer's buttons. Absolute, in the language that is active."""
    return absolute(reverse("municipalities:invitation", args=[token_for(affiliation)]))

"""Who wants which category of mail; the token in a mail says address and category, and needs no sign-in."""

from django.core import signing
from django.urls import reverse

from network_portal.common.links import absolute
from network_portal.mail.models import AddressState, OutboxMail

SALT = "network_portal.mail.unsubscribe"
OPTIONAL = (OutboxMail.Category.REMINDER, OutboxMail.Category.BULK)


def token_for(address: str, category: str) -> str:
    return signing.dumps([address, category], salt=SALT)


def read_token(token: str) -> tuple[str, str] | None:
    """Address and category; None when the token was altered or its category cannot be unsubscribed."""
    try:
        address, category = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return (address, category) if category in OPTIONAL else None


def unsubscribe_url(address: str, category: str) -> str:
    """The address in the current language; empty for mails that cannot be unsubscribed."""
    if category not in OPTIONAL:
        return ""
    return absolute(reverse("mail:unsubscribe", args=[token_for(address, category)]))


def unsubscribe(address: str, category: str) -> None:
    AddressState.objects.get_or_create(address=address, category=category)


def resubscribe(address: str, category: str) -> None:
    AddressState.objects.filter(address=address, category=category).delete()


def is_subscribed(address: str, category: str) -> bool:
    return not AddressState.objects.filter(address=address, category=category).exists()

"""What changes an account, and what follows from it."""

from uuid import uuid4

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from network_portal.audit.services import record
from network_portal.mail import outbox, subscriptions
from network_portal.mail.models import AddressState, OutboxMail
from network_portal.users.errors import AddressTaken, LastAdministrator, UnknownPerson
from network_portal.users.models import User

ROLE_FIELDS = {"coordinator": "is_coordinator", "administrator": "is_administrator"}
OPTIONAL_MAIL = {"wants_reminders": OutboxMail.Category.REMINDER, "wants_news": OutboxMail.Category.BULK}


def person_for(email: str, *, language: str, name: str = "") -> User:
    """The account with this address, made if there is none. Its owner proves the address by signing in."""
    fresh = {"language": language, "name": name, "password": make_password(None)}
    return User.objects.get_or_create(email=email.strip().lower(), defaults=fresh)[0]


@transaction.atomic
def person_who_proved(email: str, *, language: str) -> User:
    """The account of somebody who has just typed the code that went to ``email``."""
    person = person_for(email, language=language)
    EmailAddress.objects.update_or_create(user=person, email=person.email, defaults={"verified": True, "primary": True})
    return person


def has_proved_address(person: User) -> bool:
    """Whether the person has shown that mail to the account's address reaches them."""
    return EmailAddress.objects.filter(user=person, email=person.email, verified=True).exists()


@transaction.atomic
def save_profile(person: User, *, name: str, language: str, **wishes: bool) -> User:
    """Keep name, language and which optional mails (``wants_reminders``, ``wants_news``) the person asked for."""
    person.name, person.language = name, language
    person.save(update_fields=["name", "language"])
    for wish, category in OPTIONAL_MAIL.items():
        change = subscriptions.resubscribe if wishes.get(wish) else subscriptions.unsubscribe
        change(person.email, category)
    return person


def mail_wishes(person: User) -> dict[str, bool]:
    """``{"wants_reminders": True, …}``: everything that was not switched off."""
    return {wish: subscriptions.is_subscribed(person.email, category) for wish, category in OPTIONAL_MAIL.items()}


@transaction.atomic
def change_email(person: User, *, email: str, by: User) -> User:
    """Move the account to an address that its owner has proved; raises ``AddressTaken``.

    All sessions end but for the one that the view keeps, and the old address is told. What the person has switched
    off stays off at the new address.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    old, email = person.email, email.strip().lower()
    if User.objects.filter(email=email).exclude(pk=person.pk).exists():
        raise AddressTaken(_("Another account has this address. Sign in with it instead."))
    person.email = email
    person.set_unusable_password()  # a new random value, and with it another session hash
    person.save(update_fields=["email", "password"])
    EmailAddress.objects.filter(user=person).delete()
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    for category in AddressState.objects.filter(address=old).exclude(category="").values_list("category", flat=True):
        subscriptions.unsubscribe(email, category)
    record("users.email_changed", about=f"user:{person.pk}", by=by)
    _tell_old_address(person, old)
    return person


def _tell_old_address(person: User, old: str) -> None:
    outbox.queue(
        "users/email_changed",
        to=old,
        language=person.language,
        category="security",
        key=f"email_changed:{uuid4()}",
        about=f"user:{person.pk}",
        context={"person": person},
    )


@transaction.atomic
def grant_role(email: str, role: str, *, by: User | None = None) -> User:
    """Make the person with this address ``"coordinator"`` or ``"administrator"``; makes the account when unknown, in the
    network's language."""
    return set_role(person_for(email, language=settings.LANGUAGE_CODE), role, True, by=by)


@transaction.atomic
def revoke_role(email: str, role: str, *, by: User | None = None) -> User:
    """Take the role away; raises ``UnknownPerson`` or ``LastAdministrator``."""
    person = User.objects.filter(email=email.strip().lower()).first()
    if person is None:
        raise UnknownPerson(_("No account has the address %(email)s.") % {"email": email})
    return set_role(person, role, False, by=by)


@transaction.atomic
def set_role(person: User, role: str, held: bool, *, by: User | None) -> User:
    """Give or take ``role``; nothing happens when it is so already."""
    field = ROLE_FIELDS[role]
    person = User.objects.select_for_update().get(pk=person.pk)
    if getattr(person, field) == held:
        return person
    if not held and role == "administrator":
        _keep_an_administrator(person)
    setattr(person, field, held)
    person.save(update_fields=[field])
    record("users.role_granted" if held else "users.role_revoked", about=f"user:{person.pk}", by=by, role=role)
    return person


@transaction.atomic
def set_active(person: User, active: bool, *, by: User) -> User:
    """Close or reopen an account; a closed account has no session from its next request on."""
    person = User.objects.select_for_update().get(pk=person.pk)
    if person.is_active == active:
        return person
    if not active and person.is_administrator:
        _keep_an_administrator(person)
    person.is_active = active
    person.save(update_fields=["is_active"])
    record("users.reopened" if active else "users.closed", about=f"user:{person.pk}", by=by)
    return person


@transaction.atomic
def close_for_good(person: User) -> User:
    """Close the account and take name and address out of it; raises ``LastAdministrator``. Its row stays for the log."""
    if person.is_administrator:
        _keep_an_administrator(person)
    person.email, person.name = f"{uuid4().hex}@erased.invalid", ""
    person.is_active = person.is_coordinator = person.is_administrator = False
    person.set_unusable_password()
    person.save()
    EmailAddress.objects.filter(user=person).delete()
    return person


def is_last_administrator(person: User) -> bool:
    """Whether nobody else could look after the portal."""
    return person.is_administrator and not _active_administrators().exclude(pk=person.pk).exists()


def _active_administrators():
    return User.objects.filter(is_administrator=True, is_active=True)


def _keep_an_administrator(leaving: User) -> None:
    """Lock all administrators, so that two who leave at once cannot both be last but one."""
    active = _active_administrators().select_for_update().order_by("pk")
    if {person.pk for person in active} <= {leaving.pk}:
        raise LastAdministrator(_("This is the last administrator. Give the role to somebody else first."))

"""The outbox's one door: ``queue`` with the fact that owes a mail, ``withdraw`` when the fact no longer holds."""

from datetime import datetime
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from network_portal.mail import rendering
from network_portal.mail.models import OutboxMail


def queue(
    template: str,
    *,
    to: str,
    language: str,
    key: str,
    category: str,
    about: str = "",
    context: dict | None = None,
    calendar: tuple[str, str] | None = None,
    not_before: datetime | None = None,
    send_before: datetime | None = None,
) -> None:
    """Save a rendered mail in the caller's transaction; a known ``key`` changes nothing.

    ``calendar`` is the method ("REQUEST", "CANCEL") and the text of an iCalendar part. Raises ValueError when ``to``
    has a line break.
    """
    if "\n" in to or "\r" in to:
        raise ValueError("A line break in the address of a mail")
    language = rendering.known_language(language)
    mail = rendering.render(template, to=to, language=language, category=category, context=context or {})
    method, ics = calendar or ("", "")
    row = OutboxMail(
        **vars(mail),
        key=key,
        template=template,
        category=category,
        priority=OutboxMail.PRIORITY[category],
        to=to,
        language=language,
        about=about,
        calendar=ics,
        calendar_method=method,
        message_id=new_message_id(),
        not_before=not_before,
        send_before=send_before,
        next_attempt_at=not_before or timezone.now(),
    )
    OutboxMail.objects.bulk_create([row], ignore_conflicts=True)


def new_message_id() -> str:
    """``<…@host>``, made once per mail, so that a copy sent twice is known as one."""
    return f"<{uuid4()}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}>"


@transaction.atomic
def withdraw(*, about: str, to: str = "", template: str = "", owed_again: bool = False) -> int:
    """Take back what is filed under ``about``, only from ``to`` and only of ``template`` where they are given; the number of
    mails that were still queued.

    One that is being handed over this moment may still go out, but is not tried again. ``owed_again`` frees the keys,
    for facts that changed and owe the same mail with other words: a reminder of a webinar that got a new title.
    """
    only = {name: value for name, value in (("to", to), ("template", template)) if value}
    return _take_back(OutboxMail.objects.filter(about=about, **only), owed_again=owed_again)


@transaction.atomic
def withdraw_keys(prefix: str, *, owed_again: bool = False) -> int:
    """The same for the mails whose key begins with ``prefix``: one kind of mail about one thing, to everybody."""
    return _take_back(OutboxMail.objects.filter(key__startswith=prefix), owed_again=owed_again)


def _take_back(mails, *, owed_again: bool) -> int:
    mails.filter(state=OutboxMail.State.SENDING).update(withdrawn_at=timezone.now())
    freed = {"key": Concat("key", Value(":withdrawn:"), Cast("pk", CharField(max_length=20)))} if owed_again else {}
    return mails.filter(state=OutboxMail.State.QUEUED).update(
        state=OutboxMail.State.CANCELLED, withdrawn_at=timezone.now(), lease_until=None, lease_token=None, **freed
    )

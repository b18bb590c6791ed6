"""From a row of the outbox to the bytes that a mail server gets."""

from email.generator import BytesGenerator
from email.utils import format_datetime
from io import BytesIO
from urllib.parse import quote

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from network_portal.mail.models import OutboxMail
from network_portal.mail.subscriptions import OPTIONAL, unsubscribe_url


def message_for(mail: OutboxMail) -> EmailMultiAlternatives:
    """Text, HTML and calendar as alternatives of each other; the calendar also as a file."""
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[mail.to],
        reply_to=[settings.NETWORK_CONTACT_EMAIL],
        headers=headers_for(mail),
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    if mail.calendar:
        message.attach_alternative(mail.calendar, f"text/calendar; method={mail.calendar_method}")
        message.attach("invite.ics", mail.calendar.encode(), "application/ics")
    return message


def bytes_for(mail: OutboxMail) -> bytes:
    """As it is sent. Headers are not folded: some receivers do not understand a folded List-Unsubscribe (RFC 5322: 998)."""
    buffer = BytesIO()
    BytesGenerator(buffer, mangle_from_=False, maxheaderlen=998).flatten(message_for(mail).message(), linesep="\r\n")
    return buffer.getvalue()


def headers_for(mail: OutboxMail) -> dict[str, str]:
    headers = {
        "Message-ID": mail.message_id,
        "Date": format_datetime(mail.created_at),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    if mail.category in OPTIONAL:
        url = unsubscribe_url(mail.to, mail.category)
        post = f"mailto:{settings.NETWORK_CONTACT_EMAIL}?subject={quote(f'unsubscribe {mail.category}')}"
        headers["List-Unsubscribe"] = f"<{url}>, <{post}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers

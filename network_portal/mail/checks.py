"""What an installation must say about its mail server."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks

from network_portal.mail import transport

SCHEMES = ("smtp", "smtps", "smtp+tls", "smtp+ssl")


@checks.register(checks.Tags.compatibility)
def mail_server_is_known(app_configs, **kwargs):
    if not transport.can_send():
        hint = "Give the environment EMAIL_URL, for example smtp+tls://user:password@mail.example.org:587"
        return [checks.Warning("EMAIL_URL is missing: mails stay queued.", hint=hint, id="mail.W001")]
    if settings.EMAIL_URL and urlsplit(settings.EMAIL_URL).scheme not in SCHEMES:
        return [checks.Error(f"EMAIL_URL must begin with one of {', '.join(SCHEMES)}.", id="mail.E001")]
    if settings.MAIL_AMBIGUOUS not in ("resend", "hold"):
        return [checks.Error('MAIL_AMBIGUOUS must be "resend" or "hold".', id="mail.E002")]
    return []

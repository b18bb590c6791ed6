"""System checks of the settings: what would go wrong later and in silence is refused at the start."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Tags, register

KEY_LENGTH = 50
KEY_VARIETY = 10  # different characters


@register(Tags.compatibility)
def sqlite_takes_its_lock_at_once(app_configs, **kwargs):
    """Two transactions that read first and write later deadlock, unless each takes the lock when it begins."""
    return [
        Error(
            f"The SQLite database “{alias}” is used without transaction_mode IMMEDIATE.",
            hint="Set OPTIONS['transaction_mode'] to 'IMMEDIATE' in settings.py.",
            id="portal.E001",
        )
        for alias, database in settings.DATABASES.items()
        if database["ENGINE"].endswith("sqlite3") and database.get("OPTIONS", {}).get("transaction_mode") != "IMMEDIATE"
    ]


@register(Tags.security)
def secret_key_is_secret(app_configs, **kwargs):
    key = settings.SECRET_KEY
    if settings.LOCAL or (key != settings.DEVELOPMENT_KEY and len(key) >= KEY_LENGTH and len(set(key)) >= KEY_VARIETY):
        return []
    hint = "Give the environment SECRET_KEY, for example from: python3 -c 'import secrets; print(secrets.token_urlsafe(64))'"
    return [Error("SECRET_KEY is missing or can be guessed.", hint=hint, id="portal.E002")]


@register(Tags.urls)
def site_url_is_known(app_configs, **kwargs):
    """Links in mails are made from it; without https the cookies of production are never sent."""
    address = urlsplit(settings.SITE_URL)
    if settings.LOCAL or (address.scheme == "https" and address.netloc and not address.path):
        return []
    hint = "Give the environment SITE_URL, for example https://portal.example.org"
    return [Error("SITE_URL is missing or is not an https address without a path.", hint=hint, id="portal.E003")]

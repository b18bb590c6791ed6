"""What allauth asks the project for."""

from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from django.utils.translation import get_language

from network_portal.mail import outbox


class AccountAdapter(DefaultAccountAdapter):
    """Mails go through the outbox, ahead of all others; nobody signs up on a page of its own."""

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """``context`` may hold the outbox's ``key``, ``about`` and ``send_before`` beside what the template shows."""
        outbox.queue(
            template_prefix,
            to=email,
            language=get_language(),
            category="security",
            key=context.pop("key", f"{template_prefix}:{uuid4()}"),
            about=context.pop("about", ""),
            send_before=context.pop("send_before", None),
            context=context,
        )

    def is_open_for_signup(self, request) -> bool:
        return False

    def add_message(self, request, level, *args, **kwargs) -> None:
        """allauth's messages ("signed in as …") say what the page says already."""

"""The one way to write the log."""

from network_portal.audit.models import Entry


def record(action: str, *, about: str, by=None, **detail) -> None:
    """Note in the transaction of the deed that ``by`` did ``action`` on ``about``; ``detail`` holds no secrets."""
    Entry.objects.create(action=action, about=about, by=by, detail=detail)

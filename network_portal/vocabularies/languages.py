"""The languages in which terms have labels: the network shows its own, and the search finds by all of them."""

from django.conf import settings

SHIPPED = {
    "pt": "Português", "en": "English", "ca": "Català", "gl": "Galego", "it": "Italiano", "es": "Español",
}  # fmt: skip


def shown() -> dict[str, str]:
    """Those of the pages, the network's first one first: {code: its own name}."""
    return dict(settings.LANGUAGES)


def others() -> dict[str, str]:
    """Those in which terms are found but not shown."""
    return {code: name for code, name in SHIPPED.items() if code not in shown()}

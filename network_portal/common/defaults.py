"""What a row says when nothing else is known: the network's own language and zone, read from the settings each time."""

from django.conf import settings


def network_language() -> str:
    return settings.LANGUAGE_CODE


def network_time_zone() -> str:
    return settings.TIME_ZONE

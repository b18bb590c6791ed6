"""The field that names a practice: its address, or its title and town as the list offers them."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goodpractices.models import Practice
from network_portal.common.text_fields import LineField

OFFERED = 300  # the latest
NAMED = re.compile(r"(?P<title>.+) \((?P<town>.+)\)")
ADDRESS = re.compile(r"(?:^|/)practices/(?:(?:write|review)/(?P<pk>\d{1,18})|(?P<slug>[\w-]+))")


def written(practice: Practice) -> str:
    """As "Banco de horas para cuidar (Palmela)"."""
    return f"{practice} ({practice.municipality.label})"


def offered() -> list[str]:
    """The latest practices as the field takes them, for a list of suggestions; one query."""
    there = Practice.objects.exclude(state__in=["deleted", "withdrawn"]).exclude(title="")
    return [written(row) for row in there.select_related("municipality").order_by("-pk")[:OFFERED]]


class PracticeField(LineField):
    """A practice that exists, or None; ``""`` when nothing was typed."""

    default_error_messages = {
        "unknown": gettext_lazy("No practice is called “%(typed)s”. Choose one of the list, or paste its address"),
    }

    def __init__(self, **kwargs):
        super().__init__(limit=400, **kwargs)

    def clean(self, value) -> Practice | None:
        typed = super().clean(value)
        if not typed:
            return None
        found = list(self._found(typed)[:2])
        if len(found) > 1:
            raise ValidationError(_("Two practices are called so. Paste the address of the one you mean"), code="ambiguous")
        if not found:
            raise ValidationError(self.error_messages["unknown"], code="unknown", params={"typed": typed})
        return found[0]

    def _found(self, typed: str):
        there = Practice.objects.exclude(state="deleted")
        if address := ADDRESS.search(typed):
            return there.filter(pk=address["pk"]) if address["pk"] else there.filter(slug=address["slug"])
        if name := NAMED.fullmatch(typed):
            town, _open, district = name["town"].partition(" (")
            towns = {"municipality__name": town} | ({"municipality__district": district.rstrip(")")} if district else {})
            return there.filter(title=name["title"], **towns)
        return there.filter(title=typed)

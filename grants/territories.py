"""Countries, regions and districts to choose from, as the register of municipalities names them."""

from grants.eligibility import place_name
from grants.models import Call, Territory
from municipalities.models import Municipality
from network_portal.common.text import fold

FIELDS = {"countries": Territory.Level.COUNTRY, "regions": Territory.Level.REGION, "districts": Territory.Level.DISTRICT}


def places_of_register(level: str, call: Call | None = None) -> list[tuple[str, str]]:
    """Value and name of each place of ``level``; those that ``call`` has stay, even if the register lost them."""
    names = set(Municipality.objects.exclude(**{level: ""}).values_list(level, flat=True).distinct())
    if call:
        names.update(call.territories.filter(level=level).values_list("value", flat=True))
    return sorted(((name, place_name(level, name)) for name in names), key=lambda place: fold(place[1]))

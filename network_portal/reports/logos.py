"""The logos of a report: kept in its content as small pictures, so that it prints the same after the cycle's have changed."""

import io
from base64 import b64decode, b64encode

from PIL import Image

from webinars.models import Cycle, Partner

LARGEST = (900, 200)  # pixels that are kept


def partners(cycle: Cycle) -> list[dict]:
    """Name, whether it funds the cycle, and the logo (a PNG in base64) or null."""
    rows = cycle.partners.order_by("-is_funder", "position", "pk")
    return [{"name": row.name, "is_funder": row.is_funder, "logo": _logo(row)} for row in rows]


def _logo(partner: Partner) -> str | None:
    if not partner.logo or not partner.logo.storage.exists(partner.logo.name):
        return None
    with partner.logo.open("rb") as file, Image.open(file) as image:
        image.thumbnail(LARGEST)
        out = io.BytesIO()
        image.convert("RGBA").save(out, "PNG", optimize=True)
    return b64encode(out.getvalue()).decode()


def picture_of(partner: dict) -> bytes:
    """The PNG of a partner of the content that has one."""
    return b64decode(partner["logo"])

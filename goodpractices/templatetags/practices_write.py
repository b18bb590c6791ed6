"""What the pages of writing call the rows of each kind."""

from django import template
from django.utils.translation import gettext_lazy as _

register = template.Library()

KINDS = {  # one row; all of them; the button that adds one
    "blocks": (_("Block %(n)s"), _("Building blocks"), _("Add another block")),
    "partners": (_("Partner %(n)s"), _("Partners"), _("Add another partner")),
    "axes": (_("Axis %(n)s"), _("Axes of inequality"), _("Add another axis")),
    "indicators": (_("Indicator %(n)s"), _("Indicators"), _("Add another indicator")),
    "difficulties": (_("Difficulty %(n)s"), _("Difficulties"), _("Add another difficulty")),
    "links": (_("Link %(n)s"), _("Links"), _("Add another link")),
    "pictures": (_("Picture %(n)s"), _("Pictures"), ""),
    "documents": (_("File %(n)s"), _("Files"), ""),
}


@register.filter
def row_title(kind: str, number: int) -> str:
    """As "Block 2"."""
    return str(KINDS[kind][0]) % {"n": number}


@register.filter
def rows_title(kind: str) -> str:
    return str(KINDS[kind][1])


@register.filter
def rows_add(kind: str) -> str:
    """The words of the button that adds a row."""
    return str(KINDS[kind][2])

"""What changes practices."""

from goodpractices.services.publishing import make_public
from goodpractices.services.writing import choose_form, save_section, start_practice, start_version

__all__ = [
    "choose_form",
    "make_public",
    "save_section",
    "start_practice",
    "start_version",
]

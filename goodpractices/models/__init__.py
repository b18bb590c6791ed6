"""Good practices: the practice, its versions with their sections, its files, its review and its history."""

from goodpractices.models.files import PracticeFile
from goodpractices.models.history import PracticeEvent, Review, SectionComment
from goodpractices.models.practices import CatalogueState, Practice, PracticeTerm
from goodpractices.models.versions import Section, SetAside, Version

__all__ = [
    "CatalogueState",
    "Practice",
    "PracticeEvent",
    "PracticeFile",
    "PracticeTerm",
    "Review",
    "Section",
    "SectionComment",
    "SetAside",
    "Version",
]

"""Calls for support."""

from grants.models.calls import Call
from grants.models.history import CallEvent, Follow, Question
from grants.models.parts import Applicant, AwardLine, CallFile, Criterion, RequiredDocument, Territory

__all__ = [
    "Applicant",
    "AwardLine",
    "Call",
    "CallEvent",
    "CallFile",
    "Criterion",
    "Follow",
    "Question",
    "RequiredDocument",
    "Territory",
]

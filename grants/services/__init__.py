"""What changes calls."""

from grants.services.drafting import CallParts, save_draft
from grants.services.ending import Award, Result, budget_sentence, cancel, declare_void, resolve
from grants.services.following import follow_call, follow_themes, queue_due_closings, unfollow_call
from grants.services.publishing import correct, extend, publish, still_missing
from grants.services.questions import answer, ask

__all__ = [
    "Award",
    "CallParts",
    "Result",
    "answer",
    "ask",
    "budget_sentence",
    "cancel",
    "correct",
    "declare_void",
    "extend",
    "follow_call",
    "follow_themes",
    "publish",
    "queue_due_closings",
    "resolve",
    "save_draft",
    "still_missing",
    "unfollow_call",
]

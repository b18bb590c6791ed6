"""What changes practices."""

from goodpractices.services.asking import answer_with_update, ask_still_true, confirm_still_true, queue_due_questions
from goodpractices.services.keeping import archive, bring_back, delete, feature, restore, unfeature, unpublish, withdraw
from goodpractices.services.publishing import make_public
from goodpractices.services.reviewing import Notes, decline, pass_on, publish, request_changes, save_review, take
from goodpractices.services.submitting import submit
from goodpractices.services.writing import (
    choose_form,
    drop_set_aside,
    save_section,
    set_aside,
    start_practice,
    start_version,
)

__all__ = [
    "Notes",
    "answer_with_update",
    "archive",
    "ask_still_true",
    "bring_back",
    "choose_form",
    "confirm_still_true",
    "decline",
    "delete",
    "drop_set_aside",
    "feature",
    "make_public",
    "pass_on",
    "publish",
    "queue_due_questions",
    "request_changes",
    "restore",
    "save_review",
    "save_section",
    "set_aside",
    "start_practice",
    "start_version",
    "submit",
    "take",
    "unfeature",
    "unpublish",
    "withdraw",
]

"""The mails of practices: to their authors, to who reviews them, and the yearly question (``templates/mail/goodpractices/``)."""

from collections.abc import Iterable
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from goodpractices import links
from goodpractices.models import Practice, PracticeEvent, Review, Version
from goodpractices.people import focal_points, reviewers_for
from goodpractices.sections import BY_CODE
from goodpractices.steps import write_address
from municipalities.permissions import can_write_for
from network_portal.common.links import absolute
from network_portal.common.templatetags.portal import date_in_words
from network_portal.mail import outbox
from network_portal.mail.rendering import known_language
from network_portal.users.models import User

Kind = PracticeEvent.Kind
USEFUL_FOR = timedelta(days=30)  # what is still queued later is not sent
TO_AUTHORS = {
    Kind.SUBMITTED, Kind.TAKEN, Kind.CHANGES_REQUESTED, Kind.PASSED_ON, Kind.PUBLISHED, Kind.DECLINED, Kind.WITHDRAWN,
    Kind.UNPUBLISHED, Kind.BROUGHT_BACK, Kind.ARCHIVED,
}  # fmt: skip
TO_REVIEWERS = {Kind.SUBMITTED, Kind.PASSED_ON, Kind.WITHDRAWN}


def tell(event: PracticeEvent) -> None:
    """Tell everybody whom ``event`` concerns; what was queued about the state before no longer holds."""
    if event.detail.get("is_taken_over"):  # nothing changes for the authors: what waits for them still holds
        return
    practice = event.practice
    withdraw(practice)
    if event.kind == Kind.PUBLISHED or not practice.is_public:
        withdraw_still_true(practice)
    if event.kind in TO_AUTHORS:
        for person in authors_of(practice, event.version):
            _queue("event", event, person, about=practice.mail_subject)
    if event.kind in TO_REVIEWERS:
        for person in _reviewers_to_tell(event):
            _queue("for_reviewers", event, person, about=_review_subject(practice))


def withdraw(practice: Practice) -> None:
    """Take back what is still queued about the review and the state of ``practice``."""
    outbox.withdraw(about=practice.mail_subject)
    outbox.withdraw(about=_review_subject(practice))


def authors_of(practice: Practice, version: Version | None = None) -> list[User]:
    """Who wrote or sent the version, as long as they may write for the municipality, and its focal points; each once."""
    version = version or practice.work_version or practice.public_version
    wrote = {version.created_by_id, version.submitted_by_id} if version else {practice.created_by_id}
    people = User.objects.filter(pk__in=wrote - {None}, is_active=True).order_by("pk")
    known = [person for person in people if can_write_for(person, practice.municipality)]
    return list({person.pk: person for person in [*known, *focal_points(practice.municipality)]}.values())


def _reviewers_to_tell(event: PracticeEvent) -> list[User]:
    """Not who did it. What comes back goes to who asked for the changes; a withdrawal only concerns what was waiting."""
    people = [person for person in reviewers_for(event.practice) if person.pk != event.by_id]
    if event.kind == Kind.WITHDRAWN and not (event.detail.get("was_waiting") or event.practice.public_version_id):
        return []
    if event.kind == Kind.SUBMITTED:
        asked = event.version.reviews.filter(decision=Review.Decision.CHANGES).order_by("-decided_at").first()
        return [person for person in people if asked and person.pk == asked.reviewer_id] or people
    return people


def _queue(template: str, event: PracticeEvent, person: User, *, about: str) -> None:
    language = known_language(person.language)
    with translation.override(language):
        context = {"name": person.name} | _context(event, is_author=template == "event")
    outbox.queue(
        f"goodpractices/{template}", to=person.email, language=language, key=f"practice:{event.pk}:{template}:{person.pk}",
        category="transactional", about=about, context=context, send_before=timezone.now() + USEFUL_FOR,
    )  # fmt: skip


def _context(event: PracticeEvent, *, is_author: bool) -> dict:
    """Everything in the language that is active."""
    practice, review = event.practice, event.detail.get("review")
    path, label = _where_to(event) if is_author else (reverse("goodpractices:review", args=[practice.pk]), _("Go to the review"))
    comments = _comments(review) if review and event.kind in (Kind.CHANGES_REQUESTED, Kind.DECLINED) else []
    return {
        "event": event,
        "practice": practice,
        "title": str(practice),
        "town": practice.municipality.label,
        "subject_line": (_subject_for_authors if is_author else _subject_for_reviewers)(event) % {"title": practice},
        "comments": comments,
        "general": _general(review) if event.kind == Kind.CHANGES_REQUESTED else "",
        "is_again": event.kind == Kind.SUBMITTED and event.version.reviews.exists(),
        "is_new_version": bool(event.version and event.version.number > 1),
        "keeps_old": practice.versions.filter(state=Version.State.REPLACED).exists(),
        "url": absolute(path),
        "label": label,
    }


def _comments(review: int) -> list[tuple[str, str]]:
    """Title of the section, and what to change in it, in the order of the form."""
    rows = dict(Review.objects.get(pk=review).comments.values_list("code", "text"))
    titles = {code: f"{section.number}. {section.title}" for code, section in BY_CODE.items()}
    return [(titles[code], rows[code]) for code in titles if code in rows]


def _general(review: int | None) -> str:
    return Review.objects.get(pk=review).text if review else ""


def _where_to(event: PracticeEvent) -> tuple[str, str]:
    """The one page that the mail leads to, and the words on its button."""
    practice = event.practice
    if event.kind == Kind.CHANGES_REQUESTED:
        return write_address(practice), _("Change the sections")
    if event.kind in (Kind.PUBLISHED, Kind.BROUGHT_BACK, Kind.ARCHIVED):
        return practice.get_absolute_url(), _("See the practice")
    return reverse("goodpractices:history", args=[practice.slug]), _("See where it stands")


def _subject_for_authors(event: PracticeEvent) -> str:
    """The fact first."""
    return {
        Kind.SUBMITTED: _("Received for review: %(title)s"),
        Kind.TAKEN: _("Being reviewed: %(title)s"),
        Kind.CHANGES_REQUESTED: _("Changes requested: %(title)s"),
        Kind.PASSED_ON: _("A second look: %(title)s"),
        Kind.PUBLISHED: _("Published: %(title)s"),
        Kind.DECLINED: _("Declined: %(title)s"),
        Kind.WITHDRAWN: _("Withdrawn: %(title)s"),
        Kind.UNPUBLISHED: _("Taken out of the catalogue: %(title)s"),
        Kind.BROUGHT_BACK: _("Back in the catalogue: %(title)s"),
        Kind.ARCHIVED: _("Archived: %(title)s"),
    }[event.kind]


def _subject_for_reviewers(event: PracticeEvent) -> str:
    return {
        Kind.SUBMITTED: _("To review: %(title)s"),
        Kind.PASSED_ON: _("To review a second time: %(title)s"),
        Kind.WITHDRAWN: _("Withdrawn by its authors: %(title)s"),
    }[event.kind]


def queue_still_true(practice: Practice, event: PracticeEvent) -> None:
    """Ask the focal points, and the address that the practice names as its contact; each address once."""
    contact = practice.public_version.sections.filter(code="contact").values_list("content", flat=True).first() or {}
    people = [(person.email, person.language, person.name) for person in focal_points(practice.municipality)]
    if contact.get("role_email"):
        people.append((contact["role_email"], practice.language, ""))
    for email, (language, name) in _each_once(people).items():
        _queue_question(practice, event, to=email, language=known_language(language), name=name)


def _each_once(people: Iterable[tuple[str, str, str]]) -> dict[str, tuple[str, str]]:
    found = {}
    for email, language, name in people:
        found.setdefault(email.lower(), (language, name))
    return found


def _queue_question(practice: Practice, event: PracticeEvent, *, to: str, language: str, name: str) -> None:
    with translation.override(language):
        context = {
            "practice": practice,
            "name": name,
            "title": str(practice),
            "town": practice.municipality.label,
            "confirmed": date_in_words(practice.confirmed_on),
            "is_second": practice.unanswered > 1,
            "url": links.still_true_url(practice),
        }
    outbox.queue(
        "goodpractices/still_true", to=to, language=language, key=f"still_true:{event.pk}:{to}", category="transactional",
        about=_question_subject(practice), context=context, send_before=timezone.now() + USEFUL_FOR,
    )  # fmt: skip


def withdraw_still_true(practice: Practice) -> None:
    """The question is answered."""
    outbox.withdraw(about=_question_subject(practice))


def _review_subject(practice: Practice) -> str:
    return f"{practice.mail_subject}:review"


def _question_subject(practice: Practice) -> str:
    return f"{practice.mail_subject}:still_true"

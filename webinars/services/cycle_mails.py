"""The mails after a webinar, as a coordinator wants them in a cycle: on or off, and in which words."""

from django.db import transaction
from django.utils.translation import gettext as _

from network_portal.audit.services import record
from network_portal.users.models import User
from webinars import after_emails, mail_words
from webinars.errors import ChangedMeanwhile
from webinars.mail_words import Words
from webinars.models import Cycle, CycleMail, CycleMailText, Registration, Webinar


@transaction.atomic
def switch(cycle: Cycle, kind: str, *, is_on: bool, by: User) -> None:
    """Whether this mail goes out from now on; one that is queued already still does."""
    mail = _lock(cycle, kind)
    if mail.is_on != is_on:
        CycleMail.objects.filter(pk=mail.pk).update(is_on=is_on)
        record("cycle.mail_switched", about=subject_of(cycle), by=by, kind=str(kind), is_on=is_on)


@transaction.atomic
def save_words(cycle: Cycle, kind: str, language: str, *, words: Words, seen: str, by: User) -> None:
    """Word a mail anew in ``language``; words as shipped are kept by having none.

    ``seen`` is the ``mail_words.stamp`` of what the person had before them. Raises ChangedMeanwhile.
    """
    mail = _lock(cycle, kind)
    _check_seen(cycle, kind, language, seen)
    if words == mail_words.words_of(cycle, kind, language):
        return
    if words == mail_words.shipped(kind, language):
        mail.texts.filter(language=language).delete()
    else:
        mail.texts.update_or_create(language=language, defaults={"subject": words.subject, "text": words.text})
    record("cycle.mail_edited", about=subject_of(cycle), by=by, kind=str(kind), language=language)


@transaction.atomic
def restore_words(cycle: Cycle, kind: str, language: str, *, seen: str, by: User) -> None:
    """Back to the shipped words. Raises ChangedMeanwhile."""
    _lock(cycle, kind)
    _check_seen(cycle, kind, language, seen)
    if CycleMailText.objects.filter(mail__cycle=cycle, mail__kind=kind, language=language).delete()[0]:
        record("cycle.mail_restored", about=subject_of(cycle), by=by, kind=str(kind), language=language)


@transaction.atomic
def send_test(webinar: Webinar, kind: str, language: str, *, registration: Registration | None, by: User) -> None:
    """One mail to the coordinator alone, as the person of ``registration`` would get it, without what is theirs alone."""
    about = after_emails.occasion(webinar, kind)
    after_emails.queue_test(about, after_emails.example_recipient(registration, by), language, to=by.email)


def subject_of(cycle: Cycle) -> str:
    """What notes and test mails about a cycle are filed under."""
    return f"cycle:{cycle.pk}"


def _lock(cycle: Cycle, kind: str) -> CycleMail:
    """The row of this mail, made when first needed; the cycle is locked, so that it is made once."""
    Cycle.objects.select_for_update().get(pk=cycle.pk)
    return CycleMail.objects.get_or_create(cycle=cycle, kind=kind)[0]


def _check_seen(cycle: Cycle, kind: str, language: str, seen: str) -> None:
    if seen != mail_words.stamp(mail_words.words_of(cycle, kind, language)):
        raise ChangedMeanwhile(_("Somebody else changed this e-mail meanwhile. Nothing was overwritten."))

"""The mails after a webinar: thanks, "we missed you", and that the recording is published.

Thanks bring what attending earned, the certificate, and so cannot be unsubscribed; the other two are reminders. A key names
webinar and person: whatever happens to attendance in between, nobody gets the same mail twice.
"""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from network_portal.common.links import absolute
from network_portal.common.templatetags.portal import day_in_words, month_name, time_range
from network_portal.mail import outbox, rendering
from network_portal.users.models import User
from webinars import links, mail_words
from webinars.mail_words import Kind, Words
from webinars.models import CycleMail, Recording, Registration, Webinar

TEMPLATES = {Kind.THANKS: "thanks", Kind.MISSED: "missed", Kind.RECORDING: "recording_published"}
CATEGORIES = {Kind.THANKS: "transactional", Kind.MISSED: "reminder", Kind.RECORDING: "reminder"}
USEFUL_FOR = timedelta(days=30)  # later than this, a mail that is still queued is not sent


@dataclass(frozen=True)
class Recipient:
    """Who is written to. Somebody added by hand has no registration, and so no survey."""

    person: User
    name: str
    registration: Registration | None = None


@dataclass(frozen=True)
class Occasion:
    """What one kind of mail about one webinar says to everybody; read once, whatever the number of mails."""

    kind: str
    webinar: Webinar
    recording: Recording | None  # the published one
    chapters: int
    following: Webinar | None  # the next of the cycle that can be registered for
    registered: frozenset[int]  # who is registered for that one already
    tells_of_recording: bool  # a mail follows when it is published
    words: dict[str, Words] = field(default_factory=dict)  # by language, filled when first needed

    def words_in(self, language: str) -> Words:
        if language not in self.words:
            self.words[language] = mail_words.words_of(self.webinar.cycle, self.kind, language)
        return self.words[language]


def occasion(webinar: Webinar, kind: str) -> Occasion:
    recording = Recording.objects.filter(webinar=webinar, state=Recording.State.PUBLISHED).first()
    rows = Webinar.objects.filter(cycle=webinar.cycle_id, state=Webinar.State.PUBLISHED, starts_at__gt=timezone.now())
    following = next((row for row in rows.order_by("starts_at", "pk") if row.is_open_for_registration), None)
    registered = following.registrations.live().values_list("person_id", flat=True) if following else ()
    return Occasion(
        kind=kind,
        webinar=webinar,
        recording=recording,
        chapters=recording.chapters.count() if recording else 0,
        following=following,
        registered=frozenset(registered),
        tells_of_recording=mail_words.is_on(webinar.cycle, CycleMail.Kind.RECORDING),
    )


def key_prefix(webinar: Webinar, kind: str) -> str:
    """How the keys of one kind of mail about one webinar begin; the person's id follows."""
    return f"{kind}:{webinar.pk}:"


def queue(about: Occasion, recipient: Recipient) -> None:
    language = rendering.known_language(recipient.person.language)
    outbox.queue(
        template(about.kind),
        to=recipient.person.email,
        language=language,
        key=f"{key_prefix(about.webinar, about.kind)}{recipient.person.pk}",
        category=CATEGORIES[about.kind],
        about=recipient.registration.mail_subject if recipient.registration else about.webinar.mail_subject,
        context=context(about, recipient, language),
        send_before=timezone.now() + USEFUL_FOR,
    )


def queue_test(about: Occasion, recipient: Recipient, language: str, *, to: str) -> None:
    """What a preview shows, as a mail to a coordinator."""
    values = context(about, recipient, language, survey_url=_example_url(language))
    with translation.override(language):
        values["words"] = replace(values["words"], subject=_("Test: %(subject)s") % {"subject": values["words"].subject})
    outbox.queue(
        template(about.kind),
        to=to,
        language=language,
        key=f"test:{uuid4()}",
        category="transactional",
        about=f"cycle:{about.webinar.cycle_id}",
        context=values,
        send_before=timezone.now() + timedelta(days=1),
    )


def preview(about: Occasion, recipient: Recipient, language: str, *, to: str) -> rendering.Rendered:
    """As the recipient would get it, with nothing queued and nothing in it that acts for the recipient.

    ``to`` is the coordinator's address: links that stop mails are theirs.
    """
    values = context(about, recipient, language, survey_url=_example_url(language))
    return rendering.render(template(about.kind), to=to, language=language, category=CATEGORIES[about.kind], context=values)


def example_recipient(registration: Registration | None, by: User) -> Recipient:
    """The person of ``registration``, or the coordinator while nobody is registered."""
    if registration is None:
        return Recipient(by, str(by))
    return Recipient(registration.person, registration.name, registration)


def _example_url(language: str) -> str:
    with translation.override(language):
        return absolute(reverse("webinars:survey_example"))


def template(kind: str) -> str:
    return f"webinars/{TEMPLATES[kind]}"


def context(about: Occasion, recipient: Recipient, language: str, *, survey_url: str = "") -> dict:
    """Everything in ``language``. ``survey_url`` stands for the personal one, which a preview does not show."""
    with translation.override(language):
        facts = _facts(about.webinar)
        words = about.words_in(language).filled({**facts, "name": recipient.name})
        page = absolute(about.webinar.get_absolute_url())
        return facts | {
            "words": words,
            "certificate_url": f"{page}#certificate",
            "recording_url": f"{page}#recording" if about.recording or about.kind == Kind.RECORDING else "",
            "page_url": page,
            "tells_of_recording": about.tells_of_recording,
            "survey_url": survey_url or _survey_url(recipient),
            "chapters": about.chapters,
            "minutes": round(about.recording.seconds / 60) if about.recording and about.recording.seconds else 0,
            **_next(about, recipient),
        }


def _survey_url(recipient: Recipient) -> str:
    row = recipient.registration
    has_place = row is not None and row.status == Registration.Status.CONFIRMED
    can_answer = has_place and not row.answered_survey and timezone.now() < row.webinar.survey_closes_at
    return links.survey_url(row) if can_answer else ""


def _facts(webinar: Webinar) -> dict[str, str]:
    """What the panel shows and what placeholders are filled with."""
    start = webinar.starts_local
    date, hours = day_in_words(start), time_range(webinar.starts_at, webinar.ends_at, webinar.time_zone)
    return {
        "kicker": _("Webinar %(n)d of the cycle %(cycle)s") % {"n": webinar.number, "cycle": webinar.cycle.title},
        "day": str(start.day),
        "month": month_name(start),
        "title": webinar.title,
        "date": date,
        "hours": hours,
        "place": webinar.where,
        "cycle": webinar.cycle.title,
        "facts": f"{capfirst(date)}, {hours}\n{webinar.where}",
    }


def _next(about: Occasion, recipient: Recipient) -> dict[str, str]:
    """The next webinar of the cycle, for who is not registered for it yet."""
    webinar = about.following
    if webinar is None or recipient.person.pk in about.registered:
        return {"next_title": "", "next_when": "", "next_url": ""}
    hours = time_range(webinar.starts_at, webinar.ends_at, webinar.time_zone)
    return {
        "next_title": webinar.title,
        "next_when": f"{day_in_words(webinar.starts_local)}, {hours}. {webinar.where}",
        "next_url": absolute(reverse("webinars:register", args=[webinar.slug])),
    }


def withdraw(webinar: Webinar, kind: str) -> int:
    """Take back those still queued; the number. They are owed again when the fact comes back."""
    return outbox.withdraw_keys(key_prefix(webinar, kind), owed_again=True)

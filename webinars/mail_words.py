"""The words of the mails after a webinar: as shipped or a coordinator's own, and what is filled in between braces.

Only words: facts, links and the button stand in the templates of the mails, so no edited text can lose them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from webinars.models import Cycle, CycleMail, CycleMailText

Kind = CycleMail.Kind
BRACES = re.compile(r"\{([^{}]*)\}")
PLACEHOLDERS = {
    "name": _("the person’s name"),
    "title": _("the title of the webinar"),
    "date": _("the day of the webinar, in words"),
    "hours": _("from when to when"),
    "place": _("where it took place"),
    "cycle": _("the title of the cycle"),
}
HELLO = _("Hello {name},")
SHIPPED = {
    Kind.THANKS: (_("Your certificate: {title}"), [HELLO, _("thank you for taking part. It was good to have you with us.")]),
    Kind.MISSED: (
        _("We missed you: {title}"),
        [HELLO, _("you had a place in this webinar, and we did not see you. You were there? Reply, and we correct it.")],
    ),
    Kind.RECORDING: (
        _("Recording published: {title}"),
        [HELLO, _("the recording of this webinar is published, with captions that we checked.")],
    ),
}


@dataclass(frozen=True)
class Words:
    """Subject and text (paragraphs parted by an empty line) with their placeholders."""

    subject: str
    text: str

    def filled(self, values: Mapping[str, str]) -> "Words":
        return Words(fill(self.subject, values), fill(self.text, values))


def fill(text: str, values: Mapping[str, str]) -> str:
    """``text`` with each known ``{placeholder}`` as its value; what a value says is never filled again."""
    return BRACES.sub(lambda found: str(values.get(found[1].strip(), found[0])), text)


def unknown_in(text: str) -> list[str]:
    """What stands in ``text`` between braces, or as a brace alone, and cannot be filled in."""
    names = [found for found in BRACES.findall(text) if found.strip() not in PLACEHOLDERS]
    stray = re.findall(r"[{}]", BRACES.sub("", text))
    return list(dict.fromkeys([*(f"{{{name}}}" for name in names), *stray]))


def stamp(words: Words) -> str:
    """Tells whether somebody changed the words since they were shown."""
    return sha256(f"{words.subject}\n{words.text}".encode()).hexdigest()


def shipped(kind: str, language: str) -> Words:
    with translation.override(language):
        subject, paragraphs = SHIPPED[Kind(kind)]
        return Words(str(subject), "\n\n".join(str(line) for line in paragraphs))


def own(cycle: Cycle, kind: str, language: str) -> CycleMailText | None:
    return CycleMailText.objects.filter(mail__cycle=cycle, mail__kind=kind, language=language).first()


def words_of(cycle: Cycle, kind: str, language: str) -> Words:
    """The coordinators' own words in ``language``, else the shipped ones."""
    text = own(cycle, kind, language)
    return Words(text.subject, text.text) if text else shipped(kind, language)


def is_on(cycle: Cycle, kind: str) -> bool:
    """A mail goes out unless a coordinator switched it off."""
    return not CycleMail.objects.filter(cycle=cycle, kind=kind, is_on=False).exists()

"""Taking a person out of the practices: the texts stay with the municipality as their author."""

from itertools import chain

from django.db.models import Q

from goodpractices.models import Practice, PracticeEvent, PracticeFile, Review, Section, SetAside, Version
from goodpractices.services import acting
from network_portal.users.models import User

OF_A_PERSON = ("name", "email", "phone")  # in the section "contact"
NAMED = (
    (Practice, "created_by"), (Version, "created_by"), (Version, "submitted_by"), (Version, "reviewer"), (Section, "saved_by"),
    (PracticeEvent, "by"), (Review, "reviewer"), (PracticeFile, "added_by"),
)  # fmt: skip


def forget_person(person: User) -> None:
    """Who wrote, sent, reviewed or decided is no longer named, and the person is nobody's contact any more.

    While the person still has name and address: contacts are found by them. A name alone counts where the person wrote or
    belongs to the municipality, for others may be called the same. An address of a service that is the person's own goes,
    too: the page then says to its authors that the contact is missing.
    """
    SetAside.objects.filter(person=person).delete()  # a text that came second, for this person to decide on
    practices = Practice.objects.filter(pk__in={row.version.practice_id for row in _contacts_of(person)})
    for practice in practices.order_by("pk"):
        acting.lock(practice)
        for row in _contacts_of(person, version__practice=practice):  # as it is now that nobody writes
            row.content = _without(person, row.content)
            row.save(update_fields=["content"])
    for model, column in NAMED:
        model.objects.filter(**{column: person}).update(**{column: None})


def _without(person: User, content: dict) -> dict:
    is_contact = _is(content.get("email"), person.email) or _is(content.get("name"), person.name)
    gone = dict.fromkeys(OF_A_PERSON, "") if is_contact else {}
    return content | gone | ({"role_email": ""} if _is(content.get("role_email"), person.email) else {})


def _is(text: str | None, of_person: str) -> bool:
    return bool(of_person) and (text or "").casefold() == of_person.casefold()


def _contacts_of(person: User, **where):
    """Sections, of whatever version, and texts set aside whose contact is the person."""
    found = Q(content__email__iexact=person.email) | Q(content__role_email__iexact=person.email)
    if person.name:
        towns = person.affiliations.values("municipality")
        near = Q(version__practice__municipality__in=towns) | Q(version__created_by=person)
        named = Q(content__name__iexact=person.name)
        in_section, aside = found | (named & (near | Q(saved_by=person))), found | (named & near)
    else:
        in_section = aside = found
    rows = ((Section, in_section), (SetAside, aside))
    return chain(*(model.objects.filter(q, code="contact", **where).select_related("version") for model, q in rows))

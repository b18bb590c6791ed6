"""Taking a person out of the practices: the texts stay with the municipality as their author."""

from django.db.models import Q

from goodpractices.models import Practice, PracticeEvent, PracticeFile, Review, Section, SetAside, Version
from network_portal.users.models import User

OF_A_PERSON = ("name", "email", "phone")  # in the section "contact"
NAMED = (
    (Practice, "created_by"), (Version, "created_by"), (Version, "submitted_by"), (Version, "reviewer"), (Section, "saved_by"),
    (PracticeEvent, "by"), (Review, "reviewer"), (PracticeFile, "added_by"),
)  # fmt: skip


def forget_person(person: User) -> None:
    """Who wrote, sent, reviewed or decided is no longer named, and the person is nobody's contact any more.

    While the person still has name and address: contacts are found by them. A name alone counts where the person wrote or
    belongs to the municipality, for others may be called the same.
    """
    for section in _contacts_of(person):
        for key in OF_A_PERSON:
            section.content[key] = ""
        section.save(update_fields=["content"])
    SetAside.objects.filter(person=person).delete()  # a text that came second, for this person to decide on
    for model, column in NAMED:
        model.objects.filter(**{column: person}).update(**{column: None})


def _contacts_of(person: User):
    """Sections, of whatever version, whose contact is the person."""
    found = Q(content__email__iexact=person.email)
    if person.name:
        towns = person.affiliations.values("municipality")
        near = Q(version__practice__municipality__in=towns) | Q(saved_by=person) | Q(version__created_by=person)
        found |= Q(content__name__iexact=person.name) & near
    return Section.objects.filter(found, code="contact")

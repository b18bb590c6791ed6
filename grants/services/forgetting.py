"""Taking a person out of the calls: nobody's contact any more, on the page and in its history."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from grants.models import Call, CallEvent
from network_portal.users.models import User

OF_A_CONTACT = ("contact_email", "contact_name")


@transaction.atomic
def forget_person(person: User) -> None:
    """While the person still has the address, by which calls are found; of these the name goes too."""
    calls = Call.objects.select_for_update(of=("self",))
    for call in calls.filter(Q(contact_email__iexact=person.email) | Q(pk__in=_of_events(person))).order_by("pk"):
        if call.contact_email.casefold() == person.email:
            call.contact_name = call.contact_email = ""
        for event in call.events.filter(kind=CallEvent.Kind.CORRECTED):
            _forget_in(event, {person.email, person.name.casefold()})
        call.changed_at = timezone.now()  # an open form would bring the address back
        call.version += 1
        call.save(update_fields=[*OF_A_CONTACT, "changed_at", "version"])


def _of_events(person: User) -> set[int]:
    """Calls whose contact the person was before a correction, or became by one."""
    events = CallEvent.objects.filter(detail__has_key="contact_email").values_list("call", "detail")
    return {call for call, detail in events if person.email in map(str.casefold, detail["contact_email"])}


def _forget_in(event: CallEvent, words: set[str]) -> None:
    """Values that are one of ``words`` go; of a pair of which nothing is left, that it changed."""
    pairs = {name: event.detail[name] for name in OF_A_CONTACT if name in event.detail}
    left = {name: ["" if value.casefold() in words else value for value in pair] for name, pair in pairs.items()}
    if left != pairs:
        rest = {name: value for name, value in event.detail.items() if name not in pairs}
        event.detail = rest | {name: pair for name, pair in left.items() if any(pair)}
        event.save(update_fields=["detail"])

"""Practices on their way through the review, as the services leave them."""

from goodpractices import services
from goodpractices.grid import CODES
from goodpractices.models import Practice
from municipalities.models import Municipality
from network_portal.mail.models import OutboxMail
from network_portal.users.models import User
from tests.factories import make_coordinator, make_municipality
from tests.goodpractices.belonging import make_focal_point
from tests.goodpractices.practices import make_draft, make_practice

GRID = {code: {"level": "met", "comment": ""} for code in CODES}
NOTES = services.Notes(grid=GRID)
COMMENTS = services.Notes(comments={"results": "De onde vêm os números?"})


class Town:
    """A municipality with its focal point, and a coordinator who does not belong to it."""

    def __init__(self, *, language: str = "pt"):
        self.town: Municipality = make_municipality()
        self.focal: User = make_focal_point(self.town, name="Filipa Ramos", language=language)
        self.coordinator: User = make_coordinator(name="Carla Osório", language=language)

    def draft(self, **changes) -> Practice:
        return make_draft(municipality=self.town, by=self.focal, **changes)

    def submitted(self, **changes) -> Practice:
        return services.submit(self.draft(**changes), by=self.focal).practice

    def taken(self, **changes) -> Practice:
        practice = self.submitted(**changes)
        services.take(practice, by=self.coordinator)
        return reread(practice)

    def passed_on(self, **changes) -> Practice:
        practice = self.taken(**changes)
        services.pass_on(practice, by=self.coordinator, notes=NOTES)
        return reread(practice)

    def asked(self, **changes) -> Practice:
        """With changes requested."""
        practice = self.taken(**changes)
        services.request_changes(practice, by=self.coordinator, notes=COMMENTS)
        return reread(practice)

    def public(self, **changes) -> Practice:
        return make_practice(municipality=self.town, by=self.focal, **changes)


def reread(practice: Practice) -> Practice:
    """As the database has it now."""
    rows = Practice.objects.select_related("municipality", "public_version", "work_version")
    return rows.get(pk=practice.pk)


def states(practice: Practice) -> tuple[str, str]:
    """Of the practice, and of its version at work."""
    practice = reread(practice)
    return practice.state, practice.work_version.state if practice.work_version else ""


def kinds(practice: Practice) -> list[str]:
    return list(practice.events.order_by("pk").values_list("kind", flat=True))


def queued(template: str = "") -> list[tuple[str, str]]:
    """Template and receiver of every mail that waits, in the order they were queued."""
    mails = OutboxMail.objects.filter(state="queued", template__startswith=f"goodpractices/{template}")
    return [(mail.template.partition("/")[2], mail.to) for mail in mails.order_by("pk")]

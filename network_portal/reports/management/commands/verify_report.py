"""Check frozen reports against their hash and against the facts of today."""

from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from network_portal.reports.models import Report
from network_portal.reports.verification import differences


class Command(BaseCommand):
    help = (
        "Checks the hash of a frozen report and derives its figures again; says what differs, and ends with 1 if anything does."
    )

    def add_arguments(self, parser):
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("uuid", nargs="?", type=UUID, help="of the report, as its page and its PDF say it")
        which.add_argument("--all", action="store_true", help="every frozen report")

    def handle(self, *, uuid: UUID | None, **options):
        reports = Report.objects.frozen().select_related("cycle").order_by("cycle", "number")
        if uuid:
            reports = reports.filter(uuid=uuid)
            if not reports:
                raise CommandError(f"There is no frozen report {uuid}")
        wrong = sum(self._check(report) for report in reports)
        self.stdout.write(f"Reports checked: {len(reports)}, with differences: {wrong}.")
        if wrong:
            raise SystemExit(1)

    def _check(self, report: Report) -> bool:
        """Whether anything differs."""
        found = differences(report)
        self.stdout.write(f"{report} ({report.uuid}): {'differs' if found else 'holds'}")
        for sentence in found:
            self.stdout.write(f"  - {sentence}")
        return bool(found)

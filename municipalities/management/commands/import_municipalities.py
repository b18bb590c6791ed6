from django.core.management.base import BaseCommand, CommandError

from municipalities import services
from municipalities.errors import ImportRejected

BAR = 40  # characters


class Command(BaseCommand):
    help = "Brings the register of municipalities in step with a CSV file. All rows or none."

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")

    def handle(self, *, file, dry_run, **options):
        try:
            with open(file, "rb") as data:
                result = services.import_register(data, dry_run=dry_run, progress=self.show_progress)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from None
        except ImportRejected as error:
            raise CommandError("\n".join(["Nothing was changed.", *error.errors])) from None
        said = f"{result.created} new, {result.updated} changed, {result.unchanged} as before."
        self.stdout.write(f"Dry run, nothing was changed: {said}" if dry_run else said)

    def show_progress(self, done: int, total: int) -> None:
        if (done % 20 and done < total) or not self.stderr.isatty():
            return
        filled = BAR * done // total
        self.stderr.write(f"\r[{'=' * filled}{' ' * (BAR - filled)}] {done}/{total}", ending="\n" if done == total else "")

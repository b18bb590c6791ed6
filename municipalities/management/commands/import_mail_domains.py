from django.core.management.base import BaseCommand, CommandError

from municipalities import services
from municipalities.errors import ImportRejected


class Command(BaseCommand):
    help = "Adds mail domains of municipalities from a CSV file. They suggest a municipality until they are checked."

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE")

    def handle(self, *, file, **options):
        try:
            with open(file, "rb") as data:
                count = services.import_mail_domains(data)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from None
        except ImportRejected as error:
            raise CommandError("\n".join(["Nothing was changed.", *error.errors])) from None
        self.stdout.write(f"{count} new mail domains.")

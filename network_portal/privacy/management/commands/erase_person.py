"""``manage.py erase_person somebody@town.example``: what a person may ask for (GDPR, article 17)."""

from django.core.management import BaseCommand, CommandError

from network_portal.common.errors import DomainError
from network_portal.privacy import services
from network_portal.users.models import User


class Command(BaseCommand):
    help = "Takes a person out of every table; figures and reports stay as they are."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--yes", action="store_true", help="do it; without it, only say what would happen")

    def handle(self, *, email, yes, **options):
        person = User.objects.filter(email=email.strip().lower()).first()
        if person is None:
            raise CommandError("No account has this address.")
        places = person.registrations.count()
        if not yes:
            self.stdout.write(f"This would erase the account and the name in {places} registrations. Add --yes to do it.")
            return
        try:
            services.erase(person)
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Erased: the account and the name in {places} registrations.")

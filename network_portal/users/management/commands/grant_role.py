"""Give a network role to a person, or take it away."""

from django.core.management.base import BaseCommand, CommandError

from network_portal.common.errors import DomainError
from network_portal.users import services
from network_portal.users.fields import is_email_address


class Command(BaseCommand):
    help = "Give the person with EMAIL a network role (the account is made when unknown), or take it away."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("role", choices=list(services.ROLE_FIELDS))
        parser.add_argument("--revoke", action="store_true", help="take the role away")

    def handle(self, email, role, revoke, **options):
        if not is_email_address(email):
            raise CommandError(f"{email!r} is not an e-mail address.")
        try:
            person = services.revoke_role(email, role) if revoke else services.grant_role(email, role)
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{person.email} is {'no longer' if revoke else 'now'} {role}.")

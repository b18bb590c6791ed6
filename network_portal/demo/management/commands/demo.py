from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from network_portal.demo import everything
from network_portal.demo.data.sign_ins import SIGN_INS


class Command(BaseCommand):
    help = "Loads the demonstration: register, founders, a running cycle and that of 2024, invented people. Needs DEMO=1."

    def handle(self, *, verbosity, **options):
        if not settings.DEMO:
            raise CommandError("This is not a demonstration. Set DEMO=1, and never on a portal that real people use.")
        loaded = everything.load()
        if verbosity:
            self.stdout.write("The demonstration is loaded." if loaded else "The demonstration was already there.")
            for email, role in SIGN_INS:
                self.stdout.write(f"  {email:<32} {role}")

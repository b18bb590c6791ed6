from django.core.management.base import BaseCommand

from network_portal.pages.search import rebuild


class Command(BaseCommand):
    help = "Writes the index of the search anew from the records. Safe at any time; every night does it too."

    def handle(self, *, verbosity, **options):
        for kind, count in rebuild().items():
            if verbosity:
                self.stdout.write(f"{kind}: {count}")

"""Everything that must be there before the portal starts. Safe to run at every start, quick when nothing is new."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from network_portal.common.translations import compile_catalogues


class Command(BaseCommand):
    help = "Makes folders, tables, translations and static files; loads the demonstration into a new database (DEMO=1)."

    def add_arguments(self, parser):
        parser.add_argument("--files", action="store_true", help="Only what belongs to an image: translations and static files.")

    def handle(self, *, files: bool, **options):
        compile_catalogues()
        make_folders()
        if not files:
            self.prepare_database()
        collect_static_files()

    def prepare_database(self):
        if has_unapplied_migrations():
            self.stdout.write("Preparing the database.")
            call_command("migrate", verbosity=0, interactive=False)
            call_command("rebuild_search", verbosity=0)  # what an update finds in the records
        if settings.CACHES["default"]["LOCATION"] not in connection.introspection.table_names():
            call_command("createcachetable", verbosity=0)
        if settings.DEMO and not get_user_model().objects.exists():
            self.stdout.write("Loading the demonstration.")
            call_command("demo", verbosity=0)


def make_folders() -> None:
    """``var/`` and, where Celery's broker is the file system, its queues."""
    folders = [settings.BASE_DIR / "var", settings.MEDIA_ROOT]
    transport = getattr(settings, "CELERY_BROKER_TRANSPORT_OPTIONS", {})
    folders += [transport[name] for name in ("data_folder_in", "data_folder_out", "control_folder") if name in transport]
    for folder in folders:
        Path(folder).mkdir(parents=True, exist_ok=True)


def has_unapplied_migrations() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def collect_static_files() -> None:
    """Collect and compress, unless the sources are those of the last time. Only a folder filled by us is emptied first."""
    stamp = Path(settings.STATIC_ROOT) / ".sources"
    sources = fingerprint()
    if stamp.exists() and stamp.read_text() == sources:
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=stamp.exists())
    stamp.write_text(sources)


def fingerprint() -> str:
    """A digest of name, size and time of every static file of the project and its packages."""
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            digest.update(f"{name} {storage.size(name)} {storage.get_modified_time(name)}\n".encode())
    return digest.hexdigest()

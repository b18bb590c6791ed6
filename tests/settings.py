"""Settings of the tests: this checkout's, with plain static files and a database that threads can share."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("DEMO", "1")
os.environ.setdefault("SECRET_KEY", "tests-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ")

from network_portal.common.translations import compile_catalogues
from network_portal.settings import *  # noqa: F403
from network_portal.settings import DATABASES, STORAGES

compile_catalogues()  # before Django reads them

EMAIL_URL = ""
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # threads need a file: in memory they lock each other out
    DATABASES["default"]["TEST"] = {"NAME": Path(tempfile.mkdtemp(prefix="portal-tests-")) / "test.sqlite3"}
STATIC_ROOT = Path(tempfile.mkdtemp(prefix="portal-static-"))  # what a running portal collects is not the tests'
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="portal-media-"))
SITE_URL = "https://portal.example.org"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]

"""How tests of certificates begin: a webinar that was held, with people who attended, and its attendance closed."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

from PIL import Image

from tests.factories import make_cycle, make_record, make_registration, make_webinar
from webinars.models import AttendanceRecord, Certificate, Cycle, Webinar
from webinars.services import certificates

HELD = datetime(2024, 5, 16, 8, 30, tzinfo=UTC)  # 9:30 in Lisbon, for three hours


def held(*, days: int = 0, closed: bool = True, **fields) -> Webinar:
    start = HELD + timedelta(days=days)
    return make_webinar(starts_at=start, attendance_closed_at=start + timedelta(days=2) if closed else None, **fields)


def attended(webinar: Webinar, person, **fields) -> AttendanceRecord:
    return make_record(webinar, registration=make_registration(webinar, person=person), **fields)


def issued(webinar: Webinar, person, **fields) -> Certificate:
    return fresh(certificates.issue(attended(webinar, person, **fields), by=person))


def fresh(certificate: Certificate) -> Certificate:
    return Certificate.objects.select_related("cycle", "webinar", "record").get(pk=certificate.pk)


def cycle_with(number: int, person, **fields) -> tuple[Cycle, list[AttendanceRecord]]:
    """A cycle of which ``person`` attended ``number`` webinars, a month apart."""
    cycle = make_cycle(**fields)
    return cycle, [attended(held(days=30 * n, cycle=cycle, number=n + 1), person) for n in range(number)]


def picture(width: int = 300, height: int = 100, kind: str = "PNG", mode: str = "RGB", **options) -> BytesIO:
    """A file with a picture, as an upload has it."""
    file = BytesIO()
    Image.new(mode, (width, height), "#14508c" if mode != "RGBA" else (20, 80, 140, 128)).save(file, kind, **options)
    file.seek(0)
    file.name = f"logo.{kind.lower()}"
    return file

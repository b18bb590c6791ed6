"""Builders of what tests need; every argument has a default that holds the constraints."""

from datetime import timedelta
from itertools import count

from django.utils import timezone

from municipalities.models import Affiliation, Municipality
from network_portal.common.text import fold
from network_portal.users.models import User
from network_portal.vocabularies.models import Term
from webinars.models import AttendanceRecord, Cycle, Recording, Registration, Webinar

number_of = count(1)


def make_user(email: str = "", *, name: str = "Rita Quaresma", **fields) -> User:
    return User.objects.create_user(email or f"person{next(number_of)}@cm-x.example", name=name, **fields)


def make_coordinator(email: str = "", **fields) -> User:
    return make_user(email, is_coordinator=True, **fields)


def make_term(vocabulary: str) -> Term:
    """The first term of ``vocabulary``, made when the tests run without the shipped ones."""
    code = {"vocabulary": vocabulary, "code": "sample", "labels": {"pt": "Exemplo", "en": "Sample"}}
    return Term.objects.of(vocabulary).first() or Term.objects.create(**code)


def make_municipality(*, name: str = "Vila Exemplo", **fields) -> Municipality:
    n = next(number_of)
    defaults = {
        "code_scheme": "TEST", "code": f"{n:04}", "slug": f"town-{n}", "name_folded": fold(name), "country": "PT",
        "latitude": "38.7", "longitude": "-9.1", "residents": 20_000,
    }  # fmt: skip
    return Municipality.objects.create(name=name, **defaults | fields)


def make_affiliation(person: User, municipality: Municipality | None = None, *, kind: str = "staff", **fields) -> Affiliation:
    """A confirmed one."""
    town = municipality or make_municipality()
    facts = {"state": "confirmed", "proof": "person", "decided_at": timezone.now()} | fields
    return Affiliation.objects.create(person=person, municipality=town, kind=kind, **facts)


def make_cycle(**fields) -> Cycle:
    n, today = next(number_of), timezone.localdate()
    defaults = {
        "title": f"Ciclo {n}", "slug": f"cycle-{n}", "is_published": True,
        "starts_on": today - timedelta(days=100), "ends_on": today + timedelta(days=100),
    }  # fmt: skip
    return Cycle.objects.create(**defaults | fields)


def make_webinar(*, starts_at=None, **fields) -> Webinar:
    """A published webinar of three hours, in a week when nothing else is said."""
    n = next(number_of)
    start = starts_at or timezone.now() + timedelta(days=7)
    fields.setdefault("ends_at", start + timedelta(hours=3))
    fields["cycle"] = fields.get("cycle") or make_cycle()
    fields["theme"] = fields.get("theme") or make_term("theme")
    defaults = {"number": n, "title": f"Webinar {n}", "slug": f"webinar-{n}", "state": Webinar.State.PUBLISHED}
    return Webinar.objects.create(starts_at=start, **defaults | fields)


def make_registration(webinar: Webinar, *, person: User | None = None, status: str = "confirmed", **fields) -> Registration:
    """A row as a service would leave it, without its mails."""
    person, now = person or make_user(), timezone.now()
    moments = {"confirmed": "confirmed_at", "waiting": "queued_at", "cancelled": "cancelled_at"}
    town = fields.pop("municipality", None) or make_municipality()
    defaults = {"name": person.name, "role": make_term("role"), "municipality": town, moments[status]: now}
    return Registration.objects.create(webinar=webinar, person=person, status=status, **defaults | fields)


def make_record(webinar: Webinar, *, registration: Registration | None = None, **fields) -> AttendanceRecord:
    """Attendance as a service would leave it (without its figures): call ``facts.settle`` for those."""
    row = registration or make_registration(webinar)
    defaults = {
        "person": row.person, "name": row.name, "municipality": row.municipality, "organisation": row.organisation,
        "role": row.role, "source": "check_in", "attended": True,
    }  # fmt: skip
    return AttendanceRecord.objects.create(webinar=webinar, registration=row, **defaults | fields)


def make_recording(webinar: Webinar | None = None, *, state: str = "published", **fields) -> Recording:
    """A recording that counts, of a webinar that was held last week."""
    n, now = next(number_of), timezone.now()
    webinar = webinar or make_webinar(starts_at=now - timedelta(days=7))
    defaults = {
        "video_id": f"video{n:06}", "privacy": "public", "published_on": timezone.localdate() - timedelta(days=2),
        "captions_checked_at": now, "seconds": 9672,
    }  # fmt: skip
    return Recording.objects.create(webinar=webinar, state=state, **defaults | fields)

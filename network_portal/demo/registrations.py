"""The demonstration's invented people and their registrations; written at once, so that no mail is owed to them."""

from datetime import datetime, timedelta
from itertools import cycle, islice
from random import Random

from allauth.account.models import EmailAddress
from django.utils import timezone
from django.utils.text import slugify

from municipalities.models import Municipality
from network_portal.demo.data import people
from network_portal.demo.data.sign_ins import STAFF
from network_portal.users.models import User
from network_portal.vocabularies.models import Term
from webinars.models import Registration, Webinar
from webinars.services import facts

PEOPLE = 96
CONFIRMED = [48, 37, 49, 18, 9]  # of each webinar, besides the named ones
WAITING = 5  # of the third, behind the one named
STAFF_HAS_A_PLACE = [1, 2, 3]
CAME = 41  # of those confirmed at the first
SEED = 2020


def load(webinars: list[Webinar], accounts: dict[str, User]) -> None:
    chance = Random(SEED)
    towns = _towns()
    crowd = _make_people(chance, towns)
    roles = {term.code: term for term in Term.objects.filter(vocabulary="role")}
    staff = (accounts[STAFF], towns[people.STAFF_TOWN])
    rows = []
    for webinar, count in zip(webinars, CONFIRMED, strict=True):
        chosen = chance.sample(crowd, count + (WAITING if webinar.number == 3 else 0))
        placed = [staff, *chosen[:count]] if webinar.number in STAFF_HAS_A_PLACE else chosen[:count]
        rows += confirmed(webinar, placed, roles, chance)
        if webinar.number == 3:
            rows += _waiting(webinar, [_first_waiting(towns), *chosen[count:]], roles, chance)
    _check_in([row for row in rows if row.webinar == webinars[0]][:CAME], webinars[0])
    Registration.objects.bulk_create(rows)
    facts.settle(webinars[0])


def _towns() -> dict[str, Municipality]:
    codes = [*people.FOUNDERS, *people.OTHER_TOWNS]
    return {town.code: town for town in Municipality.objects.filter(code_scheme="DICO", code__in=codes)}


def _make_people(chance: Random, towns: dict[str, Municipality]) -> list[tuple[User, Municipality]]:
    """People with a town each; every town has some, none has many."""
    names = {f"{chance.choice(people.FIRST_NAMES)} {chance.choice(people.LAST_NAMES)}": None for _ in range(3 * PEOPLE)}
    codes = sorted(towns)
    pairs = list(islice(zip(names, cycle(codes), strict=False), PEOPLE))
    users = save_users([(name, address_of(name, towns[code])) for name, code in pairs])
    return [(user, towns[code]) for user, (_name, code) in zip(users, pairs, strict=True)]


def _first_waiting(towns: dict[str, Municipality]) -> tuple[User, Municipality]:
    name, email, code = people.FIRST_WAITING
    return save_users([(name, email)])[0], towns[code]


def save_users(named: list[tuple[str, str]]) -> list[User]:
    users = [User(email=email, name=name) for name, email in named]
    for user in users:
        user.set_unusable_password()
    users = User.objects.bulk_create(users)
    EmailAddress.objects.bulk_create(EmailAddress(user=u, email=u.email, verified=True, primary=True) for u in users)
    return users


def address_of(name: str, town: Municipality) -> str:
    """An address that nobody can have."""
    founder = people.FOUNDERS.get(town.code)
    domain = founder[1] if founder else f"cm-{slugify(town.name)}.example"
    return f"{slugify(name).replace('-', '.')}@{domain}"


def confirmed(webinar: Webinar, chosen: list, roles: dict, chance: Random) -> list[Registration]:
    """Unsaved rows of people who have a place, with their towns."""
    rows = [_row(webinar, person, town, roles, chance) for person, town in chosen]
    for row in rows:
        row.status, row.confirmed_at = Registration.Status.CONFIRMED, _confirmed_at(webinar, row.created_at)
    return rows


def _confirmed_at(webinar: Webinar, asked_at: datetime) -> datetime:
    """When the place was given. For a webinar so near that a reminder was due, just now: who gets a place after
    a reminder's hour is not sent it, so a fresh demonstration does not begin by writing to everybody."""
    now = timezone.now()
    return now if timedelta(0) < webinar.starts_at - now < timedelta(days=2) else asked_at


def _waiting(webinar: Webinar, chosen: list, roles: dict, chance: Random) -> list[Registration]:
    rows = [_row(webinar, person, town, roles, chance) for person, town in chosen]
    for place, row in enumerate(rows):
        row.status = Registration.Status.WAITING
        row.created_at = row.queued_at = timezone.now() - timedelta(hours=20 - 3 * place)
    return rows


def _row(webinar: Webinar, person: User, town: Municipality, roles: dict, chance: Random) -> Registration:
    """A registration some time in the weeks before the webinar, or before today."""
    before = min(webinar.starts_at, timezone.now()) - timedelta(days=1)
    return Registration(
        webinar=webinar,
        person=person,
        name=person.name,
        municipality=town,
        role=roles[chance.choice(people.ROLES)],
        registered_by=person,
        consents_to_recording=chance.random() < 0.7,
        consent_version="1",
        created_at=before - timedelta(minutes=chance.randrange(25 * 24 * 60)),
    )


def _check_in(rows: list[Registration], webinar: Webinar) -> None:
    for number, row in enumerate(rows):
        row.checked_in_at = webinar.starts_at + timedelta(seconds=37 * number - 600)

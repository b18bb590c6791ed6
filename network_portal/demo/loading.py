"""The register, the founders, the accounts and the running cycle of the demonstration, with days counted from today."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress
from django.conf import settings
from django.utils import timezone

from municipalities import services as municipalities
from municipalities.models import MailDomain, Municipality
from network_portal.demo import registrations
from network_portal.demo.data.cycle import ACCESS_NOTE, CYCLE, SLUG, SPEAKERS
from network_portal.demo.data.people import FOUNDED, FOUNDERS
from network_portal.demo.data.sign_ins import NAMES, ROLES, SIGN_INS
from network_portal.demo.data.webinars import WEBINARS
from network_portal.users.models import User
from network_portal.vocabularies.models import Term
from webinars.models import AgendaItem, Cycle, ReminderRule, Speaker, Webinar, WebinarAxis

REGISTER = settings.BASE_DIR / "municipalities/data/portugal.csv"
ZONE = ZoneInfo("Europe/Lisbon")
DAYS = [-35, 1, 21, 49, 84]  # of the five webinars, from today
WEDNESDAY, THURSDAY = 2, 3
HELD_ON = [THURSDAY, None, WEDNESDAY, THURSDAY, WEDNESDAY]  # None: that very day
HOLIDAYS = {(1, 1), (4, 25), (5, 1), (6, 10), (8, 15), (10, 5), (11, 1), (12, 1), (12, 8), (12, 25)}  # (month, day)
LENGTH = timedelta(hours=3)
CONTACT = "Equipa para a igualdade"  # of every founder


def load() -> dict[str, User]:
    """Everything of it; the people who can sign in, by address."""
    load_towns()
    accounts = load_accounts()
    registrations.load(load_cycle(timezone.localdate(timezone=ZONE)), accounts)
    return accounts


def load_towns() -> None:
    with open(REGISTER, "rb") as file:
        municipalities.import_register(file)
    towns = {town.code: town for town in Municipality.objects.filter(code_scheme="DICO", code__in=FOUNDERS)}
    for code, domains in FOUNDERS.items():
        membership = municipalities.join_network(towns[code], kind="founder", since=date.fromisoformat(FOUNDED), by=None)
        municipalities.name_contact(membership, name=CONTACT, email=f"igualdade@{domains[-1]}", by=None)
        for domain in domains:
            MailDomain.objects.get_or_create(domain=domain, defaults={"municipality": towns[code]})


def load_accounts() -> dict[str, User]:
    """The people who can sign in, by address."""
    accounts = {}
    for email, _role in SIGN_INS:
        person = User.objects.filter(email=email).first() or User.objects.create_user(
            email, name=NAMES[email], **ROLES.get(email, {})
        )
        EmailAddress.objects.get_or_create(user=person, email=email, defaults={"verified": True, "primary": True})
        accounts[email] = person
    return accounts


def load_cycle(today: date) -> list[Webinar]:
    days = [_day(today + timedelta(days=days), weekday) for days, weekday in zip(DAYS, HELD_ON, strict=True)]
    title = f"{CYCLE['title']} {days[-1].year}"
    cycle = Cycle.objects.create(
        slug=SLUG, starts_on=days[0] - timedelta(days=30), ends_on=days[-1] + timedelta(days=30), **{**CYCLE, "title": title}
    )
    ReminderRule.objects.bulk_create(
        [
            ReminderRule(cycle=cycle, code="day", days_before=1, at=time(9)),
            ReminderRule(cycle=cycle, code="hour", minutes_before=60),
        ]
    )
    speakers = {name: Speaker.objects.create(name=name, role=role, organisation=body) for name, (role, body) in SPEAKERS.items()}
    terms = {(term.vocabulary, term.code): term for term in Term.objects.filter(vocabulary__in=["theme", "axis"])}
    return [
        load_webinar(cycle, number, day, facts, terms=terms, speakers=speakers)
        for number, (day, facts) in enumerate(zip(days, WEBINARS, strict=True), start=1)
    ]


def _day(day: date, weekday: int | None) -> date:
    """``day``, or that weekday of the same week, a day later on a public holiday."""
    if weekday is None:
        return day
    day += timedelta(days=weekday - day.weekday())
    return day + timedelta(days=1) if (day.month, day.day) in HOLIDAYS else day


def load_webinar(cycle: Cycle, number: int, day: date, facts: dict, *, terms: dict, speakers: dict, capacity=50) -> Webinar:
    start = datetime.combine(day, time(10), tzinfo=ZONE)
    webinar = Webinar.objects.create(
        cycle=cycle,
        number=number,
        title=facts["title"],
        slug=facts["slug"],
        summary=facts["summary"],
        text=facts["text"],
        language=CYCLE["language"],
        time_zone=ZONE.key,
        theme=terms["theme", facts["theme"]],
        starts_at=start,
        ends_at=start + LENGTH,
        capacity=capacity,
        registration_opens_at=start - timedelta(days=100),
        join_url=f"https://zoom.example/j/8305521{number:04}",
        platform="Zoom",
        access_note=ACCESS_NOTE,
        state=Webinar.State.PUBLISHED,
    )
    webinar.other_themes.set(terms["theme", code] for code in facts["other_themes"])
    WebinarAxis.objects.bulk_create(
        WebinarAxis(webinar=webinar, axis=terms["axis", code], sentence=text) for code, text in facts["axes"].items()
    )
    for minutes, title, note, names in facts["agenda"]:
        item = AgendaItem.objects.create(
            webinar=webinar, starts_at=start + timedelta(minutes=minutes), title=title, note=note, is_break=title == "Intervalo"
        )
        item.speakers.set(speakers[name] for name in names)
    return webinar

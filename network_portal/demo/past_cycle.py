"""The cycle of 2024: registered, held, imported from files of the video tool, closed, published, and reported.

What a coordinator would do by hand goes through the same services; only the days are put back to 2024 afterwards.
"""

import csv
import io
from datetime import date, datetime, timedelta
from itertools import cycle as round_and_round
from itertools import islice
from random import Random

from django.utils import timezone

from municipalities.models import Municipality
from network_portal.demo import registrations
from network_portal.demo.data import people
from network_portal.demo.data.cycle import SPEAKERS
from network_portal.demo.data.cycle_2024 import (
    BREAK,
    CAPACITY,
    COMMENTS,
    CYCLE,
    ENDS_ON,
    MORE_TOWNS,
    REPORT_TEXT,
    SLUG,
    STARTS_ON,
    TRANSCRIPT,
    WEBINARS_2024,
)
from network_portal.demo.data.sign_ins import COORDINATOR, STAFF
from network_portal.demo.loading import load_webinar
from network_portal.reports import building
from network_portal.reports import services as reports
from network_portal.reports.content import canonical, digest
from network_portal.reports.models import Report
from network_portal.users.models import User
from network_portal.vocabularies.models import Term
from webinars.chapters import ChapterLine
from webinars.models import (
    AttendanceFile,
    Cycle,
    GenderFact,
    Registration,
    Speaker,
    SurveyAnswer,
    Webinar,
)
from webinars.services import attendance, certificates
from webinars.services.recordings import publish_recording, save_recording

SEED = 2024
NEW_PEOPLE = 20
COLUMNS = ["Name (original name)", "Email", "Join time", "Leave time", "Duration (minutes)", "Guest", "In waiting room"]
LEFT_EARLY, NEVER_CAME = 3, 4  # of each webinar, besides those who attended
STAFF_CAME_TO = (1, 2, 4)
# by webinar: usefulness and how many answers; women, men and those who preferred not to say
ANSWERS = [{5: 17, 4: 10, 3: 3, 2: 1}, {5: 19, 4: 8, 3: 2}, {5: 11, 4: 12, 3: 4, 2: 1}, {5: 22, 4: 9, 3: 2}, {5: 15, 4: 14, 3: 1}]
GENDERS = [(34, 9, 5), (37, 8, 6), (30, 11, 5), (38, 7, 5), (33, 9, 6)]
KEPT_FOR = timedelta(days=3 * 365)  # names, from today: a demonstration that forgets its people shows little


class Unwatched:
    """Progress of work that nobody waits for."""

    def __call__(self, done: int, total: int) -> None: ...

    def hold(self) -> None: ...


def load(accounts: dict[str, User]) -> None:
    """Everything, in the caller's transaction."""
    chance = Random(SEED)
    coordinator = accounts[COORDINATOR]
    cycle = Cycle.objects.create(
        slug=SLUG, starts_on=STARTS_ON, ends_on=ENDS_ON, evidence_until=timezone.localdate() + KEPT_FOR, **CYCLE
    )
    crowd = _crowd(chance)
    staff = (accounts[STAFF], Municipality.objects.get(code_scheme="DICO", code=people.STAFF_TOWN))
    for number, facts in enumerate(WEBINARS_2024, start=1):
        webinar = _hold(cycle, number, facts)
        chosen = chance.sample(crowd, facts["attended"] + LEFT_EARLY + NEVER_CAME)
        if number in STAFF_CAME_TO:
            chosen[0] = staff
        rows = _register(webinar, chosen, chance)
        _import(webinar, rows[:-NEVER_CAME], facts["attended"], by=coordinator, chance=chance)
        _ask_afterwards(webinar, rows[: facts["attended"]])
        _publish(webinar, facts, by=coordinator)
    certificates.issue_for_cycle(cycle, person=accounts[STAFF])
    _report(cycle, by=coordinator)


def _crowd(chance: Random) -> list[tuple[User, Municipality]]:
    """The invented people of the running cycle, and some of towns that came in 2024 only."""
    rows = Registration.objects.exclude(person__email__in=[STAFF, COORDINATOR]).select_related("person", "municipality")
    crowd = {row.person: row.municipality for row in rows.order_by("pk")}
    taken = {person.name for person in crowd}
    towns = Municipality.objects.filter(code_scheme="DICO", code__in=MORE_TOWNS).order_by("code")
    names = {f"{chance.choice(people.FIRST_NAMES)} {chance.choice(people.LAST_NAMES)}": None for _ in range(3 * NEW_PEOPLE)}
    fresh = list(islice(zip((name for name in names if name not in taken), round_and_round(towns), strict=False), NEW_PEOPLE))
    users = registrations.save_users([(name, registrations.address_of(name, town)) for name, town in fresh])
    return [*crowd.items(), *((user, town) for user, (_name, town) in zip(users, fresh, strict=True))]


def _hold(cycle: Cycle, number: int, facts: dict) -> Webinar:
    speakers = {speaker.name: speaker for speaker in Speaker.objects.filter(name__in=SPEAKERS)}
    terms = {(term.vocabulary, term.code): term for term in Term.objects.filter(vocabulary__in=["theme", "axis"])}
    whole = {"other_themes": [], **facts}
    day = date.fromisoformat(facts["day"])
    return load_webinar(cycle, number, day, whole, terms=terms, speakers=speakers, capacity=CAPACITY)


def _register(webinar: Webinar, chosen: list, chance: Random) -> list[Registration]:
    roles = {term.code: term for term in Term.objects.filter(vocabulary="role")}
    rows = registrations.confirmed(webinar, chosen, roles, chance)
    return Registration.objects.bulk_create(rows)


def _import(webinar: Webinar, came: list[Registration], attended: int, *, by: User, chance: Random) -> None:
    """Upload a file as the video tool writes it, use it, close attendance; and let it all have been the day after."""
    content = zoom_file(webinar, came, attended, chance)
    file = attendance.upload(webinar, by=by, name=f"participants_{webinar.starts_local:%Y%m%d}.csv", content=content)
    attendance.read_file(file.job, Unwatched())
    job = attendance.ask_to_apply(file, by=by, others_are_left_out=True)
    attendance.apply_file(job, Unwatched())
    file.job.delete()
    job.delete()
    attendance.close(Webinar.objects.get(pk=webinar.pk), by=by, tells=False)
    after = webinar.ends_at + timedelta(days=1)
    AttendanceFile.objects.filter(pk=file.pk).update(uploaded_at=after, applied_at=after)
    Webinar.objects.filter(pk=webinar.pk).update(attendance_closed_at=after)


def zoom_file(webinar: Webinar, came: list[Registration], attended: int, chance: Random) -> bytes:
    """The list of participants of a Zoom meeting: who stayed, who left early, and the host."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        ["Name (original name)", "Email", "Join time", "Leave time", "Duration (minutes)", "Guest", "In waiting room"]
    )
    for n, row in enumerate(came):
        joined = webinar.starts_local + timedelta(seconds=chance.randrange(-600, 900))
        stays = timedelta(minutes=chance.randrange(110, 178) if n < attended else chance.randrange(12, 70))
        writer.writerow([row.name, row.person.email, *_times(joined, joined + stays), "Yes", "No"])
    host = webinar.starts_local - timedelta(minutes=25)
    writer.writerow(["Rede de Autarquias", "reuniao@redeigualdade.example", *_times(host, webinar.ends_local), "No", "No"])
    return out.getvalue().encode("utf-8-sig")


def _times(joined: datetime, left: datetime) -> list[str]:
    minutes = -(-int((left - joined).total_seconds()) // 60)
    return [f"{joined:%m/%d/%Y %I:%M:%S %p}", f"{left:%m/%d/%Y %I:%M:%S %p}", str(minutes)]


def _ask_afterwards(webinar: Webinar, came: list[Registration]) -> None:
    answers = [mark for mark, count in ANSWERS[webinar.number - 1].items() for _ in range(count)]
    genders = dict(zip(("woman", "man", "not_said"), GENDERS[webinar.number - 1], strict=True))
    texts = [*COMMENTS, *[""] * len(answers)]
    SurveyAnswer.objects.bulk_create(
        SurveyAnswer(webinar=webinar, usefulness=mark, comment=text) for mark, text in zip(answers, texts, strict=False)
    )
    GenderFact.objects.bulk_create(GenderFact(webinar=webinar, gender=code, count=n) for code, n in genders.items())
    said = [row.pk for row in came]
    Registration.objects.filter(pk__in=said[: len(answers)]).update(answered_survey=True)
    Registration.objects.filter(pk__in=said[: sum(genders.values())]).update(answered_gender=True)


def _publish(webinar: Webinar, facts: dict, *, by: User) -> None:
    chapters = [ChapterLine(second=60 * at, title=title) for at, title, *_ in facts["agenda"] if title != BREAK]
    recording = save_recording(
        webinar,
        by=by,
        seen=None,
        video_id=facts["video"],
        captions_checked=True,
        chapters=chapters,
        language="pt",
        transcript=TRANSCRIPT,
        privacy="public",
        published_on=date.fromisoformat(facts["published_on"]),
        seconds=60 * (facts["agenda"][-1][0] + 11),
        views=facts["views"],
    )
    publish_recording(recording, by=by, tell=False)


def _report(cycle: Cycle, *, by: User) -> Report:
    report = reports.create_report(cycle, by=by, cut_off=date.fromisoformat(ENDS_ON))
    report = reports.save_text(report, by=by, seen=report.changed_at.isoformat(), text=REPORT_TEXT)
    return reports.freeze(report, by=by, checked=digest(canonical(building.build(report))))

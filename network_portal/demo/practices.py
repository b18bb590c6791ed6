"""The practices of the demonstration: forty, in every state.

What people would do goes through the same services; only the moments are put back afterwards. The mails of that way are
forgotten, so that none is owed.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from goodpractices import services
from municipalities.models import Municipality
from network_portal.demo import practice_people
from network_portal.demo.moments import put_back
from network_portal.demo.practice_files import add_files, without_files
from network_portal.demo.practice_texts import earlier_contents, read_texts
from network_portal.mail.models import OutboxMail
from network_portal.users.models import User
from webinars.models import AgendaItem

ZONE = ZoneInfo("Europe/Lisbon")
MONTH, YEAR = timedelta(days=30.44), timedelta(days=366)
WRITING, STEP = timedelta(days=40), timedelta(days=7)  # from the first word to the next deed; from one deed to the next
SECOND_QUESTION = timedelta(days=31)  # after the first
FEATURED = timedelta(days=12)  # ago


def load(accounts: dict[str, User]) -> None:
    """Everything, in the caller's transaction."""
    today = timezone.localdate(timezone=ZONE)
    texts = read_texts()
    towns = {
        town.slug: town for town in Municipality.objects.filter(slug__in={facts["municipality"] for facts in texts.values()})
    }
    people = practice_people.gather(towns.values(), accounts)
    for number, facts in enumerate(texts.values()):
        telling = Telling(facts, towns[facts["municipality"]], people, today, hour=9 + number % 8)
        telling.tell()
        for row in facts.get("presented", []):
            AgendaItem.objects.filter(webinar__slug=row["webinar"], title=row["item"]).update(practice=telling.practice)
    OutboxMail.objects.filter(about__startswith="practice:").delete()


class Telling:
    """One practice, from its draft to where it stands; each deed with the moment at which it will have been done."""

    def __init__(self, facts: dict, town: Municipality, people: practice_people.People, today: date, *, hour: int):
        self.facts, self.town, self.people, self.today, self.hour = facts, town, people, today, hour
        self.writer, self.sender = people.writer_of(town), people.sender_of(town)

    def tell(self) -> None:
        deeds = DEEDS.get(self.facts["state"])
        if deeds is None:
            self._public()
        else:
            self._work(deeds)

    def _work(self, deeds: tuple[Callable[["Telling"], None], ...]) -> None:
        """What never was public: ``deeds`` a week apart, the last one on its day."""
        last = self._ago("")
        first = last - STEP * (len(deeds) - 1)
        self._start(first - WRITING if deeds else last, self.facts["contents"])
        for number, deed in enumerate(deeds):
            deed(self)
            put_back(self.practice, first + STEP * number)

    def _public(self) -> None:
        at, earlier = self._ago(""), self.facts.get("earlier")
        if earlier:
            first = self._moment(earlier["months_ago"] * MONTH)
            self._start(first - WRITING, earlier_contents(self.facts))
            self._publish(first)
            services.start_version(self.practice, by=self.writer)
            self._write(self.facts["contents"])
            put_back(self.practice, at - WRITING)
        else:
            self._start(at - WRITING, self.facts["contents"])
        self._publish(at)
        self._afterwards(at)

    def _afterwards(self, published: datetime) -> None:
        """What happened to it since it was published."""
        if "confirmed_months_ago" in self.facts:
            services.confirm_still_true(self.practice, by=self.writer)
            put_back(self.practice, self._ago("confirmed_"))
        for number in range(self.facts.get("unanswered", 0)):
            asked = published + YEAR + SECOND_QUESTION * number
            services.ask_still_true(self.practice, today=asked.date())
            put_back(self.practice, asked)
        if self.facts.get("featured"):
            services.feature(self.practice, by=self.people.coordinator)
            put_back(self.practice, self._moment(FEATURED))
        if self.facts["state"] == "archived":
            services.archive(self.practice, by=self.sender, reason=self.facts["reason"])
            put_back(self.practice, self._ago("archived_"))

    def _start(self, at: datetime, contents: dict[str, dict]) -> None:
        self.written = without_files(contents)
        self.practice = services.start_practice(
            self.town, by=self.writer, form=self.facts["form"], language=self.facts["language"], contents=self.written
        )
        self._write(contents)
        put_back(self.practice, at)

    def _write(self, contents: dict[str, dict]) -> None:
        """Write the sections that are not there yet as ``contents`` has them, with their files."""
        for code, content in add_files(self.practice, contents, by=self.writer).items():
            if content != self.written.get(code):
                services.save_section(self.practice, code, content, by=self.writer, seen=None)
                self.written[code] = content

    def _publish(self, at: datetime) -> None:
        services.make_public(self.practice, by=self.people.coordinator)
        put_back(self.practice, at)

    def _ago(self, what: str) -> datetime:
        days = self.facts.get(f"{what}days_ago")
        return self._moment(timedelta(days=days) if days else self.facts.get(f"{what}months_ago", 0) * MONTH)

    def _moment(self, ago: timedelta) -> datetime:
        """That long ago, at the practice's own hour; never later than now."""
        at = datetime.combine(self.today - ago, time(self.hour), tzinfo=ZONE)
        return min(at, timezone.now())


def _submit(told: Telling) -> None:
    services.submit(told.practice, by=told.sender)


def _take(told: Telling) -> None:
    services.take(told.practice, by=told.people.coordinator)


def _take_first(told: Telling) -> None:
    services.take(told.practice, by=told.people.reviewer)


def _pass_on(told: Telling) -> None:
    services.pass_on(told.practice, by=told.people.reviewer, notes=_notes(told))


def _request_changes(told: Telling) -> None:
    services.request_changes(told.practice, by=told.people.coordinator, notes=_notes(told))


def _decline(told: Telling) -> None:
    notes = _notes(told)
    services.decline(told.practice, by=told.people.coordinator, reason=notes.text, notes=notes)


def _withdraw(told: Telling) -> None:
    services.withdraw(told.practice, by=told.sender, reason=told.facts["reason"])


def _delete(told: Telling) -> None:
    services.delete(told.practice, by=told.sender)


def _notes(told: Telling) -> services.Notes:
    review = told.facts["review"]
    return services.Notes(grid=review["grid"], comments=review.get("comments", {}), text=review["text"])


DEEDS: dict[str, tuple[Callable[[Telling], None], ...]] = {  # of what never was public
    "draft": (),
    "submitted": (_submit,),
    "in_review": (_submit, _take),
    "second_review": (_submit, _take_first, _pass_on),
    "changes_requested": (_submit, _take, _request_changes),
    "declined": (_submit, _take, _decline),
    "withdrawn": (_submit, _withdraw),
    "deleted": (_delete,),
}

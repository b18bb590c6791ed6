"""The practices of the demonstration: those that are published, and drafts.

What people would do goes through the same services; only the moments are put back afterwards.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from goodpractices import services
from goodpractices.models import Practice
from municipalities.models import Municipality
from network_portal.demo.data.sign_ins import COORDINATOR
from network_portal.demo.moments import put_back
from network_portal.demo.practice_files import add_files, without_files
from network_portal.demo.practice_texts import earlier_contents, read_texts
from network_portal.users.models import User
from webinars.models import AgendaItem

ZONE = ZoneInfo("Europe/Lisbon")
MONTH, WRITING = timedelta(days=30.44), timedelta(days=40)  # the latter from the first word to the next deed
ASKED, FEATURED = timedelta(days=60), timedelta(days=12)  # that long ago
TOLD = ("public", "draft")


def load(accounts: dict[str, User]) -> None:
    """Everything, in the caller's transaction."""
    today = timezone.localdate(timezone=ZONE)
    texts = read_texts()
    towns = {
        town.slug: town for town in Municipality.objects.filter(slug__in={facts["municipality"] for facts in texts.values()})
    }
    for number, facts in enumerate(texts.values()):
        if facts["state"] not in TOLD:
            continue
        telling = Telling(facts, towns[facts["municipality"]], accounts[COORDINATOR], today, hour=9 + number % 8)
        telling.tell()
        for row in facts.get("presented", []):
            AgendaItem.objects.filter(webinar__slug=row["webinar"], title=row["item"]).update(practice=telling.practice)


class Telling:
    """One practice, from its draft to where it stands; each deed with the moment at which it will have been done."""

    def __init__(self, facts: dict, town: Municipality, author: User, today: date, *, hour: int):
        self.facts, self.town, self.author, self.today, self.hour = facts, town, author, today, hour
        self.moments: list[datetime] = []

    def tell(self) -> None:
        if self.facts["state"] == "draft":
            self._start(self._ago(""), self.facts["contents"])
        else:
            self._public()
        put_back(self.practice, self.moments)
        if self.facts["state"] == "public":
            Practice.objects.filter(pk=self.practice.pk).update(**self._afterwards())

    def _public(self) -> None:
        at, earlier = self._ago(""), self.facts.get("earlier")
        if earlier:
            first = self._moment(earlier["months_ago"] * MONTH)
            self._start(first - WRITING, earlier_contents(self.facts))
            self._publish(first)
            self._note(at - WRITING)
            services.start_version(self.practice, by=self.author)
            self._write(self.facts["contents"])
        else:
            self._start(at - WRITING, self.facts["contents"])
        self._publish(at)

    def _afterwards(self) -> dict:
        """What happened to it since it was published."""
        told = {}
        if "confirmed_months_ago" in self.facts:
            told["confirmed_on"] = self._ago("confirmed_").date()
        if self.facts.get("unanswered"):
            told |= {"unanswered": self.facts["unanswered"], "asked_on": self.today - ASKED}
        if self.facts.get("featured"):
            told["featured_at"] = self._moment(FEATURED)
        return told

    def _start(self, at: datetime, contents: dict[str, dict]) -> None:
        self._note(at)
        self.written = without_files(contents)
        self.practice = services.start_practice(
            self.town, by=self.author, form=self.facts["form"], language=self.facts["language"], contents=self.written
        )
        self._write(contents)

    def _write(self, contents: dict[str, dict]) -> None:
        """Write the sections that are not there yet as ``contents`` has them, with their files."""
        for code, content in add_files(self.practice, contents, by=self.author).items():
            if content != self.written.get(code):
                services.save_section(self.practice, code, content, by=self.author, seen=None)
                self.written[code] = content

    def _publish(self, at: datetime) -> None:
        self._note(at)
        services.make_public(self.practice, by=self.author)

    def _note(self, at: datetime) -> None:
        self.moments.append(at)

    def _ago(self, what: str) -> datetime:
        days = self.facts.get(f"{what}days_ago")
        return self._moment(timedelta(days=days) if days else self.facts.get(f"{what}months_ago", 0) * MONTH)

    def _moment(self, ago: timedelta) -> datetime:
        """That long ago, at the practice's own hour; never later than now."""
        at = datetime.combine(self.today - ago, time(self.hour), tzinfo=ZONE)
        return min(at, timezone.now())

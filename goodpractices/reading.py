"""What the page of a practice shows of one version, made ready for the template."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, cached_property

from django.apps import apps
from django.db.models import QuerySet
from django.utils import timezone

from goodpractices.evidence import evidence_of
from goodpractices.models import Practice, PracticeFile, Version
from goodpractices.sections import LEVELS, end_of
from goodpractices.services.projection import named_files, shown_of
from municipalities.models import Municipality
from network_portal.vocabularies import reading

NUMBER = re.compile(r"\d[\d\u00a0\u202f .,]*\s?%?")
PRESENTED = (
    *(f"webinar__{name}" for name in ("title", "number", "slug", "starts_at")),
    *(f"webinar__recording__{name}" for name in ("video_id", "state", "privacy")),
    "chapters__second",
)


@dataclass(frozen=True)
class Picture:
    """A picture of the section ``media`` with its file."""

    file: PracticeFile
    alt: str
    credit: str


@dataclass(frozen=True)
class Document:
    title: str
    file: PracticeFile


@dataclass(frozen=True)
class Axis:
    """An axis of inequality with how far it was taken, in words."""

    code: str
    label: str
    level: str
    sentence: str


@dataclass(frozen=True)
class Presented:
    """Where the practice was presented: the webinar, and the second of its recording when there is one."""

    title: str
    number: int
    slug: str
    starts_at: datetime
    video_id: str
    second: int | None

    @property
    def minute(self) -> str:
        """As "1:14" hours and minutes, or "12" minutes."""
        hours, minutes = divmod((self.second or 0) // 60, 60)
        return f"{hours}:{minutes:02}" if hours else str(minutes)

    @property
    def watch_url(self) -> str:
        at = f"&t={self.second}s" if self.second else ""
        return f"https://www.youtube.com/watch?v={self.video_id}{at}"


class Sheet:
    """One version of a practice as it is read. ``sections`` is {code: content} of its form; a missing key reads as nothing."""

    def __init__(self, practice: Practice, version: Version):
        self.practice, self.version = practice, version
        self.town: Municipality = practice.municipality
        self.sections = shown_of(version)
        self.terms = reading.at(practice.terms_version) if hasattr(practice, "terms_version") else reading.current()
        self.title = self.part("title").get("title", "")
        self.language = self.part("title").get("language") or practice.language
        self.summary = self.part("summary").get("summary", "")

    def part(self, code: str) -> dict:
        return self.sections.get(code, {})

    @property
    def read(self) -> tuple:
        """Everything that this sheet was made of, in the words of the database: two of the same read alike in each language."""
        towns = [(town.slug, town.label) for _row, town in self.partners if town]
        made_of = (self.sections, sorted(self.files), towns, self.presented, self.evidence)
        return (*made_of, self.language, str(self.terms.version))

    @property
    def context(self) -> str:
        return self.part("context").get("text", "")

    @property
    def objectives(self) -> str:
        return self.part("objectives").get("text", "")

    @property
    def blocks(self) -> list[dict]:
        return self.part("blocks").get("blocks", [])

    @cached_property
    def partners(self) -> list[tuple[dict, Municipality | None]]:
        """Each partner with its town, where it is one."""
        rows = self.part("partners").get("partners", [])
        slugs = {row["municipality"] for row in rows if row.get("municipality")}
        towns = {town.slug: town for town in Municipality.objects.filter(slug__in=slugs)} if slugs else {}
        return [(row, towns.get(row.get("municipality"))) for row in rows]

    @cached_property
    def groups(self) -> list[str]:
        return [self.terms.label_of("target_group", code) for code in self.part("groups").get("groups", [])]

    @cached_property
    def axes(self) -> list[Axis]:
        rows = self.part("groups").get("axes", [])
        return [
            Axis(
                row["axis"],
                self.terms.label_of("axis", row["axis"]),
                str(LEVELS.get(row.get("level"), "")),
                row.get("sentence", ""),
            )
            for row in rows
        ]

    @property
    def resources(self) -> dict:
        return self.part("resources")

    @cached_property
    def cost(self) -> str:
        code = self.resources.get("cost_band")
        return self.terms.label_of("cost_band", code) if code else ""

    @cached_property
    def starts_on(self) -> date | None:
        return _month(self.part("period").get("starts"))

    @cached_property
    def ends_on(self) -> date | None:
        return _month(end_of(self.part("period")))

    @property
    def is_running(self) -> bool:
        return bool(self.part("period").get("is_running"))

    @cached_property
    def evidence(self) -> Practice.Evidence:
        """As the catalogue has it for the public version (replications count there), else from the text."""
        is_public = self.practice.public_version_id == self.version.pk
        return Practice.Evidence(self.practice.evidence) if is_public else evidence_of(self.sections)

    @property
    def results(self) -> dict:
        return self.part("results")

    @property
    def indicators(self) -> list[dict]:
        return self.results.get("indicators", [])

    @cached_property
    def has_before(self) -> bool:
        return any(row.get("before") for row in self.indicators)

    @property
    def has_sex(self) -> bool:
        """Whether a result is known by sex. Where none is nothing is said: some count no people."""
        return any(row.get("by_sex") for row in self.indicators)

    @cached_property
    def headline(self) -> dict | None:
        """The result that stands large."""
        return headline_of(self.indicators)

    @property
    def difficulties(self) -> list[dict]:
        return self.part("difficulties").get("difficulties", [])

    @property
    def not_again(self) -> str:
        return self.part("difficulties").get("not_again", "")

    @property
    def transfer(self) -> dict:
        return self.part("transfer")

    @property
    def contact(self) -> dict:
        return self.part("contact")

    @cached_property
    def files(self) -> dict[str, PracticeFile]:
        """By uuid; nothing is asked when the sections name none."""
        return {str(file.uuid): file for file in self.practice.files.all()} if named_files(self.sections) else {}

    @cached_property
    def pictures(self) -> list[Picture]:
        rows = self.part("media").get("pictures", [])
        return [Picture(self.files[r["file"]], r.get("alt", ""), r.get("credit", "")) for r in rows if r["file"] in self.files]

    @cached_property
    def documents(self) -> list[Document]:
        rows = self.part("media").get("documents", [])
        found = [(row.get("title"), self.files[row["file"]]) for row in rows if row["file"] in self.files]
        return [Document(title or file.file_name, file) for title, file in found]

    @cached_property
    def evaluation(self) -> PracticeFile | None:
        return self.files.get(self.results.get("evaluation", ""))

    @property
    def links(self) -> list[dict]:
        return self.part("media").get("links", [])

    @property
    def video(self) -> str:
        return self.part("media").get("video", "")

    @cached_property
    def themes(self) -> list[tuple[str, str]]:
        """Codes and labels."""
        return [(code, self.terms.label_of("theme", code)) for code in self.part("classification").get("themes", [])]

    @cached_property
    def kind(self) -> str:
        code = self.part("classification").get("practice_type")
        return self.terms.label_of("practice_type", code) if code else ""

    @cached_property
    def charter(self) -> list[str]:
        return [self.terms.label_of("charter_article", code) for code in self.part("classification").get("charter", [])]

    @cached_property
    def sdg(self) -> list[str]:
        return [self.terms.label_of("sdg_target", code) for code in self.part("classification").get("sdg", [])]

    @cached_property
    def presented(self) -> list[Presented]:
        """The webinars that everybody may know of, the latest first, each once; one query, none where no programme names it."""
        if not getattr(self.practice, "has_agenda_items", True):
            return []
        found = {}
        for *known, video, state, privacy, second in presentations().filter(practice=self.practice.pk):
            is_watchable = state == "published" and privacy not in ("private", "absent")
            found.setdefault(known[2], Presented(*known, *((video, second) if is_watchable else ("", None))))
        return list(found.values())

    @property
    def is_unanswered(self) -> bool:
        """Whether the authors let two yearly questions go by."""
        return self.practice.is_unanswered

    @property
    def citation_year(self) -> int:
        moment = self.version.published_at or self.version.created_at
        return timezone.localtime(moment).year


@cache
def presentations() -> QuerySet:
    """Of every practice, as ``PRESENTED`` names them, the latest first; put together once, and narrowed for each page."""
    rows = apps.get_model("webinars", "AgendaItem").objects.filter(webinar__state="published", webinar__cycle__is_published=True)
    return rows.order_by("-webinar__starts_at", "chapters__second").values_list(*PRESENTED)


def _month(text: str | None) -> date | None:
    return date.fromisoformat(f"{text}-01") if text else None


def headline_of(indicators: list[dict]) -> dict | None:
    """The first with a number before and after, both short enough to stand large."""
    return next((row for row in indicators if is_short(row.get("before")) and is_short(row.get("after"))), None)


def is_short(text: str | None) -> bool:
    return bool(text) and len(text) <= 7 and bool(NUMBER.fullmatch(text))

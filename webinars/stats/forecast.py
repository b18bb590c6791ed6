"""What is still needed to keep a cycle's promises, and which of them the places left cannot keep."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network_portal.common.templatetags.portal import thousands
from webinars.models import Cycle, Webinar
from webinars.stats.figures import CycleFigures
from webinars.stats.tables import CycleTables, per_cent


@dataclass(frozen=True)
class TargetForecast:
    """One target. ``most`` is what is reached when everything goes as well as it can."""

    key: str  # "webinars", "participations", "municipalities" or "recordings"
    target: int
    reached: int
    most: int
    coming: int  # webinars to come

    @property
    def missing(self) -> int:
        return max(self.target - self.reached, 0)

    @property
    def is_met(self) -> bool:
        return self.missing == 0

    @property
    def is_reachable(self) -> bool:
        return self.most >= self.target

    @property
    def per_webinar(self) -> int | None:
        """Needed in each webinar to come, rounded up; None when there is none."""
        return -(-self.missing // self.coming) if self.coming else None


@dataclass(frozen=True)
class Forecast:
    """The four targets of a cycle, what the coming webinars hold, and how many of the confirmed came so far."""

    targets: tuple[TargetForecast, ...]
    coming: int
    places: int  # of the coming webinars together
    smallest: int  # places of the smallest of them, 0 when there is none
    largest: int
    show_up: int | None  # attended of confirmed at the webinars held, in whole per cent; at most 100
    is_over: bool  # the cycle's last day is past and nothing is to come

    def of(self, key: str) -> TargetForecast:
        return next(target for target in self.targets if target.key == key)

    @property
    def unreachable(self) -> list[TargetForecast]:
        return [target for target in self.targets if not target.is_reachable]

    @property
    def open(self) -> list[TargetForecast]:
        """Targets not yet met that can still be."""
        return [target for target in self.targets if target.is_reachable and not target.is_met]

    @property
    def places_needed(self) -> int | None:
        """Places in each coming webinar for the participations missing, when as many come as did so far; None: not known."""
        needed = self.of("participations").per_webinar
        return -(-needed * 100 // self.show_up) if needed and self.show_up else None

    @property
    def is_tight(self) -> bool:
        """Reachable only when more of the confirmed come than so far."""
        return self.of("participations").is_reachable and (self.places_needed or 0) * self.coming > self.places

    @property
    def kind(self) -> str:
        """Of the notice: "warn" when a target is lost or in danger, "ok" when all are met, else "now"."""
        if self.unreachable or self.is_tight:
            return "warn"
        return "now" if self.open else "ok"

    @property
    def title(self) -> str:
        """One sentence with the most important of it."""
        lost = [target for target in self.unreachable if target.key == "participations"] or self.unreachable
        if lost:
            return _lost(self, lost[0])
        if self.is_tight:
            return _("With as many present as so far, the places do not suffice")
        return _("Still needed to reach the targets") if self.open else _("All targets are reached")

    @property
    def sentences(self) -> list[str]:
        """What is missing, target by target, and how many places that takes."""
        told = [_missing(self, target) for target in sorted(self.targets, key=_importance) if not target.is_met]
        if (self.is_tight or not self.of("participations").is_reachable) and self.places_needed:
            values = {"rate": self.show_up, "places": thousands(self.places_needed)}
            told.insert(
                1, _("With %(rate)s of every 100 people present, as so far, %(places)s places in each are needed.") % values
            )
        return told


def forecast(cycle: Cycle, figures: CycleFigures, *, coming: Sequence[Webinar], confirmed: int) -> Forecast:
    """From the figures, the published webinars to come, and the registrations confirmed at the webinars held; no query."""
    places = [webinar.capacity for webinar in coming]
    more, seats = len(places), sum(places)
    reached = {
        "webinars": (figures.webinars, figures.webinars + more),
        "participations": (figures.participations, figures.participations + seats),
        "municipalities": (figures.municipalities, figures.municipalities + seats),
        "recordings": (figures.recordings, max(figures.webinars, figures.recordings) + more),
    }
    targets = (TargetForecast(key, getattr(cycle, f"target_{key}"), now, most, more) for key, (now, most) in reached.items())
    rate = per_cent(figures.participations, confirmed)
    return Forecast(
        targets=tuple(targets),
        coming=more,
        places=seats,
        smallest=min(places, default=0),
        largest=max(places, default=0),
        show_up=rate and min(rate, 100),
        is_over=not more and cycle.ends_on < timezone.localdate(),
    )


def forecast_of(tables: CycleTables) -> Forecast:
    """The forecast of exact tables; no query."""
    confirmed = sum(row.confirmed for row in tables.webinars.rows if row.is_held)
    coming = [row.webinar for row in tables.coming]
    return forecast(tables.cycle, tables.figures, coming=coming, confirmed=confirmed)


def is_running(cycle: Cycle, *, today: date | None = None) -> bool:
    """Whether a forecast of the cycle says something about its future."""
    return cycle.ends_on >= (today or timezone.localdate())


def _importance(target: TargetForecast) -> int:
    return ["participations", "municipalities", "recordings", "webinars"].index(target.key)


def _lost(all_of_it: Forecast, target: TargetForecast) -> str:
    names = {
        "webinars": _("The target of %(target)s webinars"),
        "participations": _("The target of %(target)s participations"),
        "municipalities": _("The target of %(target)s municipalities"),
        "recordings": _("The target of %(target)s recordings"),
    }
    name = names[target.key] % {"target": target.target}
    if all_of_it.is_over:
        return _("%(name)s was not reached") % {"name": name}
    if not all_of_it.coming:
        return _("%(name)s cannot be reached: no webinar is planned") % {"name": name}
    if target.key not in ("participations", "municipalities"):
        return _("%(name)s cannot be reached with the webinars that are planned") % {"name": name}
    if all_of_it.smallest == all_of_it.largest:
        values = {"places": thousands(all_of_it.smallest), "target": thousands(target.target)}
        if target.key == "participations":
            return _("With %(places)s places per webinar, the target of %(target)s participations cannot be reached") % values
        return _("With %(places)s places per webinar, the target of %(target)s municipalities cannot be reached") % values
    return _("%(name)s cannot be reached with the places that are planned") % {"name": name}


def _missing(all_of_it: Forecast, target: TargetForecast) -> str:
    n, k = target.missing, all_of_it.coming
    missing = {
        "webinars": ngettext("%(n)s webinar is missing", "%(n)s webinars are missing", n),
        "participations": ngettext("%(n)s participation is missing", "%(n)s participations are missing", n),
        "municipalities": ngettext("%(n)s municipality is missing", "%(n)s municipalities are missing", n),
        "recordings": ngettext("%(n)s recording is missing", "%(n)s recordings are missing", n),
    }[target.key] % {"n": thousands(n)}
    if not k:
        return f"{missing}."
    if target.key == "webinars":
        return ngettext("%(missing)s; %(k)s is planned.", "%(missing)s; %(k)s are planned.", k) % {"missing": missing, "k": k}
    if target.key == "recordings":
        return f"{missing}."
    values = {"missing": missing, "k": k, "each": target.per_webinar}
    return (
        ngettext(
            "%(missing)s and there is %(k)s webinar to come: %(each)s in it.",
            "%(missing)s and there are %(k)s webinars to come: %(each)s in each.",
            k,
        )
        % values
    )

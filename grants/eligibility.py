"""Can we apply? What the rules of a call say of a body in a municipality; nothing is read from the database here."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.models import Applicant, Territory
from municipalities.models import Municipality
from network_portal.common.templatetags.portal import thousands

COUNTRIES = {"PT": gettext_lazy("Portugal"), "ES": gettext_lazy("Spain"), "IT": gettext_lazy("Italy")}


@dataclass(frozen=True)
class Rules:
    """Who a call is for. Without kinds, places or limits nobody is left out by them."""

    kinds: Collection[str] = ()  # of Applicant.Kind
    territories: Collection[tuple[str, str]] = ()  # (level, value)
    residents_from: int | None = None
    residents_to: int | None = None


@dataclass(frozen=True)
class Finding:
    """One rule beside the body's own value; ``holds`` is None when the value is not known."""

    holds: bool | None
    text: str


@dataclass(frozen=True)
class Verdict:
    findings: list[Finding]

    @property
    def answer(self) -> str:
        """``"no"`` when one rule is broken, ``"unknown"`` when one cannot be told, else ``"yes"``."""
        held = {finding.holds for finding in self.findings}
        return "no" if False in held else "unknown" if None in held else "yes"

    @property
    def in_order(self) -> list[Finding]:
        """What stands in the way first."""
        return sorted(self.findings, key=lambda finding: {False: 0, None: 1, True: 2}[finding.holds])


def verdict(rules: Rules, *, kind: str, town: Municipality) -> Verdict:
    """What the rules say of a body of ``kind`` in ``town``, rule by rule."""
    findings = [_by_kind(rules, kind), _by_territory(rules, town), _by_residents(rules, town)]
    return Verdict([finding for finding in findings if finding])


def _by_kind(rules: Rules, kind: str) -> Finding | None:
    if not rules.kinds:
        return None
    words = {"kinds": kinds_in_words(rules.kinds), "kind": Applicant.Kind(kind).label}
    return Finding(kind in rules.kinds, _("Who may apply: %(kinds)s. You chose: %(kind)s.") % words)


def _by_territory(rules: Rules, town: Municipality) -> Finding | None:
    if not rules.territories:
        return None
    places = {"country": town.country, "region": town.region, "district": town.district}
    where = ", ".join(place_name(level, places[level]) for level in ("district", "region", "country") if places[level])
    words = {"places": places_in_words(rules.territories), "town": town.label, "where": where}
    holds = any(places[level] == value for level, value in rules.territories)
    is_known = all(places[level] for level, _value in rules.territories)
    text = _("The support is for who is in: %(places)s. %(town)s is in: %(where)s.") % words
    return Finding(True if holds else False if is_known else None, text)


def _by_residents(rules: Rules, town: Municipality) -> Finding | None:
    limits = residents_in_words(rules.residents_from, rules.residents_to)
    if not limits:
        return None
    words = {"limits": limits, "town": town.label, "residents": thousands(town.residents)}
    if town.residents is None:
        text = _("The support is for municipalities %(limits)s; the register does not say how many residents %(town)s has.")
        return Finding(None, text % words)
    too_few = rules.residents_from is not None and town.residents < rules.residents_from
    too_many = rules.residents_to is not None and town.residents > rules.residents_to
    text = _("The support is for municipalities %(limits)s; %(town)s has %(residents)s.") % words
    return Finding(not (too_few or too_many), text)


def residents_in_words(least: int | None, most: int | None) -> str:
    """As "with up to 10 000 residents"; empty without limits."""
    words = {"least": thousands(least), "most": thousands(most)}
    if least is not None and most is not None:
        return _("with %(least)s to %(most)s residents") % words
    if most is not None:
        return _("with up to %(most)s residents") % words
    return _("with at least %(least)s residents") % words if least is not None else ""


def kinds_in_words(kinds: Collection[str]) -> str:
    """In the order of the choices, as "municipality, parish"."""
    return ", ".join(str(kind.label) for kind in Applicant.Kind if kind.value in kinds)


def places_in_words(territories: Collection[tuple[str, str]]) -> str:
    return ", ".join(place_name(level, value) for level, value in territories)


def place_name(level: str, value: str) -> str:
    """The name of a place of the register, where countries stand by their code."""
    return str(COUNTRIES.get(value, value)) if level == Territory.Level.COUNTRY else value

"""The map: one square dot for each town of the register, drawn from its coordinates, whatever the country.

Towns far east or west of the mainland (islands) are grouped by region into insets with a scale of their own.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import cos, radians

from django.conf import settings
from django.db.models import Count, DecimalField, F, Max, Sum
from django.db.models.functions import Length

from municipalities.map_labels import CHARACTER, halves, spread
from municipalities.models import Membership, Municipality

FAR = 2.6  # degrees of longitude without a town: what lies beyond is an inset
MARGIN = 10
DOT, MEMBER, FOUNDER = 4, 8, 12  # pixels
INSET_GAP = 12
DEGREES = DecimalField(max_digits=30, decimal_places=5)
CAPTION = 1.7  # of the font: from an inset's rule to its dots


@dataclass(frozen=True)
class Size:
    """One drawing: the wide one, or the one for phones."""

    code: str
    width: int
    height: int
    font: int
    row: int  # pixels from label to label
    inset: tuple[int, int]  # width and height


SIZES = (Size("wide", 480, 580, 16, 20, (136, 44)), Size("narrow", 358, 462, 14, 18, (104, 34)))


@dataclass(frozen=True)
class Town:
    pk: int
    group: str  # names the inset that the town is in, should it lie far away
    x: float  # degrees, the longitude shortened as the latitude asks
    y: float  # degrees, growing southwards


@dataclass(frozen=True)
class Label:
    lines: tuple[tuple[str, str], ...]  # (y, words)
    line: str  # the path from the label to its dot


@dataclass(frozen=True)
class Inset:
    name: str
    names: tuple[tuple[str, str], ...]  # (y, name) of its labelled towns
    line: str
    y: str


@dataclass(frozen=True)
class Drawing:
    """Texts for the template, because a localised number is no coordinate."""

    code: str
    width: str
    height: str
    label_x: str
    dots: str
    members: str
    founders: str
    labels: tuple[Label, ...]
    insets: tuple[Inset, ...]


@dataclass(frozen=True)
class MapData:
    towns: int
    founders: tuple[Membership, ...]  # with their municipality, the largest first
    joined_later: int  # members that are not founders, observers aside
    drawings: tuple[Drawing, ...]
    town: Municipality | None = None  # the one that the map is about


def network_map(memberships: list[Membership] | None = None) -> MapData:
    """The network among all towns: one query, and one more for ``memberships`` (current ones with their town)."""
    if memberships is None:
        memberships = list(Membership.objects.current().select_related("municipality"))
    founders = [m for m in memberships if m.kind == Membership.Kind.FOUNDER]
    members = [m.municipality_id for m in memberships if m.kind == Membership.Kind.MEMBER]
    register = _register()
    return MapData(
        towns=register.count,
        founders=tuple(sorted(founders, key=lambda m: (-(m.municipality.residents or 0), m.pk))),
        joined_later=len(members),
        drawings=_draw(register, frozenset((m.municipality_id, m.municipality.name) for m in founders), frozenset(members)),
    )


def town_map(town: Municipality) -> MapData:
    """One town among all; one query."""
    register = _register()
    drawings = _draw(register, frozenset([(town.pk, town.name)]), frozenset())
    return MapData(towns=register.count, founders=(), joined_later=0, drawings=drawings, town=town)


@dataclass(frozen=True)
class Register:
    """What tells one state of the register from another: the drawings are kept under it.

    Sums over all towns, each times its primary key, so that two towns that change places are noticed.
    """

    count: int
    last: int | None
    latitudes: str
    longitudes: str
    words: str  # how long the names of districts and regions are


def _towns():
    return Municipality.objects.filter(country=settings.NETWORK_COUNTRY, latitude__isnull=False, longitude__isnull=False)


def _register() -> Register:
    sums = {
        "latitudes": Sum(F("pk") * F("latitude"), output_field=DEGREES),
        "longitudes": Sum(F("pk") * F("longitude"), output_field=DEGREES),
        "words": Sum(F("pk") * (Length("district") + 100 * Length("region"))),
    }
    found = _towns().aggregate(count=Count("pk"), last=Max("pk"), **sums)
    return Register(found["count"], found["last"], *(str(found[name]) for name in sums))


@lru_cache(maxsize=400)
def _draw(register: Register, founders: frozenset[tuple[int, str]], members: frozenset[int]) -> tuple[Drawing, ...]:
    """``founders`` with the names that their labels show, whatever was kept of the register."""
    if not register.count:
        return ()
    mainland, insets = _apart(_read_towns(register))
    return tuple(_Canvas(size, mainland, insets, dict(founders), members).drawing() for size in SIZES)


@lru_cache(maxsize=2)
def _read_towns(register: Register) -> tuple[Town, ...]:
    rows = list(_towns().order_by("pk").values_list("pk", "district", "region", "latitude", "longitude"))
    regions = defaultdict(set)
    for _pk, district, region, *_place in rows:
        regions[region].add(district)
    shrink = cos(radians(float(sum(row[3] for row in rows)) / len(rows)))
    return tuple(
        Town(pk, (district if len(regions[region]) == 1 else region) or district, float(x) * shrink, -float(y))
        for pk, district, region, y, x in rows
    )


def _apart(towns: tuple[Town, ...]) -> tuple[list[Town], dict[str, list[Town]]]:
    """The largest group without a gap in longitude, and the others by region."""
    groups, last = [], None
    for town in sorted(towns, key=lambda town: town.x):
        if last is None or town.x - last.x > FAR:
            groups.append([])
        groups[-1].append(town)
        last = town
    mainland = max(groups, key=len)
    insets = defaultdict(list)
    for town in (town for group in groups if group is not mainland for town in group):
        insets[town.group].append(town)
    return mainland, dict(insets)


class _Frame:
    """Turns degrees into pixels: ``towns`` fill a box at (left, top), its right edge kept when they are narrow."""

    def __init__(self, towns: list[Town], *, left: float, top: float, width: float, height: float, to_right: bool):
        xs, ys = [town.x for town in towns], [town.y for town in towns]
        self.x, self.y = min(xs), min(ys)
        wide, high = max(xs) - self.x or 0.01, max(ys) - self.y or 0.01
        self.scale = min(width / wide, height / high)
        self.left = left + (width - wide * self.scale if to_right else 0)
        self.top = top
        self.bottom = top + high * self.scale

    def place(self, town: Town) -> tuple[float, float]:
        return self.left + (town.x - self.x) * self.scale, self.top + (town.y - self.y) * self.scale


class _Canvas:
    """Lays out one drawing: mainland to the right, labels and insets in the column at its left."""

    def __init__(self, size: Size, mainland, insets, founders, members):
        self.size, self.insets, self.founders, self.members = size, insets, founders, members
        self.labelled = [town for town in mainland if town.pk in founders]
        alone = len(self.labelled) == 1  # then there is room for two lines
        self.words = {town.pk: halves(founders[town.pk]) if alone else [founders[town.pk]] for town in self.labelled}
        longest = max((len(words) for lines in self.words.values() for words in lines), default=0)
        self.column = max(size.inset[0] + INSET_GAP, round(longest * CHARACTER * size.font))
        left = self.column + 2 * MARGIN + FOUNDER
        box = {"width": size.width - left - MARGIN, "height": size.height - 2 * MARGIN}
        self.frame = _Frame(mainland, left=left, top=MARGIN, to_right=True, **box)
        self.places = {town.pk: self.frame.place(town) for town in mainland}
        self.height = self.frame.bottom + MARGIN

    def drawing(self) -> Drawing:
        labels, rows = self._labels()
        insets = self._insets(rows)
        kinds = {pk: self._kind(pk) for pk in self.places}
        paths = {
            kind: _squares((p for pk, p in self.places.items() if kinds[pk] == kind), kind) for kind in (DOT, MEMBER, FOUNDER)
        }
        return Drawing(
            self.size.code, str(self.size.width), f"{self.height:.0f}", str(self.column),
            paths[DOT], paths[MEMBER], paths[FOUNDER], labels, insets,
        )  # fmt: skip

    def _kind(self, pk: int) -> int:
        return FOUNDER if pk in self.founders else MEMBER if pk in self.members else DOT

    def _labels(self) -> tuple[tuple[Label, ...], list[float]]:
        """Labels at the height of their dots, moved apart where they would overlap, and those heights."""
        dots = sorted((*reversed(self.places[town.pk]), town.pk) for town in self.labelled)
        self.height = max(self.height, len(dots) * self.size.row + 2 * MARGIN)
        rows = spread([y for y, _x, _pk in dots], gap=self.size.row, low=MARGIN, high=self.height - MARGIN)
        return tuple(self._label(row, *dot) for row, dot in zip(rows, dots, strict=True)), rows

    def _label(self, row: float, y: float, x: float, pk: int) -> Label:
        start = self.column + 6
        first = row + self.size.font * 0.35 - (len(self.words[pk]) - 1) * self.size.row / 2
        lines = tuple((f"{first + i * self.size.row:.1f}", words) for i, words in enumerate(self.words[pk]))
        if abs(row - y) <= 1:
            return Label(lines, f"M{start} {y:.1f}H{x:.1f}")
        elbow = min(start + 3 * MARGIN, x - FOUNDER)
        return Label(lines, f"M{start} {row:.1f}H{elbow:.1f}L{x:.1f} {y:.1f}")

    def _insets(self, rows: list[float]) -> tuple[Inset, ...]:
        """Insets one below the other in the largest gap between labels; below everything when it is too small."""
        groups = sorted(self.insets, key=lambda group: min(town.x for town in self.insets[group]))
        named = {group: [t for t in self.insets[group] if t.pk in self.founders] for group in groups}
        heights = [self._inset_frame(g, 0).bottom + len(named[g]) * self.size.row for g in groups]
        top, gap = self._free_strip(rows, heights)
        drawn = []
        for group, height in zip(groups, heights, strict=True):
            frame = self._inset_frame(group, top)
            self.places |= {town.pk: frame.place(town) for town in self.insets[group]}
            first = frame.bottom + self.size.font * 1.3
            names = tuple((f"{first + i * self.size.row:.1f}", self.founders[town.pk]) for i, town in enumerate(named[group]))
            rule, caption = f"M0 {top:.1f}H{self.size.inset[0]}", f"{top + self.size.font * 1.15:.1f}"
            drawn.append(Inset(group, names, rule, caption))
            top += height + gap
        return tuple(drawn)

    def _inset_frame(self, group: str, top: float) -> _Frame:
        width, height = self.size.inset
        box = {"left": 4, "top": top + self.size.font * CAPTION, "width": width - 8, "height": height}
        return _Frame(self.insets[group], to_right=False, **box)

    def _free_strip(self, rows: list[float], heights: list[float]) -> tuple[float, float]:
        """Where the insets begin and the space between them."""
        needed = sum(heights) + INSET_GAP * len(heights)
        edges = pairwise([-self.size.row, *rows, self.height])
        space, above = max((below - above - self.size.row, above) for above, below in edges)
        if space >= needed:
            gap = min((space - sum(heights)) / (len(heights) + 1), 4 * INSET_GAP)
            rest = space - sum(heights) - gap * (len(heights) - 1)
            return above + self.size.row / 2 + rest / 2, gap
        top = self.height + INSET_GAP
        self.height = top + needed
        return top, INSET_GAP


def _squares(places, side: int) -> str:
    """A path of squares around ``places``."""
    half = side / 2
    return "".join(f"M{x - half:.1f} {y - half:.1f}h{side}v{side}h-{side}z" for x, y in places)

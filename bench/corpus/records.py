"""One record of the corpus, the same alone or among 100,000: everything is drawn from the seed and its number.

The hidden slots (theme, town, audience, noun) say what a record is about; the answers of the searches follow from them.
"""

import math
import random
from bisect import bisect
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import accumulate

from bench.corpus.noise import noisy
from bench.corpus.words import LANGUAGES, THEMES, rare, vocabulary

SEED = 20_240_307
SHARES = (62, 14, 12, 8, 4)  # of the languages, in per cent
MOST_TITLE, MOST_SUMMARY = 100, 280
STATES = ("public",) * 85 + ("new",) * 7 + ("archived",) * 4 + ("unpublished",) * 4
LEVELS = ("considered", "adapted", "specific", "measured")


@dataclass(frozen=True)
class Slots:
    """What a record is about; ``others`` are its further themes."""

    theme: str
    town: int  # place in the list of towns
    audience: int
    noun: int  # of the theme
    others: tuple[str, ...]


@dataclass(frozen=True)
class Record:
    """A record as the loader needs it; ``contents`` as ``goodpractices.sections`` has them."""

    number: int
    language: str
    state: str
    published_on: date
    slots: Slots
    contents: dict


@cache
def _zipf(n: int, power: float) -> tuple[float, ...]:
    return tuple(accumulate(1 / (rank + 1) ** power for rank in range(n)))


def zipf(draw: random.Random, n: int, power: float) -> int:
    """A number below ``n``, the smaller the likelier."""
    sums = _zipf(n, power)
    return min(bisect(sums, draw.random() * sums[-1]), n - 1)


def record(number: int, towns: list[str]) -> Record:
    """Record ``number``; ``towns`` are names, the largest town first. Four towns in ten have nothing."""
    draw = random.Random(f"{SEED}:{number if draw_again(number) else number - 1}")
    language = draw.choices(LANGUAGES, SHARES)[0]
    slots = _slots(draw, math.ceil(len(towns) * 0.6))
    if not draw_again(number):  # the same project, by another town
        slots = Slots(slots.theme, (slots.town + 1) % math.ceil(len(towns) * 0.6), slots.audience, slots.noun, slots.others)
    year = 2016 + min(int(9 * math.sqrt(draw.random())), 8)
    day = date(year, draw.randrange(1, 13), draw.randrange(1, 28))
    return Record(number, language, draw.choice(STATES), day, slots, _contents(draw, language, slots, towns, day))


def draw_again(number: int) -> bool:
    """Whether record ``number`` is one of its own: one in 50 repeats the one before."""
    return number % 50 != 49


def _slots(draw: random.Random, towns: int) -> Slots:
    theme = THEMES[zipf(draw, len(THEMES), 1.1)]
    others = tuple(t for t in dict.fromkeys(draw.choice(THEMES) for _ in range(draw.choice([0, 0, 1, 1, 2, 3]))) if t != theme)
    return Slots(theme, zipf(draw, towns, 0.9), draw.randrange(20), zipf(draw, 25, 0.6), others)


def _contents(draw: random.Random, language: str, slots: Slots, towns: list[str], day: date) -> dict:
    def text(words: int) -> str:
        return noisy(draw, _paragraph(draw, language, slots, towns, words))

    words = min(max(int(draw.lognormvariate(math.log(260), 0.45)), 120), 900)
    title, summary = _title(draw, language, slots, towns), _summary(draw, language, slots, towns)
    video = "abcdefghijk" if draw.random() < 0.3 else ""
    return {
        "title": {"title": title[:MOST_TITLE], "language": language},
        "summary": {"summary": summary[:MOST_SUMMARY]},
        "context": {"text": text(words // 4)},
        "objectives": {"text": text(words // 6)},
        "blocks": {"blocks": [_block(draw, text, words) for _ in range(draw.randrange(1, 4))]},
        "partners": {"partners": [], "is_alone": True},
        "groups": {"groups": [], "axes": [], "drawn": draw.random()},
        "resources": {"staff_hours": draw.choice([0, 4, 8, 16, 24, 40, 80, 160]), "drawn": draw.random()},
        "period": {"starts": f"{day.year - 1}-{day.month:02}", "ends": "", "is_running": True},
        "results": _results(draw, language, text, words),
        "difficulties": {"difficulties": [{"name": "", "text": text(words // 10)}], "not_again": ""},
        "transfer": {"conditions": text(words // 10), "smallest_town": None, "can_drop": ""},
        "contact": {"role_email": "igualdade@exemplo.example"},
        "media": {"pictures": [], "documents": [], "video": video, "links": []},
        "classification": {"themes": [slots.theme, *slots.others], "areas": [], "charter": [], "sdg": []},
    }


def _block(draw: random.Random, text, words: int) -> dict:
    return {"name": text(4)[:100], "text": text(words // 8), "enabled_by": "", "lesson": ""}


def _results(draw: random.Random, language: str, text, words: int) -> dict:
    luck, known = draw.random(), vocabulary(language).words["results"]
    if luck < 0.3:
        return {"indicators": [], "text": "", "not_measured": text(words // 12)}
    before = str(draw.randrange(1, 90)) if luck > 0.6 else ""
    row = {"name": draw.choice(known), "before": before, "after": str(draw.randrange(1, 900)), "unit": "", "source": "RH"}
    return {"indicators": [row], "text": text(words // 12), "not_measured": ""}


def _words(draw: random.Random, language: str, slots: Slots, towns: list[str]) -> dict:
    """What the frames are filled with; the record's own noun and audience more often than not."""
    known = vocabulary(language)
    nouns = known.nouns[slots.theme]
    own, other = nouns[slots.noun], lambda: nouns[draw.randrange(len(nouns))]
    results = draw.sample(known.words["results"], 2)
    return {
        "town": towns[slots.town], "noun": own if draw.random() < 0.4 else other(), "noun2": other(), "noun3": other(),
        "verb": draw.choice(known.words["verbs"]), "audience": known.words["audiences"][slots.audience],
        "method": draw.choice(known.words["methods"]), "result": results[0], "result2": results[1],
        "n": draw.randrange(2, 40), "n2": draw.randrange(2, 40),
    }  # fmt: skip


def _paragraph(draw: random.Random, language: str, slots: Slots, towns: list[str], words: int) -> str:
    known, sentences, count = vocabulary(language), [], 0
    while count < words:
        sentence = draw.choice(known.sentences).format(**_words(draw, language, slots, towns))
        if draw.random() < 0.08:
            sentence = f"{sentence[:-1]}: {rare(draw, language)}."
        sentences.append(sentence[:1].upper() + sentence[1:])
        count += sentence.count(" ") + 1
    return " ".join(sentences)


def _title(draw: random.Random, language: str, slots: Slots, towns: list[str]) -> str:
    known = vocabulary(language)
    filled = _words(draw, language, slots, towns) | {"noun": known.nouns[slots.theme][slots.noun]}
    title = draw.choice(known.titles).format(**filled)
    title = title[:1].upper() + title[1:]
    return title.upper() if draw.random() < 0.01 else title


def _summary(draw: random.Random, language: str, slots: Slots, towns: list[str]) -> str:
    """Names the noun and the audience of the record."""
    known = vocabulary(language)
    filled = _words(draw, language, slots, towns) | {"noun": known.nouns[slots.theme][slots.noun]}
    sentence = known.sentences[draw.choice([0, 1, 7])].format(**filled)
    return sentence[:1].upper() + sentence[1:]

"""What differs between two versions, section by section, word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby, zip_longest
from operator import attrgetter

from goodpractices.plain import Line, lines_of
from goodpractices.sections import SECTIONS, Contents, Template
from network_portal.vocabularies.reading import Vocabularies

WORD = re.compile(r"\s*(?:\d+(?:[\u00a0.,]\d+)*|\w+|[^\w\s])")  # with the blanks before it
SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?\n]+(?=\s|$)|$|[.!?\n]+)")
MOST = 600  # sentences, and words of a sentence, that are compared; longer stretches are shown whole, before and after
ALIKE = 0.35  # lines that share less are shown as one gone and one new


@dataclass(frozen=True)
class Run:
    """Words that stayed (``same``), went (``gone``) or came (``new``)."""

    kind: str
    text: str

    @property
    def blanks(self) -> str:
        """What stands before the words: it is neither marked nor struck through."""
        return self.text[: len(self.text) - len(self.words)]

    @property
    def words(self) -> str:
        return self.text.lstrip()


@dataclass(frozen=True)
class Change:
    """A line with its runs; ``label`` as it is called now."""

    label: str
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class SectionDiff:
    section: Template
    changes: tuple[Change, ...]


def differences(old: Contents, new: Contents, words: Vocabularies) -> list[SectionDiff]:
    """The sections that differ, with the lines that do."""
    found = []
    for section in SECTIONS:
        before, after = (lines_of(section.code, contents.get(section.code, {}), words) for contents in (old, new))
        changes = tuple(change for change in _changes(before, after) if any(run.kind != "same" for run in change.runs))
        if changes:
            found.append(SectionDiff(section, changes))
    return found


def changed_sections(old: Contents, new: Contents, words: Vocabularies) -> set[str]:
    """The codes of the sections that differ."""
    return {diff.section.code for diff in differences(old, new, words)}


def _changes(before: Sequence[Line], after: Sequence[Line]) -> Iterator[Change]:
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            for old, new in zip_longest(before[i1:i2], after[j1:j2]):
                yield from _change(old, new)


def _change(old: Line | None, new: Line | None) -> Iterator[Change]:
    if old is None or new is None:
        line, kind = (new, "new") if old is None else (old, "gone")
        yield Change(line.label, (Run(kind, line.text),))
    elif old.label != new.label and not _alike(old.text, new.text):
        yield Change(old.label, (Run("gone", old.text),))
        yield Change(new.label, (Run("new", new.text),))
    else:
        label = (Run("gone", old.label), Run("same", " "), Run("new", new.label), Run("same", ": "))
        yield Change(new.label, (label if old.label != new.label else ()) + word_runs(old.text, new.text))


def _alike(old: str, new: str) -> bool:
    before, after = ([word.strip() for word in WORD.findall(text)[:MOST]] for text in (old, new))
    return SequenceMatcher(None, before, after).quick_ratio() >= ALIKE


def word_runs(old: str, new: str) -> tuple[Run, ...]:
    """Both texts as one, with what went and what came; blanks alone make no difference.

    Sentence by sentence first, so that long texts cost little.
    """
    before, after = ([s for s in SENTENCE.findall(text) if s] for text in (old, new))
    if max(len(before), len(after)) > MOST:
        return Run("gone", old), Run("new", new)
    runs = []
    for tag, i1, i2, j1, j2 in _compared(before, after):
        if tag == "equal":
            runs.append(Run("same", "".join(after[j1:j2])))
        elif i2 - i1 == j2 - j1:
            for pair in zip(before[i1:i2], after[j1:j2], strict=True):
                runs += _in_words(*pair)
        else:
            runs += _in_words("".join(before[i1:i2]), "".join(after[j1:j2]))
    return tuple(Run(kind, "".join(run.text for run in same)) for kind, same in groupby(runs, key=attrgetter("kind")))


def _in_words(old: str, new: str) -> list[Run]:
    before, after = WORD.findall(old), WORD.findall(new)
    if max(len(before), len(after)) > MOST:
        return [Run("gone", old), Run("new", new)]
    runs = []
    for tag, i1, i2, j1, j2 in _compared(before, after):
        if tag == "equal":
            runs.append(Run("same", "".join(after[j1:j2])))
            continue
        pieces = (("gone", "".join(before[i1:i2])), ("new", "".join(after[j1:j2])))
        runs += [Run(kind, text) for kind, text in pieces if text]
    return runs


def _compared(before: list[str], after: list[str]) -> list[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, [s.strip() for s in before], [s.strip() for s in after], autojunk=False).get_opcodes()

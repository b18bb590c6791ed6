"""What somebody may have meant: the nearest words of the index that find something (or much more) for them."""

from django.db.models import Q, QuerySet

from network_portal.common.search import Query, read_query
from network_portal.common.search.stems import fold_word
from network_portal.search.models import IndexedWord

MOST_WORDS = 3  # typed words for which another is looked for
NEAREST = 3  # spellings that are tried
FEW = 3  # results up to which a misspelling is looked for
MANY = 10  # times as many more have to be found with another spelling, before it is looked for as well
LONG = 7  # letters from which two slips are forgiven, below it one


def did_you_mean(query: Query, entries: QuerySet) -> str:
    """A search that finds something among ``entries`` (those that the person may see), or nothing.

    Two queries and at most NEAREST + 1 to see what the words find: nobody learns a word of a record that is hidden.
    """
    for words in _spellings(query):
        text = " ".join(filter(None, words))
        if text != query.text and entries.found_by(read_query(text)).exists():
            return text
    return ""


def is_little(found: int) -> bool:
    """Whether a search that finds so many may have been misspelt as some text is, too."""
    return 0 < found <= FEW


def with_what_was_meant(query: Query, entries: QuerySet, found: int) -> Query:
    """``query``, which finds ``found`` of ``entries`` (those that the person may see); when these are few, and a spelling that is
    near finds many more, the search that finds both: a misspelt word is often misspelt in some text, too.

    No query unless something was found, and little; else two, and at most NEAREST to see what the words find.
    """
    if not is_little(found):
        return query
    wider = [query.with_meant(words) for words in _spellings(query) if all(words)]
    counted = [(entries.found_by(wide).count(), -place, wide) for place, wide in enumerate(wider) if wide.typed]
    count, _place, wide = max(counted, default=(0, 0, query))
    return wide if count - found >= MANY * found else query


def _spellings(query: Query) -> list[list[str]]:
    """The words of the terms with what is nearest to those that titles, summaries and labels do not have, then with the next
    nearest, …; at last with nothing for the words that nothing is near to. Two queries."""
    words = [(term.word, fold_word(term.word)) for term in query.terms]
    known = set(IndexedWord.objects.filter(folded__in=[folded for _word, folded in words]).values_list("folded", flat=True))
    doubtful = [folded for _word, folded in words if folded not in known and len(folded) > 3][:MOST_WORDS]
    near = _nearest(doubtful) if doubtful else {}
    if not any(near.values()):
        return []
    places = [[_pick(near.get(folded, []), place) or word for word, folded in words] for place in range(NEAREST)]
    places.append([_pick(near[folded], 0) if folded in near else word for word, folded in words])
    return [words for place, words in enumerate(places) if words not in places[:place]]


def _pick(choices: list[str], place: int) -> str:
    return choices[min(place, len(choices) - 1)] if choices else ""


def _nearest(words: list[str]) -> dict[str, list[str]]:
    """The indexed words at most one or two slips from each, the nearest first; one query."""
    rule = Q(pk__in=[])
    for word in words:
        begins = Q(folded__startswith=word[0]) | Q(folded__endswith=word[-2:])
        rule |= begins & Q(length__range=(len(word) - 2, len(word) + 2))
    rows = list(IndexedWord.objects.filter(rule).values_list("folded", "shown"))
    return {word: _ranked(word, rows) for word in words}


def _ranked(word: str, rows: list[tuple[str, str]]) -> list[str]:
    most = 2 if len(word) >= LONG else 1
    ranked = sorted((slips(word, folded, most), folded, shown) for folded, shown in rows if abs(len(folded) - len(word)) <= most)
    return [shown for distance, _folded, shown in ranked if 0 < distance <= most][:NEAREST]


def slips(one: str, other: str, most: int) -> int:
    """How many letters are missing, too many, wrong or swapped with their neighbour; ``most + 1`` when more than ``most``."""
    before, last = [], list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        now = [row]
        for column, against in enumerate(other, start=1):
            cost = min(last[column] + 1, now[column - 1] + 1, last[column - 1] + (letter != against))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == against:
                cost = min(cost, before[column - 2] + 1)
            now.append(cost)
        if min(now) > most:
            return most + 1
        before, last = last, now
    return min(last[-1], most + 1)

"""What a search compares: the keys of a text's words, and what a person typed (docs/adr/0010)."""

from network_portal.common.search.passages import marked, passage
from network_portal.common.search.queries import MOST_CHARACTERS, Query, Term, read_query
from network_portal.common.search.words import distinct_words, keys_of, title_key, words_of

__all__ = [
    "MOST_CHARACTERS", "Query", "Term", "distinct_words", "keys_of", "marked", "passage", "read_query", "title_key", "words_of",
]  # fmt: skip

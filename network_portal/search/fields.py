"""Full text on two databases: one column of keys, found by the index that each database has for it.

SQLite: the FTS5 table ``search_entry_fts``; PostgreSQL: the generated column ``vector`` with its GIN index. Both are made by
migration 0002 and follow ``keys`` by themselves. Keys hold letters and digits only, so nothing typed can be an operator.
What stands in the names or in the summary of a record is a key once more with a sign before it, by which records are ranked.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db import connection
from django.db.models import F, Func, IntegerField, Lookup, TextField

from network_portal.common.search import Query, Term

IN_NAMES, IN_SUMMARY = "ⁿ", "ˢ"  # letters to the indexes, that folding takes apart: no word that is typed begins with one


class KeysField(TextField):
    """Keys of ``common.search.keys_of`` with blanks between; ``keys__found=query`` finds those that have every term of it."""


@dataclass(frozen=True)
class Signs:
    """How an index is asked for a key and for what begins with one."""

    exact: str
    beginning: str
    either: str
    both: str

    def all_of(self, query: Query) -> str:
        return self.both.join(f"({self.one_of(term)})" for term in query.terms)

    def one_of(self, term: Term, signs: Iterable[str] = ("",)) -> str:
        """Any key of a term, in any of the parts that ``signs`` stand for."""
        exact = [self.exact.format(sign + key) for sign in signs for key in term.keys]
        beginnings = [self.beginning.format(sign + term.prefix) for sign in signs if term.prefix]
        return self.either.join(exact + beginnings)


SIGNS = {"sqlite": Signs('"{}"', '"{}"*', " OR ", " AND "), "postgresql": Signs("'{}'", "'{}':*", " | ", " & ")}


def expect_many() -> None:
    """Until the transaction ends, PostgreSQL may note more entries before it sorts them into its index: half of the time."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL gin_pending_list_limit = '64MB'")


def settle() -> None:
    """Put into the index what was written: PostgreSQL keeps it in a list that every search would have to read."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT gin_clean_pending_list('search_entry_vector')")


# conditions of SQL on ``search_entry``, for what ``Signs`` write. PostgreSQL's query stands in a SELECT of its own, so that the
# planner does not guess from it: it takes the forms of a word for independent, expects most of the table, and then reads every
# vector instead of the index (20 ms became 90).
FOUND = {
    "sqlite": "id IN (SELECT rowid FROM search_entry_fts WHERE search_entry_fts MATCH %s)",
    "postgresql": "vector @@ (SELECT %s::tsquery)",
}
NUMBERS = {"sqlite": "GROUP_CONCAT(object_id)", "postgresql": "STRING_AGG(object_id::text, ',')"}  # of records, as "3,1,2"


@KeysField.register_lookup
class Found(Lookup):
    """Whether the record has every term of a Query that has terms."""

    lookup_name = "found"
    prepare_rhs = False

    @staticmethod
    def words(query: Query, vendor: str) -> str:
        """``query`` as the index of the database takes it."""
        return SIGNS[vendor].all_of(query)

    def as_sql(self, compiler, connection):
        alias = compiler.quote_name_unless_alias(self.lhs.alias)
        return f"{alias}.{FOUND[connection.vendor]}", [self.words(self.rhs, connection.vendor)]


class TermsFound(Func):
    """How many terms of a query are in a part of a record (or in one of several: a sign for each); ``as_typed``: but for case and
    accents, else in any form or only its beginning. The same on both databases, so that both rank alike.

    Each term is a set of records that the index gives once, not a look into each record: ranking 13,000 took twice as long.
    """

    output_field = IntegerField()

    def __init__(self, signs: str, query: Query, *, as_typed: bool = False):
        super().__init__(F("pk"))
        self.terms = [replace(term, keys=term.spellings, prefix="") if as_typed else term for term in query.terms]
        self.signs, self.query = signs, query

    def tests(self, vendor: str) -> list[str]:
        """What the index is asked for each term. PostgreSQL only for those that the whole query finds (one term is that), because
        it reads in the table what the index gives."""
        asked = [SIGNS[vendor].one_of(term, self.signs) for term in self.terms]
        if vendor == "sqlite" or len(self.terms) == 1:
            return asked
        return [f"{SIGNS[vendor].all_of(self.query)} & ({test})" for test in asked]

    def as_sql(self, compiler, connection, **extra):
        pk, params = compiler.compile(self.source_expressions[0])
        found, tests = f"SELECT id FROM search_entry WHERE {FOUND[connection.vendor]}", self.tests(connection.vendor)
        cases = " + ".join([f"CASE WHEN {pk} IN ({found}) THEN 1 ELSE 0 END"] * len(tests))
        return f"({cases})", [value for test in tests for value in (*params, test)]

"""Full text on two databases: one column of keys, found by the index that each database has for it.

SQLite: the FTS5 table ``search_entry_fts``; PostgreSQL: the generated column ``vector`` with its GIN index. Both are made by
migration 0002 and follow ``keys`` by themselves. Keys hold letters and digits only, so nothing typed can be an operator.
"""

from django.db import connection
from django.db.models import Aggregate, F, Func, IntegerField, Lookup, TextField

from network_portal.common.search import Query, Term


class KeysField(TextField):
    """Keys as ``common.search.keys_of`` writes them; ``keys__found=query`` finds those that have every term of it."""


def settle() -> None:
    """Put into the index what was written: PostgreSQL keeps it in a list that every search would have to read."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT gin_clean_pending_list('search_entry_vector')")


@KeysField.register_lookup
class Found(Lookup):
    """Whether the record has every term of a Query that has terms."""

    lookup_name = "found"
    prepare_rhs = False

    def as_sqlite(self, compiler, connection):
        alias = connection.ops.quote_name(self.lhs.alias)
        words = f'{alias}."id" IN (SELECT rowid FROM search_entry_fts WHERE search_entry_fts MATCH %s)'
        return words, [_expression(self.rhs, '"{}"', '"{}"*', " OR ", " AND ")]

    def as_postgresql(self, compiler, connection):
        """The query stands in a SELECT of its own, so that the planner does not guess from it: it takes the forms of a word for
        independent, expects most of the table, and then reads every vector instead of the index (20 ms became 90)."""
        alias = connection.ops.quote_name(self.lhs.alias)
        return f'{alias}."vector" @@ (SELECT %s::tsquery)', [_expression(self.rhs, "'{}'", "'{}':*", " | ", " & ")]


def _expression(query: Query, exact: str, beginning: str, either: str, both: str) -> str:
    return both.join(f"({either.join(_alternatives(term, exact, beginning))})" for term in query.terms)


def _alternatives(term: Term, exact: str, beginning: str) -> list[str]:
    return [exact.format(key) for key in term.keys] + ([beginning.format(term.prefix)] if term.prefix else [])


class TermsFound(Func):
    """How well a column of keys answers a query: 2 for each term that it has as it was typed (but for case and accents), 1 for
    one in another form or that only begins so. The same on both databases, so that both rank alike."""

    output_field = IntegerField()

    def __init__(self, column: str, terms: tuple[Term, ...]):
        super().__init__(F(column))
        self.terms = terms

    def as_sqlite(self, compiler, connection, **extra):
        return self._count(compiler, "INSTR")

    def as_postgresql(self, compiler, connection, **extra):
        return self._count(compiler, "STRPOS")

    def _count(self, compiler, position: str):
        column, params = compiler.compile(self.source_expressions[0])
        parts, values = [], []
        for term in self.terms:
            typed = [f" {spelling} " for spelling in term.spellings]
            forms = [f" {key} " for key in term.keys if key not in term.spellings] + ([f" {term.prefix}"] if term.prefix else [])
            tests = [" OR ".join(f"{position}({column}, %s) > 0" for _piece in pieces) for pieces in (typed, forms or typed)]
            parts.append(f"CASE WHEN {tests[0]} THEN 2 WHEN {tests[1]} THEN 1 ELSE 0 END")
            for piece in (*typed, *(forms or typed)):
                values += [*params, piece]
        return f"({' + '.join(parts)})", values


class Numbers(Aggregate):
    """Whole numbers of a group as one text, "3,1,2": much faster to fetch than as many rows."""

    output_field = TextField()

    def as_sqlite(self, compiler, connection, **extra):
        return super().as_sql(compiler, connection, function="GROUP_CONCAT", **extra)

    def as_postgresql(self, compiler, connection, **extra):
        return super().as_sql(compiler, connection, template="STRING_AGG(%(expressions)s::text, ',')", **extra)

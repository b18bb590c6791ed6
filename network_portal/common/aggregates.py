"""Aggregates that both databases have under different names."""

from django.db.models import Aggregate, TextField


class Joined(Aggregate):
    """The texts of a group with commas between them, in no order."""

    output_field = TextField()

    def as_sqlite(self, compiler, connection, **extra):
        return self.as_sql(compiler, connection, function="GROUP_CONCAT", **extra)

    def as_postgresql(self, compiler, connection, **extra):
        return self.as_sql(compiler, connection, function="STRING_AGG", template="%(function)s(%(expressions)s, ',')", **extra)

"""The full-text index of each database over the column of keys, kept by the database itself."""

from django.db import migrations

SQLITE = [
    """CREATE VIRTUAL TABLE search_entry_fts USING fts5(
        keys, content='search_entry', content_rowid='id', detail=none, prefix='3 4 5', tokenize='unicode61 remove_diacritics 0'
    )""",
    """CREATE TRIGGER search_entry_fts_insert AFTER INSERT ON search_entry BEGIN
        INSERT INTO search_entry_fts(rowid, keys) VALUES (new.id, new.keys);
    END""",
    """CREATE TRIGGER search_entry_fts_delete AFTER DELETE ON search_entry BEGIN
        INSERT INTO search_entry_fts(search_entry_fts, rowid, keys) VALUES ('delete', old.id, old.keys);
    END""",
    """CREATE TRIGGER search_entry_fts_update AFTER UPDATE ON search_entry BEGIN
        INSERT INTO search_entry_fts(search_entry_fts, rowid, keys) VALUES ('delete', old.id, old.keys);
        INSERT INTO search_entry_fts(rowid, keys) VALUES (new.id, new.keys);
    END""",
]
SQLITE_BACK = [
    "DROP TRIGGER search_entry_fts_insert",
    "DROP TRIGGER search_entry_fts_delete",
    "DROP TRIGGER search_entry_fts_update",
    "DROP TABLE search_entry_fts",
]
# keys are words already: no parser of PostgreSQL comes between them and the index
POSTGRESQL = [
    """ALTER TABLE search_entry ADD COLUMN vector tsvector
        GENERATED ALWAYS AS (array_to_tsvector(string_to_array(btrim(keys), ' '))) STORED""",
    "CREATE INDEX search_entry_vector ON search_entry USING gin (vector) WITH (fastupdate = off)",
]
POSTGRESQL_BACK = ["ALTER TABLE search_entry DROP COLUMN vector"]


def make(apps, schema_editor):
    run(schema_editor, SQLITE, POSTGRESQL)


def drop(apps, schema_editor):
    run(schema_editor, SQLITE_BACK, POSTGRESQL_BACK)


def run(schema_editor, on_sqlite: list[str], on_postgresql: list[str]) -> None:
    for statement in on_sqlite if schema_editor.connection.vendor == "sqlite" else on_postgresql:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_index")]
    operations = [migrations.RunPython(make, drop)]

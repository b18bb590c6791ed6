"""The index of PostgreSQL takes what is new in portions: row by row, building it took seven times as long.

What waits is put in before each write ends (``services.write``), so that no search reads it.
"""

from django.db import migrations

ON, OFF = (f"ALTER INDEX search_entry_vector SET (fastupdate = {state})" for state in ("on", "off"))


def run(schema_editor, statement: str) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("search", "0002_full_text")]
    operations = [
        migrations.RunPython(lambda apps, schema_editor: run(schema_editor, ON), lambda apps, schema_editor: run(schema_editor, OFF))
    ]

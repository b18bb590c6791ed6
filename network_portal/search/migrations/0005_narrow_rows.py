"""Long columns stand outside of the row: a search looks at thousands of rows for their numbers alone. ``rebuild_search`` (with each
update) writes the rows anew, and so moves what is there already."""

from django.db import migrations


def narrow(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE search_entry SET (toast_tuple_target = 128)")


def widen(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE search_entry RESET (toast_tuple_target)")


class Migration(migrations.Migration):
    dependencies = [("search", "0004_signed_keys")]
    operations = [migrations.RunPython(narrow, widen)]

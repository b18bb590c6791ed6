"""Beside the title, place and subjects count as names of a record; ``rebuild_search`` (with each update) fills them in.

On SQLite the column is renamed in place, so that the triggers of the table stay.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("search", "0003_pending_list")]
    operations = [migrations.RenameField("entry", "title_keys", "name_keys")]

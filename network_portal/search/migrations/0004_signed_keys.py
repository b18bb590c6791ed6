"""What ranks a record stands in ``keys`` itself; ``rebuild_search`` (with each update) writes it.

On SQLite the columns are dropped in place, so that the triggers of the table stay.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("search", "0003_pending_list")]
    operations = [migrations.RemoveField("entry", "title_keys"), migrations.RemoveField("entry", "summary_keys")]

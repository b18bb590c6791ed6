"""Load the terms that ship with the portal."""

import json
from pathlib import Path

from django.db import migrations


def load(apps, schema_editor):
    Term = apps.get_model("vocabularies", "Term")
    terms = json.loads((Path(__file__).parent.parent / "terms.json").read_text(encoding="utf-8"))
    Term.objects.bulk_create(
        Term(vocabulary=vocabulary, code=row["code"], labels=row["labels"], position=position)
        for vocabulary, rows in terms.items()
        for position, row in enumerate(rows, start=1)
    )


class Migration(migrations.Migration):
    dependencies = [("vocabularies", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]

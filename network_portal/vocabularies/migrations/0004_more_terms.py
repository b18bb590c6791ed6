"""Load the vocabularies of the catalogue, and languages that terms lack; what a coordinator wrote stays."""

import json
from pathlib import Path

from django.db import migrations

FACTS = ("edition", "lower", "upper")


def load(apps, schema_editor):
    """Bring the table in step with terms.json: new terms, missing labels, bands and editions. Safe to call again."""
    Term = apps.get_model("vocabularies", "Term")
    State = apps.get_model("vocabularies", "VocabularyState")
    shipped = json.loads((Path(__file__).parent.parent / "terms.json").read_text(encoding="utf-8"))
    for vocabulary, rows in shipped.items():
        known = {term.code: term for term in Term.objects.filter(vocabulary=vocabulary)}
        new = [
            Term(vocabulary=vocabulary, position=position, **row)
            for position, row in enumerate(rows, start=1)
            if row["code"] not in known
        ]
        Term.objects.bulk_create(new)
        there = [(known[row["code"]], row) for row in rows if row["code"] in known]
        for term, row in there:
            term.labels = row["labels"] | term.labels
            for fact in FACTS:
                setattr(term, fact, row.get(fact, getattr(term, fact)))
        Term.objects.bulk_update([term for term, _row in there], ["labels", *FACTS])
    State.objects.get_or_create(id=1)


class Migration(migrations.Migration):
    dependencies = [("vocabularies", "0003_bands_and_editions")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]

"""A practice is still running or has an end, never both, wherever it is read."""

import json

import pytest
from django.db import IntegrityError, transaction

from goodpractices.models import Practice, Section
from goodpractices.plain import lines_of
from goodpractices.reading import Sheet
from goodpractices.services import projection
from goodpractices.templatetags.practices import period_of
from network_portal.vocabularies import reading
from tests.goodpractices.practices import make_practice

pytestmark = pytest.mark.django_db
BOTH = {"starts": "2023-01", "ends": "2024-06", "is_running": True}


@pytest.fixture
def practice():
    """Published when nobody asked yet which of the two holds."""
    practice = make_practice()
    Section.objects.filter(version=practice.public_version, code="period").update(content=BOTH)
    projection.project(practice, practice.public_version)
    return practice


def test_the_catalogue_and_the_sheet_have_no_end(practice):
    practice.refresh_from_db()
    sheet = Sheet(practice, practice.public_version)
    for one in (practice, sheet):
        assert (one.ends_on, one.is_running, period_of(one)) == (None, True, "desde janeiro\u00a0de\u00a02023")


def test_what_reviewers_and_histories_read_has_no_end():
    lines = [line.text for line in lines_of("period", BOTH, reading.current())]
    assert lines == ["janeiro\u00a0de\u00a02023", "Ainda decorre."]


def test_the_files_have_no_end(client, practice):
    data = json.loads(client.get(f"/practices/{practice.slug}/data.json").content)
    assert (data["ends"], data["is_running"]) == (None, True)
    assert data["sections"]["period"] == BOTH | {"ends": ""}


def test_the_database_refuses_both(practice):
    with pytest.raises(IntegrityError), transaction.atomic():
        Practice.objects.filter(pk=practice.pk).update(ends_on="2024-06-01")

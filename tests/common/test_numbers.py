"""Numbers from a thousand up are written in one way: groups of three with a space that does not break, in every language."""

import re

import polib
import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation

from network_portal.common.amounts import AmountField
from network_portal.common.text_fields import AtMost, TextField, WholeNumberField
from network_portal.pages.vocabularies import uses
from webinars.cycle_forms import MinutesField
from webinars.forms import RegistrationForm
from webinars.manage_forms import CapacityField

FIELDS = [
    (TextField(limit=10_000, label="Texto"), "x" * 10_001, "10\u00a0000"),
    (WholeNumberField(most=10_000), "10001", "10\u00a0000"),
    (MinutesField(most=1440), "0", "1\u00a0440"),
    (AmountField(), "0", "9\u00a0999\u00a0999\u00a0999"),
    (CapacityField(), "5001", "5\u00a0000"),
    (RegistrationForm.base_fields["needs"], "x" * 1001, "1\u00a0000"),
]


@pytest.mark.parametrize("language", ["pt", "en"])
@pytest.mark.parametrize(("field", "typed", "number"), FIELDS, ids=lambda value: type(value).__name__)
def test_limits_in_messages(language, field, typed, number):
    with translation.override(language), pytest.raises(ValidationError) as refused:
        field.clean(typed)
    assert number in " ".join(refused.value.messages)


def test_how_many_there_are():
    with pytest.raises(ValidationError) as refused:
        AtMost(1500, "%(length)s of %(limit)s")("x" * 2000)
    assert refused.value.messages == ["2\u00a0000 of 1\u00a0500"]


def test_an_amount_of_the_range_has_its_sign():
    with translation.override("pt"), pytest.raises(ValidationError) as refused:
        AmountField().clean("10000000000")
    assert refused.value.messages[0].endswith("9\u00a0999\u00a0999\u00a0999,99\u00a0€")


def test_how_often_a_word_is_used():
    with translation.override("pt"):
        assert uses._registrations(1234) == "1\u00a0234 inscrições"


def test_no_text_has_a_number_with_a_point_or_a_comma():
    """In Portuguese, where both would be read as something else."""
    file = polib.pofile(str(settings.BASE_DIR / "network_portal/locale/pt/LC_MESSAGES/django.po"))
    texts = [text for entry in file for text in (entry.msgstr, *entry.msgstr_plural.values())]
    grouped = re.compile(r"\b\d{1,3}[.,]\d{3}\b")
    assert [text for text in texts if grouped.search(text)] == []


def test_no_module_groups_digits_in_another_way():
    paths = [path for app in ("goodpractices", "grants", "municipalities", "network_portal", "webinars")
             for path in (settings.BASE_DIR / app).rglob("*.py")]  # fmt: skip
    assert [str(path) for path in paths if "force_grouping" in path.read_text() or "intcomma" in path.read_text()] == []

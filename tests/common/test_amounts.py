"""Amounts as they are typed: read where there is one reading, refused elsewhere."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from network_portal.common.amounts import AmountField, CountField, euros, number_from

EVERYWHERE = [
    "1.234,56",
    "1,234.56",
    "1 234,56",
    "1\u00a0234,56",
    "1\u202f234.56",
    "1234,56",
    "1234.56",
    " 1234,56 € ",
    "€1234.56",
]


@pytest.mark.parametrize("text", EVERYWHERE)
@pytest.mark.parametrize("language", ["pt", "en"])
def test_one_reading_is_read_in_any_language(text, language):
    with translation.override(language):
        assert number_from(text) == Decimal("1234.56")


@pytest.mark.parametrize(("language", "text", "number"), [
    ("pt", "1.234", 1234), ("pt", "1,234", None), ("en", "1,234", 1234), ("en", "1.234", None),
    ("pt", "1 234", 1234), ("en", "1 234 567", 1234567), ("pt", "12.500.000", 12500000), ("pt", "1.234,5", Decimal("1234.5")),
])  # fmt: skip
def test_a_group_of_three_is_read_by_the_habit_of_the_language(language, text, number):
    with translation.override(language):
        assert number_from(text) == number


@pytest.mark.parametrize("text", [
    "-1", "+1", "1e5", "NaN", "∞", "inf", "٣", "1,2,3", "1.234.56", "1,234,56", "1.23,45", "12.34.567", "0x10", "1_000", "½",
    "1234,567", "12 34", "1234 567", "1.234.567.89", "10 euros", ",5", "5,", "1 234.567,89 x", "1\x000",
])  # fmt: skip
def test_what_says_no_number_or_two_is_refused_with_an_example(text):
    for language in ("pt", "en"):
        with translation.override(language), pytest.raises(ValidationError, match="1234,56"):
            AmountField().clean(text)


def test_an_amount_is_more_than_nothing_and_fits_the_table():
    field = AmountField(required=False)
    for text in ("0", "0,00", "99999999999"):
        with pytest.raises(ValidationError):
            field.clean(text)
    assert field.clean("9999999999,99") == Decimal("9999999999.99")
    assert field.clean("") is None


@translation.override("pt")
def test_a_count_is_whole():
    field = CountField(most=100_000, required=False)
    assert [field.clean(text) for text in ("0", "12 500", "12500", "")] == [0, 12500, 12500, None]
    for text in ("12,5", "100001", "-3", "1e3", "doze"):
        with pytest.raises(ValidationError):
            field.clean(text)


def test_a_stored_amount_is_shown_as_it_would_be_typed():
    with translation.override("pt"):
        assert AmountField().prepare_value(Decimal("12500.50")) == "12500,50"
        assert AmountField().prepare_value(Decimal("12500.00")) == "12500"
        assert euros(Decimal("12500.00")) == "12\u00a0500\u00a0€"
        assert euros(Decimal("1234567.5")) == "1\u00a0234\u00a0567,50\u00a0€"
    with translation.override("en"):
        assert AmountField().prepare_value(Decimal("12500.50")) == "12500.50"
        assert euros(Decimal("99.90")) == "99.90\u00a0€"
    assert euros(None) == ""

"""Amounts of money and numbers of people as they are typed and read, by the habits of the page's language."""

import re
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from network_portal.common.text import INVISIBLE

SPACES = re.compile(r"[\s\u00a0\u2009\u202f]+")
PLAIN = re.compile(r"[0-9]{1,12}(?:[.,][0-9]{1,2})?")  # 1234 · 1234,5 · 1234.56
GROUPED = re.compile(r"[0-9]{1,3}(?P<by>[ .,])[0-9]{3}(?:(?P=by)[0-9]{3})*(?P<cents>[.,][0-9]{1,2})?")  # 1.234,56 · 1 234


def number_from(text: str) -> Decimal | None:
    """The number that ``text`` says, at most two decimals; None when it says none or could say two.

    "1.234,56", "1,234.56" and "1 234,56" can only be read in one way. "1.234" and "1,234" are a thousand where the language
    of the page groups digits by that sign, and refused elsewhere.
    """
    text = SPACES.sub(" ", INVISIBLE.sub("", text)).strip().removesuffix("€").removeprefix("€").strip()
    if PLAIN.fullmatch(text):
        return Decimal(text.replace(",", "."))
    match = GROUPED.fullmatch(text)
    cents = match["cents"] or "" if match else ""
    if not match or cents.startswith(match["by"]):
        return None
    if not cents and match["by"] == formats.get_format("DECIMAL_SEPARATOR"):
        return None
    return Decimal(text.removesuffix(cents).replace(match["by"], "") + cents.replace(",", "."))


class AmountField(forms.CharField):
    """Euros, above 0 and with at most two decimals; a Decimal or None."""

    widget = forms.TextInput
    most = Decimal("9999999999.99")
    default_error_messages = {
        "number": _("Enter the amount using only numbers, like 1234,56"),
        "range": _("The amount must be more than 0 and at most %(most)s"),
    }

    def widget_attrs(self, widget):
        return {"inputmode": "decimal", "autocomplete": "off"}

    def prepare_value(self, value):
        """A stored amount as it would be typed; what was typed as it is."""
        return _as_typed(value) if isinstance(value, Decimal) else value

    def to_python(self, value):
        text = super().to_python(value)
        if not text.strip():
            return None
        number = number_from(text)
        if number is None:
            raise ValidationError(self.error_messages["number"], code="number")
        if not 0 < number <= self.most:
            raise ValidationError(self.error_messages["range"], code="range", params={"most": euros(Decimal(self.most))})
        return self.finish(number)

    def finish(self, number: Decimal):
        return number

    def validate(self, value):
        if value is None and self.required:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value):
        """It is a number by now."""


class CountField(AmountField):
    """A whole number from 0 to ``most``, its digits grouped or not; an int or None."""

    default_error_messages = {
        "number": _("Enter a whole number, like 12 500"),
        "range": _("Enter a whole number, like 12 500"),
    }

    def __init__(self, *, most: int, **kwargs):
        super().__init__(**kwargs)
        self.most = most

    def widget_attrs(self, widget):
        return {"inputmode": "numeric", "autocomplete": "off"}

    def prepare_value(self, value):
        return value

    def to_python(self, value):
        return 0 if str(value).strip() == "0" else super().to_python(value)

    def finish(self, number: Decimal) -> int:
        if number != int(number):
            raise ValidationError(self.error_messages["number"], code="number")
        return int(number)


def _as_typed(value: Decimal) -> str:
    places = 0 if value == value.to_integral_value() else 2
    return f"{value:.{places}f}".replace(".", formats.get_format("DECIMAL_SEPARATOR"))


def euros(value: Decimal | None) -> str:
    """As "12 500 €" or "12 500,50 €"; the euros alone when there are no cents."""
    if value is None:
        return ""
    places = 0 if value == value.to_integral_value() else 2
    text = f"{value:,.{places}f}".replace(",", "\u00a0").replace(".", formats.get_format("DECIMAL_SEPARATOR"))
    return f"{text}\u00a0€"

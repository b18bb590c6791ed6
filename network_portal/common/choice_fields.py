"""Choices among rows, as browsers and programs send them."""

from django import forms
from django.core.exceptions import ValidationError

LONGEST = 18  # digits of a primary key that every database can hold


class RowsField(forms.ModelMultipleChoiceField):
    """Several rows; a number that no database holds is no choice, like every number without a row."""

    def clean(self, value):
        for pk in value if isinstance(value, (list, tuple)) else ():
            if len(str(pk)) > LONGEST:
                raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params={"value": pk})
        return super().clean(value)

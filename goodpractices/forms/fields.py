"""Fields that only practices have: a month, a video, the files of the practice, and a line that is counted as it is typed."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from network_portal.common.text import clean_line
from network_portal.common.text_fields import LineField
from network_portal.common.youtube import NotAVideo, video_of, watch_url
from network_portal.users.fields import EmailAddressField

YEARS = (1900, 2199)
MONTH = re.compile(r"(?:(\d{1,4})[-/. ](\d{1,2})|(\d{1,2})[-/. ](\d{1,4}))", re.ASCII)


class CountedField(LineField):
    """A text on one line, of which more than ``advised`` characters is kept in a draft but goes no further."""

    def __init__(self, *, advised: int, rows: int = 1, **kwargs):
        widget = forms.Textarea({"rows": rows}) if rows > 1 else forms.TextInput()
        super().__init__(limit=10 * advised, widget=widget, **kwargs)
        self.advised = advised
        self.widget.attrs["data-count"] = advised


class MonthField(forms.CharField):
    """A month typed as "01/2023" or "2023-01", kept as "2023-01"; empty when there is none."""

    widget = forms.TextInput
    default_error_messages = {
        "month": gettext_lazy("Enter a month and a year, like 01/2023"),
        "number": gettext_lazy("Month must be between 1 and 12"),
        "year": gettext_lazy("Year must have 4 digits, like 2027"),
        "range": gettext_lazy("Year must be between %(least)s and %(most)s"),
        "null_characters_not_allowed": gettext_lazy("Enter a month and a year, like 01/2023"),
    }

    def widget_attrs(self, widget):
        return {"inputmode": "numeric", "autocomplete": "off"}

    def prepare_value(self, value):
        year, dash, month = str(value or "").partition("-")
        return f"{month}/{year}" if dash and len(year) == 4 and month.isdigit() else value

    def to_python(self, value):
        text = clean_line(super().to_python(value))
        if not text or "\0" in text:
            return text
        match = MONTH.fullmatch(text)
        if not match:
            raise ValidationError(self.error_messages["month"], code="month")
        year, month = (match[1], match[2]) if match[1] and len(match[1]) > 2 else self._behind(match)
        if len(year) != 4:
            raise ValidationError(self.error_messages["year"], code="year")
        if not YEARS[0] <= int(year) <= YEARS[1]:
            raise ValidationError(self.error_messages["range"] % dict(zip(("least", "most"), YEARS, strict=True)), code="range")
        if not 1 <= int(month) <= 12:
            raise ValidationError(self.error_messages["number"], code="number")
        return f"{year}-{int(month):02}"

    @staticmethod
    def _behind(match) -> tuple[str, str]:
        """Year and month of a text that begins with the month."""
        return (match[2], match[1]) if match[1] else (match[4], match[3])


class VideoField(forms.CharField):
    """The address of a YouTube video; only the id of the video is kept."""

    widget = forms.TextInput

    def widget_attrs(self, widget):
        return {"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}

    def prepare_value(self, value):
        return watch_url(value) if re.fullmatch(r"[\w-]{11}", str(value or ""), re.ASCII) else value

    def to_python(self, value):
        text = clean_line(super().to_python(value))
        if not text:
            return ""
        try:
            return video_of(text)
        except NotAVideo as error:
            raise ValidationError(str(error), code="video") from error


class AddressField(EmailAddressField):
    """An e-mail address that is not the person's own, or need not be."""

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"autocomplete": "off"}


class FileField(forms.CharField):
    """The uuid of a file of the practice; one that it does not have is none."""

    widget = forms.HiddenInput
    files = frozenset()

    def clean(self, value):
        return value if value in self.files else ""

"""Days, hours and moments as people type them, in a zone where clocks may change."""

import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

ZONES = [(z, z.replace("_", " ")) for z in sorted(available_timezones()) if z.startswith(("Europe/", "Atlantic/"))]
ISO_DAY = re.compile(r"(\d{1,4})-(\d{1,2})-(\d{1,2})", re.ASCII)
WRITTEN_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{1,4})", re.ASCII)
HOUR = re.compile(r"(\d{1,2})[:hH.](\d{2})", re.ASCII)
LAST_YEAR = 2200  # near 9999 no zone can be turned into another
MOMENT = re.compile(r"(\S+)[T\s]+(\S+)")


def day_from(text: str) -> date:
    """ "2027-03-28" or "28/03/2027" as a date; ValidationError says what is wrong with it."""
    if match := ISO_DAY.fullmatch(text):
        year, month, day = match.groups()
    elif match := WRITTEN_DAY.fullmatch(text):
        day, month, year = match.groups()
    else:
        raise ValidationError(_("Enter a date like 28/03/2027"))
    if len(year) != 4 or int(year) < 1900:
        raise ValidationError(_("Year must have 4 digits, like 2027"))
    if int(year) > LAST_YEAR:
        raise ValidationError(_("Year must be 2200 or earlier"))
    if not 1 <= int(month) <= 12:
        raise ValidationError(_("Month must be between 1 and 12"))
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise ValidationError(_("This day does not exist in that month")) from None


def hour_from(text: str) -> time:
    """ "9:30", "09:30" or "9h30" as a time of day."""
    match = HOUR.fullmatch(text)
    if not match or int(match[1]) > 23 or int(match[2]) > 59:
        raise ValidationError(_("Enter a time like 10:00"))
    return time(int(match[1]), int(match[2]))


def moment(day: date, hour: time, zone: ZoneInfo, *, occurrence: str = "") -> datetime:
    """The aware moment of a local day and hour; ``occurrence`` is "first" or "second" of an hour that comes twice.

    ValidationError (code "gap" or "twice") when clocks change at that hour and it is not said which is meant.
    """
    local = datetime.combine(day, hour, tzinfo=zone)
    if local.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise ValidationError(_("This time does not exist that day because clocks change"), code="gap")
    second = local.replace(fold=1)
    if local.utcoffset() == second.utcoffset():
        return local
    if occurrence not in ("first", "second"):
        raise ValidationError(_("This time comes twice that day because clocks change: say which one you mean"), code="twice")
    return second if occurrence == "second" else local


class _TypedField(forms.CharField):
    def to_python(self, value):
        text = super().to_python(value).strip()
        return self.read(text) if text else None

    def validate(self, value):
        if value is None and self.required:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value):
        """What was read is a date or a time: the validators of text do not apply."""

    def prepare_value(self, value):
        return self.write(value) if isinstance(value, (date, time)) else value


class DayField(_TypedField):
    """A day; the browser's own calendar where there is one."""

    widget = forms.TextInput({"type": "date"})
    default_error_messages = {"required": _("Enter the day")}
    read = staticmethod(day_from)
    write = staticmethod(date.isoformat)


class HourField(_TypedField):
    """A time of day."""

    widget = forms.TextInput({"type": "time"})
    default_error_messages = {"required": _("Enter the time")}
    read = staticmethod(hour_from)

    @staticmethod
    def write(value: time) -> str:
        return f"{value:%H:%M}"


class LocalMomentField(_TypedField):
    """A day and an hour in one field, without a zone: the form knows which."""

    widget = forms.TextInput({"type": "datetime-local"})

    @staticmethod
    def read(text: str) -> datetime:
        match = MOMENT.fullmatch(text)
        if not match:
            raise ValidationError(_("Enter a date and a time like 28/03/2027 10:00"))
        return datetime.combine(day_from(match[1]), hour_from(match[2]))

    @staticmethod
    def write(value: datetime) -> str:
        return f"{value:%Y-%m-%dT%H:%M}"

"""The form by which a coordinator writes a webinar."""

from datetime import date, time
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network_portal.common.choice_fields import RowsField
from network_portal.common.moments import ZONES, DayField, HourField, LocalMomentField, moment
from network_portal.common.templatetags.portal import thousands
from network_portal.common.text import clean_line
from network_portal.common.text_fields import AtMost, check_link
from network_portal.vocabularies.models import Term
from webinars.models import MAX_CAPACITY, Cycle, Webinar

LONG = _("This text must be %(limit)s characters or fewer (you have %(length)s)")
UNKEPT = {"null_characters_not_allowed": _("The text contains a character that cannot be kept. Type it again")}


class LineField(forms.CharField):
    """One line: line breaks and invisible characters become single spaces."""

    def __init__(self, *, most: int, **kwargs):
        kwargs["error_messages"] = UNKEPT | kwargs.get("error_messages", {})
        super().__init__(validators=[AtMost(most, LONG)], **kwargs)

    def to_python(self, value):
        return clean_line(super().to_python(value))


class CapacityField(forms.CharField):
    """A whole number of places in the digits 0 to 9."""

    widget = forms.TextInput({"inputmode": "numeric", "class": "input--short"})
    wrong = _("Capacity must be a whole number between 1 and %(most)s")

    def to_python(self, value):
        text = super().to_python(value).strip()
        if not (text.isascii() and text.isdigit() and len(text) <= 9 and 1 <= int(text) <= MAX_CAPACITY):
            raise ValidationError(self.wrong, code="range", params={"most": thousands(MAX_CAPACITY)})
        return int(text)

    def run_validators(self, value):
        """It is a number by now."""


class WebinarForm(forms.Form):
    """Everything about a webinar but its programme. Days and hours are local to the chosen zone."""

    use_required_attribute = False

    cycle = forms.ModelChoiceField(label=_("Cycle"), queryset=Cycle.objects.current_first(), empty_label=None)
    title = LineField(label=_("Title"), most=200, error_messages={"required": _("Enter the title")})
    summary = LineField(
        label=_("Summary"),
        help_text=_("One or two sentences, for lists and mails."),
        most=400,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    text = forms.CharField(
        label=_("Text"),
        help_text=_("Markdown: an empty line begins a paragraph, ## a title."),
        required=False,
        widget=forms.Textarea({"rows": 8}),
        error_messages=UNKEPT,
    )
    theme = forms.ModelChoiceField(
        label=_("Theme"),
        queryset=Term.objects.none(),
        empty_label=_("Choose one"),
        error_messages={"required": _("Choose the theme")},
    )
    other_themes = RowsField(
        label=_("Other themes"),
        queryset=Term.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple({"class": "options--columns"}),
    )
    language = forms.ChoiceField(label=_("Language of the texts"), choices=settings.LANGUAGES)
    day = DayField(label=_("Day"))
    start = HourField(label=_("Start time"))
    end = HourField(label=_("End time"))
    occurrence = forms.ChoiceField(
        label=_("Which of the two hours?"),
        required=False,
        widget=forms.RadioSelect,
        choices=[("first", _("The first, before the clocks change")), ("second", _("The second, after the clocks change"))],
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=ZONES)
    capacity = CapacityField(label=_("Places"))
    registration_opens_at = LocalMomentField(
        label=_("Registration opens"), help_text=_("Left empty: as soon as it is published."), required=False
    )
    registration_closes_at = LocalMomentField(
        label=_("Registration closes"), help_text=_("Left empty: when the webinar starts."), required=False
    )
    audience = forms.ChoiceField(label=_("For whom"), choices=Webinar.Audience, widget=forms.RadioSelect)
    format = forms.ChoiceField(label=_("Format"), choices=Webinar.Format)
    mode = forms.ChoiceField(label=_("Mode"), choices=Webinar.Mode, widget=forms.RadioSelect)
    platform = LineField(label=_("Platform"), help_text=_("For example Zoom or Teams."), most=40, required=False)
    join_url = forms.CharField(
        label=_("Meeting link"),
        help_text=_("Shown only to people with a place, from 30 minutes before."),
        required=False,
        error_messages=UNKEPT,
    )
    place = LineField(label=_("Address"), help_text=_("Of the room, when it is on site."), most=200, required=False)
    access_note = LineField(
        label=_("Accessibility note"), help_text=_("For example: live captions and sign language."), most=200, required=False
    )

    def __init__(self, *args, **kwargs):
        """Themes that the webinar has stay to be chosen when they are retired."""
        super().__init__(*args, **kwargs)
        there = [self.initial.get("theme"), *self.initial.get("other_themes", [])]
        themes = Term.objects.of("theme", also=[theme.pk for theme in there if theme])
        self.fields["theme"].queryset = self.fields["other_themes"].queryset = themes

    def clean_join_url(self):
        text = self.cleaned_data["join_url"].strip()
        return check_link(text) if text else ""

    def clean(self):
        data = super().clean()
        if data.get("mode") in ("on_site", "hybrid") and not data.get("place"):
            self.add_error("place", _("Enter the address of the room"))
        if {"day", "start", "end", "time_zone"} <= set(data) and data["start"] and data["end"]:
            self._clean_times(data, ZoneInfo(data["time_zone"]))
        return data

    def _clean_times(self, data: dict, zone: ZoneInfo) -> None:
        starts = self._moment("start", data["day"], data["start"], zone)
        ends = self._moment("end", data["day"], data["end"], zone)
        if starts and ends and ends <= starts:
            self.add_error("end", _("End time must be after start time"))
        if starts and starts <= timezone.now() and starts != self.initial.get("starts_at"):
            self.add_error("day", _("Start must be in the future"))
        data["starts_at"], data["ends_at"] = starts, ends
        for name in ("registration_opens_at", "registration_closes_at"):
            if typed := data.get(name):
                data[name] = self._moment(name, typed.date(), typed.time(), zone)
        opens, closes = data.get("registration_opens_at"), data.get("registration_closes_at")
        if closes and ends and closes > ends:
            self.add_error("registration_closes_at", _("Registration must close before the webinar ends"))
        if opens and starts and opens >= (closes or starts):
            self.add_error("registration_opens_at", _("Registration must open before it closes"))

    def _moment(self, field: str, day: date, hour: time, zone: ZoneInfo):
        try:
            return moment(day, hour, zone, occurrence=self.cleaned_data.get("occurrence", ""))
        except ValidationError as error:
            self.add_error(field, error)
            return None

    @property
    def asks_occurrence(self) -> bool:
        """Whether an hour that comes twice was typed."""
        return bool(self.data.get("occurrence")) or any(
            error.code == "twice" for errors in self.errors.as_data().values() for error in errors
        )

    def answers(self) -> dict:
        """What the services take: moments for the local days and hours."""
        local = {"day", "start", "end", "occurrence"}
        return {name: value for name, value in self.cleaned_data.items() if name not in local}


def initial_of(webinar: Webinar) -> dict:
    """What the form shows of a stored webinar."""
    names = ("cycle", "title", "summary", "text", "theme", "language", "time_zone", "capacity", "audience", "format", "mode")
    values = {name: getattr(webinar, name) for name in (*names, "platform", "join_url", "place", "access_note")}
    starts, ends = webinar.starts_local, webinar.ends_local
    values |= {"day": starts.date(), "start": starts.time(), "end": ends.time(), "starts_at": webinar.starts_at}
    values["other_themes"] = list(webinar.other_themes.all())
    for name in ("registration_opens_at", "registration_closes_at"):
        at = getattr(webinar, name)
        values[name] = at and at.astimezone(webinar.zone).replace(tzinfo=None)
    if starts.replace(fold=0).utcoffset() != starts.replace(fold=1).utcoffset():
        values["occurrence"] = "second" if starts.fold else "first"
    return values


def initial_of_new() -> dict:
    """Defaults that need no setting."""
    return {
        "day": None,
        "start": time(10),
        "end": time(13),
        "time_zone": settings.TIME_ZONE,
        "language": settings.LANGUAGE_CODE,
        "audience": Webinar.Audience.EVERYONE,
        "mode": Webinar.Mode.ONLINE,
        "capacity": 50,
    }

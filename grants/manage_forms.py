"""The form by which a coordinator writes a call: all of it on one page, but its criteria and documents."""

from datetime import date, time
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.models import Applicant, Call
from grants.territories import FIELDS, places_of_register
from network_portal.common.amounts import AmountField, CountField
from network_portal.common.choice_fields import RowsField
from network_portal.common.moments import ZONES, DayField, HourField, moment
from network_portal.common.text_fields import LineField, LinkField, TextField
from network_portal.vocabularies.models import Term

TWICE = [
    ("first", gettext_lazy("The first, before the clocks change")),
    ("second", gettext_lazy("The second, after the clocks change")),
]
MOMENTS = {
    "opens_at": ("opens_day", "opens_hour", "opens_occurrence"),
    "closes_at": ("closes_day", "closes_hour", "closes_occurrence"),
}
LOCAL = {name for names in MOMENTS.values() for name in names}
PARTS = {"themes", "axes", "applicants", *FIELDS}
TIMES = LOCAL | {"kind", "time_zone"}  # fixed once it is published


def few_lines(rows: int) -> forms.Textarea:
    return forms.Textarea({"rows": rows})


class MomentsMixin:
    """Reads a day and an hour of the form's zone as a moment; asks which of two hours is meant."""

    def read_moment(self, name: str, zone: ZoneInfo):
        """The moment ``name`` or None; what is wrong with it stands at its day or hour."""
        day_name, hour_name, occurrence = MOMENTS[name]
        day: date | None = self.cleaned_data.get(day_name)
        hour: time | None = self.cleaned_data.get(hour_name)
        if day and hour is None and hour_name not in self.errors:
            self.add_error(hour_name, _("Enter the time"))
        if day is None or hour is None:
            return None
        try:
            return moment(day, hour, zone, occurrence=self.cleaned_data.get(occurrence, ""))
        except ValidationError as error:
            self.add_error(hour_name, error)
            return None

    def asks(self, name: str) -> bool:
        """Whether to show the question which of two hours is meant."""
        _day, hour_name, occurrence = MOMENTS[name]
        errors = self.errors.as_data().get(hour_name, []) if self.is_bound else []
        return bool(self[occurrence].value()) or any(error.code == "twice" for error in errors)

    @property
    def asks_opening(self) -> bool:
        return self.asks("opens_at")

    @property
    def asks_closing(self) -> bool:
        return self.asks("closes_at")


def place_field(label) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, required=False, widget=forms.CheckboxSelectMultiple({"class": "options--columns"})
    )


def twice_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext_lazy("Which of the two hours?"), required=False, widget=forms.RadioSelect, choices=TWICE
    )


class CallForm(MomentsMixin, forms.Form):
    """Everything may be left empty in a draft but title, kind and zone: publishing asks for the rest."""

    use_required_attribute = False

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[(kind.value, capfirst(kind.label)) for kind in Call.Kind],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the kind of call")},
    )
    title = LineField(
        label=gettext_lazy("Title"), limit=200, error_messages={"required": gettext_lazy("Enter the title of the call")}
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the texts"), choices=settings.LANGUAGES)
    summary = LineField(
        label=gettext_lazy("Summary"),
        help_text=gettext_lazy("One or two sentences, for lists and mails."),
        limit=400,
        required=False,
        widget=few_lines(3),
    )
    text = TextField(
        label=gettext_lazy("Text"),
        help_text=gettext_lazy("Markdown: an empty line begins a paragraph, ## a title."),
        limit=20_000,
        required=False,
        widget=few_lines(10),
    )
    themes = RowsField(
        label=gettext_lazy("Themes"),
        help_text=gettext_lazy("Who follows one of them gets a mail when the call is published."),
        queryset=Term.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple({"class": "options--columns"}),
    )
    axes = RowsField(
        label=gettext_lazy("Axes"),
        queryset=Term.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple({"class": "options--columns"}),
    )
    applicants = forms.MultipleChoiceField(
        label=gettext_lazy("Who may apply"),
        choices=[(kind.value, capfirst(kind.label)) for kind in Applicant.Kind],
        required=False,
        widget=forms.CheckboxSelectMultiple({"class": "options--columns"}),
    )
    residents_from = CountField(label=gettext_lazy("From so many residents"), most=100_000_000, required=False)
    residents_to = CountField(label=gettext_lazy("Up to so many residents"), most=100_000_000, required=False)
    countries = place_field(gettext_lazy("Countries"))
    regions = place_field(gettext_lazy("Regions"))
    districts = place_field(gettext_lazy("Districts or provinces"))
    who_note = LineField(
        label=gettext_lazy("Who may apply, in words"),
        help_text=gettext_lazy("What the boxes do not say, for example: for at least two years."),
        limit=400,
        required=False,
        widget=few_lines(2),
    )
    budget = AmountField(label=gettext_lazy("Total budget, in euros"), required=False)
    most_per_project = AmountField(label=gettext_lazy("Most per project, in euros"), required=False)
    lent = LineField(label=gettext_lazy("What is lent"), limit=300, required=False, widget=few_lines(2))
    lent_from = DayField(label=gettext_lazy("Lent from"), required=False)
    lent_until = DayField(label=gettext_lazy("Lent until"), required=False)
    opens_day = DayField(label=gettext_lazy("Opens on"), required=False)
    opens_hour = HourField(label=gettext_lazy("Opens at"), required=False)
    opens_occurrence = twice_field()
    closes_day = DayField(label=gettext_lazy("Closes on"), required=False)
    closes_hour = HourField(label=gettext_lazy("Closes at"), required=False)
    closes_occurrence = twice_field()
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"), choices=ZONES)
    resolution_due_on = DayField(label=gettext_lazy("Result expected by"), required=False)
    how_to_apply = TextField(label=gettext_lazy("How and where to apply"), limit=4000, required=False, widget=few_lines(4))
    apply_url = LinkField(label=gettext_lazy("Link to the application form"), required=False)
    regulatory_basis = LineField(label=gettext_lazy("Regulatory basis"), limit=300, required=False)
    regulatory_url = LinkField(label=gettext_lazy("Link to the regulatory basis"), required=False)
    official_notice = LineField(label=gettext_lazy("Official notice"), limit=300, required=False)
    official_url = LinkField(label=gettext_lazy("Link to the official notice"), required=False)
    contact_name = LineField(label=gettext_lazy("Contact"), limit=200, required=False)
    contact_email = forms.EmailField(
        label=gettext_lazy("E-mail of the contact"),
        required=False,
        max_length=254,
        error_messages={
            "invalid": gettext_lazy("Enter an e-mail address in the correct format, like name@example.pt"),
            "null_characters_not_allowed": gettext_lazy("Enter an e-mail address in the correct format, like name@example.pt"),
        },
    )

    def __init__(self, *args, call: Call | None = None, **kwargs):
        """``call`` is the stored one: terms and places that it has stay to be chosen, and its times once it is published."""
        super().__init__(*args, **kwargs)
        self.call = call
        for name, vocabulary in (("themes", "theme"), ("axes", "axis")):
            self.fields[name].queryset = _terms(vocabulary, getattr(call, name, None))
        for name, level in FIELDS.items():
            self.fields[name].choices = places_of_register(level, call)
        if call and call.state != Call.State.DRAFT:
            for name in TIMES:
                del self.fields[name]

    def clean(self):
        data = super().clean()
        if "time_zone" in data:
            self._clean_moments(data)
        self._check_order("residents_from", "residents_to", _("The greater number of residents must come second"))
        self._check_order("lent_from", "lent_until", _("The last day must be after the first"))
        self._check_order("most_per_project", "budget", _("The budget must be at least as much as a project can get"))
        closes = data.get("closes_at") or (self.call and self.call.closes_at)
        zone = ZoneInfo(data["time_zone"]) if "time_zone" in data else self.call and self.call.zone
        if closes and zone and data.get("resolution_due_on") and data["resolution_due_on"] < closes.astimezone(zone).date():
            self.add_error("resolution_due_on", _("The result cannot be expected before the call closes"))
        return data

    def _clean_moments(self, data: dict) -> None:
        zone = ZoneInfo(data["time_zone"])
        for name in MOMENTS:
            data[name] = self.read_moment(name, zone)
        if data["opens_at"] and data["closes_at"] and data["closes_at"] <= data["opens_at"]:
            self.add_error("closes_day", _("The call must close after it opens"))

    def _check_order(self, lower: str, upper: str, text: str) -> None:
        low, high = self.cleaned_data.get(lower), self.cleaned_data.get(upper)
        if low is not None and high is not None and low > high:
            self.add_error(upper, text)

    def fields_of_call(self) -> dict:
        """What the services take, but the parts."""
        return {name: value for name, value in self.cleaned_data.items() if name not in LOCAL | PARTS}

    def parts(self) -> dict:
        """The lists that this form holds, as ``CallParts`` takes them."""
        data = self.cleaned_data
        places = [(level.value, value) for name, level in FIELDS.items() for value in data[name]]
        return {name: data[name] for name in ("themes", "axes", "applicants")} | {"territories": places}


def _terms(vocabulary: str, chosen):
    """The terms in use, and retired ones that the call has."""
    return Term.objects.of(vocabulary, also=list(chosen.values_list("pk", flat=True)) if chosen is not None else [])

"""What a coordinator enters about who attended."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from municipalities.fields import MunicipalityField
from network_portal.common.text import clean_line
from network_portal.common.text_fields import LineField, TextField
from webinars.attendance.decoding import MAX_BYTES
from webinars.models import AttendanceLine, Registration, Webinar
from webinars.people_forms import AddPersonForm

COLUMNS = {
    "name": gettext_lazy("Name of the person"),
    "email": gettext_lazy("E-mail address"),
    "join": gettext_lazy("When the person came"),
    "leave": gettext_lazy("When the person left"),
    "minutes": gettext_lazy("How long the person was there"),
}
MOST_NAMES = 200  # before one screen
MAX_NAME = 200


def reason_field(**kwargs) -> LineField:
    texts = {
        "label": gettext_lazy("Reason"),
        "help_text": gettext_lazy("One sentence that shows how you know, for whoever checks the figures."),
        "error_messages": {"required": gettext_lazy("Enter the reason")},
    }
    return LineField(limit=300, **texts | kwargs)


class UploadForm(forms.Form):
    """A file of the video tool; its size is looked at before anything in it."""

    use_required_attribute = False

    file = forms.FileField(
        label=gettext_lazy("Attendance file"),
        help_text=gettext_lazy("The CSV file of Zoom, Teams or Google Meet, or any other table as CSV, up to 5 MB."),
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ".csv,.tsv,.txt,text/csv"}),
        error_messages={
            "required": gettext_lazy("Select the attendance file"),
            "invalid": gettext_lazy("Select the attendance file"),
        },
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size == 0:
            raise ValidationError(_("The selected file is empty"))
        if file.size > MAX_BYTES:
            raise ValidationError(_("The selected file must be smaller than 5 MB"))
        return file


class ColumnsForm(forms.Form):
    """Which column of a table is what; ``mapping()`` gives field to title."""

    use_required_attribute = False

    def __init__(self, *args, columns: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        choices = [("", gettext_lazy("not in the file")), *((title, title) for title in columns)]
        wrong = {"invalid_choice": gettext_lazy("Choose a column of the file")}
        for name, label in COLUMNS.items():
            self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False, error_messages=wrong)

    def clean(self):
        data = super().clean()
        chosen = [title for title in data.values() if title]
        if not self.errors and not (data["name"] or data["email"]):
            self.add_error("name", _("Choose the column of the name or that of the e-mail address"))
        if not self.errors and not (data["minutes"] or (data["join"] and data["leave"])):
            self.add_error("join", _("Choose the columns of coming and leaving, or that of how long"))
        if len(set(chosen)) < len(chosen):
            twice = next(name for name in COLUMNS if data.get(name) and chosen.count(data[name]) > 1)
            self.add_error(twice, _("A column can be only one thing: choose another"))
        return data

    def mapping(self) -> dict[str, str]:
        return {name: title for name, title in self.cleaned_data.items() if title}


class DatesForm(forms.Form):
    """How the dates of a file are written."""

    use_required_attribute = False

    order = forms.ChoiceField(
        label=gettext_lazy("What comes first?"),
        choices=[("day", gettext_lazy("The day")), ("month", gettext_lazy("The month"))],
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose what comes first"),
            "invalid_choice": gettext_lazy("Choose what comes first"),
        },
    )


class ReasonForm(forms.Form):
    use_required_attribute = False

    reason = reason_field()


class ParticipantForm(AddPersonForm):
    """Somebody who was there without being registered."""

    reason = reason_field()
    field_order = ["name", "email", "municipality", "no_municipality", "organisation", "role", "reason"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].required = False
        self.fields["email"].help_text = gettext_lazy("With it the person gets the certificate. Nothing is sent now.")


class LineAddForm(ParticipantForm):
    """The same for somebody of a file; an address that the file has is not asked for."""

    def __init__(self, *args, line: AttendanceLine, **kwargs):
        super().__init__(*args, **kwargs)
        if line.has_address:
            del self.fields["email"]


class LineTakeForm(forms.Form):
    """Which of the registered somebody of a file is."""

    use_required_attribute = False

    registration = forms.ModelChoiceField(
        label=gettext_lazy("Registered person"),
        queryset=Registration.objects.none(),
        empty_label=gettext_lazy("Choose a person"),
        error_messages={
            "required": gettext_lazy("Choose the registered person"),
            "invalid_choice": gettext_lazy("Choose the registered person"),
        },
    )

    def __init__(self, *args, webinar: Webinar, **kwargs):
        super().__init__(*args, **kwargs)
        rows = webinar.registrations.confirmed().filter(anonymised_at=None).select_related("municipality")
        field = self.fields["registration"]
        field.queryset = rows.order_by("name", "pk")
        field.label_from_instance = lambda row: f"{row.name}, {row.municipality.label if row.municipality else row.organisation}"


class TogetherForm(forms.Form):
    """Several people of one municipality before one screen."""

    use_required_attribute = False

    names = TextField(
        label=gettext_lazy("Names"),
        help_text=gettext_lazy("First name and surname, one person per line. Only those who were not registered."),
        limit=20_000,
        widget=forms.Textarea({"rows": 6, "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Enter the names, one per line")},
    )
    municipality = MunicipalityField(error_messages={"required": gettext_lazy("Choose the municipality")})
    role = AddPersonForm.base_fields["role"]
    reason = reason_field()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].error_messages |= {"required": _("Choose the role"), "invalid_choice": _("Choose the role")}

    def clean_names(self) -> list[str]:
        names = [name for name in map(clean_line, self.cleaned_data["names"].split("\n")) if name]
        if len(names) > MOST_NAMES:
            raise ValidationError(_("Enter at most %(most)s names at a time") % {"most": MOST_NAMES})
        if long := next((name for name in names if len(name) > MAX_NAME), None):
            text = _("“%(name)s…” is longer than %(most)s characters: enter one name per line")
            raise ValidationError(text % {"name": long[:40], "most": MAX_NAME})
        return names


class CloseForm(forms.Form):
    use_required_attribute = False

    tells = forms.BooleanField(label=gettext_lazy("Write to the people now"), initial=True, required=False)

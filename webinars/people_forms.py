"""What a coordinator enters about the people of a webinar."""

from django import forms
from django.db.models import Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from municipalities.fields import MunicipalityField
from network_portal.common.text import clean_line, fold
from network_portal.users.fields import EmailAddressField, PersonNameField
from webinars.forms import RegistrationForm
from webinars.models import Registration, Webinar

OUTSIDE = "none"  # the value of the municipality filter for people from other bodies


class PeopleFilterForm(forms.Form):
    """Whom to show; a value that does not exist narrows nothing."""

    use_required_attribute = False

    q = forms.CharField(label=_("Name or e-mail"), required=False, widget=forms.TextInput({"type": "search"}))
    status = forms.ChoiceField(label=_("Status"), choices=[("", _("All")), *Registration.Status.choices], required=False)
    municipality = forms.ChoiceField(label=_("Municipality"), required=False)

    def __init__(self, *args, towns: list[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["municipality"].choices = [("", _("All")), *towns, (OUTSIDE, _("Not from a municipality"))]

    def narrow(self, rows):
        """The registrations of ``rows`` that are asked for."""
        self.full_clean()
        asked = self.cleaned_data
        if status := asked.get("status"):
            rows = rows.filter(status=status)
        if town := asked.get("municipality"):
            rows = rows.filter(municipality=None) if town == OUTSIDE else rows.filter(municipality=town)
        words = clean_line(asked.get("q", ""))
        return rows.filter(pk__in=_found(rows, words)) if words else rows


def _found(rows, words: str) -> list[int]:
    """Read here, because no database folds accents: who has every word in the name, or the text in the address."""
    folded, address = fold(words).split(), words.lower()
    people = rows.order_by().values_list("pk", "name", Coalesce("person__email", Value("")))
    return [pk for pk, name, email in people if address in email or (folded and all(word in fold(name) for word in folded))]


class AddPersonForm(RegistrationForm):
    """A registration made by a coordinator, who may admit anybody and does not answer for the person."""

    which_organisation = _("Enter the name of the organisation")

    email = EmailAddressField(
        help_text=_("The confirmation goes to this address. An account is made if there is none."),
        error_messages={"required": _("Enter the person’s e-mail address")},
    )
    name = PersonNameField(
        help_text=_("First name and surname."),
        error_messages={
            "required": _("Enter the person’s name"),
            "null_characters_not_allowed": _("The name contains a character that cannot be kept. Type it again"),
        },
    )
    municipality = MunicipalityField(
        error_messages={"required": _("Choose the municipality, or say that the person is not from one")},
    )
    no_municipality = forms.BooleanField(label=_("Not from a municipality"), required=False)
    needs = None
    consents_to_recording = None
    field_order = ["email", "name", "municipality", "no_municipality", "organisation", "role"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, webinar=Webinar(audience=Webinar.Audience.EVERYONE), **kwargs)
        for name in ("email", "name", "organisation"):  # the coordinator's own are of no use
            self.fields[name].widget.attrs["autocomplete"] = "off"
        self.fields["organisation"].help_text = _("Only if the person is not from a municipality.")
        self.fields["role"].error_messages |= {"required": _("Choose the role"), "invalid_choice": _("Choose the role")}

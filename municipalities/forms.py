"""What the coordinator enters about memberships."""

from datetime import date

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _

from municipalities.fields import MunicipalityField
from municipalities.models import Membership
from network_portal.common.text import clean_line

OLDEST = MinValueValidator(date(1950, 1, 1), _("Enter a day after 1950"))


class DayField(forms.DateField):
    """A day of the calendar, entered with the browser's own date field."""

    default_error_messages = {
        "required": _("Enter a day"),
        "invalid": _("Enter a day that exists, like 2026-09-26"),
    }

    def __init__(self, **kwargs):
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=widget, validators=[OLDEST], **kwargs)


class MembershipForm(forms.Form):
    municipality = MunicipalityField(
        error_messages={"required": _("Choose the municipality"), "unknown": _("Choose the municipality from the list")}
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=Membership.Kind.choices,
        initial=Membership.Kind.MEMBER,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the kind of membership")},
    )
    since = DayField(label=_("Member since"))


class RowForm(forms.Form):
    """A form in the row of one membership: its fields have the number of the row in their ids. ``slot`` is the template's word
    for it."""

    slot: str
    use_required_attribute = False

    def __init__(self, *args, membership: Membership, **kwargs):
        super().__init__(*args, auto_id=f"%s-{membership.pk}", **kwargs)
        self.membership = membership


class ContactForm(RowForm):
    """To whom the network writes; both may be empty."""

    slot = "contact"
    contact_name = forms.CharField(
        label=_("Contact person"), max_length=200, required=False, widget=forms.TextInput({"autocomplete": "off"})
    )
    contact_email = forms.EmailField(
        label=_("E-mail of the contact"),
        max_length=254,
        required=False,
        widget=forms.EmailInput({"autocomplete": "off"}),
        error_messages={"invalid": _("Enter an e-mail address like ana@example.org")},
    )

    def clean_contact_name(self):
        return clean_line(self.cleaned_data["contact_name"])


class EndMembershipForm(RowForm):
    slot = "end"
    until = DayField(label=_("First day outside the network"))

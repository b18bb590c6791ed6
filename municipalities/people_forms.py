"""What comes in about people and their municipality, and what a municipality says of itself."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from municipalities.domains import clean_domain
from municipalities.errors import DomainNotAllowed
from municipalities.fields import MunicipalityField
from network_portal.common.text_fields import LineField, LinkField, TextField
from network_portal.users.fields import EmailAddressField, PersonNameField

MOST_DOMAINS = 20


class FunctionField(LineField):
    """What a person does in the municipality, in a few words."""

    def __init__(self, **kwargs):
        super().__init__(limit=120, required=False, label=_("Function"), **kwargs)


class AskForm(forms.Form):
    """``person`` is asked for a name only when the account has none."""

    name = PersonNameField(help_text=_("Whoever answers your request reads it."))
    municipality = MunicipalityField()
    function = FunctionField(help_text=_("For example: equality adviser, technician of social action, councillor."))

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        if person.name:
            del self.fields["name"]


class RefuseForm(forms.Form):
    reason = TextField(
        limit=500,
        label=_("Reason"),
        help_text=_("The person reads it in the e-mail. Do not write about other people."),
        error_messages={"required": _("Give the reason: the person reads it in the e-mail")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class InviteForm(forms.Form):
    name = PersonNameField(label=_("Name"), error_messages={"required": _("Enter the person’s name")})
    email = EmailAddressField(help_text=_("The invitation goes to it, with a button to accept. It must be the person’s own."))
    function = FunctionField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"  # somebody else's


class PresentationForm(forms.Form):
    language = forms.ChoiceField(label=_("Language of the texts"), choices=settings.LANGUAGES, widget=forms.RadioSelect)
    text = TextField(
        limit=1500,
        label=_("Presentation"),
        help_text=_("What the municipality does for equality, in a few paragraphs. Empty lines begin a new one."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 9}),
    )
    service = TextField(
        limit=400,
        label=_("Equality service"),
        help_text=_("Its name and address, and when it is open. Everybody can read it."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    website = LinkField(label=_("Website"), help_text=_("It starts with https://"), required=False)
    email = EmailAddressField(
        label=_("E-mail of the service"),
        help_text=_("An address of the service, like igualdade@cm-vila.pt; never the one of a person: everybody can read it."),
        required=False,
    )


class MailDomainsField(TextField):
    """One domain a line; gives a list."""

    def clean(self, value) -> list[str]:
        lines = [line for line in super().clean(value).splitlines() if line.strip(" ,;")]
        if len(lines) > MOST_DOMAINS:
            raise ValidationError(_("Write %(count)s domains or fewer"), params={"count": MOST_DOMAINS})
        try:
            return [clean_domain(line.strip(" ,;")) for line in lines]
        except DomainNotAllowed as error:
            raise ValidationError(str(error)) from None


class MailDomainsForm(forms.Form):
    domains = MailDomainsField(
        limit=3000,
        label=_("Mail domains"),
        help_text=_("One on each line: what stands after the @ of the addresses. Sub-domains are included."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocapitalize": "none"}),
    )

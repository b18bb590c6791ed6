"""What may come in on the pages of an account."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from network_portal.users.fields import CodeField, EmailAddressField, PersonNameField


class EmailForm(forms.Form):
    email = EmailAddressField(help_text=_("Your work address, if you have one. We send a code to it."))


class NewAddressForm(forms.Form):
    email = EmailAddressField(label=_("New e-mail address"), help_text=_("We send a code to the new address."))


class SendCodeForm(forms.Form):
    """Nothing is asked for: the code goes to the account's own address."""


class CodeForm(forms.Form):
    """``expected`` is the code that was sent; only six digits count as an attempt."""

    code = CodeField(help_text=_("6 digits, from the newest e-mail"))

    def __init__(self, *args, expected: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.expected = expected

    def clean_code(self):
        code = self.cleaned_data["code"]
        if not self.expected or not constant_time_compare(code, self.expected):
            raise ValidationError(_("Code is wrong or already used"), code="wrong")
        return code

    @property
    def was_a_guess(self) -> bool:
        return self.has_error("code", "wrong")


class ProfileForm(forms.Form):
    name = PersonNameField(help_text=_("As it should appear to the coordinators and on certificates."))
    language = forms.ChoiceField(
        label=_("Language of e-mails"), widget=forms.RadioSelect, error_messages={"required": _("Choose a language")}
    )
    wants_reminders = forms.BooleanField(label=_("Reminders before a webinar"), required=False)
    wants_news = forms.BooleanField(label=_("News of the network"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = settings.LANGUAGES
        self.fields["language"].error_messages["invalid_choice"] = _("Choose a language")

"""What may come in about certificates and partners."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network_portal.common.glyphs import unwritable
from network_portal.common.images import PictureRefused, as_png
from network_portal.common.text_fields import LineField, WholeNumberField
from webinars.certificates import code_from

LONGEST = 800  # pixels of a logo


class CodeForm(forms.Form):
    """The code of a certificate, as people read it from paper."""

    use_required_attribute = False
    code = LineField(
        label=gettext_lazy("Code of the certificate"),
        help_text=gettext_lazy("8 letters and digits, like K7QM-2W4P. It is at the bottom of the certificate."),
        limit=60,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}),
        error_messages={"required": gettext_lazy("Enter the code of the certificate")},
    )

    def clean_code(self):
        code = code_from(self.cleaned_data["code"])
        if code is None:
            raise ValidationError(_("Enter the 8 letters and digits of the code, like K7QM-2W4P"))
        return code


class CertificateNameForm(forms.Form):
    """The name on a certificate, and nothing else of it."""

    use_required_attribute = False
    name = LineField(
        label=gettext_lazy("Name on the certificate"),
        limit=200,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Enter the name as it is to stand on the certificate")},
    )

    def clean_name(self):
        name = self.cleaned_data["name"]
        if missing := unwritable(name):
            text = _("The certificate cannot show these characters: %(characters)s. Write the name in another way")
            raise ValidationError(text % {"characters": " ".join(missing)})
        if not any(character.isalpha() for character in name):
            raise ValidationError(_("Enter the name as it is to stand on the certificate"))
        return name


class RevokeForm(forms.Form):
    """Why a certificate is not valid any more."""

    use_required_attribute = False
    reason = LineField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("The person and the coordinators see it; the public page only says when."),
        limit=300,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": gettext_lazy("Enter the reason")},
    )


class PartnerForm(forms.Form):
    """Who funds or carries a cycle."""

    use_required_attribute = False
    name = LineField(label=gettext_lazy("Name"), limit=200, error_messages={"required": gettext_lazy("Enter the name")})
    is_funder = forms.TypedChoiceField(
        label=gettext_lazy("What it does for the cycle"),
        choices=[("yes", gettext_lazy("Funds it")), ("no", gettext_lazy("Carries it with us"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one"), "invalid_choice": gettext_lazy("Choose one")},
    )
    position = WholeNumberField(
        label=gettext_lazy("Order"),
        help_text=gettext_lazy("Small numbers come first; who funds comes before who carries."),
        most=999,
        initial=1,
    )
    logo = forms.FileField(
        label=gettext_lazy("Logo"),
        help_text=gettext_lazy("PNG, JPEG or WebP, up to 10 MB. The name is its description for people who do not see it."),
        required=False,
        widget=forms.FileInput({"accept": "image/png,image/jpeg,image/webp"}),
        error_messages={"empty": gettext_lazy("The selected file is empty")},
    )
    remove_logo = forms.BooleanField(label=gettext_lazy("Take the logo away"), required=False)

    def __init__(self, *args, has_logo: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if not has_logo:
            del self.fields["remove_logo"]

    def clean_logo(self):
        """The picture as PNG, or none."""
        file = self.cleaned_data["logo"]
        if not file:
            return None
        try:
            return as_png(file, size=file.size, longest=LONGEST)
        except PictureRefused as error:
            raise ValidationError(str(error)) from error

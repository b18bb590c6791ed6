"""Form fields for what identifies a person: e-mail address, full name, code."""

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from network_portal.common.text import INVISIBLE, clean_line

EMAIL_LENGTH = 254
# The rules of GOV.UK Notify: what real mail servers take, not all that RFC 5322 allows
LOCAL_AND_HOST = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([^.@\s][^@\s]*)", re.IGNORECASE)
HOST_PART = re.compile(r"(xn|[a-z0-9]+)(-?-[a-z0-9]+)*", re.IGNORECASE)
TOP_LEVEL = re.compile(r"([a-z]{2,63}|xn--([a-z0-9]+-)*[a-z0-9]+)", re.IGNORECASE)
CODE = re.compile(r"[0-9]{6}")


def is_email_address(text: str) -> bool:
    match = LOCAL_AND_HOST.fullmatch(text)
    if not match or ".." in text:
        return False
    try:
        host = match[1].encode("idna").decode("ascii")
    except UnicodeError:
        return False
    *parts, top = host.split(".")
    return bool(
        parts
        and len(host) <= 253
        and TOP_LEVEL.fullmatch(top)
        and all(len(part) <= 63 and HOST_PART.fullmatch(part) for part in parts)
    )


class EmailAddressField(forms.CharField):
    """An address in lower case; space and invisible characters around it are dropped without a word."""

    widget = forms.EmailInput
    default_error_messages = {
        "required": _("Enter an e-mail address"),
        "format": _("Enter an e-mail address in the correct format, like name@example.pt"),
        "length": _("E-mail address must be 254 characters or fewer"),
        "null_characters_not_allowed": _("Enter an e-mail address in the correct format, like name@example.pt"),
    }

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("E-mail address"))
        super().__init__(**kwargs)

    def to_python(self, value):
        return super().to_python(INVISIBLE.sub("", str(value or "")).strip()).lower()

    def validate(self, value):
        super().validate(value)
        if len(value) > EMAIL_LENGTH:
            raise ValidationError(self.error_messages["length"], code="length")
        if value and "\x00" not in value and not is_email_address(value):
            raise ValidationError(self.error_messages["format"], code="format")

    def widget_attrs(self, widget):
        return {"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}


class PersonNameField(forms.CharField):
    """A full name as the person writes it, on one line, without characters that nobody sees."""

    default_error_messages = {
        "required": _("Enter your name"),
        "length": _("Full name must be 200 characters or fewer"),
        "null_characters_not_allowed": _("Your name contains a character that cannot be kept. Type it again"),
    }

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Full name"))
        super().__init__(**kwargs)

    def to_python(self, value):
        return clean_line(super().to_python(value))

    def validate(self, value):
        super().validate(value)
        if len(value) > 200:
            raise ValidationError(self.error_messages["length"], code="length")

    def widget_attrs(self, widget):
        return {"autocomplete": "name", "spellcheck": "false"}


class CodeField(forms.CharField):
    """The six digits of a mail, however they were copied: spaces, hyphens and invisible characters are dropped."""

    default_error_messages = {"required": _("Enter the 6 digits"), "digits": _("Enter the 6 digits")}

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Code"))
        super().__init__(**kwargs)

    def to_python(self, value):
        text = unicodedata.normalize("NFKC", INVISIBLE.sub("", super().to_python(value)))
        return re.sub(r"[\s-]", "", text)

    def validate(self, value):
        super().validate(value)
        if not CODE.fullmatch(value):
            raise ValidationError(self.error_messages["digits"], code="digits")

    def widget_attrs(self, widget):
        return {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}

"""Form fields of what coordinators write: lines, texts and whole numbers."""

import re
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from network_portal.common.templatetags.portal import thousands
from network_portal.common.text import CONTROL, INVISIBLE, clean_line


class AtMost(MaxLengthValidator):
    """No more characters than that; its message says ``%(limit)s``, and ``%(length)s`` for how many there are."""

    def __call__(self, value):
        if len(value) > self.limit_value:
            words = {"limit": thousands(self.limit_value), "length": thousands(len(value))}
            raise ValidationError(self.message, code=self.code, params=words)


class TextField(forms.CharField):
    """Text of several lines, without characters that nobody sees; ``limit`` is its greatest length."""

    widget = forms.Textarea
    default_error_messages = {
        "null_characters_not_allowed": _("The text contains a character that cannot be kept. Type it again"),
        "too_long": _("%(field)s must be %(limit)s characters or fewer"),
    }

    def __init__(self, *, limit: int, **kwargs):
        super().__init__(**kwargs)
        self.limit = limit

    def to_python(self, value):
        return self.tidy(super().to_python(value))

    def tidy(self, text: str) -> str:
        return CONTROL.sub(" ", INVISIBLE.sub("", text.replace("\r\n", "\n"))).strip()

    def validate(self, value):
        super().validate(value)
        if len(value) > self.limit:
            words = {"field": self.label, "limit": thousands(self.limit)}
            raise ValidationError(self.error_messages["too_long"], code="too_long", params=words)


class LineField(TextField):
    """The same on one line."""

    widget = forms.TextInput

    def tidy(self, text: str) -> str:
        return clean_line(text)


class WholeNumberField(forms.CharField):
    """A number from 0 to ``most``, written in digits alone."""

    widget = forms.TextInput
    default_error_messages = {"number": _("Enter a whole number between 0 and %(most)s")}

    def __init__(self, *, most: int, **kwargs):
        super().__init__(**kwargs)
        self.most = most

    def widget_attrs(self, widget):
        return {"inputmode": "numeric", "autocomplete": "off"}

    def clean(self, value):
        text = clean_line(str(value if value is not None else ""))
        if not re.fullmatch(r"[0-9]{1,9}", text) or int(text) > self.most:
            raise ValidationError(self.error_messages["number"], code="number", params={"most": thousands(self.most)})
        return int(text)


def check_link(text: str) -> str:
    """An https address of a host, without a name or password in it."""
    try:
        parts = urlsplit(text)
        fits = parts.scheme == "https" and parts.hostname and "@" not in parts.netloc
    except ValueError:
        fits = False
    if not fits or len(text) > 500 or any(c.isspace() or c in "<>\"'\\" for c in text):
        raise ValidationError(_("Enter a link that starts with https://"))
    return text


class LinkField(forms.CharField):
    """An address that ``check_link`` lets pass, or nothing."""

    widget = forms.TextInput
    default_error_messages = {"null_characters_not_allowed": _("Enter a link that starts with https://")}

    def widget_attrs(self, widget):
        return {"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}

    def to_python(self, value):
        return clean_line(super().to_python(value))

    def validate(self, value):
        super().validate(value)
        if value:
            check_link(value)

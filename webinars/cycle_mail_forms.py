"""What a coordinator types about the mails after a webinar."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network_portal.common.text_fields import LineField, TextField
from webinars.mail_words import PLACEHOLDERS, Words, unknown_in
from webinars.models import Registration, Webinar


def check_placeholders(text: str) -> None:
    """Refuse what stands between braces and is not known, naming it: nobody should get a mail with a hole in it."""
    if unknown := unknown_in(text):
        words = {"unknown": ", ".join(unknown), "known": ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)}
        raise ValidationError(_("%(unknown)s is not known. Between braces you can write: %(known)s") % words)


class CycleMailForm(forms.Form):
    """Subject and text in one language."""

    use_required_attribute = False

    subject = LineField(
        label=gettext_lazy("Subject"),
        help_text=gettext_lazy("Begin with what is new. After 60 characters it is cut short."),
        limit=120,
        validators=[check_placeholders],
        error_messages={"required": gettext_lazy("Enter the subject")},
    )
    text = TextField(
        label=gettext_lazy("Text"),
        help_text=gettext_lazy("An empty line begins a new paragraph."),
        limit=4_000,
        validators=[check_placeholders],
        widget=forms.Textarea({"rows": 10}),
        error_messages={"required": gettext_lazy("Enter the text")},
    )

    def __init__(self, *args, language: str, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["lang"] = language

    @property
    def words(self) -> Words:
        """What was typed; needs a valid form."""
        return Words(**self.cleaned_data)


class RecipientForm(forms.Form):
    """For whom a mail is shown."""

    use_required_attribute = False

    webinar = forms.ChoiceField(label=gettext_lazy("Webinar"))
    person = forms.ChoiceField(label=gettext_lazy("Person"))

    def __init__(self, *args, webinars: list[Webinar], people: list[Registration], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["webinar"].choices = [(row.pk, f"{row.number}. {row.title}") for row in webinars]
        self.fields["person"].choices = [(row.pk, row.name) for row in people]
        if not people:
            del self.fields["person"]

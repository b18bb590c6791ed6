"""What is asked after a webinar."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from network_portal.common.text_fields import TextField
from webinars.models import GenderFact

WHICH_GENDER = _("Choose an answer, or skip the question")
USEFULNESS = [
    ("5", _("Very useful: I will use it in my work")),
    ("4", _("Useful")),
    ("3", _("Partly useful")),
    ("2", _("Not very useful")),
    ("1", _("Not useful")),
]


class SurveyForm(forms.Form):
    """One question, and room for a comment."""

    use_required_attribute = False

    usefulness = forms.TypedChoiceField(
        label=_("How useful was it for your work?"),
        choices=USEFULNESS,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how useful it was"), "invalid_choice": _("Choose how useful it was")},
    )
    comment = TextField(
        label=_("Anything else?"),
        help_text=_("At most 500 characters. Don’t write personal data of other people."),
        limit=500,
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )


class GenderForm(forms.Form):
    """Asked apart, and never with the rest."""

    use_required_attribute = False

    gender = forms.ChoiceField(
        label=_("How do you describe your gender?"),
        choices=[(value, capfirst(label)) for value, label in GenderFact.Gender.choices],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose an answer, or skip the question"),
            "invalid_choice": _("Choose an answer, or skip the question"),
        },
    )

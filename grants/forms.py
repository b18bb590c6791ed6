"""Forms of the public pages of calls."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from grants.models import Applicant
from municipalities.fields import MunicipalityField
from network_portal.common.text_fields import TextField
from network_portal.vocabularies.models import Term

LONGEST_QUESTION = 1000


class CheckForm(forms.Form):
    """Whether a body may apply; sent by GET and kept nowhere."""

    kind = forms.ChoiceField(
        label=_("What kind of body are you?"),
        choices=[("", _("Choose")), *((kind.value, capfirst(kind.label)) for kind in Applicant.Kind)],
        error_messages={"required": _("Choose the kind of body"), "invalid_choice": _("Choose the kind of body from the list")},
    )
    municipality = MunicipalityField(label=_("In which municipality is it?"))


class QuestionForm(forms.Form):
    text = TextField(
        limit=LONGEST_QUESTION,
        label=_("Your question"),
        help_text=_("Question and answer are public, without your name. Give no personal data."),
        error_messages={"required": _("Write your question")},
        widget=forms.Textarea({"rows": 4}),
    )


class FollowThemesForm(forms.Form):
    themes = forms.MultipleChoiceField(label=_("Themes"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, **kwargs):
        """Themes that the person follows stay to be chosen when they are retired."""
        super().__init__(*args, **kwargs)
        themes = Term.objects.of("theme", also=self.initial["themes"])
        self.fields["themes"].choices = [(str(term.pk), term.label) for term in themes]

"""Forms of the sections that are texts: title, summary, context, objectives, and what another municipality needs."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy

from goodpractices.completeness import LENGTHS
from goodpractices.forms.base import SectionForm, long_text, optional_text
from goodpractices.forms.fields import CountedField
from network_portal.common.amounts import CountField


class TitleForm(SectionForm):
    title = CountedField(
        label=gettext_lazy("What it is called"),
        help_text=gettext_lazy("In words that somebody from another municipality would search for."),
        advised=LENGTHS["title"],
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the text"), choices=settings.LANGUAGES, widget=forms.RadioSelect)


class SummaryForm(SectionForm):
    summary = CountedField(
        label=gettext_lazy("In one sentence"),
        help_text=gettext_lazy("Who did what, for whom, and what came of it. It stands in lists and in the search."),
        advised=LENGTHS["summary"],
        rows=4,
    )


class ContextForm(SectionForm):
    text = long_text(
        label=gettext_lazy("The situation before"),
        help_text=gettext_lazy("What was missing, for whom, and how did you know? Numbers help, if you have them."),
        rows=12,
    )


class ObjectivesForm(SectionForm):
    text = long_text(
        label=gettext_lazy("What should be different at the end"),
        help_text=gettext_lazy("And for whom."),
        rows=8,
    )


class TransferForm(SectionForm):
    conditions = long_text(
        label=gettext_lazy("What it fails without"),
        help_text=gettext_lazy("A decision of the executive, a partner, a room, somebody who knows the law."),
        rows=8,
    )
    smallest_town = CountField(
        label=gettext_lazy("Smallest municipality for which it makes sense"),
        help_text=gettext_lazy("About how many residents, for example 5 000."),
        most=20_000_000,
        required=False,
    )
    can_drop = optional_text(
        gettext_lazy("What can be left out"), gettext_lazy("What you had and others can do without."), rows=4
    )

"""What a coordinator enters about a term."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from network_portal.common.amounts import CountField
from network_portal.common.text_fields import LineField
from network_portal.vocabularies import languages
from network_portal.vocabularies.models import BANDS, Term, Vocabulary

LONGEST = 150
YEAR = re.compile(r"(19|20)[0-9]{2}")
MOST = 2_000_000_000  # residents or euros


class TermForm(forms.Form):
    """The label in each language; those that the network shows are needed."""

    use_required_attribute = False

    def __init__(self, *args, term: Term | None = None, **kwargs):
        labels = {_name(code): label for code, label in term.labels.items()} if term else {}
        super().__init__(*args, initial=labels, **kwargs)
        self.fields |= {_name(code): _label_field(code, name, required=True) for code, name in languages.shown().items()}
        self.fields |= {_name(code): _label_field(code, name, required=False) for code, name in languages.others().items()}

    @property
    def shown(self) -> list:
        """The fields of the languages of the pages."""
        return [self[_name(code)] for code in languages.shown()]

    @property
    def others(self) -> list:
        return [self[_name(code)] for code in languages.others()]

    def labels(self) -> dict[str, str]:
        """What was typed in a valid form, {language: label}."""
        codes = [*languages.shown(), *languages.others()]
        return {code: label for code in codes if (label := self.cleaned_data[_name(code)])}


class NewTermForm(TermForm):
    """A term of ``vocabulary``: articles have the year of their edition, bands their numbers."""

    edition = LineField(
        label=_("Edition"),
        help_text=_("The year, for example 2022."),
        limit=10,
        widget=forms.TextInput({"inputmode": "numeric", "class": "input--short"}),
        error_messages={"required": _("Enter the year of the edition, like 2022")},
    )
    lower = CountField(
        label=pgettext_lazy("number", "From"),
        most=MOST,
        error_messages={"required": _("Enter the number at which the band begins")},
    )
    upper = CountField(
        label=pgettext_lazy("number", "Up to"),
        help_text=_("The last number of the band. Left empty: there is no end."),
        most=MOST,
        required=False,
    )

    def __init__(self, *args, vocabulary: str, **kwargs):
        super().__init__(*args, **kwargs)
        if vocabulary != Vocabulary.CHARTER_ARTICLE:
            del self.fields["edition"]
        if vocabulary not in BANDS:
            del self.fields["lower"], self.fields["upper"]

    def clean_edition(self):
        year = self.cleaned_data["edition"]
        if not YEAR.fullmatch(year):
            raise ValidationError(self.fields["edition"].error_messages["required"], code="year")
        return year

    def clean(self):
        data = super().clean()
        if data.get("upper") is not None and data.get("lower") is not None and data["upper"] < data["lower"]:
            self.add_error("upper", _("The band must not end before it begins"))
        return data

    def facts(self) -> dict:
        """What the service takes beside the labels: the end of a band is not in it."""
        facts = {name: self.cleaned_data[name] for name in ("edition", "lower", "upper") if name in self.fields}
        if facts.get("upper") is not None:
            facts["upper"] += 1
        return facts


def _name(code: str) -> str:
    return f"label_{code}"


def _label_field(code: str, name: str, *, required: bool) -> LineField:
    words = _("Enter the label in the language “%(language)s”") % {"language": name}
    return LineField(
        limit=LONGEST,
        label=name,
        required=required,
        widget=forms.TextInput({"lang": code, "autocomplete": "off"}),
        error_messages={"required": words},
    )

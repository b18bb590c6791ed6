"""The one way to choose a municipality: typed with or without accents, with or without JavaScript."""

from collections import Counter
from collections.abc import Iterable
from difflib import get_close_matches

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from municipalities.models import Municipality
from network_portal.common.text import clean_line, fold

MAX_TYPED = 200  # characters; the longest name has fewer
SUGGESTIONS = 5
ALIKE = 0.7  # 0 to 1, difflib's measure: "Odmira" and "Odemira" are 0.92


class MunicipalityWidget(forms.TextInput):
    """A text input that the script turns into a combobox. After an error it offers towns as radio buttons,
    sent as ``<name>_choice``; a chosen one counts before what is typed."""

    template_name = "municipalities/_field.html"

    def __init__(self, attrs=None):
        super().__init__({"autocomplete": "off", "spellcheck": "false", **(attrs or {})})
        self.suggestions: list[tuple[str, Municipality]] = []  # what the button sends, and the town

    def value_from_datadict(self, data, files, name):
        return data.get(f"{name}_choice") or data.get(name)

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["suggestions"] = self.suggestions
        return context


class MunicipalityField(forms.Field):
    """Gives a Municipality or None; its initial value is a Municipality."""

    widget = MunicipalityWidget
    default_error_messages = {
        "required": _("Choose your municipality"),
        "unknown": _("Choose your municipality from the list"),
    }

    def __init__(self, **kwargs):
        texts = {"label": _("Municipality"), "help_text": _("Type its name; accents do not matter.")}
        super().__init__(**texts | kwargs)
        self.found: dict[str, list[Municipality]] = {}  # what ``look_up`` found already

    def prepare_value(self, value):
        return value.label if isinstance(value, Municipality) else value

    def has_changed(self, initial, data):
        return clean_line(str(self.prepare_value(initial) or "")) != clean_line(str(data or ""))

    def to_python(self, value) -> Municipality | None:
        self.widget.suggestions = []
        typed = _tidied(value)
        if not typed:
            return None
        found = self.found[typed] if typed in self.found else Municipality.objects.called(typed)
        if len(found) == 1:
            return found[0]
        self.widget.suggestions = _choices(found[:SUGGESTIONS] or _suggestions(typed))
        raise ValidationError(self._several(found) if found else self._unknown(), code="municipality")

    def _several(self, found: list[Municipality]) -> str:
        text = ngettext(
            "There is %(count)s municipality called %(name)s. Choose yours",
            "There are %(count)s municipalities called %(name)s. Choose yours",
            len(found),
        )
        return text % {"count": len(found), "name": found[0].name}

    def _unknown(self) -> str:
        message = str(self.error_messages["unknown"])
        if len(self.widget.suggestions) != 1:
            return message
        question = _("Did you mean %(name)s?") % {"name": self.widget.suggestions[0][0]}
        return f"{message}. {question}"


def look_up(fields: Iterable[forms.BoundField]) -> None:
    """Find what was typed in many fields by one query, before their forms are judged one by one."""
    fields = list(fields)
    found = Municipality.objects.called_each({_tidied(bound.data) for bound in fields} - {""})
    for bound in fields:
        bound.field.found = found


def _tidied(value) -> str:
    return clean_line(str(value or ""))[:MAX_TYPED]


def _choices(towns: list[Municipality]) -> list[tuple[str, Municipality]]:
    """Each town with words that lead to it alone: its label, or its code beside a twin in the same district."""
    times = Counter(town.label for town in towns)
    return [(town.label if times[town.label] == 1 else f"{town.name} ({town.code})", town) for town in towns]


def _suggestions(typed: str) -> list[Municipality]:
    """Towns with the typed words in their name, else those spelt most like it. Never chosen for the person."""
    if not fold(typed):
        return []
    if found := list(Municipality.objects.matching(typed)[:SUGGESTIONS]):
        return found
    names = set(Municipality.objects.values_list("name_folded", flat=True))
    alike = get_close_matches(fold(typed), names, n=3, cutoff=ALIKE)
    towns = Municipality.objects.filter(name_folded__in=alike).order_by("pk")[:SUGGESTIONS]
    return sorted(towns, key=lambda town: alike.index(town.name_folded))

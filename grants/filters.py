"""What the list of calls can be narrowed to."""

import django_filters
from django.db.models import Exists, OuterRef, Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from grants.eligibility import place_name
from grants.models import Applicant, Call, Territory
from municipalities.models import Municipality
from network_portal.vocabularies.models import Term

PLACE = "{level}:{value}"  # a territory in the address


class CallFilter(django_filters.FilterSet):
    """Kind, theme, who may apply and territory; unknown values narrow nothing."""

    kind = django_filters.ChoiceFilter(label=_("Kind"), empty_label=_("All kinds"))
    theme = django_filters.ChoiceFilter(label=_("Theme"), empty_label=_("All themes"), method="of_theme")
    who = django_filters.ChoiceFilter(field_name="applicants__kind", label=_("Who may apply"), empty_label=_("Everybody"))
    territory = django_filters.ChoiceFilter(label=_("Territory"), empty_label=_("Everywhere"), method="in_territory")

    class Meta:
        model = Call
        fields = ["kind"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        used = Territory.objects.exclude(call__state="draft").order_by("level", "value").values_list("level", "value").distinct()
        choices = {
            "kind": [(kind.value, capfirst(kind.label)) for kind in Call.Kind],
            "theme": [(term.code, term.label) for term in Term.objects.of("theme", also=_themes_there())],
            "who": [(kind.value, capfirst(kind.label)) for kind in Applicant.Kind],
            "territory": [(PLACE.format(level=level, value=value), place_name(level, value)) for level, value in used],
        }
        for name, pairs in choices.items():
            self.filters[name].extra["choices"] = pairs
        self.data = {name: self.data[name] for name, pairs in choices.items() if self.data.get(name) in dict(pairs)}

    def of_theme(self, queryset, name, value):
        return queryset.filter(themes__vocabulary="theme", themes__code=value)

    def in_territory(self, queryset, name, value):
        """Calls for everywhere, and those of which a territory holds a town of this one."""
        level, _colon, place = value.partition(":")
        towns = Municipality.objects.filter(**{level: place})
        same = Q(level=level, value=place)
        for each in Territory.Level.values:
            same |= Q(level=each, value__in=towns.values(each))
        of_call = Territory.objects.filter(call=OuterRef("pk"))
        return queryset.filter(~Exists(of_call) | Exists(of_call.filter(same)))


def _themes_there():
    """Themes that a public call has: a retired one is still a way to find it."""
    return Call.themes.through.objects.filter(call__in=Call.objects.public()).values("term")

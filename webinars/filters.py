"""What a list of webinars can be narrowed to."""

import django_filters
from django import forms
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from network_portal.vocabularies.models import Term
from webinars.models import Recording, Webinar


def _themes(request):
    """Those in use, and retired ones that a webinar of the list has."""
    return Term.objects.of("theme", also=Webinar.objects.exclude(state=Webinar.State.DRAFT).order_by().values("theme"))


class WebinarFilter(django_filters.FilterSet):
    """Theme, format, and whether a place is left; unknown values narrow nothing."""

    theme = django_filters.ModelChoiceFilter(
        queryset=_themes, to_field_name="code", label=_("Theme"), empty_label=_("All themes")
    )
    format = django_filters.ChoiceFilter(choices=Webinar.Format, label=_("Format"), empty_label=_("All formats"))
    places = django_filters.BooleanFilter(label=_("With places left"), method="only_with_places", widget=forms.CheckboxInput)

    class Meta:
        model = Webinar
        fields = ["theme", "format"]

    def only_with_places(self, queryset, name, value):
        return queryset.with_places_left() if value else queryset


class RecordingFilter(django_filters.FilterSet):
    """The theme of the webinar; only themes with a recording are offered, each with how many there are."""

    theme = django_filters.ChoiceFilter(field_name="webinar__theme__code", label=_("Theme"), empty_label=_("All themes"))

    class Meta:
        model = Recording
        fields = ["theme"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        counts = self.queryset.order_by().values("webinar__theme").annotate(n=Count("pk")).values_list("webinar__theme", "n")
        numbers = dict(counts)
        terms = Term.objects.filter(pk__in=numbers).order_by("position", "pk")
        self.filters["theme"].extra["choices"] = [(term.code, f"{term} ({numbers[term.pk]})") for term in terms]

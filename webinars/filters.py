"""What a list of webinars can be narrowed to."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from network_portal.vocabularies.models import Term
from webinars.models import Webinar


class WebinarFilter(django_filters.FilterSet):
    """Theme, format, and whether a place is left; unknown values narrow nothing."""

    theme = django_filters.ModelChoiceFilter(
        queryset=Term.objects.of("theme"), to_field_name="code", label=_("Theme"), empty_label=_("All themes")
    )
    format = django_filters.ChoiceFilter(choices=Webinar.Format, label=_("Format"), empty_label=_("All formats"))
    places = django_filters.BooleanFilter(label=_("With places left"), method="only_with_places", widget=forms.CheckboxInput)

    class Meta:
        model = Webinar
        fields = ["theme", "format"]

    def only_with_places(self, queryset, name, value):
        return queryset.with_places_left() if value else queryset

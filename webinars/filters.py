"""What a list of webinars can be narrowed to."""

import django_filters
from django.utils.translation import gettext_lazy as _

from network_portal.vocabularies.models import Term
from webinars.models import Webinar


class WebinarFilter(django_filters.FilterSet):
    """Theme and format; unknown values narrow nothing."""

    theme = django_filters.ModelChoiceFilter(
        queryset=Term.objects.of("theme"), to_field_name="code", label=_("Theme"), empty_label=_("All themes")
    )
    format = django_filters.ChoiceFilter(choices=Webinar.Format, label=_("Format"), empty_label=_("All formats"))

    class Meta:
        model = Webinar
        fields = ["theme", "format"]

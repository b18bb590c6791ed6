import django_filters
from django.utils.translation import gettext_lazy as _

from network_portal.mail.models import OutboxMail


class OutboxFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(choices=OutboxMail.State.choices, label=_("State"), empty_label=_("All"))
    to = django_filters.CharFilter(lookup_expr="icontains", label=_("Address"))

    class Meta:
        model = OutboxMail
        fields = ["state", "to"]

"""Django's admin, which exists for administrators only: everybody else gets the page of an unknown address."""

from functools import update_wrapper

from django.contrib.admin import AdminSite
from django.db.models.base import ModelBase
from django.http import Http404
from django.utils.translation import gettext_lazy as _

# Groups mean nothing here, and allauth's addresses follow the accounts: a change by hand would only break them
LEFT_OUT = {"auth", "account"}


class PortalAdminSite(AdminSite):
    site_header = site_title = _("Administration")
    index_title = _("Data")

    def has_permission(self, request) -> bool:
        return request.user.is_authenticated and request.user.is_active and request.user.is_administrator

    def register(self, model_or_iterable, admin_class=None, **options):
        models = [model_or_iterable] if isinstance(model_or_iterable, ModelBase) else model_or_iterable
        shown = [model for model in models if model._meta.app_label not in LEFT_OUT]
        super().register(shown, admin_class, **options)

    def admin_view(self, view, cacheable=False):
        inner = super().admin_view(view, cacheable)

        def administrators_only(request, *args, **kwargs):
            if not self.has_permission(request):
                raise Http404
            return inner(request, *args, **kwargs)

        return update_wrapper(administrators_only, inner)

    def login(self, request, extra_context=None):
        """People sign in on our own page, before they come here."""
        raise Http404

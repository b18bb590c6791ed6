"""The one view mixin of the project."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied


class RuleRequiredMixin:
    """Refuse the request (403) unless ``rule(user, obj)`` holds; ``get_rule_object`` names the object asked about.

    Anonymous people never get here: ``LoginRequiredMiddleware`` sends them to the sign-in page first.
    """

    rule: Callable[..., bool]

    def get_rule_object(self):
        return None

    def dispatch(self, request, *args, **kwargs):
        if not type(self).rule(request.user, self.get_rule_object()):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

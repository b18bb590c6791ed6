"""A person asks to belong to a municipality and leaves it; its focal points answer."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django.views.generic import FormView

from municipalities import permissions, services
from municipalities.models import Affiliation, Municipality
from municipalities.people_forms import AskForm, RefuseForm
from municipalities.views import reaching
from network_portal.common.errors import DomainError
from network_portal.common.views import RuleRequiredMixin


@method_decorator(never_cache, name="dispatch")
class AskView(RuleRequiredMixin, FormView):
    """Say to which municipality one belongs; ``?municipality=<slug>`` fills it in."""

    rule = permissions.can_ask_affiliation
    form_class = AskForm
    template_name = "municipalities/ask.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"person": self.request.user}

    def get_initial(self):
        slug = self.request.GET.get("municipality", "").replace("\0", "")
        named = Municipality.objects.filter(slug=slug).first() if slug else None
        return {"municipality": named or services.suggest_for_email(self.request.user.email)}

    def form_valid(self, form):
        try:
            affiliation = services.ask_affiliation(by=self.request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error("municipality", str(error))
            return self.form_invalid(form)
        messages.success(self.request, _what_came_of(affiliation) % {"town": affiliation.municipality.label})
        return redirect("pages:my_page")


def _what_came_of(affiliation: Affiliation) -> str:
    if affiliation.is_confirmed:
        return _("You belong to %(town)s.")
    if services.was_turned_away(affiliation.person, affiliation.municipality):
        return _(
            "Your request to belong to %(town)s is sent. You were removed or refused there before, so this time somebody has "
            "to accept it, even when your address is one of the municipality’s."
        )
    return _("Your request to belong to %(town)s is sent.")


@require_POST
def affiliation_confirm(request, uuid):
    """Take in who asked."""
    affiliation = reaching.managed(request.user, uuid)
    text = _("%(name)s belongs to %(town)s now, and is told by e-mail.")
    return _do(request, affiliation, services.confirm_affiliation, text)


class RefuseView(FormView):
    """Say no, with the reason that the person reads."""

    form_class = RefuseForm
    template_name = "municipalities/refuse.html"

    @cached_property
    def affiliation(self) -> Affiliation:
        return reaching.managed(self.request.user, self.kwargs["uuid"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(affiliation=self.affiliation, municipality=self.affiliation.municipality, **kwargs)

    def form_valid(self, form):
        deed = lambda row, by: services.refuse_affiliation(row, by=by, reason=form.cleaned_data["reason"])  # noqa: E731
        return _do(self.request, self.affiliation, deed, _("The request of %(name)s is refused. The reason goes out by e-mail."))


@require_POST
def affiliation_focal_point(request, uuid):
    """Let a colleague look after the others."""
    affiliation = reaching.managed(request.user, uuid)
    text = _("%(name)s is a focal point of %(town)s now, and is told by e-mail.")
    return _do(request, affiliation, services.make_focal_point, text)


@require_POST
def affiliation_staff(request, uuid):
    """Take the role of focal point back."""
    affiliation = reaching.managed(request.user, uuid)
    return _do(request, affiliation, services.make_staff, _("%(name)s is not a focal point of %(town)s any more."))


@require_POST
def affiliation_end(request, uuid):
    """Leave, take a request back, or remove a colleague."""
    affiliation = reaching.affiliation_of(request.user, uuid)
    if not permissions.can_end(request.user, affiliation):
        raise PermissionDenied
    is_own = affiliation.person_id == request.user.pk
    text = _("You do not belong to %(town)s any more.") if is_own else _("%(name)s was taken out of the people of %(town)s.")
    if not affiliation.is_confirmed:
        text = _("The request is taken back.") if is_own else _("The invitation is taken back.")
    return _do(request, affiliation, services.end_affiliation, text, back="pages:my_page" if is_own else "")


def _do(request, affiliation: Affiliation, deed, text: str, *, back: str = ""):
    """One call into the domain, one message, one redirect."""
    town = affiliation.municipality
    try:
        deed(affiliation, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, text % {"name": affiliation.person, "town": town.label})
    keeps = permissions.can_see_colleagues(request.user, town)
    return redirect("municipalities:colleagues", town.slug) if keeps and not back else redirect(back or "pages:my_page")

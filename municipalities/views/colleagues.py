"""The people of a municipality, for themselves; and the page of an invitation, for whoever holds its link."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from django.views.generic import FormView

from municipalities import links, permissions, services
from municipalities.models import Affiliation, Municipality
from municipalities.people_forms import InviteForm
from municipalities.views import reaching
from network_portal.common.errors import DomainError


@method_decorator(never_cache, name="dispatch")
class ColleaguesView(FormView):
    """Who belongs to the town; for those who look after them the requests, the invitations and the form that invites."""

    form_class = InviteForm
    template_name = "municipalities/colleagues.html"

    @cached_property
    def town(self) -> Municipality:
        return reaching.town_of_colleagues(self.request.user, self.kwargs["slug"])

    @cached_property
    def can_manage(self) -> bool:
        return permissions.can_manage_colleagues(self.request.user, self.town)

    def get_context_data(self, **kwargs):
        people = self.town.affiliations.select_related("person")
        return super().get_context_data(
            municipality=self.town,
            colleagues=list(people.confirmed().in_order()),
            requests=list(people.asked().with_removals()) if self.can_manage else [],
            invitations=list(people.invited()) if self.can_manage else [],
            can_manage=self.can_manage,
            can_keep_mail_domains=permissions.can_keep_mail_domains(self.request.user, self.town),
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        if not self.can_manage:
            raise PermissionDenied
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        try:
            affiliation = services.invite_colleague(self.town, by=self.request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        if affiliation.is_confirmed:
            messages.info(self.request, _("%(name)s belongs to %(town)s.") % _words(affiliation))
        else:
            messages.success(self.request, _("An invitation goes to %(email)s.") % {"email": affiliation.person.email})
        return redirect("municipalities:colleagues", self.town.slug)


def _words(affiliation: Affiliation) -> dict:
    return {"name": affiliation.person, "town": affiliation.municipality.label}


@login_not_required
@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request, token):
    """The GET asks, the POST answers. Who holds the link acts for this one invitation; what is given is given to the account
    of the address that the mail went to. The token in the address stands for the one of a form."""
    affiliation = links.invitation_for(token)
    if affiliation is None:
        raise Http404
    if request.method == "POST":
        deed = services.decline_invitation if request.POST.get("answer") == "no" else services.accept_invitation
        try:
            deed(affiliation)
        except DomainError as error:
            context = {"affiliation": affiliation, "problem": str(error)}
            response = render(request, "municipalities/invitation.html", context)
        else:
            response = redirect("municipalities:invitation", token)
    else:
        response = render(request, "municipalities/invitation.html", {"affiliation": affiliation})
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response

"""Signing in on two screens (address, code) and signing out."""

from urllib.parse import urlsplit

from allauth.account.internal.flows.logout import logout
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render, resolve_url
from django.urls import Resolver404, resolve, reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django.views.generic import FormView

from network_portal.users import carried, limits
from network_portal.users.forms import CodeForm, EmailForm
from network_portal.users.signin import SignInByCode


def next_url(request) -> str:
    """Where the person wanted to go: on this site, or "" when not said. Anything else leads home."""
    url = request.POST.get("next") or request.GET.get("next") or ""
    if not url or url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure()):
        return url
    return reverse("pages:home")


def destination(request) -> str:
    return next_url(request) or resolve_url(settings.LOGIN_REDIRECT_URL)


def steps(request) -> list[str]:
    """Signing in on the way to a registration is its first two steps; their page names the same four."""
    try:
        leads_to = resolve(urlsplit(next_url(request)).path).view_name
    except Resolver404:
        return []
    return [_("E-mail"), _("Code"), _("Your details"), _("Check and confirm")] if leads_to == "webinars:register" else []


def on_to(request, name: str, **query: str):
    """Redirect to a screen of signing in, and keep where the person wanted to go."""
    if wanted := next_url(request):
        query["next"] = wanted
    return redirect(reverse(name) + (f"?{urlencode(query)}" if query else ""))


@method_decorator([login_not_required, never_cache], name="dispatch")
class RequestCodeView(FormView):
    """One screen for new and known people: the address."""

    form_class = EmailForm
    template_name = "account/request_code.html"

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated:
            return redirect(destination(request))
        if request.method == "GET" and SignInByCode.pending(request):
            return on_to(request, "account_confirm_login_code")
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        email = form.cleaned_data["email"]
        if refusal := limits.refusal(self.request, "request_login_code", key=email):
            return refusal
        process = SignInByCode.start(self.request, email)
        if lost := carried.unpack(self.request):
            return code_page(self.request, process, CodeForm(), lost)
        return on_to(self.request, "account_confirm_login_code")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            next=next_url(self.request),
            steps=steps(self.request),
            carried=carried.unpack(self.request),
            again=self.request.GET.get("again", ""),
            **kwargs,
        )


def code_page(request, process: SignInByCode, form: CodeForm, lost: carried.Carried | None):
    context = {"form": form, "email": process.email, "process": process, "carried": lost}
    context |= {"next": next_url(request), "steps": steps(request)}
    return render(request, "account/confirm_code.html", context)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_code(request):
    """The second screen: the code, or another one."""
    if request.user.is_authenticated:
        return redirect(destination(request))
    process, lost = SignInByCode.pending(request), carried.unpack(request)
    if process is None:
        return carried.sign_in_again(request, lost) if lost else on_to(request, "account_login", again="expired")
    if request.method != "POST":
        return code_page(request, process, CodeForm(), lost)
    if request.POST.get("action") == "resend":
        return _resend(request, process, lost)
    return _verify(request, process, lost)


def _resend(request, process: SignInByCode, lost):
    if refusal := limits.refusal(request, "request_login_code", key=process.email):
        return refusal
    if process.can_resend:
        process.resend()
    return code_page(request, process, CodeForm(), lost) if lost else on_to(request, "account_confirm_login_code")


def _verify(request, process: SignInByCode, lost):
    if refusal := limits.refusal(request, "login"):
        return refusal
    form = CodeForm(request.POST, expected=process.code)
    if form.is_valid():
        response = process.finish(destination(request))
        return carried.give_back(request, lost) if lost and request.user.is_authenticated else response
    if form.was_a_guess and not process.record_invalid_attempt():
        context = {"form": EmailForm(initial={"email": process.email}), "again": "tries"}
        return render(request, "account/request_code.html", context | {"carried": lost, "next": next_url(request)})
    return code_page(request, process, form, lost)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request):
    """End the session, or the attempt to sign in (so that another address can be typed)."""
    if request.method != "POST":
        return render(request, "account/logout.html") if request.user.is_authenticated else redirect("pages:home")
    had_session = request.user.is_authenticated
    logout(request, show_message=False)
    response = redirect(next_url(request) or settings.LOGOUT_REDIRECT_URL)
    if had_session:
        # not "cookies": it would clear those of the municipality's other sites on the same domain
        response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD"])
def inactive(request):
    """Somebody proved the address of an account that was closed."""
    return render(request, "account/inactive.html", status=403)

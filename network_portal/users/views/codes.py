"""Pages that send a code to an address and ask for it: a new address, or the old one once more."""

import time

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView

from network_portal.users import limits, recent
from network_portal.users.forms import CodeForm, SendCodeForm
from network_portal.users.views.signing_in import next_url

SECONDS_VALID = 1800
MOST_GUESSES = 3


class CodeByMailView(FormView):
    """First what is asked for, then the code that went out; what is pending is kept in the session under ``pending_key``."""

    pending_key = mail = limit = ""
    first_form_class = None
    first_template = code_template = ""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        pending = request.session.get(self.pending_key) if request.user.is_authenticated else None
        is_fresh = pending and time.time() - pending["at"] <= SECONDS_VALID
        self.pending = pending if is_fresh else None

    def post(self, request, *args, **kwargs):
        if request.POST.get("action") == "start_again":
            self.forget()
            return redirect(self.get_success_url())
        return super().post(request, *args, **kwargs)

    def get_form_class(self):
        return CodeForm if self.pending else self.first_form_class

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        return kwargs | {"expected": self.pending["code"]} if self.pending else kwargs

    def get_template_names(self):
        return [self.code_template if self.pending else self.first_template]

    def get_context_data(self, **kwargs):
        return super().get_context_data(pending=self.pending, **kwargs)

    def form_valid(self, form):
        if not self.pending:
            return self._send(self.address(form))
        self.forget()
        return self.finish()

    def form_invalid(self, form):
        if self.pending and form.was_a_guess:
            self.pending["guesses"] += 1
            if self.pending["guesses"] >= MOST_GUESSES:
                self.forget()
                messages.error(self.request, _("The code was wrong 3 times. Ask for a new one."))
                return redirect(self.get_success_url())
            self.request.session[self.pending_key] = self.pending
        return super().form_invalid(form)

    def forget(self) -> None:
        self.request.session.pop(self.pending_key, None)

    def _send(self, email: str):
        if refusal := limits.refusal(self.request, self.limit, key=email):
            return refusal
        adapter = get_adapter(self.request)
        code = adapter.generate_login_code()
        adapter.send_mail(self.mail, email, {"code": code, "minutes": SECONDS_VALID // 60})
        self.request.session[self.pending_key] = {"email": email, "code": code, "at": time.time(), "guesses": 0}
        return redirect(self.get_success_url())

    def address(self, form) -> str:
        """Where the code goes."""
        raise NotImplementedError

    def finish(self):
        """The code was right: what follows, as a response."""
        raise NotImplementedError


@method_decorator(never_cache, name="dispatch")
class ConfirmView(CodeByMailView):
    """A code to the account's own address, before something that needs a recent one (``users.recent``)."""

    pending_key, mail, limit = "users_confirming", "users/confirm_code", "request_login_code"
    first_form_class = SendCodeForm
    first_template, code_template = "users/confirm.html", "users/confirm_code.html"

    def get_success_url(self):
        return self.request.get_full_path()

    def get_context_data(self, **kwargs):
        return super().get_context_data(next=next_url(self.request), **kwargs)

    def address(self, form) -> str:
        return self.request.user.email

    def finish(self):
        recent.note(self.request)
        return render(self.request, "users/confirmed.html", {"next": next_url(self.request)})

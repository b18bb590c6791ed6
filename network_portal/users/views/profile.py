"""A person's own account: name, language, wished mails, e-mail address."""

import time

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.generic import FormView

from network_portal.common.errors import DomainError
from network_portal.users import limits, services
from network_portal.users.forms import CodeForm, NewAddressForm, ProfileForm

PENDING = "users_new_address"
SECONDS_VALID = 1800
MOST_GUESSES = 3


class ProfileView(FormView):
    form_class = ProfileForm
    template_name = "users/profile.html"
    success_url = reverse_lazy("users:profile")

    def get_initial(self):
        person = self.request.user
        return {"name": person.name, "language": person.language, **services.mail_wishes(person)}

    def form_valid(self, form):
        services.save_profile(self.request.user, **form.cleaned_data)
        messages.success(self.request, _("Your account was saved."))
        return super().form_valid(form)


class ChangeEmailView(FormView):
    """First the new address, then the code that went to it; what is pending is kept in the session."""

    success_url = reverse_lazy("users:change_email")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        pending = request.session.get(PENDING) if request.user.is_authenticated else None
        is_fresh = pending and time.time() - pending["at"] <= SECONDS_VALID
        self.pending = pending if is_fresh else None

    def post(self, request, *args, **kwargs):
        if request.POST.get("action") == "start_again":
            request.session.pop(PENDING, None)
            return redirect(self.success_url)
        return super().post(request, *args, **kwargs)

    def get_form_class(self):
        return CodeForm if self.pending else NewAddressForm

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        return kwargs | {"expected": self.pending["code"]} if self.pending else kwargs

    def get_template_names(self):
        return ["users/change_email_code.html" if self.pending else "users/change_email.html"]

    def get_context_data(self, **kwargs):
        return super().get_context_data(pending=self.pending, **kwargs)

    def form_valid(self, form):
        return self._finish() if self.pending else self._send(form.cleaned_data["email"])

    def form_invalid(self, form):
        if self.pending and form.was_a_guess:
            self.pending["guesses"] += 1
            if self.pending["guesses"] >= MOST_GUESSES:
                del self.request.session[PENDING]
                messages.error(self.request, _("The code was wrong 3 times. Ask for a new one."))
                return redirect(self.success_url)
            self.request.session[PENDING] = self.pending
        return super().form_invalid(form)

    def _send(self, email: str):
        if refusal := limits.refusal(self.request, "change_email", key=email):
            return refusal
        adapter = get_adapter(self.request)
        code = adapter.generate_login_code()
        adapter.send_mail("users/new_address_code", email, {"code": code, "minutes": SECONDS_VALID // 60})
        self.request.session[PENDING] = {"email": email, "code": code, "at": time.time(), "guesses": 0}
        return redirect(self.success_url)

    def _finish(self):
        del self.request.session[PENDING]
        try:
            person = services.change_email(self.request.user, email=self.pending["email"], by=self.request.user)
        except DomainError as error:
            messages.error(self.request, str(error))
            return redirect(self.success_url)
        update_session_auth_hash(self.request, person)
        messages.success(self.request, _("Your e-mail address was changed. Other devices were signed out."))
        return redirect("users:profile")

"""A person's own account: name, language, wished mails, e-mail address."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.generic import FormView

from network_portal.common.errors import DomainError
from network_portal.users import services
from network_portal.users.forms import NewAddressForm, ProfileForm
from network_portal.users.views.codes import CodeByMailView


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


class ChangeEmailView(CodeByMailView):
    """First the new address, then the code that went to it."""

    pending_key, mail, limit = "users_new_address", "users/new_address_code", "change_email"
    first_form_class = NewAddressForm
    first_template, code_template = "users/change_email.html", "users/change_email_code.html"
    success_url = reverse_lazy("users:change_email")

    def address(self, form) -> str:
        return form.cleaned_data["email"]

    def finish(self):
        try:
            person = services.change_email(self.request.user, email=self.pending["email"], by=self.request.user)
        except DomainError as error:
            messages.error(self.request, str(error))
            return redirect(self.success_url)
        update_session_auth_hash(self.request, person)
        messages.success(self.request, _("Your e-mail address was changed. Other devices were signed out."))
        return redirect("users:profile")

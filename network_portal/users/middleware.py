"""Every page asks for a sign-in unless it says ``login_not_required``."""

from django.contrib.auth.middleware import LoginRequiredMiddleware

from network_portal.users import carried


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """A form posted after the session ended is not lost: the sign-in page carries it."""

    def process_view(self, request, view_func, view_args, view_kwargs):
        if request.resolver_match.app_name == "admin":
            return None  # the admin answers for itself: to strangers it does not exist
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request, view_func):
        form = carried.pack(request)
        if form is not None:
            return carried.sign_in_again(request, form)
        return super().handle_no_permission(request, view_func)

"""After a webinar: what people thought of it, by the personal link and without signing in; and what coordinators read of it."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from django.views.generic import DetailView

from network_portal.common.errors import DomainError
from network_portal.common.views import RuleRequiredMixin
from webinars.models import Webinar
from webinars.permissions import can_manage_webinars
from webinars.services import survey as services
from webinars.survey_forms import USEFULNESS, GenderForm, SurveyForm
from webinars.views.join import personal


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@personal
def survey(request, registration, token):
    """The GET asks, or says that it is answered; the POST keeps the answer and leads on to the other question."""
    form = SurveyForm(request.POST if request.method == "POST" else None)
    problem = _why_closed(registration)
    if not problem and form.is_valid():
        try:
            services.answer(registration, **form.cleaned_data)
        except DomainError as error:
            problem = str(error)
        else:
            return redirect("webinars:survey_gender", token)
    return _page(request, "webinars/survey.html", registration, token, form=form, problem=problem)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@personal
def gender(request, registration, token):
    """The same, on a page of its own: neither answer can be laid beside the other."""
    form = GenderForm(request.POST if request.method == "POST" else None)
    problem = _why_closed(registration)
    if not problem and form.is_valid():
        try:
            services.count_gender(registration, **form.cleaned_data)
        except DomainError as error:
            problem = str(error)
        else:
            return redirect("webinars:survey_thanks", token)
    return _page(request, "webinars/survey_gender.html", registration, token, form=form, problem=problem)


@require_safe
@personal
def thanks(request, registration, token):
    return _page(request, "webinars/survey_thanks.html", registration, token)


@login_not_required
@require_safe
def example(request):
    """Where the link of a mail leads that was only shown to a coordinator."""
    response = render(request, "webinars/survey_example.html")
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _why_closed(registration) -> str:
    try:
        services.check_open(registration)
    except DomainError as error:
        return str(error)
    return ""


def _page(request, template, registration, token, **context):
    return render(request, template, {"registration": registration, "webinar": registration.webinar, "token": token, **context})


@method_decorator(never_cache, name="dispatch")
class AnswersView(RuleRequiredMixin, DetailView):
    """What people thought, without names; nothing at all while somebody could be recognised."""

    rule = can_manage_webinars
    queryset = Webinar.objects.select_related("cycle")
    template_name = "webinars/manage/answers.html"

    def get_context_data(self, **kwargs):
        answers = services.answers_of(self.object)
        rows = [(value, label, answers.by_usefulness[int(value)]) for value, label in USEFULNESS] if answers else []
        return super().get_context_data(answers=answers, rows=rows, **kwargs)

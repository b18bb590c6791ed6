"""Extending a call, calling it off, declaring that nobody is supported, and answering questions about it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import View

from grants import services
from grants.emails import count_followers
from grants.errors import ChangedMeanwhile
from grants.manage_forms_deeds import AnswerForm, ExtendForm, ReasonForm
from grants.models import Call, Question
from grants.views.manage_writing import call_of
from network_portal.common.errors import DomainError


def _is_published(call: Call) -> bool:
    return call.state == Call.State.PUBLISHED


def _over(request, call: Call):
    """Back to the page of the call, which shows what can be done with it."""
    words = {"state": call.get_state_display()}
    messages.error(request, _("This cannot be done with a call in the state “%(state)s”.") % words)
    return redirect("grants:call", call.slug)


@method_decorator(never_cache, name="dispatch")
class DeedView(View):
    """A page that says what will happen, asks for a reason, and then does one deed."""

    template_name = ""
    done = ""

    def get(self, request, slug):
        call = call_of(request, slug)
        return self._page(request, call, self.form_of(call)) if _is_published(call) else _over(request, call)

    def post(self, request, slug):
        call = call_of(request, slug)
        if not _is_published(call):
            return _over(request, call)
        form = self.form_of(call, request.POST)
        if not form.is_valid():
            return self._page(request, call, form)
        try:
            self.do(call, form)
        except DomainError as error:
            form.add_error(None, str(error))
            return self._page(request, call, form)
        messages.success(request, self.done)
        return redirect("grants:call", slug)

    def form_of(self, call: Call, data=None):
        return ReasonForm(data)

    def do(self, call: Call, form) -> None:
        raise NotImplementedError

    def _page(self, request, call, form):
        context = {"call": call, "phase": call.phase, "form": form, "mails": count_followers(call)}
        return render(request, self.template_name, context)


class CallExtendView(DeedView):
    """Move the closing later, with a reason."""

    template_name = "grants/manage/extend.html"
    done = gettext_lazy("The call is extended.")

    def form_of(self, call, data=None):
        return ExtendForm(data, call=call)

    def do(self, call, form):
        services.extend(call, by=self.request.user, **form.answers())


class CallCancelView(DeedView):
    """Call it off, with a reason."""

    template_name = "grants/manage/cancel.html"
    done = gettext_lazy("The call is cancelled.")

    def do(self, call, form):
        services.cancel(call, by=self.request.user, **form.cleaned_data)


class CallVoidView(DeedView):
    """Nobody is supported, with a reason."""

    template_name = "grants/manage/void.html"
    done = gettext_lazy("The call ended without anybody being supported.")

    def do(self, call, form):
        services.declare_void(call, by=self.request.user, **form.cleaned_data)


@method_decorator(never_cache, name="dispatch")
class QuestionsView(View):
    """Every question about a call, the unanswered first."""

    def get(self, request, slug):
        return _questions_page(request, call_of(request, slug))


@method_decorator(never_cache, name="dispatch")
class AnswerView(View):
    """Answer one question, or better an answer."""

    http_method_names = ["post"]

    def post(self, request, slug, pk):
        call = call_of(request, slug)
        question, form = get_object_or_404(call.questions, pk=pk), AnswerForm(request.POST, auto_id=f"id_{pk}_%s")
        if not form.is_valid():
            return _questions_page(request, call, question, form)
        try:
            seen = _without_carriage_returns(request.POST.get("seen", ""))
            services.answer(question, by=request.user, text=form.cleaned_data["answer"], seen=seen)
        except ChangedMeanwhile as error:
            form.add_error("answer", str(error))
            return _questions_page(request, call, call.questions.get(pk=pk), form)
        messages.success(request, _("The answer is public."))
        return redirect("grants:questions", slug)


def _without_carriage_returns(text: str) -> str:
    """Browsers send lines as CR LF; stored they end in LF."""
    return text.replace("\r\n", "\n")


def _questions_page(request, call: Call, judged: Question | None = None, form: AnswerForm | None = None):
    """Each question with its form; ``judged`` with the one that was refused."""
    rows = []
    for question in call.questions.order_by("answered_at", "asked_at", "pk"):
        own = AnswerForm(initial={"answer": question.answer}, auto_id=f"id_{question.pk}_%s")
        rows.append((question, form if judged and question.pk == judged.pk else own))
    waiting = [row for row in rows if not row[0].answered_at]
    context = {"call": call, "waiting": waiting, "answered": [row for row in rows if row[0].answered_at], "form": form}
    return render(request, "grants/manage/questions.html", context)

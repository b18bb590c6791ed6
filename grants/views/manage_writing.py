"""Where coordinators write a call, publish it, and correct it afterwards."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import View

from grants import services
from grants.emails import count_followers
from grants.errors import ChangedMeanwhile, NotReady
from grants.manage_forms_whole import CallForms, anchor_of
from grants.models import Call
from grants.permissions import can_manage_calls
from grants.versions import differences, last_editor
from network_portal.common.errors import DomainError
from network_portal.common.templatetags.portal import loses_markup
from network_portal.common.views import RuleRequiredMixin


def call_of(request, slug: str) -> Call:
    """The call for a page of coordination; for who does not coordinate it does not exist."""
    return get_object_or_404(Call.objects.manageable_by(request.user), slug=slug)


@method_decorator(never_cache, name="dispatch")
class CallCreateView(RuleRequiredMixin, View):
    """A new call, kept as a draft."""

    rule = can_manage_calls

    def get(self, request):
        return _page(request, CallForms(None))

    def post(self, request):
        forms = CallForms(None, request.POST)
        if "add" in request.POST:
            return _page(request, forms.with_one_more(request.POST["add"]))
        if not forms.is_valid():
            return _page(request, forms)
        call = services.save_draft(None, by=request.user, **forms.answers())
        messages.success(request, _("The call was saved as a draft."))
        _warn_of_markup(request, forms)
        return redirect("grants:call", call.slug)


@method_decorator(never_cache, name="dispatch")
class CallEditView(View):
    """Change a draft, or correct a published call with a notice; never overwrites what somebody else wrote."""

    def get(self, request, slug):
        call = call_of(request, slug)
        if call.state not in (Call.State.DRAFT, Call.State.PUBLISHED):
            return redirect("grants:call", slug)
        return _page(request, CallForms(call), call)

    def post(self, request, slug):
        call = call_of(request, slug)
        forms = CallForms(call, request.POST)
        if "add" in request.POST:
            return _page(request, forms.with_one_more(request.POST["add"]), call)
        if request.POST.get("seen") != call.changed_at.isoformat():
            return _conflict_page(request, forms, call)
        return self._save(request, forms, call) if forms.is_valid() else _page(request, forms, call)

    def _save(self, request, forms, call):
        save = services.save_draft if call.state == Call.State.DRAFT else services.correct
        try:
            save(call, by=request.user, seen=call.changed_at, **forms.answers())
        except ChangedMeanwhile:
            return _conflict_page(request, forms, call_of(request, call.slug))
        except NotReady as error:
            return _page(request, forms, call, missing=_anchored(error.missing))
        except DomainError as error:
            return _page(request, forms, call, missing=[("content", str(error))])
        messages.success(request, _("The call was saved."))
        _warn_of_markup(request, forms)
        return redirect("grants:call", call.slug)


@method_decorator(never_cache, name="dispatch")
class CallPublishView(View):
    """What is missing, each with a link to its field; when nothing is, what publishing does."""

    def get(self, request, slug):
        return self._page(request, call_of(request, slug))

    def post(self, request, slug):
        call = call_of(request, slug)
        if call.state == Call.State.DRAFT and request.POST.get("seen") != call.changed_at.isoformat():
            return self._page(request, call, entry=last_editor(call), was_changed=True)
        try:
            call = services.publish(call, by=request.user, seen=call.changed_at)
        except NotReady:
            return self._page(request, call)
        except DomainError as error:
            messages.error(request, str(error))
            return redirect("grants:call", slug)
        messages.success(request, _("The call is published."))
        return redirect(call)

    def _page(self, request, call, **context):
        if call.state != Call.State.DRAFT:
            return redirect("grants:call", call.slug)
        missing = _anchored(services.still_missing(call))
        context |= {"call": call, "missing": missing, "mails": count_followers(call), "seen": call.changed_at.isoformat()}
        return render(request, "grants/manage/publish.html", context)


def _warn_of_markup(request, forms: CallForms) -> None:
    """The texts are kept as they were typed; what pages leave out of them is said."""
    if any(loses_markup(forms.main.cleaned_data[name]) for name in ("text", "how_to_apply")):
        messages.warning(request, _("Formatting that is not supported was removed"))


def _anchored(missing) -> list[tuple[str, str]]:
    return [(anchor_of(one.field), one.sentence) for one in missing]


def _page(request, forms: CallForms, call: Call | None = None, *, missing=(), **context):
    """The form; ``missing`` are further problems as (id of the field, sentence)."""
    seen = context.pop("seen", None) or request.POST.get("seen") or (call.changed_at.isoformat() if call else "")
    is_judged = "add" not in request.POST and request.method == "POST"
    context |= {
        "call": call,
        "forms": forms,
        "problems": [*(forms.problems if is_judged else []), *missing],
        "seen": seen,
        "mails": count_followers(call) if forms.notice else 0,
    }
    return render(request, "grants/manage/call_form.html", context)


def _conflict_page(request, forms: CallForms, call: Call):
    """What was typed stays in the form; what is stored now stands beside it. The next save is a decision."""
    context = {"differences": differences(forms, call), "entry": last_editor(call), "is_conflict": True}
    return _page(request, forms, call, seen=call.changed_at.isoformat(), **context)

"""A coordinator's pages of the mails after the webinars of a cycle: on or off, and in which words."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django.views.generic import DetailView, View

from network_portal.audit.models import Entry
from network_portal.common.views import RuleRequiredMixin
from webinars import mail_words
from webinars.cycle_mail_forms import CycleMailForm
from webinars.errors import ChangedMeanwhile
from webinars.models import Cycle, CycleMail, CycleMailText
from webinars.permissions import can_manage_webinars
from webinars.services import cycle_mails as services

LANGUAGES = dict(settings.LANGUAGES)
EDITED = ("cycle.mail_edited", "cycle.mail_restored")


@method_decorator(never_cache, name="dispatch")
class CycleMailsView(RuleRequiredMixin, DetailView):
    """The three mails: whether each goes out, and in which languages it has words of its own."""

    rule = can_manage_webinars
    model = Cycle
    template_name = "webinars/manage/cycle_mails.html"

    def get_context_data(self, **kwargs):
        off = set(self.object.mails.filter(is_on=False).values_list("kind", flat=True))
        own = set(CycleMailText.objects.filter(mail__cycle=self.object).values_list("mail__kind", "language"))
        mails = [
            {
                "kind": kind.value,
                "label": kind.label,
                "is_on": kind not in off,
                "languages": [(code, name, (kind.value, code) in own) for code, name in settings.LANGUAGES],
            }
            for kind in CycleMail.Kind
        ]
        return super().get_context_data(mails=mails, **kwargs)


@require_POST
def cycle_mail_switch(request, slug, kind):
    """Let a mail go out, or not."""
    if not can_manage_webinars(request.user):
        raise PermissionDenied
    cycle, kind = get_object_or_404(Cycle, slug=slug), kind_of(kind)
    is_on = request.POST.get("is_on") == "on"
    services.switch(cycle, kind, is_on=is_on, by=request.user)
    words = _("“%(mail)s” goes out from now on.") if is_on else _("“%(mail)s” no longer goes out.")
    messages.success(request, words % {"mail": kind.label})
    return redirect("webinars:cycle_mails", slug)


@method_decorator(never_cache, name="dispatch")
class CycleMailView(RuleRequiredMixin, View):
    """Word a mail in one language; never over what somebody else wrote meanwhile."""

    rule = can_manage_webinars

    def get(self, request, **kwargs):
        words = mail_words.words_of(self.cycle, self.kind, self.language)
        return self._page(CycleMailForm(initial=vars(words), language=self.language), words)

    def post(self, request, **kwargs):
        form = CycleMailForm(request.POST, language=self.language)
        seen, mail = request.POST.get("seen", ""), (self.cycle, self.kind, self.language)
        restores = "restore" in request.POST
        if not restores and not form.is_valid():
            return self._page(form, mail_words.words_of(*mail), seen=seen)
        try:
            if restores:
                services.restore_words(*mail, seen=seen, by=request.user)
            else:
                services.save_words(*mail, words=form.words, seen=seen, by=request.user)
        except ChangedMeanwhile:
            return self._page(form, mail_words.words_of(*mail), conflict=True)
        messages.success(request, _("The shipped words are back.") if restores else _("The words are saved."))
        return redirect("webinars:cycle_mail", *(self.cycle.slug, self.kind.value, self.language))

    @cached_property
    def cycle(self) -> Cycle:
        return get_object_or_404(Cycle, slug=self.kwargs["slug"])

    @cached_property
    def kind(self) -> CycleMail.Kind:
        return kind_of(self.kwargs["kind"])

    @cached_property
    def language(self) -> str:
        return language_of(self.kwargs["language"])

    def _page(self, form, stored, *, seen="", conflict=False):
        """What is ``stored`` stands beside the form when somebody else wrote it; the next save is then a decision."""
        context = {
            "cycle": self.cycle,
            "kind": self.kind,
            "language": self.language,
            "language_name": LANGUAGES[self.language],
            "form": form,
            "stored": stored,
            "seen": seen or mail_words.stamp(stored),
            "is_shipped": stored == mail_words.shipped(self.kind, self.language),
            "placeholders": mail_words.PLACEHOLDERS,
            "entry": _last_note(self.cycle, self.kind, self.language) if conflict else None,
            "conflict": conflict,
        }
        return render(self.request, "webinars/manage/cycle_mail.html", context)


def _last_note(cycle: Cycle, kind: CycleMail.Kind, language: str) -> Entry | None:
    """Who changed these words last."""
    notes = Entry.objects.filter(about=services.subject_of(cycle), action__in=EDITED, detail__kind=kind.value)
    return notes.filter(detail__language=language).select_related("by").order_by("-at", "-pk").first()


def kind_of(text: str) -> CycleMail.Kind:
    """The mail that an address names; raises Http404."""
    if text not in CycleMail.Kind.values:
        raise Http404
    return CycleMail.Kind(text)


def language_of(text: str) -> str:
    """The language that an address names; raises Http404."""
    if text not in LANGUAGES:
        raise Http404
    return text

"""One section of a practice: its form, saved by a button and by itself; nobody overwrites what they have not read."""

from django.contrib import messages
from django.http import Http404, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.vary import vary_on_headers
from django.views.generic import View

from goodpractices import services
from goodpractices.errors import ChangedMeanwhile, WrongState
from goodpractices.forms import SectionForms
from goodpractices.forms.adding import add_files
from goodpractices.forms.guidance import GUIDANCE
from goodpractices.forms.pressed import MOST, press, said
from goodpractices.forms.whole import SPECS
from goodpractices.plain import lines_of
from goodpractices.section_page import SectionPage
from goodpractices.services import acting
from goodpractices.services.writing import OPEN
from goodpractices.views.write import practice_to_write, practice_written_in


@method_decorator([never_cache, vary_on_headers("HX-Request")], name="dispatch")
class SectionView(View):
    """GET shows the form, beside what somebody else saved when the person has a text that came second; POST saves.

    htmx posts the same form while it is written (``_save_by_itself``) and gets only what changes on the page.
    """

    def get(self, request, pk, code):
        page = SectionPage(practice_to_write(request, pk), code, request.user)
        if not page.is_there:
            raise Http404
        if not page.is_open:
            return redirect("goodpractices:write", pk)
        if page.set_aside:
            return self._both(page, page.forms(page.set_aside.content), page.set_aside.content)
        return self._show(page, page.forms())

    def post(self, request, pk, code):
        page = SectionPage(practice_written_in(request, pk), code, request.user)
        if page.template is None:
            raise Http404
        if request.htmx:
            return self._save_by_itself(page)
        if request.POST.get("decide") == "stored":
            services.drop_set_aside(page.practice, code, by=request.user)
            messages.success(request, _("The text that was stored stays."))
            return redirect(page.url if page.is_there else page.way_out)
        if reason := self._unread(page):
            return self._show(page, page.forms(), errors=[("content", reason)], is_cut=True)
        try:
            return self._save(page)
        except WrongState as error:
            reason = _("Somebody deleted this practice meanwhile.") if page.is_deleted else error
            lost = _("%(reason)s What you wrote is below and was not saved: copy what you need.") % {"reason": reason}
            return self._show(page, page.forms(data=request.POST), errors=[("content", lost)], is_closed=True)

    def _unread(self, page: SectionPage) -> str:
        """Why nothing of what came can be taken; empty when it can. "whole" is the last field of the page."""
        numbers = [said(self.request.POST, kind) for kind in SPECS[page.code].rows]
        if "whole" not in self.request.POST or None in numbers:
            return _("What you sent arrived only in part, and nothing was changed. Go back in your browser and send it again")
        if max(numbers, default=0) > MOST:
            most = {"most": MOST}
            return (
                _("What you sent has more than %(most)s rows. Nothing was changed: go back in your browser and join some") % most
            )
        return ""

    def _save(self, page: SectionPage):
        """Raises WrongState."""
        post, files = self.request.POST, self.request.FILES
        acting.work_of(page.practice, *OPEN)
        data, focus = press(post, SPECS[page.code].rows)
        added = add_files(page.practice, page.code, page.content, data, files, by=self.request.user)
        forms = page.forms(data=added.data)
        forms.add_errors(added.errors)
        content = forms.content()
        try:
            page.save(content, post.get("seen", ""))
        except ChangedMeanwhile:
            page.put_aside(content)
            return self._both(page, forms, content)
        for note in added.notes:
            messages.info(self.request, note)
        if page.loses_markup():
            messages.warning(self.request, _("Formatting that is not supported was removed"))
        if focus or added.last or post.get("row") or forms.refused():
            forms.take_focus(focus or added.last)
            return self._show(page, forms, errors=forms.refused(), status=503 if added.has_no_room else 200)
        return self._go_on(page, forms)

    def _go_on(self, page: SectionPage, forms: SectionForms):
        """To the next section; first back to this one when something in it is still refused."""
        if not page.is_shown:
            kept = _("The practice is a snapshot now, without this section. What you wrote is kept for the full form.")
            messages.info(self.request, kept)
        if self.request.POST.get("then") == "list" or not page.is_shown:
            return redirect(page.way_out)
        if problems := page.problems():
            return self._show(page, forms, problems=forms.show(problems))
        return redirect(page.following or page.way_out)

    def _save_by_itself(self, page: SectionPage):
        """Answers with the words of what happened, the new stamp, and what is still missing."""
        if self._unread(page):
            return HttpResponseBadRequest()
        forms = page.forms(data=self.request.POST)
        try:
            outcome = self._keep(page, forms.content())
        except WrongState:
            outcome = "closed"
        context = {"page": page, "outcome": outcome, "refused": forms.refused()}
        context["missing"] = forms.anchored(page.problems()) if outcome == "saved" else []
        return render(self.request, "goodpractices/write/_saved.html", context)

    def _keep(self, page: SectionPage, content: dict) -> str:
        """Save it, or keep it aside while the person has to decide; which of them. Raises WrongState."""
        if self.request.POST.get("undecided"):
            page.put_aside(content)
            return "aside"
        try:
            page.save(content, self.request.POST.get("seen", ""))
        except ChangedMeanwhile:
            page.put_aside(content)
            return "second"
        return "saved"

    def _show(self, page: SectionPage, forms: SectionForms, *, errors=(), problems=(), status=200, **context):
        """``errors`` are what was not taken, ``problems`` what was taken and goes no further; both as (id, sentence)."""
        missing = [] if problems or errors or context else forms.anchored(page.problems())
        context |= {"page": page, "forms": forms, "errors": list(errors), "problems": list(problems), "missing": missing}
        context["guidance"] = GUIDANCE[page.code]
        return render(self.request, "goodpractices/write/section.html", context, status=status)

    def _both(self, page: SectionPage, forms: SectionForms, content: dict):
        """What somebody else saved, and the person's own text, side by side; the next button is a decision."""
        words = forms.around.words
        lines = {"stored": lines_of(page.code, page.content, words), "own": lines_of(page.code, content, words)}
        return self._show(page, forms, errors=forms.refused() if forms.is_bound else [], both=lines)

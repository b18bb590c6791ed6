"""The coordinators' pages of the vocabularies: what there is, what carries it, and every change."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView, View

from network_portal.audit.models import Entry
from network_portal.common.errors import DomainError
from network_portal.common.views import RuleRequiredMixin
from network_portal.pages.vocabularies import uses
from network_portal.pages.vocabularies.words import NOTES
from network_portal.vocabularies import languages, services
from network_portal.vocabularies.errors import BandsOverlap, ChangedMeanwhile
from network_portal.vocabularies.forms import NewTermForm, TermForm
from network_portal.vocabularies.models import BANDS, Term, Vocabulary
from network_portal.vocabularies.permissions import can_manage_vocabularies
from network_portal.vocabularies.reading import current


class VocabularyListView(RuleRequiredMixin, TemplateView):
    """Each vocabulary with how many terms it has."""

    rule = can_manage_vocabularies
    template_name = "vocabularies/vocabulary_list.html"

    def get_context_data(self, **kwargs):
        kept = current()
        rows = [
            {
                "vocabulary": vocabulary,
                "note": NOTES[vocabulary],
                "in_use": len(kept.of(vocabulary)),
                "retired": len(kept.of(vocabulary, with_retired=True)) - len(kept.of(vocabulary)),
            }
            for vocabulary in Vocabulary
        ]
        return super().get_context_data(rows=rows, **kwargs)


class VocabularyView(RuleRequiredMixin, TemplateView):
    """The terms of a vocabulary in every language, with what carries them."""

    rule = can_manage_vocabularies
    template_name = "vocabularies/vocabulary_detail.html"

    def get_context_data(self, vocabulary, **kwargs):
        chosen = _vocabulary(vocabulary)
        terms = uses.terms_with_uses(chosen)
        for term in terms:
            term.in_pages, term.elsewhere = (_labels(term, names) for names in (languages.shown(), languages.others()))
        return super().get_context_data(
            vocabulary=chosen,
            note=NOTES[chosen],
            terms=[term for term in terms if not term.is_retired],
            retired=[term for term in terms if term.is_retired],
            languages=languages.shown(),
            is_of_bands=chosen in BANDS,
            **kwargs,
        )


@method_decorator(never_cache, name="dispatch")
class TermAddView(RuleRequiredMixin, View):
    """A new term, offered from the moment it is saved."""

    rule = can_manage_vocabularies

    def get(self, request, vocabulary):
        chosen = _vocabulary(vocabulary)
        return self._page(chosen, NewTermForm(vocabulary=chosen))

    def post(self, request, vocabulary):
        chosen = _vocabulary(vocabulary)
        form = NewTermForm(request.POST, vocabulary=chosen)
        if not form.is_valid():
            return self._page(chosen, form)
        try:
            term = services.add(chosen, labels=form.labels(), by=request.user, **form.facts())
        except BandsOverlap as error:
            form.add_error("lower", str(error))
            return self._page(chosen, form)
        except DomainError as error:
            form.add_error(form.shown[0].name, str(error))
            return self._page(chosen, form)
        messages.success(request, _("“%(label)s” was added, and forms offer it now.") % {"label": term.label})
        return _back_to(term)

    def _page(self, vocabulary: Vocabulary, form: NewTermForm):
        return render(self.request, "vocabularies/term_add.html", {"vocabulary": vocabulary, "form": form})


@method_decorator(never_cache, name="dispatch")
class TermEditView(RuleRequiredMixin, View):
    """One term: its labels, what carries it, and whether it is offered. Never overwrites what somebody else wrote."""

    rule = can_manage_vocabularies

    def get(self, request, vocabulary, code):
        term = _term(vocabulary, code)
        return self._page(term, TermForm(term=term), services.stamp_of(term))

    def post(self, request, vocabulary, code):
        term, form, seen = _term(vocabulary, code), TermForm(request.POST), request.POST.get("seen", "")
        if not form.is_valid():
            return self._page(term, form, seen)
        try:
            followed = uses.rename(term, labels=form.labels(), seen=seen, by=request.user)
        except ChangedMeanwhile:
            return self._conflict(_term(vocabulary, code), form)
        except DomainError as error:
            form.add_error(form.shown[0].name, str(error))
            return self._page(term, form, seen)
        messages.success(request, _saved(_term(vocabulary, code), followed))
        return _back_to(term)

    def _conflict(self, term: Term, form: TermForm):
        """What was typed stays in the form; what is stored now stands beside it. The next save is a decision."""
        typed = form.labels()
        rows = [(*row, typed.get(row[0], "")) for row in _labels(term, languages.shown() | languages.others())]
        renamed = Entry.objects.filter(about=f"term:{term.pk}", action="term.renamed")
        entry = renamed.select_related("by").order_by("-at", "-pk").first()
        differences = [row for row in rows if row[2] != row[3]]
        return self._page(term, form, services.stamp_of(term), is_conflict=True, entry=entry, differences=differences)

    def _page(self, term: Term, form: TermForm, seen: str, **context):
        with_uses = next(one for one in uses.terms_with_uses(term.vocabulary) if one.pk == term.pk)
        context |= {"term": term, "vocabulary": Vocabulary(term.vocabulary), "uses": with_uses.uses, "form": form, "seen": seen}
        return render(self.request, "vocabularies/term_edit.html", context)


@require_POST
def term_move(request, vocabulary, code):
    """Up or down by one, as the button says."""
    term = _term_for(request, vocabulary, code)
    services.move(term, up=request.POST.get("to") == "up", by=request.user)
    return _back_to(term)


@require_POST
def term_retire(request, vocabulary, code):
    term = _term_for(request, vocabulary, code)
    try:
        services.retire(term, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("vocabularies:term", vocabulary, code)
    words = _("“%(label)s” is retired: what has it keeps it, and forms offer it no longer.")
    messages.success(request, words % {"label": term.label})
    return redirect("vocabularies:detail", vocabulary)


@require_POST
def term_bring_back(request, vocabulary, code):
    term = _term_for(request, vocabulary, code)
    try:
        services.bring_back(term, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("vocabularies:detail", vocabulary)
    messages.success(request, _("“%(label)s” is offered again.") % {"label": term.label})
    return _back_to(term)


def _vocabulary(name: str) -> Vocabulary:
    if name not in Vocabulary.values:
        raise Http404
    return Vocabulary(name)


def _labels(term: Term, names: dict[str, str]) -> list[tuple[str, str, str]]:
    """(code, name of the language, label), also where there is no label."""
    return [(code, name, term.labels.get(code, "")) for code, name in names.items()]


def _term(vocabulary: str, code: str) -> Term:
    return get_object_or_404(Term, vocabulary=_vocabulary(vocabulary), code=code)


def _term_for(request, vocabulary: str, code: str) -> Term:
    """The term for an action: refused to who does not coordinate."""
    if not can_manage_vocabularies(request.user):
        raise PermissionDenied
    return _term(vocabulary, code)


def _back_to(term: Term):
    """The row of the term in its vocabulary."""
    return redirect(f"{reverse('vocabularies:detail', args=[term.vocabulary])}#term-{term.code}")


def _saved(term: Term, followed: int | None) -> str:
    """What was done, and from when on the search knows the new words."""
    words = {"label": term.label, "n": followed}
    if followed is None:
        return _("“%(label)s” was saved. Many records have it: the search finds them by the new words from tomorrow on.") % words
    if not followed:
        return _("“%(label)s” was saved.") % words
    return (
        ngettext(
            "“%(label)s” was saved, and the search finds the %(n)s record that has it by the new words.",
            "“%(label)s” was saved, and the search finds the %(n)s records that have it by the new words.",
            followed,
        )
        % words
    )

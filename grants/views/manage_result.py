"""Giving the result of a call: written, looked at once more, then public."""

from decimal import Decimal

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import View

from grants import services
from grants.emails import count_followers
from grants.manage_forms_deeds import ResultForm
from grants.manage_forms_rows import row_forms
from grants.models import CallFile
from grants.views.manage_writing import call_of
from network_portal.common.amounts import number_from
from network_portal.common.errors import DomainError


@method_decorator(never_cache, name="dispatch")
class CallResultView(View):
    """The form with its table of awards; a second page shows what will be public, and asks."""

    def get(self, request, slug):
        call = call_of(request, slug)
        return self._page(request, call, ResultForm(), row_forms("awards", extra=3))

    def post(self, request, slug):
        call = call_of(request, slug)
        form, awards = ResultForm(request.POST), row_forms("awards", request.POST)
        if "add" in request.POST:
            return self._with_one_more(request, call, form, awards)
        if not all([form.is_valid(), awards.is_valid()]) or "back" in request.POST:
            return self._page(request, call, form, awards)
        form.check_awards(awards.rows())
        if form.errors:
            return self._page(request, call, form, awards)
        if "confirmed" not in request.POST:
            return self._check_page(request, call, form, awards)
        return self._resolve(request, call, form, awards)

    def _resolve(self, request, call, form, awards):
        try:
            services.resolve(call, by=request.user, result=form.result(awards.rows()))
        except DomainError as error:
            form.add_error(None, str(error))
            return self._page(request, call, form, awards)
        messages.success(request, _("The result is public."))
        return redirect(call)

    def _with_one_more(self, request, call, form, awards):
        rows = awards.typed()
        more = row_forms("awards", initial=rows, extra=len(awards.forms) - len(rows) + 1)
        more.focus(len(rows), "beneficiary")
        typed = {name: form[name].value() for name in form.fields}
        return self._page(request, call, ResultForm(initial=typed), more)

    def _check_page(self, request, call, form, awards):
        rows = awards.rows()
        total = sum(award.amount for award in rows if award.amount)
        if call.budget is not None and total > call.budget:
            form.add_error(None, services.budget_sentence(total, call.budget))
            return self._page(request, call, form, awards)
        context = {"form": form, "awards": rows, "total": total, "typed": _typed(request), "mails": count_followers(call)}
        return self._render(request, "grants/manage/result_check.html", call, **context)

    def _page(self, request, call, form, awards):
        context = {"form": form, "awards": awards, "problems": _problems(form, awards), "total": _typed_total(awards)}
        return self._render(request, "grants/manage/result.html", call, **context)

    def _render(self, request, template, call, **context):
        if call.phase != "closed":
            messages.error(request, _("The result is given once: after the call closed, and before it ended."))
            return redirect("grants:call", call.slug)
        files = call.files.filter(kind=CallFile.Kind.RESULT).order_by("added_at", "pk")
        return render(request, template, {"call": call, "files": files} | context)


def _problems(form, awards) -> list[tuple[str, str]]:
    """Id of the field and sentence of each error, in the order of the page."""
    if not form.is_bound:
        return []
    found = [("id_awards-0-beneficiary", error) for error in [*form.non_field_errors(), *awards.non_form_errors()]]
    for one in [form, *awards.forms]:
        found += [(field.id_for_label, error) for field in one for error in field.errors]
    return found


def _typed_total(awards) -> Decimal:
    """What the amounts in the table add up to, as far as they can be read."""
    return sum((number_from(str(row["amount"] or "")) or 0 for row in awards.typed()), Decimal(0))


def _typed(request) -> list[tuple[str, str]]:
    """Every posted field, to be carried over a page that only asks."""
    left_out = {"csrfmiddlewaretoken", "confirmed", "back"}
    return [(name, value) for name, values in request.POST.lists() if name not in left_out for value in values]

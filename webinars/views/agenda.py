"""The coordinator's page of a webinar's programme."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from goodpractices.fields import offered, written
from network_portal.common.views import RuleRequiredMixin
from network_portal.vocabularies.models import Term
from webinars import permissions, services
from webinars.agenda_forms import EMPTY_ROWS, AxisFormSet, ItemFormSet, line_of
from webinars.errors import ChangedMeanwhile
from webinars.models import AgendaItem, Webinar
from webinars.programme import split_agenda
from webinars.versions import last_editor


class AgendaView(RuleRequiredMixin, TemplateView):
    """Rows of the agenda and the axes on one page, saved together; one more row is a button and needs no script."""

    rule = permissions.can_manage_webinars
    template_name = "webinars/manage/agenda.html"

    @cached_property
    def webinar(self) -> Webinar:
        return get_object_or_404(Webinar.objects.select_related("cycle"), slug=self.kwargs["slug"])

    @cached_property
    def axes(self) -> list:
        return list(self.webinar.axes.select_related("axis").order_by("axis__position", "pk"))

    def get(self, request, *args, **kwargs):
        return self._page(self._items(initial=self._saved_items()), self._axes(initial=self._saved_axes()))

    def post(self, request, *args, **kwargs):
        items, axes = self._items(request.POST), self._axes(request.POST)
        if "add" in request.POST:
            return self._page(self._with_one_more(items), self._axes(initial=_typed(axes)))
        if not (items.is_valid() and axes.is_valid()):
            axes.is_valid()
            return self._page(items, axes)
        if request.POST.get("seen", self.seen) != self.seen or not self._saved(items, axes):
            self.webinar.refresh_from_db()
            return self._page(items, axes, entry=last_editor(self.webinar), stored=self._saved_items(), seen=self.seen)
        messages.success(request, _("The programme is saved."))
        return redirect(self.webinar)

    @property
    def seen(self) -> str:
        """The version of the programme that the page shows."""
        return self.webinar.changed_at.isoformat()

    def _saved(self, items, axes) -> bool:
        try:
            services.save_programme(
                self.webinar,
                by=self.request.user,
                items=[form.item() for form in items if form.counts],
                axes=[
                    (form.cleaned_data["axis"], form.cleaned_data["sentence"]) for form in axes if form.cleaned_data.get("axis")
                ],
                seen=self.webinar.changed_at,
            )
        except ChangedMeanwhile:
            return False
        return True

    def _page(self, items, axes, **context):
        context = {"seen": self.request.POST.get("seen") or self.seen} | context
        has_errors = any(formset.is_bound and not formset.is_valid() for formset in (items, axes))
        return self.render_to_response(
            self.get_context_data(
                webinar=self.webinar,
                items=items,
                axes=axes,
                has_errors=has_errors,
                practices=offered(),
                startable=self._startable(),
                **context,
            )
        )

    def _startable(self):
        """The lines from which a practice can be begun."""
        return self.webinar.agenda.filter(is_break=False, practice=None).order_by("starts_at", "pk")

    def _items(self, data=None, initial=None):
        options = {"webinar": self.webinar, "empty_permitted": True}
        return ItemFormSet(data, initial=initial, prefix="items", form_kwargs=options)

    def _axes(self, data=None, initial=None):
        known = [row.axis_id for row in self.axes]  # a retired term stays where it is
        terms = Term.objects.of("axis", also=known)
        return AxisFormSet(data, initial=initial, prefix="axes", form_kwargs={"terms": terms, "empty_permitted": True})

    def _with_one_more(self, typed):
        rows = _typed(typed)
        formset = self._items(initial=rows)
        formset.extra = 1 if rows else EMPTY_ROWS
        formset.forms[-1].fields["hour"].widget.attrs["autofocus"] = True
        return formset

    def _saved_items(self) -> list[dict]:
        agenda = AgendaItem.objects.filter(webinar=self.webinar).in_order().select_related("practice__municipality")
        return [
            {
                "hour": hour,
                "title": item.title,
                "note": item.note,
                "is_break": item.is_break,
                "practice": written(item.practice) if item.practice else "",
                "speakers": "\n".join(line_of(speaker) for speaker in item.speakers.all()),
            }
            for hour, item in split_agenda(agenda, self.webinar.zone)
        ]

    def _saved_axes(self) -> list[dict]:
        return [{"axis": row.axis_id, "sentence": row.sentence} for row in self.axes]


def _typed(formset) -> list[dict]:
    """What stands in each row as it was typed, not judged."""
    return [{name: form[name].value() for name in form.fields} for form in formset.forms]

"""Rows that a coordinator fills in: criteria, required documents, and who got what."""

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.services import Award
from municipalities.fields import MunicipalityField, look_up
from network_portal.common.amounts import AmountField
from network_portal.common.text_fields import LineField, WholeNumberField

EMPTY_ROWS = 2
MOST = {"criteria": 20, "documents": 30, "awards": 150}


class RowForm(forms.Form):
    """A row without words is left out; one that goes is not asked for sound words."""

    use_required_attribute = False

    remove = forms.BooleanField(label=gettext_lazy("Delete this row"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name != "remove"])

    @property
    def is_filled(self) -> bool:
        """Whether anything stands in the row: an empty one needs no box to delete it."""
        return any(str(bound.value() or "").strip() for bound in self)

    def full_clean(self):
        super().full_clean()
        if self.is_bound and self.cleaned_data.get("remove"):
            self._errors = ErrorDict()

    @property
    def counts(self) -> bool:
        """Whether a valid row is to be written."""
        return self.has_changed() and not self.cleaned_data.get("remove")


class WeightField(WholeNumberField):
    """From 1 to 100."""

    default_error_messages = {"number": gettext_lazy("Weight must be a whole number between 1 and 100")}

    def __init__(self, **kwargs):
        super().__init__(most=100, **kwargs)

    def clean(self, value):
        if str(value or "").strip() in ("", "0"):
            raise forms.ValidationError(self.error_messages["number"], code="number")
        return super().clean(value)


class CriterionForm(RowForm):
    """What applications are judged by."""

    title = LineField(label=gettext_lazy("Criterion"), limit=200, error_messages={"required": gettext_lazy("Name the criterion")})
    weight = WeightField(label=gettext_lazy("Weight"))
    text = LineField(label=gettext_lazy("What is looked at"), limit=500, required=False, widget=forms.Textarea({"rows": 2}))

    def row(self) -> tuple[str, str, int]:
        data = self.cleaned_data
        return data["title"], data["text"], data["weight"]


class DocumentForm(RowForm):
    """What an application must hold."""

    title = LineField(label=gettext_lazy("Document"), limit=200, error_messages={"required": gettext_lazy("Name the document")})
    note = LineField(label=gettext_lazy("Note"), limit=300, required=False)

    def row(self) -> tuple[str, str]:
        return self.cleaned_data["title"], self.cleaned_data["note"]


class AwardForm(RowForm):
    """Who got what; for a loan there is no amount."""

    beneficiary = LineField(
        label=gettext_lazy("Who"), limit=200, error_messages={"required": gettext_lazy("Enter who is supported")}
    )
    municipality = MunicipalityField(required=False, help_text="")
    project = LineField(label=gettext_lazy("For what"), limit=300, required=False)
    amount = AmountField(label=gettext_lazy("Amount, in euros"), required=False)

    def row(self) -> Award:
        data = self.cleaned_data
        return Award(data["beneficiary"], data["municipality"], data["project"], data["amount"])


class BaseRowFormSet(forms.BaseFormSet):
    """Rows of one kind; ``rows`` are those that count."""

    def rows(self) -> list:
        return [form.row() for form in self.forms if form.counts]

    def focus(self, position: int, field: str) -> None:
        """Where the cursor stands when the page opens; a full table has no row there."""
        for form in self.forms[position : position + 1]:
            form.fields[field].widget.attrs["autofocus"] = True

    def typed(self) -> list[dict]:
        """What stands in each row as it was typed, not judged; rows that go are gone."""
        rows = [{name: form[name].value() for name in form.fields} for form in self.forms]
        return [row for row in rows if any(str(value or "").strip() for value in row.values()) and not row["remove"]]


class BaseAwardFormSet(BaseRowFormSet):
    def full_clean(self):
        if self.is_bound:
            look_up(form["municipality"] for form in self.forms)
        super().full_clean()

    def clean(self):
        """One name of one town twice for the same purpose is a slip; namesakes are not."""
        seen = set()
        for form in self.forms:
            if not form.is_valid() or not form.counts:
                continue
            award = form.row()
            line = (award.beneficiary.casefold(), award.municipality, award.project.casefold())
            if line in seen:
                form.add_error("beneficiary", _("This line is there already"))
            seen.add(line)


def row_forms(name: str, data=None, *, initial=None, extra: int = EMPTY_ROWS):
    """The rows called ``name`` ("criteria", "documents", "awards") as a formset.

    ``initial`` fills only a page that is shown: in posted rows it would make those left untouched look empty.
    """
    form, base = {
        "criteria": (CriterionForm, BaseRowFormSet),
        "documents": (DocumentForm, BaseRowFormSet),
        "awards": (AwardForm, BaseAwardFormSet),
    }[name]
    most = MOST[name]
    factory = forms.formset_factory(form, formset=base, extra=extra, max_num=most, absolute_max=most)
    return factory(data, initial=initial if data is None else None, prefix=name, form_kwargs={"empty_permitted": True})

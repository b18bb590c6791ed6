"""What the forms of all sections share: a draft is kept however incomplete it is, and only what cannot be read is refused."""

from functools import cached_property

from django import forms
from django.utils.translation import gettext_lazy

from goodpractices.forms.pressed import MOST
from goodpractices.models import Practice, PracticeFile
from municipalities.models import Municipality
from network_portal.common.text_fields import TextField
from network_portal.vocabularies import reading

LONG = 10_000  # characters of a text
NOT_OFFERED = gettext_lazy("Choose again: what was chosen is not offered any more")
MISSING = {"null_characters_not_allowed": gettext_lazy("The text contains a character that cannot be kept. Type it again")}


class Around:
    """What the forms of a section need to know of the rest: the vocabularies, the files, the municipalities that are named."""

    def __init__(self, practice: Practice, content: dict):
        self.practice, self.content = practice, content

    @cached_property
    def words(self) -> reading.Vocabularies:
        return reading.current()

    def terms(self, vocabulary: str, chosen: list[str]) -> list[tuple[str, str]]:
        """Code and label of the terms in use, and of those that were chosen before they were retired."""
        known = self.words.of(vocabulary, with_retired=True)
        return [(term.code, term.label) for term in known if not term.is_retired or term.code in chosen]

    @cached_property
    def files(self) -> dict[str, PracticeFile]:
        return {str(file.uuid): file for file in self.practice.files.order_by("pk")}

    @cached_property
    def towns(self) -> dict[str, Municipality]:
        slugs = {row.get("municipality") for row in self.content.get("partners", [])} - {"", None}
        return {town.slug: town for town in Municipality.objects.filter(slug__in=slugs)} if slugs else {}


class _DraftForm(forms.Form):
    """``required`` of a field says that the practice needs it, not that the draft does."""

    use_required_attribute = False

    def __init__(self, *args, around: Around, **kwargs):
        super().__init__(*args, **kwargs)
        self.around = around
        self.prepare()
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField):
                field.error_messages["invalid_choice"] = NOT_OFFERED

    def prepare(self):
        """Give the fields what they know only now."""

    def full_clean(self):
        needed = [field for field in self.fields.values() if field.required]
        for field in needed:
            field.required = False
        super().full_clean()
        for field in needed:
            field.required = True


class SectionForm(_DraftForm):
    """The fields of a section besides its rows, named like the keys of its content."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_valid()
        self.read = dict(getattr(self, "cleaned_data", {}))  # what could be read, before problems are added to the fields

    def content(self) -> dict:
        """What was typed; where it could not be read, what is stored."""
        stored = self.around.content
        return {key: self.read.get(key, stored.get(key)) for key in self.fields if key in self.read or key in stored}


class RowForm(_DraftForm):
    """One row; without words it is left out."""

    def row(self) -> dict:
        """What could be read; the rest is empty."""
        return {key: self.cleaned_data.get(key, "") for key in self.fields}

    @property
    def counts(self) -> bool:
        """Whether anything stands in it."""
        return any(value for key, value in self.row().items() if key not in self.not_alone) or bool(self.errors)

    not_alone: frozenset[str] = frozenset()  # fields that say nothing by themselves


class Rows(forms.BaseFormSet):
    """All rows of one kind, in their order on the page."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.is_bound:
            self.is_valid()
            self.filled = [form for form in self.forms if form.counts]
            self.read = [form.row() for form in self.filled]

    def content(self) -> list[dict]:
        return self.read


def rows_of(form: type[RowForm], most: int) -> type[Rows]:
    """``most`` and some more can be written; that they are too many is said, and nothing is cut off: a page with more rows
    than are read is refused before."""
    return forms.formset_factory(form, formset=Rows, extra=0, max_num=most, absolute_max=MOST)


def long_text(*, rows: int, **kwargs) -> TextField:
    return TextField(limit=LONG, widget=forms.Textarea({"rows": rows}), **kwargs)


def optional_text(label: str, help_text: str = "", *, rows: int) -> TextField:
    """A long text that the practice can do without."""
    return long_text(label=label, help_text=help_text, rows=rows, required=False)

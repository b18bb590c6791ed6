"""The forms of one section: its fields and its rows, in the order of the page."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.forms import BoundField
from django.http import QueryDict

from goodpractices.completeness import MOST
from goodpractices.errors import Problem
from goodpractices.forms import facts, media, rows, texts
from goodpractices.forms.base import Around, RowForm, SectionForm, rows_of
from goodpractices.models import Practice, PracticeFile

IN_ROW = re.compile(r"(\w+)-(\d+)-(\w+)")
FILES = {"pictures": 30, "documents": 30}  # rows at most; how many a practice may have is said elsewhere


@dataclass(frozen=True)
class Spec:
    """``layout`` are the names of fields and of kinds of rows as they stand below each other."""

    form: type[SectionForm]
    layout: tuple[str, ...]
    rows: dict[str, type[RowForm]] = field(default_factory=dict)


SPECS = {
    "title": Spec(texts.TitleForm, ("title", "language")),
    "summary": Spec(texts.SummaryForm, ("summary",)),
    "context": Spec(texts.ContextForm, ("text",)),
    "objectives": Spec(texts.ObjectivesForm, ("text",)),
    "blocks": Spec(rows.NothingElseForm, ("blocks",), {"blocks": rows.BlockForm}),
    "partners": Spec(rows.PartnersForm, ("partners", "is_alone"), {"partners": rows.PartnerForm}),
    "groups": Spec(rows.GroupsForm, ("groups", "axes"), {"axes": rows.AxisForm}),
    "resources": Spec(facts.ResourcesForm, ("staff_hours", "cost_band", "note", "equipment", "outside_help")),
    "period": Spec(facts.PeriodForm, ("starts", "is_running", "ends")),
    "results": Spec(
        rows.ResultsForm,
        ("indicators", "not_measured", "text", "evaluated_by", "evaluation"),
        {"indicators": rows.IndicatorForm},
    ),
    "difficulties": Spec(rows.DifficultiesForm, ("difficulties", "not_again"), {"difficulties": rows.DifficultyForm}),
    "transfer": Spec(texts.TransferForm, ("conditions", "smallest_town", "can_drop")),
    "contact": Spec(facts.ContactForm, ("role_email", "name", "email", "phone")),
    "media": Spec(
        media.MediaForm,
        ("pictures", "documents", "video", "links"),
        {"pictures": media.PictureForm, "documents": media.DocumentForm, "links": media.LinkForm},
    ),
    "classification": Spec(facts.ClassificationForm, ("practice_type", "themes", "areas", "charter", "sdg")),
}
UPLOADS = {"media": ("pictures", "documents"), "results": ("evaluation",)}  # where files are added


@dataclass
class Part:
    """A field, or all rows of one kind, with what is said above them."""

    name: str
    bound: BoundField | None = None
    rows: object = None
    errors: list[str] = field(default_factory=list)
    takes_focus: bool = False

    @property
    def has_title(self) -> bool:
        """Whether the rows stand below other things, and not alone under the title of the section."""
        return self.name in ("axes", "links")

    @property
    def template(self) -> str:
        kind = self.name if self.name in ("pictures", "documents", "evaluation") else "rows" if self.rows is not None else "field"
        return f"goodpractices/write/_{kind}.html"


class SectionForms:
    """The section ``code`` with ``content``, or with what was posted (``data``) over it."""

    def __init__(self, code: str, practice: Practice, content: dict, data: QueryDict | None = None):
        self.code, self.around, self.is_bound = code, Around(practice, content), data is not None
        spec = SPECS[code]
        self.main = spec.form(data, initial=content, around=self.around)
        self.rows = {name: self._rows(name, form, content, data) for name, form in spec.rows.items()}
        self.parts = [
            Part(name, rows=self.rows[name]) if name in self.rows else Part(name, bound=self.main[name]) for name in spec.layout
        ]
        self.by_name = {part.name: part for part in self.parts}

    def _rows(self, name: str, form: type[RowForm], content: dict, data):
        initial = None if self.is_bound else content.get(name) or ([] if name in FILES else [{}])
        factory = rows_of(form, MOST.get(name) or FILES[name])
        return factory(data, initial=initial, prefix=name, form_kwargs={"around": self.around})

    def content(self) -> dict:
        """What is to be kept. Where something could not be read it is what is stored; an unreadable part of a row is empty."""
        return self.main.content() | {name: formset.content() for name, formset in self.rows.items()}

    def refused(self) -> list[tuple[str, str]]:
        """What could not be read or taken: id of the field, and the sentence."""
        return [(id_, sentence) for part in self.parts for id_, sentence in self._said(part)]

    def _said(self, part: Part) -> Iterable[tuple[str, str]]:
        yield from ((f"id_add_{part.name}", sentence) for sentence in part.errors)
        fields = [part.bound] if part.bound else [bound for form in part.rows for bound in form]
        yield from ((id_of(bound), sentence) for bound in fields for sentence in bound.errors)

    def add_errors(self, errors: dict[str, list[str]]) -> None:
        """Say at the places where files are chosen why they were not taken."""
        for name, sentences in errors.items():
            self.by_name[name].errors += sentences

    def take_focus(self, place: str) -> None:
        """``place`` is a kind of rows, for the last of them, or a row ("blocks-1"): its first field takes the focus."""
        kind, _, number = place.partition("-")
        if kind not in self.rows:
            return
        forms = self.rows[kind].forms
        if not forms:
            self.by_name[kind].takes_focus = True
            return
        form = forms[int(number) if number else -1]
        form.visible_fields()[0].field.widget.attrs["autofocus"] = True

    def show(self, problems: Iterable[Problem]) -> list[tuple[str, str]]:
        """Say at the fields what the section still needs; the same as ``refused`` gives it."""
        for problem in problems:
            form, key = self._place(problem.field)
            if form is None:
                self.by_name[key].errors.append(problem.sentence)
            elif not form.has_error(key):
                form.add_error(key, problem.sentence)
        return self.refused()

    def anchored(self, problems: Iterable[Problem]) -> list[tuple[str, str]]:
        """Where to go for each problem, without saying it at the field."""
        places = [(self._place(problem.field), problem.sentence) for problem in problems]
        return [(f"id_add_{key}" if form is None else id_of(form[key]), sentence) for (form, key), sentence in places]

    def _place(self, name: str):
        """The form and its field; no form for what is about all rows of a kind. Rows without words do not count."""
        if match := IN_ROW.fullmatch(name):
            formset = self.rows[match[1]]
            forms = formset.filled if self.is_bound else formset.forms
            return forms[int(match[2])], match[3]
        return (None, name) if name in self.rows else (self.main, name)

    @property
    def evaluation(self) -> PracticeFile | None:
        """The file of the evaluation that the page names."""
        if "evaluation" not in self.main.fields:
            return None
        return self.around.files.get(self.main.fields["evaluation"].clean(self.main["evaluation"].value()))

    @property
    def file_names(self) -> list[str]:
        """The files that the rows and fields on the page name."""
        named = [form["file"].value() for name in FILES if name in self.rows for form in self.rows[name]]
        known = [uuid for uuid in named if uuid in self.around.files]
        return [*known, str(self.evaluation.uuid)] if self.evaluation else known


def id_of(bound: BoundField) -> str:
    """The id of the control that takes the focus; of several the first."""
    return bound.id_for_label or f"{bound.auto_id}_0"


def anchor_in(code: str, name: str) -> str:
    """Where the field ``name`` of a problem stands on the page of its section."""
    return f"id_add_{name}" if name in SPECS[code].rows else f"id_{name}"

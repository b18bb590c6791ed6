"""The form of pictures, files, video and links."""

from django import forms
from django.utils.translation import gettext_lazy

from goodpractices.forms.base import RowForm, SectionForm
from goodpractices.forms.fields import FileField, VideoField
from goodpractices.models import PracticeFile
from network_portal.common.text_fields import LineField, LinkField


class MediaForm(SectionForm):
    video = VideoField(
        label=gettext_lazy("Video on YouTube"),
        help_text=gettext_lazy("Its address, like https://www.youtube.com/watch?v=…"),
        required=False,
    )


class _FileRow(RowForm):
    """A row about a file; it is there as long as its file is."""

    kind = ""

    def prepare(self):
        self.fields["file"].files = {uuid for uuid, file in self.around.files.items() if file.kind == self.kind}

    @property
    def stored(self) -> PracticeFile | None:
        return self.around.files.get(self["file"].value())

    @property
    def counts(self) -> bool:
        return bool(self.cleaned_data.get("file"))


class PictureForm(_FileRow):
    kind = PracticeFile.Kind.PICTURE

    file = FileField()
    alt = LineField(
        label=gettext_lazy("What is to be seen"),
        help_text=gettext_lazy("For people who do not see it: one sentence, without “picture of”."),
        limit=400,
        widget=forms.Textarea({"rows": 2}),
    )
    credit = LineField(
        label=gettext_lazy("Who made it"), limit=200, required=False,
        help_text=gettext_lazy("Everybody who can be recognised in it agreed that it is shown."),
    )  # fmt: skip


class DocumentForm(_FileRow):
    kind = PracticeFile.Kind.DOCUMENT

    file = FileField()
    title = LineField(label=gettext_lazy("Title of the file"), limit=200, required=False)


class LinkForm(RowForm):
    title = LineField(label=gettext_lazy("What it leads to"), limit=200)
    url = LinkField(label=gettext_lazy("Address"), help_text=gettext_lazy("Begins with https://"))

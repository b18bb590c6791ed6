"""What a coordinator types about a recording and its slides."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language_info, gettext_lazy, gettext_noop
from django.utils.translation import gettext as _

from network_portal.common.errors import DomainError
from network_portal.common.files import MEGABYTE, check
from network_portal.common.moments import DayField
from network_portal.common.text_fields import LineField, TextField, WholeNumberField
from network_portal.common.youtube import video_of, watch_url
from webinars.chapters import clock_of, read_chapters, seconds_of, written
from webinars.models import Recording

KINDS = ["pdf", "pptx", "odp", "docx", "odt"]
LIMIT = 10 * MEGABYTE
BY_HAND = ("privacy", "published_on", "seconds", "views")  # until YouTube was asked
SPOKEN = ["pt", "en", "es", "ca", "gl", "it", "fr"]
gettext_noop("Galician")  # Django's own Portuguese has a word for it that nobody uses
LONGEST = 24 * 3600


class VideoField(forms.CharField):
    """The address of a video; its id is what counts."""

    widget = forms.TextInput({"inputmode": "url", "autocomplete": "off", "spellcheck": "false"})

    def clean(self, value):
        try:
            return video_of(str(value or ""))
        except DomainError as error:
            raise ValidationError(str(error), code="video") from error


class DurationField(forms.CharField):
    """Hours, minutes and seconds in seconds."""

    widget = forms.TextInput({"class": "input--short", "autocomplete": "off"})

    def clean(self, value):
        text = str(value or "").strip()
        if not text:
            return None
        seconds = seconds_of(text)
        if not seconds or seconds > LONGEST:
            raise ValidationError(_("Enter the duration as hours, minutes and seconds, like 2:41:12"), code="duration")
        return seconds

    def prepare_value(self, value):
        return clock_of(value) if isinstance(value, int) else value


class ViewsField(WholeNumberField):
    """A number that may be left out."""

    def clean(self, value):
        return super().clean(value) if str(value or "").strip() else None


class RecordingForm(forms.Form):
    """The video, what is known of it, its captions, chapters and transcript."""

    use_required_attribute = False

    address = VideoField(
        label=gettext_lazy("Address on YouTube"),
        help_text=gettext_lazy("As you copy it from YouTube, for example from “Share”."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language spoken"),
        error_messages=dict.fromkeys(["required", "invalid_choice"], gettext_lazy("Choose a language")),
    )
    privacy = forms.ChoiceField(
        label=gettext_lazy("Who can see it on YouTube"),
        choices=[
            (Recording.Privacy.UNKNOWN, gettext_lazy("not known")),
            (Recording.Privacy.PUBLIC, gettext_lazy("public: everybody")),
            (Recording.Privacy.UNLISTED, gettext_lazy("not listed: who has the address")),
            (Recording.Privacy.PRIVATE, gettext_lazy("private: nobody else")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose who can see it"),
            "invalid_choice": gettext_lazy("Choose who can see it"),
        },
    )
    published_on = DayField(label=gettext_lazy("Published on YouTube on"), required=False)
    seconds = DurationField(
        label=gettext_lazy("Duration"), help_text=gettext_lazy("Hours, minutes and seconds, like 2:41:12"), required=False
    )
    views = ViewsField(label=gettext_lazy("Views until today"), most=2_000_000_000, required=False)
    captions_checked = forms.BooleanField(
        label=gettext_lazy("The captions are checked"),
        help_text=gettext_lazy("Somebody has read them against the sound: names, figures, who speaks."),
        required=False,
    )
    chapters = TextField(
        label=gettext_lazy("Chapters"),
        help_text=gettext_lazy(
            "One on each line: the time and the title, like 0:09 Opening or 1:14:30 Debate. A chapter with the title of an item "
            "of the programme is linked from there."
        ),
        limit=30_000,
        required=False,
        widget=forms.Textarea({"rows": 9, "spellcheck": "false"}),
    )
    transcript = TextField(
        label=gettext_lazy("Transcript"),
        help_text=gettext_lazy("Text or Markdown: an empty line begins a paragraph, ## a title."),
        limit=500_000,
        required=False,
        widget=forms.Textarea({"rows": 9}),
    )

    def __init__(self, *args, recording: Recording | None, **kwargs):
        super().__init__(*args, **kwargs)
        self.recording = recording
        self.fields["language"].choices = spoken_languages()

    def clean_published_on(self):
        day = self.cleaned_data["published_on"]
        if day and day > timezone.localdate():
            raise ValidationError(_("The day of publication cannot be in the future"), code="future")
        return day

    def clean(self):
        data = super().clean()
        if self.shows_reading:  # the fields were not on the page
            for name in BY_HAND:
                self.errors.pop(name, None)
                data.pop(name, None)
        if "chapters" in data:
            self._clean_chapters(data)
        return data

    def _clean_chapters(self, data: dict) -> None:
        seconds = self.recording.seconds if self.shows_reading else data.get("seconds")
        is_same = not self.shows_reading or data.get("address") == self.recording.video_id
        try:
            data["chapters"] = read_chapters(data["chapters"], seconds=seconds if is_same else None)
        except DomainError as error:
            self.add_error("chapters", str(error))

    @property
    def shows_reading(self) -> bool:
        """Whether YouTube itself has told about the video: then nothing about it is entered by hand."""
        return bool(settings.YOUTUBE_API_KEY and self.recording and self.recording.read_at)

    def answers(self) -> dict:
        """What the service takes."""
        data = dict(self.cleaned_data)
        return {"video_id": data.pop("address"), **data}


def spoken_languages() -> list[tuple[str, str]]:
    codes = dict.fromkeys([*(code for code, _name in settings.LANGUAGES), *SPOKEN])
    return [(code, get_language_info(code)["name_translated"].capitalize()) for code in codes]


def initial_of(recording: Recording | None, *, language: str) -> dict:
    """What the form shows of what is stored, and of a webinar in ``language`` without a recording."""
    if recording is None:
        return {"language": language, "privacy": Recording.Privacy.UNKNOWN}
    names = ("language", "privacy", "published_on", "seconds", "views", "transcript")
    shown = {name: getattr(recording, name) for name in names}
    shown |= {"address": watch_url(recording.video_id), "captions_checked": recording.captions_checked_at is not None}
    shown["chapters"] = written(recording.chapters.order_by("second"))
    if shown["privacy"] == Recording.Privacy.ABSENT:
        shown["privacy"] = Recording.Privacy.PRIVATE
    return shown


class SlidesForm(forms.Form):
    """A file that was shown, with what people should know of it."""

    use_required_attribute = False
    prefix = "slides"

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("PDF, PPTX, ODP, DOCX or ODT, up to 10 MB."),
        allow_empty_file=True,
        error_messages={"required": gettext_lazy("Select the file"), "invalid": gettext_lazy("Select the file")},
        widget=forms.FileInput({"accept": ",".join(f".{kind}" for kind in KINDS)}),
    )
    title = LineField(label=gettext_lazy("Title"), limit=200, error_messages={"required": gettext_lazy("Enter the title")})
    author = LineField(label=gettext_lazy("By whom"), limit=200, required=False)
    is_accessible = forms.BooleanField(
        label=gettext_lazy("The file is accessible"),
        help_text=gettext_lazy("It was checked: titles, reading order, descriptions of pictures."),
        required=False,
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        try:
            self.checked = check(file, name=file.name, size=file.size, kinds=KINDS, limit=LIMIT)
        except DomainError as error:
            raise ValidationError(str(error), code="file") from error
        return file

    def answers(self) -> dict:
        """What the service takes."""
        return {**self.cleaned_data, "checked": self.checked}

"""Practices of the small network: of the town of ST and FP, and of the other one; made when they are asked for."""

from datetime import timedelta
from functools import cached_property
from io import BytesIO

from django.utils import timezone

from goodpractices import services
from goodpractices.links import token_for
from goodpractices.models import Practice, PracticeFile
from goodpractices.services import files
from tests.factories import make_coordinator
from tests.goodpractices.practices import make_draft, make_practice
from tests.goodpractices.reviews import NOTES
from tests.office import PDF
from tests.pictures import photo


def files_for(practice: Practice, *, by) -> list[PracticeFile]:
    """A picture and a document, named by the section of the version at work."""
    given = (("picture", photo(500, 300)), ("document", PDF))
    made = [
        files.keep_file(practice, kind, by=by, file=BytesIO(content), name="a.pdf", size=len(content))[0]
        for kind, content in given
    ]
    rows = [{"file": str(file.uuid)} for file in made]
    content = {"pictures": [rows[0] | {"alt": "Uma sala.", "credit": ""}], "documents": [rows[1] | {"title": "Regulamento"}]}
    services.save_section(practice, "media", content | {"video": "", "links": []}, by=by, seen=None)
    return made


class PracticesWorld:
    def __init__(self, people: dict, town, other_town):
        self.people, self.town, self.other_town = people, town, other_town

    @cached_property
    def public(self) -> Practice:
        """Published, of the town of ST and FP."""
        return make_practice(municipality=self.town, by=self.people["CO"])

    @cached_property
    def draft(self) -> Practice:
        """A draft of the town of ST and FP from which nothing is missing."""
        return make_draft(municipality=self.town, by=self.people["ST"])

    @cached_property
    def others_draft(self) -> Practice:
        return make_draft(municipality=self.other_town, by=self.people["CO"])

    @cached_property
    def waiting(self) -> Practice:
        """Sent for review; nobody has it."""
        made = make_draft(municipality=self.town, by=self.people["FP"])
        return services.submit(made, by=self.people["FP"]).practice

    @cached_property
    def taken(self) -> Practice:
        """Being reviewed by CO."""
        return services.take(self.waiting, by=self.people["CO"]).version.practice

    @cached_property
    def passed_on(self) -> Practice:
        """CO agreed, and nobody took the second look."""
        make_coordinator()
        return services.pass_on(self.taken, by=self.people["CO"], notes=NOTES).practice

    @cached_property
    def questioned(self) -> Practice:
        """Published, and asked whether it is still true."""
        Practice.objects.filter(pk=self.public.pk).update(confirmed_on=timezone.localdate() - timedelta(days=400))
        services.ask_still_true(self.public)
        return Practice.objects.get(pk=self.public.pk)

    @cached_property
    def deleted(self) -> Practice:
        return services.delete(self.draft, by=self.people["FP"])

    @cached_property
    def out(self) -> Practice:
        """Taken out of the catalogue."""
        return services.unpublish(self.public, by=self.people["CO"], reason="Uma fotografia sem autorização.")

    @cached_property
    def featured(self) -> Practice:
        return services.feature(self.public, by=self.people["CO"])

    @cached_property
    def public_files(self) -> list[PracticeFile]:
        """A picture and a document that a published version names."""
        made = make_draft(municipality=self.town, by=self.people["CO"], title={"title": "Com imagens"})
        picture, document = files_for(made, by=self.people["CO"])
        services.make_public(made, by=self.people["CO"])
        return [picture, document]

    @cached_property
    def draft_files(self) -> list[PracticeFile]:
        return files_for(self.draft, by=self.people["CO"])

    @property
    def values(self) -> dict:
        """What ``$name`` stands for in permissions.yml."""
        return {
            "practice": lambda: self.public.slug, "practice_pk": lambda: self.public.pk,
            "practice_draft": lambda: self.draft.slug, "practice_draft_pk": lambda: self.draft.pk,
            "others_practice_draft_pk": lambda: self.others_draft.pk,
            "practice_waiting_pk": lambda: self.waiting.pk, "practice_taken_pk": lambda: self.taken.pk,
            "practice_passed_on_pk": lambda: self.passed_on.pk, "practice_questioned_pk": lambda: self.questioned.pk,
            "practice_deleted_pk": lambda: self.deleted.pk, "practice_out_pk": lambda: self.out.pk,
            "practice_featured_pk": lambda: self.featured.pk,
            "practice_picture": lambda: self.public_files[0].uuid, "practice_file": lambda: self.public_files[1].uuid,
            "practice_draft_picture": lambda: self.draft_files[0].uuid,
            "practice_draft_file": lambda: self.draft_files[1].uuid,
            "still_true_token": lambda: token_for(self.questioned),
        }  # fmt: skip

"""Pictures and files of a practice: what is taken, what is refused in which words, who sees them, and when they go."""

import io
import os
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image

from goodpractices import services, tasks
from goodpractices.completeness import problems_of
from goodpractices.models import PracticeFile, SetAside
from goodpractices.services import files
from network_portal.common import kept
from network_portal.common.files import TYPES
from tests.factories import make_affiliation, make_coordinator, make_municipality, make_user
from tests.goodpractices.practices import make_draft
from tests.goodpractices.uploads import add, on_disk, upload
from tests.goodpractices.writing import Form, open_form, send, stored, text_of, url
from tests.office import PDF, example
from tests.pictures import photo, photo_from_a_phone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
ALT = {"pictures__0__alt": "Três pessoas à volta de uma mesa."}


def test_a_picture_is_kept_at_three_widths_and_named_by_a_row(client, draft, media):
    response = add(client, draft, "pictures", upload(photo_from_a_phone(4000, 3000)))
    file = PracticeFile.objects.get()
    assert (file.kind, file.widths, file.width, file.height) == ("picture", [480, 960, 1600], 1600, 2133)
    assert on_disk(media) == [str(file.uuid), f"{file.uuid}-480", f"{file.uuid}-960"]
    assert stored(draft, "media")["pictures"] == [{"file": str(file.uuid), "alt": "", "credit": ""}]
    page = response.content.decode()
    assert f'src="/en/practices/files/{file.uuid}/480/"' in page
    assert 'id="id_pictures-0-alt"' in page
    assert (file.file_name, file.content_type, file.added_by.pk) == ("foto.webp", "image/webp", draft.created_by_id)
    for name in on_disk(media):
        with Image.open(io.BytesIO(Path(media, "practices", name).read_bytes())) as image:
            assert (image.format, dict(image.getexif())) == ("WEBP", {})


def test_a_picture_without_its_description_is_kept_and_goes_no_further(client, draft):
    form = Form(add(client, draft, "pictures", upload(photo())).content.decode())
    response = send(client, draft, "media", form=form)
    assert response.context["problems"] == [("id_pictures-0-alt", "Describe picture 1 for people who do not see it.")]
    assert send(client, draft, "media", **ALT).status_code == 302
    assert stored(draft, "media")["pictures"][0]["alt"] == ALT["pictures__0__alt"]


def test_files_that_were_chosen_are_taken_whatever_button_is_pressed(client, draft):
    send(
        client,
        draft,
        "media",
        video="https://youtu.be/aBcDeFgHi_0",
        add_pictures=[upload(photo())],
        add_documents=[upload(PDF, "a.pdf")],
    )
    content = stored(draft, "media")
    assert (content["video"], len(content["pictures"]), len(content["documents"])) == ("aBcDeFgHi_0", 1, 1)


def test_files_are_not_sent_by_itself(client, draft):
    send(client, draft, "media", by_itself=True, add_pictures=[upload(photo())])
    assert not PracticeFile.objects.exists()
    page = client.get(url(draft, "media")).content.decode()
    assert 'hx-params="not add_pictures,add_documents,add_evaluation"' in page


@pytest.mark.parametrize("kind", TYPES)
def test_each_kind_of_document_is_kept_under_a_name_of_ours(client, draft, media, kind):
    add(client, draft, "documents", upload(example(kind), f"../../O regulamento.{kind.upper()}"))
    file = PracticeFile.objects.get()
    assert (file.kind, file.file_name, file.content_type) == ("document", f"O regulamento.{kind}", TYPES[kind])
    assert on_disk(media) == [str(file.uuid)]
    assert stored(draft, "media")["documents"] == [{"file": str(file.uuid), "title": ""}]


def test_the_same_file_twice_is_kept_once_with_a_note(client, draft, media):
    add(client, draft, "pictures", upload(photo()))
    response = add(client, draft, "pictures", upload(photo(), "outra.jpg"))
    assert "“foto.webp” is there already. It was kept once." in text_of(response)
    assert len(stored(draft, "media")["pictures"]) == PracticeFile.objects.count() == 1
    both = add(client, draft, "documents", upload(PDF, "a.pdf"), upload(PDF, "b.pdf"))
    assert "“a.pdf” is there already" in text_of(both)
    assert len(stored(draft, "media")["documents"]) == 1


def test_a_file_that_was_taken_out_can_come_back(client, draft):
    add(client, draft, "pictures", upload(photo()))
    send(client, draft, "media", row="pictures:0:remove")
    assert stored(draft, "media")["pictures"] == []
    add(client, draft, "pictures", upload(photo()))
    assert len(stored(draft, "media")["pictures"]) == PracticeFile.objects.count() == 1


def test_a_practice_has_at_most_ten_files_of_fifty_megabytes(client, draft, monkeypatch):
    add(client, draft, "pictures", *(upload(photo(100 + n, 80)) for n in range(9)))
    add(client, draft, "evaluation", upload(PDF, "avaliação.pdf"), code="results")
    response = add(client, draft, "documents", upload(PDF + b"\n", "b.pdf"))
    assert [said for _, said in response.context["errors"]] == [
        "A practice has at most 10 pictures and files together. Take one out first"
    ]
    send(client, draft, "media", row="pictures:0:remove")
    add(client, draft, "documents", upload(PDF + b"\n", "b.pdf"))
    assert (len(stored(draft, "media")["pictures"]), len(stored(draft, "media")["documents"])) == (8, 1)
    send(client, draft, "media", row="pictures:0:remove")
    monkeypatch.setattr(files, "MOST_BYTES", 1_000)
    response = add(client, draft, "documents", upload(PDF + b"\n\n", "c.pdf"))
    assert "smaller than 0 MB together. Take one out first" in response.context["errors"][0][1]


def test_more_files_than_two_people_may_add_at_once_go_no_further():
    content = {"pictures": [{"file": "x", "alt": "y"}] * 7, "documents": [{"file": "x"}] * 4}
    assert [problem.field for problem in problems_of("media", content)] == ["pictures"]


def test_an_evaluation_is_added_and_taken_out(client, draft):
    response = add(client, draft, "evaluation", upload(PDF, "avaliação.pdf"), code="results", evaluated_by="Universidade")
    file = PracticeFile.objects.get()
    assert stored(draft, "results")["evaluation"] == str(file.uuid)
    assert "avaliação.pdf" in response.content.decode()
    assert send(client, draft, "results").status_code == 302
    assert stored(draft, "results")["evaluation"] == str(file.uuid)
    send(client, draft, "results", row="evaluation:remove")
    assert stored(draft, "results")["evaluation"] == ""


def test_a_picture_is_no_evaluation(client, draft):
    add(client, draft, "pictures", upload(photo()))
    picture = PracticeFile.objects.get()
    response = send(client, draft, "results", evaluation=str(picture.uuid), evaluated_by="Nós", text="x", row="indicators:add")
    assert stored(draft, "results")["evaluation"] == ""
    assert picture.url not in response.content.decode()


def test_an_evaluation_without_who_made_it_goes_no_further(client, draft):
    form = Form(add(client, draft, "evaluation", upload(PDF, "a.pdf"), code="results").content.decode())
    assert [id_ for id_, _ in send(client, draft, "results", form=form).context["problems"]] == ["id_evaluated_by"]


def test_a_file_of_another_practice_is_not_named(client, draft):
    other = make_draft(by=make_coordinator())
    picture = files.keep_file(other, "picture", by=make_coordinator(), file=io.BytesIO(photo()), name="a.jpg", size=9_000)[0]
    for uuid in (picture.uuid, uuid4(), "x", "../x"):
        send(client, draft, "media", pictures__TOTAL_FORMS="1", pictures__0__file=str(uuid), pictures__0__alt="Alheia")
        assert stored(draft, "media")["pictures"] == []


def test_a_picture_that_came_second_is_kept_with_the_text(client, draft):
    form = open_form(client, draft, "media")
    services.save_section(draft, "media", {"video": "aBcDeFgHi_0"}, by=make_coordinator(), seen=None)
    response = add(client, draft, "pictures", upload(photo()), form=form)
    assert "both" in response.context
    assert SetAside.objects.get().content["pictures"][0]["file"] == str(PracticeFile.objects.get().uuid)
    _make_old(PracticeFile.objects.get())
    tasks.remove_lost_files()
    assert PracticeFile.objects.exists()


@pytest.mark.parametrize("broken", ["save", "disk", "beside"])
def test_a_crash_leaves_no_row_without_a_file_and_no_file_without_a_row(client, draft, media, monkeypatch, broken):
    def crash(*args, **kwargs):
        raise OSError("No space left on device")

    target = {"save": (PracticeFile, "save"), "disk": (kept, "_reach_the_disk"), "beside": (default_storage, "_save")}[broken]
    monkeypatch.setattr(*target, crash)
    response = add(client, draft, "pictures", upload(photo()), video="https://youtu.be/aBcDeFgHi_0")
    assert response.status_code == 503
    assert "The file could not be kept on the server" in text_of(response)
    assert stored(draft, "media")["video"] == "aBcDeFgHi_0"
    assert not PracticeFile.objects.exists()
    assert on_disk(media) == []


def _make_old(*rows):
    two_days = timezone.now() - timedelta(days=2)
    PracticeFile.objects.filter(pk__in=[row.pk for row in rows]).update(added_at=two_days)


def test_what_a_crash_left_goes_after_a_day_and_the_widths_of_a_picture_stay(client, draft, media):
    add(client, draft, "pictures", upload(photo(1200, 900)))
    file, lost = PracticeFile.objects.get(), str(uuid4())
    folder = Path(media, "practices")
    for name in (lost, f"{lost}-480", f"{file.uuid}x", "x"):
        (folder / name).write_bytes(b"x")
    (folder / "young").write_bytes(b"x")
    old = (timezone.now() - timedelta(days=2)).timestamp()
    for path in folder.glob("*"):
        if path.name != "young":
            os.utime(path, (old, old))
    _make_old(file)
    tasks.remove_lost_files()
    assert on_disk(media) == sorted([str(file.uuid), f"{file.uuid}-480", f"{file.uuid}-960", "young"])


def test_a_file_goes_when_no_version_names_it(client, draft, media, django_capture_on_commit_callbacks):
    add(client, draft, "pictures", upload(photo(1200, 900)))
    send(client, draft, "media", **ALT)
    file, coordinator = PracticeFile.objects.get(), make_coordinator()
    services.make_public(draft, by=coordinator)
    services.start_version(draft, by=coordinator)
    send(client, draft, "media", row="pictures:0:remove")
    services.make_public(draft, by=coordinator)
    _make_old(file)
    with django_capture_on_commit_callbacks(execute=True):
        tasks.remove_lost_files()
    assert PracticeFile.objects.get().is_public  # the first version is read for ever
    loose = files.keep_file(
        make_draft(by=coordinator), "picture", by=coordinator, file=io.BytesIO(photo()), name="a.jpg", size=9_000
    )[0]
    with django_capture_on_commit_callbacks(execute=True):
        tasks.remove_lost_files()
    assert PracticeFile.objects.count() == 2  # it came a moment ago
    _make_old(loose)
    with django_capture_on_commit_callbacks(execute=True):
        tasks.remove_lost_files()
    assert list(PracticeFile.objects.all()) == [file]
    assert on_disk(media) == [str(file.uuid), f"{file.uuid}-480", f"{file.uuid}-960"]


def test_a_file_is_private_until_a_published_version_names_it(client, draft, settings):
    add(client, draft, "pictures", upload(photo(700, 500)))
    add(client, draft, "documents", upload(PDF, "a.pdf"), **ALT)
    picture, document = PracticeFile.objects.order_by("pk")
    addresses = [f"/practices/files/{picture.uuid}/480/", f"/practices/files/{document.uuid}/"]
    others = make_user()
    make_affiliation(others, make_municipality())
    for who, status in ((None, 404), (others, 404), (draft.created_by, 200), (make_coordinator(), 200)):
        client.logout() if who is None else client.force_login(who)
        answers = [client.get(address) for address in addresses]
        assert [answer.status_code for answer in answers] == [status, status]
        if status == 200:
            assert {answer["Cache-Control"] for answer in answers} == {"private, no-store"}
    services.make_public(draft, by=make_coordinator())
    client.logout()
    answers = [client.get(address) for address in addresses]
    assert [(a.status_code, a["Cache-Control"]) for a in answers] == [(200, "public, max-age=86400")] * 2
    assert [a["Content-Type"] for a in answers] == ["image/webp", "application/pdf"]
    assert [a["Content-Disposition"].split(";")[0] for a in answers] == ["inline", "attachment"]
    assert all(
        "sandbox" in a["Content-Security-Policy"] and "default-src 'none'" in a["Content-Security-Policy"] for a in answers
    )
    assert all(a["X-Content-Type-Options"] == "nosniff" and not a.cookies for a in answers)
    assert b"".join(answers[1].streaming_content) == PDF
    services.unpublish(draft, by=make_coordinator(), reason="Não é verdade.")
    assert [client.get(address).status_code for address in addresses] == [404, 404]


def test_a_width_that_was_not_made_and_a_file_that_is_lost_are_not_found(client, draft, media):
    add(client, draft, "pictures", upload(photo(700, 500)))
    file = PracticeFile.objects.get()
    answers = [client.get(f"/practices/files/{file.uuid}/{width}/").status_code for width in (480, 700, 960, 1, 10**30)]
    assert answers == [200, 200, 404, 404, 404]
    for path in Path(media).rglob("*"):
        if path.is_file():
            path.unlink()
    assert client.get(f"/practices/files/{file.uuid}/480/").status_code == 404
    assert client.post(f"/practices/files/{file.uuid}/480/").status_code == 405


def test_a_file_costs_few_queries(client, draft, django_assert_num_queries):
    add(client, draft, "pictures", upload(photo(700, 500)))
    file = PracticeFile.objects.get()
    with django_assert_num_queries(3):  # session, person, file
        client.get(f"/practices/files/{file.uuid}/480/")

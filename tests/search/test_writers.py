"""Who writes a record writes its entry: what is saved is found in the same moment."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from grants import services as calls
from municipalities import services as towns
from municipalities.models import Municipality
from network_portal.common.search import read_query
from network_portal.pages.tasks import rebuild_search
from network_portal.search.models import Entry, IndexedWord
from network_portal.vocabularies.models import Term
from tests.factories import make_coordinator, make_cycle, make_municipality, make_term, make_webinar
from tests.grants.calls import PARTS, fields_of_call, make_call, make_draft
from webinars.chapters import ChapterLine
from webinars.services import planning
from webinars.services.programme import ProgrammeItem, save_programme
from webinars.services.recordings import save_recording

REGISTER = settings.BASE_DIR / "municipalities" / "data" / "portugal.csv"
pytestmark = pytest.mark.django_db


def found(typed: str) -> list[tuple[str, int]]:
    return sorted(Entry.objects.found_by(read_query(typed)).values_list("kind", "object_id"))


@pytest.fixture
def coordinator():
    return make_coordinator()


def test_a_webinar_when_it_is_made_and_changed(coordinator):
    start = timezone.now() + timedelta(days=9)
    fields = {"cycle": make_cycle(), "theme": make_term("theme"), "starts_at": start, "ends_at": start + timedelta(hours=2)}
    webinar = planning.create_webinar(by=coordinator, title="Creches para todas", **fields)
    assert found("creche") == [("webinar", webinar.pk)]
    planning.edit_webinar(webinar, by=coordinator, title="Transportes", text="Sobre **autocarros**")
    assert found("creche") == []
    assert found("transporte autocarro") == [("webinar", webinar.pk)]


def test_its_programme_and_axes(coordinator):
    webinar, axis = make_webinar(), Term.objects.of("axis").first()
    item = ProgrammeItem(webinar.starts_at, "Abertura solene", speakers=(("Zulmira Paz", "presidente", "Câmara"),))
    save_programme(webinar, by=coordinator, items=[item], axes=[(axis, "Olhamos para a velhice.")])
    for typed in ("solene", "Zulmira", "velhice", axis.labels["en"]):
        assert found(typed) == [("webinar", webinar.pk)]


def test_a_recording_with_chapters_and_transcript(coordinator):
    webinar = make_webinar(starts_at=timezone.now() - timedelta(days=3))
    recording = save_recording(
        webinar, by=coordinator, seen=None, video_id="aBcDeFgHi_0", captions_checked=True, privacy="public",
        published_on=date(2026, 1, 5), chapters=[ChapterLine(9, "Capítulo dos lobos")], transcript="## Fala-se de *ursos*",
    )  # fmt: skip
    assert found("lobo") == found("urso") == [("recording", recording.pk)]


def test_a_call_with_its_parts_and_corrections(coordinator):
    draft = make_draft(by=coordinator, title="Bolsas de dança")
    assert found("bolsa dança") == [("call", draft.pk)]
    calls.save_draft(draft, by=coordinator, parts=PARTS, **fields_of_call(title="Bolsas de teatro"))
    assert found("dança") == []
    call = make_call(by=coordinator)
    calls.correct(call, by=coordinator, notice="Faltava.", parts=PARTS, **fields_of_call(summary="Para quem faz marionetas."))
    assert found("marioneta") == [("call", call.pk)]


def test_of_questions_only_those_with_an_answer(coordinator):
    call = make_call(by=coordinator)
    question = calls.ask(call, by=coordinator, text="E os malabaristas?")
    rebuild_search()
    assert found("malabarista") == []
    calls.answer(question, by=coordinator, text="Também os **trapezistas**.")
    assert found("malabarista") == found("trapezista") == [("call", call.pk)]


def test_the_register_when_it_is_brought_in():
    call_command("import_municipalities", REGISTER, verbosity=0)
    assert Entry.objects.filter(kind="municipality").count() == Municipality.objects.count() > 300
    assert len(found("Lisboa")) > 5


def test_a_town_that_writes_in_english_is_found_by_english_words(coordinator):
    town = make_municipality(name="Alcácer")
    said = {"language": "en", "text": "Counselling for women.", "service": "", "website": "", "email": ""}
    towns.save_presentation(town, by=coordinator, seen="", **said)
    assert Entry.objects.get(kind="municipality").language == "en"
    assert found("counsellings woman") == [("municipality", town.pk)]
    towns.save_presentation(town, by=coordinator, seen=towns.stamp_of(town.presentation), **said | {"text": ""})
    assert Entry.objects.get(kind="municipality").language == "pt"


def test_rebuilding_mends_whatever_went_wrong(capsys):
    town, webinar = make_municipality(name="Alcácer"), make_webinar(title="Alcácer hoje")
    Entry.objects.create(kind="webinar", object_id=999_999, language="pt", title="Alcácer ontem", keys=" alcacer ")
    IndexedWord.objects.create(folded="ontem", shown="ontem", length=5)
    call_command("rebuild_search")
    assert found("alcacer") == [("municipality", town.pk), ("webinar", webinar.pk)]
    assert not IndexedWord.objects.filter(folded="ontem").exists()
    assert "municipality: 1" in capsys.readouterr().out


def test_a_renamed_term_is_found_after_the_night():
    webinar = make_webinar()
    webinar.theme.labels = {**webinar.theme.labels, "it": "Gelosia"}
    webinar.theme.save()
    rebuild_search()
    assert found("gelosia") == [("webinar", webinar.pk)]

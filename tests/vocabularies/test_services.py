"""What coordinators do to terms, by every way out."""

import pytest

from network_portal.audit.models import Entry
from network_portal.vocabularies import services
from network_portal.vocabularies.errors import BandsOverlap, ChangedMeanwhile, LastTerm, TermExists
from network_portal.vocabularies.models import Term, VocabularyState
from tests.factories import make_coordinator

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana():
    return make_coordinator(name="Ana Prata")


def term_of(vocabulary: str, code: str) -> Term:
    return Term.objects.get(vocabulary=vocabulary, code=code)


def codes(vocabulary: str) -> list[str]:
    return [term.code for term in Term.objects.of(vocabulary)]


def notes() -> list[tuple]:
    return list(Entry.objects.order_by("pk").values_list("action", "by__name", "detail__code"))


def version():
    return VocabularyState.objects.get().version


def test_a_new_term_is_the_last_with_a_code_of_its_english_label(ana):
    before = version()
    term = services.add("theme", labels={"pt": "Luto e saúde mental", "en": "Grief & mental health"}, by=ana)
    assert (term.code, codes("theme")[-1], term.position) == ("grief-mental-health", "grief-mental-health", 19)
    assert version() != before
    entry = Entry.objects.get()
    assert (entry.action, entry.about, entry.by, entry.detail["labels"]["pt"]) == (
        "term.added", f"term:{term.pk}", ana, "Luto e saúde mental",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("labels", "code"),
    [
        ({"pt": "Só em português"}, "so-em-portugues"),
        ({"pt": "Juntar", "en": "Add"}, "add-2"),
        ({"pt": "Saúde pública", "en": "Hëalth"}, "health-2"),
        ({"pt": "5.7 Uma meta", "en": "5.7 A target"}, "5-7-a-target"),
        ({"pt": "???", "en": "???"}, "term"),
        ({"pt": "Longo", "en": "long " * 40}, "long-" * 11 + "l"),
    ],
)
def test_the_code_of_a_new_term(ana, labels, code):
    Term.objects.filter(code="health").update(labels={"pt": "Saúde", "en": "Something else"})
    assert services.add("theme", labels=labels, by=ana).code == code


def test_an_article_has_the_year_in_its_code(ana):
    labels = {"pt": "31. Saúde", "en": "31. Health"}
    assert services.add("charter_article", labels=labels, edition="2022", by=ana).code == "2022-31-health"


@pytest.mark.parametrize("labels", [{"pt": "SAUDE", "en": "New"}, {"pt": "Novo", "en": "health "}])
def test_two_terms_in_use_are_not_called_the_same(ana, labels):
    with pytest.raises(TermExists, match=r"Saúde|Health"):
        services.add("theme", labels=labels, by=ana)
    assert (len(codes("theme")), notes()) == (18, [])


def test_the_label_of_a_retired_term_or_of_another_edition_is_free(ana):
    services.retire(term_of("theme", "health"), by=ana)
    assert services.add("theme", labels={"pt": "Saúde", "en": "Health"}, by=ana).code == "health-2"
    labels = {"pt": "Ciberviolência", "en": "Cyber violence"}
    assert services.add("charter_article", labels=labels, edition="2030", by=ana).edition == "2030"
    with pytest.raises(TermExists):
        services.add("charter_article", labels=labels, edition="2022", by=ana)


def test_a_band_stands_where_its_numbers_do(ana):
    services.retire(term_of("cost_band", "cost-60000"), by=ana)
    labels = {"pt": "De 60 a 90 mil", "en": "60 to 90 thousand"}
    band = services.add("cost_band", labels=labels, lower=60_000, upper=90_000, by=ana)
    assert codes("cost_band")[-3:] == ["cost-20000", band.code, "cost-unknown"]
    Term.objects.filter(code="cost-0").delete()
    first = services.add("cost_band", labels={"pt": "Nada", "en": "None"}, lower=0, upper=1, by=ana)
    assert codes("cost_band")[0] == first.code


@pytest.mark.parametrize(("lower", "upper"), [(999, 1_000), (0, None), (150_000, None), (20_000, 20_001), (0, 5)])
def test_bands_do_not_overlap(ana, lower, upper):
    with pytest.raises(BandsOverlap):
        services.add("population_band", labels={"pt": "Nova", "en": "New"}, lower=lower, upper=upper, by=ana)
    assert len(codes("population_band")) == 7


def test_a_band_comes_back_only_where_there_is_room(ana):
    top = term_of("population_band", "pop-100000")
    services.retire(top, by=ana)
    half = services.add("population_band", labels={"pt": "Metade", "en": "Half"}, lower=100_000, upper=200_000, by=ana)
    with pytest.raises(BandsOverlap, match="Metade"):
        services.bring_back(top, by=ana)
    services.retire(half, by=ana)
    assert not services.bring_back(top, by=ana).is_retired


def test_rename_keeps_the_code_and_notes_what_changed(ana):
    term = term_of("theme", "health")
    labels = {"pt": "Saúde e bem-estar", "en": "Health", "ca": "Salut", "gl": "Saúde", "es": "Salud y bienestar"}
    services.rename(term, labels=labels, seen=services.stamp_of(term), by=ana)
    term.refresh_from_db()
    assert (term.code, term.labels) == ("health", labels)
    detail = Entry.objects.get(action="term.renamed").detail
    assert detail["before"] == {"es": "Salud", "it": "Salute", "pt": "Saúde"}
    assert detail["after"] == {"es": "Salud y bienestar", "pt": "Saúde e bem-estar"}


def test_rename_to_the_same_changes_nothing(ana):
    term, before = term_of("theme", "health"), version()
    services.rename(term, labels=dict(term.labels), seen=services.stamp_of(term), by=ana)
    assert (version(), notes()) == (before, [])


def test_rename_of_what_somebody_else_renamed_is_refused(ana):
    term = term_of("theme", "health")
    seen = services.stamp_of(term)
    services.rename(term, labels=term.labels | {"pt": "Saúde dela"}, seen=seen, by=ana)
    with pytest.raises(ChangedMeanwhile):
        services.rename(term, labels=term.labels | {"pt": "Saúde dele"}, seen=seen, by=ana)
    term.refresh_from_db()
    assert term.label == "Saúde dela"


def test_rename_to_the_label_of_another_is_refused(ana):
    term = term_of("theme", "health")
    with pytest.raises(TermExists, match="Educação"):
        services.rename(term, labels=term.labels | {"pt": "educação"}, seen=services.stamp_of(term), by=ana)
    term.refresh_from_db()
    assert (term.label, notes()) == ("Saúde", [])


def test_retire_and_bring_back_twice_are_once(ana):
    term, order = term_of("theme", "health"), codes("theme")
    for _ in range(2):
        services.retire(term, by=ana)
        assert codes("theme") == [code for code in order if code != "health"]
    for _ in range(2):
        services.bring_back(term, by=ana)
        assert codes("theme") == order
    assert notes() == [("term.retired", "Ana Prata", "health"), ("term.brought_back", "Ana Prata", "health")]


def test_the_last_term_in_use_stays(ana):
    for term in Term.objects.of("area")[1:]:
        services.retire(term, by=ana)
    with pytest.raises(LastTerm):
        services.retire(Term.objects.of("area").get(), by=ana)
    assert codes("area") == ["gender-equality"]


def test_a_term_does_not_come_back_beside_one_of_its_name(ana):
    term = term_of("theme", "health")
    services.retire(term, by=ana)
    services.add("theme", labels={"pt": "Saúde", "en": "Well-being"}, by=ana)
    with pytest.raises(TermExists):
        services.bring_back(term, by=ana)
    assert Term.objects.get(pk=term.pk).is_retired


def test_move_goes_over_the_neighbour_in_use(ana):
    services.retire(term_of("theme", "education"), by=ana)
    services.move(term_of("theme", "health"), up=True, by=ana)
    assert codes("theme")[:3] == ["health", "mainstreaming", "labour-market"]
    services.move(term_of("theme", "health"), up=False, by=ana)
    assert codes("theme")[:3] == ["mainstreaming", "health", "labour-market"]
    services.bring_back(term_of("theme", "education"), by=ana)
    assert codes("theme")[:3] == ["mainstreaming", "health", "education"]


def test_move_at_the_end_and_of_a_band_does_nothing(ana):
    orders = {vocabulary: codes(vocabulary) for vocabulary in ("theme", "population_band")}
    services.move(term_of("theme", "mainstreaming"), up=True, by=ana)
    services.move(term_of("theme", "environment"), up=False, by=ana)
    services.move(term_of("population_band", "pop-0"), up=False, by=ana)
    assert {vocabulary: codes(vocabulary) for vocabulary in orders} == orders
    assert notes() == []


def test_terms_at_the_same_place_are_put_in_order_by_the_first_move(ana):
    Term.objects.filter(vocabulary="area").update(position=1)
    services.move(term_of("area", "lgbti"), up=True, by=ana)
    assert codes("area") == ["gender-equality", "lgbti", "gbv"]
    assert list(Term.objects.of("area").values_list("position", flat=True)) == [1, 2, 3]

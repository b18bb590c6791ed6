"""The catalogue in memory: sets of positions, following what is published, and never missing it."""

import threading
from datetime import timedelta
from random import Random

import pytest
from django.db import connection
from django.utils import timezone

from goodpractices import bitsets, catalogue_index, services
from goodpractices.models import CatalogueState, Practice
from goodpractices.services import projection
from network_portal.pages.search import rebuild
from network_portal.vocabularies import reading as vocabularies
from network_portal.vocabularies import services as terms
from network_portal.vocabularies.models import Term
from tests.factories import make_coordinator, make_municipality
from tests.goodpractices.practices import make_draft, make_practice

pytestmark = pytest.mark.django_db


# --- sets of positions


def members(bits: int) -> list[int]:
    return [position for position in range(bits.bit_length()) if bits >> position & 1]


@pytest.mark.parametrize("seed", range(20))
def test_sets_do_as_lists_do(seed):
    draw = Random(seed)
    held = sorted(draw.sample(range(300), draw.randrange(1, 200)))
    bits = bitsets.from_positions(held, 300)
    assert members(bits) == held
    skip, count = draw.randrange(0, 250), draw.randrange(0, 30)
    assert bitsets.highest(bits, count, skip=skip) == held[::-1][skip : skip + count]
    place = draw.randrange(300)
    opened = [position + (position >= place) for position in held]
    assert members(bitsets.opened(bits, place)) == opened
    assert members(bitsets.closed(bitsets.opened(bits, place), place)) == held
    assert members(bitsets.closed(bits, place)) == [p - (p > place) for p in held if p != place]


def test_an_empty_set_has_no_highest():
    assert bitsets.highest(0, 5) == bitsets.highest(0b101, 5, skip=2) == []


# --- following


def read(index) -> dict[int, dict[str, list[str]]]:
    """What the index says of each practice, the oldest first."""
    pks = index.pks(range(len(index.keys)))
    return {pk: {facet: sorted(index.codes_of(pk, facet)) for facet in index.values} for pk in pks}


def test_an_index_says_what_facets_find_a_practice_by():
    town = make_municipality(district="Setúbal", nuts3="PT1B0", residents=64_269)
    practice = make_practice(municipality=town)
    assert read(catalogue_index.current()) == {
        practice.pk: {
            "theme": ["family-sharing"], "residents": ["pop-50000"], "evidence": ["E2"], "cost": ["cost-5000"],
            "group": ["municipal-staff"], "axis": ["family"], "type": ["regulation"], "area": ["gender-equality"],
            "district": ["Setúbal"], "region": ["PT1B0"], "hours": ["11-40"], "year": ["2023"], "running": ["yes"],
            "language": ["pt"], "video": [],
        }
    }  # fmt: skip


def take_out(practice: Practice, state: str) -> None:
    Practice.objects.filter(pk=practice.pk).update(state=state)
    practice.refresh_from_db()
    projection.touch(practice)


def publish_again(practice: Practice, *, days_ago: int) -> None:
    when = timezone.now() - timedelta(days=days_ago)
    Practice.objects.filter(pk=practice.pk).update(state="public", published_at=when)
    practice.refresh_from_db()
    projection.touch(practice)


def test_what_was_followed_is_what_would_be_read_anew(monkeypatch):
    """Published, changed, taken out, brought back in the middle of time, renamed: one step after the other."""
    first, second, third = (make_practice(municipality=make_municipality(district=name)) for name in ("Beja", "Faro", "Lisboa"))
    catalogue_index.current()
    monkeypatch.setattr(catalogue_index, "_built", None)  # from here on only followed
    for step in (
        lambda: publish_again(second, days_ago=40),
        lambda: take_out(first, "unpublished"),
        lambda: publish_again(first, days_ago=20),
        lambda: make_practice(classification={"themes": ["care", "health"]}),
        lambda: take_out(third, "archived"),
        lambda: make_draft(),
        lambda: publish_again(third, days_ago=60),
    ):
        step()
        followed = catalogue_index.current()
        anew = BUILT(followed.state, followed.terms)
        assert (read(followed), followed.keys, followed.positions) == (read(anew), anew.keys, anew.positions)


BUILT = catalogue_index._built


def test_many_changes_at_once_are_read_anew(monkeypatch):
    catalogue_index.current()
    make_practice()
    monkeypatch.setattr(catalogue_index, "FOLLOWED", 2)
    monkeypatch.setattr(catalogue_index, "_followed", None)
    later = [make_practice() for _ in range(3)]
    assert list(read(catalogue_index.current()))[-3:] == [practice.pk for practice in later]


def test_what_is_only_being_written_is_no_change_of_the_catalogue():
    make_practice()
    by, before = make_coordinator(), CatalogueState.objects.get().version
    draft = make_draft(by=by)
    services.save_section(draft, "title", {"title": "Outro", "language": "pt"}, by=by, seen=None)
    services.choose_form(draft, "snapshot", by=by)
    services.withdraw(draft, by=by)
    assert (CatalogueState.objects.get().version, Practice.objects.get(pk=draft.pk).title) == (before, "Outro")
    services.start_version(draft, by=by)
    services.make_public(draft, by=by)
    services.withdraw(draft, by=by, reason="x")
    assert CatalogueState.objects.get().version == before + 2


def test_nothing_changed_costs_one_query(django_assert_num_queries):
    make_practice()
    catalogue_index.current()
    with django_assert_num_queries(1):
        catalogue_index.current()


def test_the_night_reads_all_anew():
    town = make_municipality(district="Beja")
    practice = make_practice(municipality=town)
    assert catalogue_index.current().codes_of(practice.pk, "district") == ["Beja"]
    town.district = "Évora"
    town.save()
    rebuild()
    assert catalogue_index.current().codes_of(practice.pk, "district") == ["Évora"]


def test_bands_that_change_are_followed():
    practice = make_practice(municipality=make_municipality(residents=64_269))
    assert catalogue_index.current().codes_of(practice.pk, "residents") == ["pop-50000"]
    Term.objects.filter(code="pop-50000").update(upper=60_000)
    Term.objects.filter(code="pop-100000").update(lower=60_000)
    vocabularies.touch()
    assert catalogue_index.current().codes_of(practice.pk, "residents") == ["pop-100000"]


def test_a_band_that_is_retired_stays_on_records_until_another_holds_the_number():
    practice = make_practice(municipality=make_municipality(residents=64_269))
    retired = Term.objects.get(code="pop-50000")
    terms.retire(retired, by=make_coordinator())
    assert catalogue_index.current().codes_of(practice.pk, "residents") == ["pop-50000"]
    assert practice.municipality.population_band == retired.label
    Term.objects.filter(code="pop-100000").update(lower=50_000)
    vocabularies.touch()
    assert catalogue_index.current().codes_of(practice.pk, "residents") == ["pop-100000"]


def test_a_term_that_is_renamed_is_read_and_nothing_else(monkeypatch):
    practice = make_practice()
    catalogue_index.current()
    monkeypatch.setattr(catalogue_index, "_built", None)
    Term.objects.filter(vocabulary="theme", code="family-sharing").update(labels={"pt": "Conciliar"})
    vocabularies.touch()
    index = catalogue_index.current()
    assert index.terms.label_of("theme", "family-sharing") == "Conciliar"
    assert index.codes_of(practice.pk, "theme") == ["family-sharing"]


def test_before_anything_was_written_there_is_nothing():
    assert not CatalogueState.objects.exists()
    assert len(catalogue_index.current().keys) == 0


# --- while it is read


def in_a_thread(act) -> None:
    """Do it in another thread with a connection of its own, and wait for its end."""

    def run():
        try:
            act()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(20)
    assert not thread.is_alive()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_built", [True, False])
@pytest.mark.parametrize("moment", ["before the rows", "after the rows"])
def test_what_is_published_while_the_index_is_read_is_not_missed(monkeypatch, moment, is_built):
    known = make_practice()
    if not is_built:
        catalogue_index.current()
        known = make_practice()
    published = []

    def reading(practices, terms):
        facts = list(FACTS_OF(practices, terms)) if moment == "after the rows" else None
        if not published:
            in_a_thread(lambda: published.append(make_practice().pk))
        return facts if facts is not None else FACTS_OF(practices, terms)

    monkeypatch.setattr(catalogue_index, "facts_of", reading)
    catalogue_index.current()
    assert len(published) == 1
    assert {known.pk, *published} <= catalogue_index.current().positions.keys()


FACTS_OF = catalogue_index.facts_of


@pytest.mark.django_db(transaction=True)
def test_threads_that_come_together_build_once(monkeypatch):
    make_practice()
    built, together = [], threading.Barrier(4)

    def building(state, terms):
        built.append(state)
        return BUILT(state, terms)

    monkeypatch.setattr(catalogue_index, "_built", building)

    def ask():
        together.wait(10)
        assert len(catalogue_index.current().keys) == 1
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(built) == 1


@pytest.mark.django_db(transaction=True)
def test_readers_never_see_half_of_a_change():
    """While practices come and go, every set of every index stays within its positions."""
    practices = [make_practice() for _ in range(5)]
    stop, wrong = threading.Event(), []

    def ask():
        while not stop.is_set():
            index = catalogue_index.current()
            size = len(index.keys)
            sets = [bits for codes in index.values.values() for bits in codes.values()]
            wrong.extend(bits for bits in sets if bits.bit_length() > size)
            if len(index.positions) != size or sum(b.bit_count() for b in index.values["language"].values()) != size:
                wrong.append(size)
        connection.close()

    readers = [threading.Thread(target=ask) for _ in range(3)]
    for reader in readers:
        reader.start()
    try:
        for turn in range(12):
            state = "unpublished" if turn % 2 else "public"
            take_out(practices[turn % 5], state)
    finally:
        stop.set()
        for reader in readers:
            reader.join(20)
    assert wrong == []

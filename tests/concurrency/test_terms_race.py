"""Terms changed by several coordinators at once, with real threads on both databases."""

import pytest

from network_portal.audit.models import Entry
from network_portal.vocabularies import services
from network_portal.vocabularies.models import Term
from tests.concurrency.threads import at_once
from tests.factories import make_coordinator

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 8


def test_of_many_who_rename_from_the_same_page_one_does():
    term, ana = Term.objects.get(vocabulary="theme", code="health"), make_coordinator()
    seen = services.stamp_of(term)

    def rename(n: int):
        return services.rename(term, labels={"pt": f"Saúde {n}", "en": f"Health {n}"}, seen=seen, by=ana).labels["pt"]

    results, errors = at_once(rename, range(TIMES), in_flight=TIMES)
    term.refresh_from_db()
    assert (results, len(errors), Entry.objects.count()) == ([term.labels["pt"]], TIMES - 1, 1)
    assert {error.partition("(")[0] for error in errors} == {"ChangedMeanwhile"}


def test_of_many_who_add_the_same_term_one_does():
    ana = make_coordinator()
    labels = {"pt": "Luto", "en": "Grief"}
    results, errors = at_once(lambda _: services.add("theme", labels=labels, by=ana).code, range(TIMES), in_flight=TIMES)
    assert (results, {error.partition("(")[0] for error in errors}) == (["grief"], {"TermExists"})


def test_moves_at_once_keep_every_term_at_a_place_of_its_own():
    ana, terms = make_coordinator(), list(Term.objects.of("axis")[:TIMES])
    results, errors = at_once(lambda term: services.move(term, up=False, by=ana), terms, in_flight=TIMES)
    assert (len(results), errors) == (TIMES, [])
    positions = Term.objects.filter(vocabulary="axis").order_by("position").values_list("position", flat=True)
    assert list(positions) == list(range(1, 16))


def test_two_terms_retired_at_once_leave_one():
    ana = make_coordinator()

    services.retire(Term.objects.get(vocabulary="area", code="lgbti"), by=ana)
    left = list(Term.objects.of("area"))
    results, errors = at_once(lambda term: services.retire(term, by=ana).code, left, in_flight=2)
    assert (len(results), len(errors), Term.objects.of("area").count()) == (1, 1, 1)

"""The index on either database: the same records in the same order."""

from datetime import date

import pytest
from django.db import connection

from network_portal.common.search import read_query
from network_portal.search import services
from network_portal.search.models import Entry, IndexedWord
from network_portal.search.ranks import TYPED, ranked
from network_portal.search.services import Document
from network_portal.search.suggestions import FEW, MANY, did_you_mean, slips, with_what_was_meant

pytestmark = pytest.mark.django_db
VIOLENCE = {"pt": "Violência de género", "it": "Violenza di genere", "es": "Violencia de género"}


def document(pk, title, summary="", text="", *, day=1, language="pt", labels=()):
    return Document(pk, language, title, summary, text, date(2026, 5, day) if day else None, labels)


def found(typed, **fields):
    query = read_query(typed)
    return list(Entry.objects.filter(**fields).found_by(query).best_first(query).values_list("object_id", flat=True))


def test_order_is_the_same_on_both_databases():
    """Called so, more terms in the title, more in the summary, the latest, none without a day before one with, the last pk."""
    services.write("thing", [
        document(1, "Outra coisa", text="horários e conciliações"),
        document(2, "Outra coisa", "Conciliação dos horários"),
        document(3, "Outra coisa", "Só conciliação", "horário", day=9),
        document(4, "Horários de conciliação"),
        document(5, "A conciliação", "sem mais", "horário", day=3),
        document(6, "A conciliação", "sem mais", "horário", day=8),
        document(7, "A conciliação", "sem mais", "horário", day=8),
        document(8, "A conciliação", "sem mais", "horário", day=None),
        document(9, "CONCILIAÇÃO: horários!", day=None),
        document(10, "Só horários"),
    ])  # fmt: skip
    assert found("conciliação horários") == [9, 4, 7, 6, 5, 8, 2, 3, 1]
    assert found("conciliacao horario") == [4, 9, 7, 6, 5, 8, 2, 3, 1]


def test_place_and_subjects_count_as_the_title_does():
    """In any language; other labels count as the text does, so that sentences of treaties do not come before titles."""
    services.write("thing", [
        document(1, "Casa", "Violência, em Faro", day=9),
        document(2, "Casa", labels=(VIOLENCE,), day=8),
        Document(3, "pt", "Casa", dated_on=date(2026, 5, 1), subjects=(VIOLENCE,), place="Faro"),
        document(4, "Violência em Faro", day=2),
        document(5, "Casa", text="violência em Faro"),
    ])  # fmt: skip
    assert found("violência Faro") == [4, 3, 1, 5]
    assert found("violenza Faro") == [3]
    assert found("violência") == [4, 3, 1, 2, 5]


def test_a_word_as_it_was_typed_stands_before_its_other_forms():
    """Stems join what has little in common; whoever types a word means that word."""
    services.write("thing", [
        document(1, "La comunidad", day=9, language="es"), document(2, "Una comunicación", day=1, language="es"),
        document(3, "Casa", "Comunicación", day=2, language="es"), document(4, "Casa", "En común", day=8, language="es"),
    ])  # fmt: skip
    assert found("COMUNICACION") == [2, 3, 1, 4]
    assert found("comunidad") == [1, 4, 3, 2]


@pytest.mark.parametrize("sign", ["ⁿ", "ˢ"])
def test_the_signs_of_the_index_cannot_be_typed(sign):
    """Folding takes them apart into a plain letter, before anything is looked for."""
    services.write("thing", [document(1, "Creche", "Creche")])
    assert found(f"{sign}creche") == found(sign) == []


def test_kinds_stand_in_one_list_and_are_counted():
    services.write("b", [document(1, "Creche")])
    services.write("a", [document(1, "Creche"), document(2, "Creches")])
    query = read_query("creche")
    assert Entry.objects.found_by(query).count_kinds() == {"a": 2, "b": 1}
    rows = Entry.objects.found_by(query).best_first(query).values_list("kind", "object_id")
    assert list(rows) == [("a", 1), ("b", 1), ("a", 2)]


def test_labels_are_found_in_every_language():
    services.write("thing", [document(1, "Casa abrigo", labels=(VIOLENCE,))])
    assert found("violenza") == found("violencia") == found("genere violenza") == [1]
    assert found("violoncelo") == []


def test_beginnings_are_found_and_nothing_else():
    services.write("thing", [document(1, "Conciliação"), document(2, "Concelho"), document(3, "Inconciliável")])
    assert sorted(found("conc")) == [1, 2]
    assert found("concili") == [1]
    assert found("conc igual") == []


OPERATORS = [
    '"creche', "creche'", "creche*", "-creche", "^creche", "creche:*", "!creche", "{creche}", "(creche", "creche\\", "🙂 creche",
    "creche\x00", "ＣＲＥＣＨＥ", "creche\u202e", "%creche_", "creche & creche", "+creche", "creche;--",
]  # fmt: skip
NOT_THERE = [
    "creche AND", "NEAR(creche)", "title:creche", "creche NOT outra", "creche | x", "a" * 10_000, "x " * 5_000,
    "%", "_", "'", '"', "Ελλάδα", "日本語", "عربي", "١٢٣", "ß", "ª",
]  # fmt: skip


@pytest.mark.parametrize("typed", OPERATORS)
def test_signs_and_operators_are_nothing_beside_a_word(typed):
    services.write("thing", [document(1, "Creche"), document(2, "Outra 100%")])
    assert found(typed) == [1]


@pytest.mark.parametrize("typed", NOT_THERE)
def test_words_that_are_operators_elsewhere_are_words(typed):
    """The small words of the six languages are left out beside others, so "and" and "not" cannot be relied on."""
    services.write("thing", [document(1, "Creche"), document(2, "Outra 100%")])
    assert found(typed) == ([1] if typed == "creche AND" else [])


@pytest.mark.parametrize("text", ["Ελλάδα", "日本語", "été", "ß straße", "2030", "5.º"])
def test_letters_of_any_alphabet_are_found(text):
    services.write("thing", [document(1, text)])
    assert found(text) == [1]


def test_an_entry_written_again_replaces_the_one_before():
    services.write("thing", [document(1, "Creche")])
    services.write("thing", [document(1, "Ginásio")])
    assert found("creche") == []
    assert found("ginasio") == [1]
    services.forget("thing", [1])
    assert found("ginasio") == []


def test_rewriting_forgets_what_is_gone_and_only_of_its_kind():
    services.write("thing", [document(1, "Creche"), document(2, "Creche")])
    services.write("other", [document(7, "Creche")])
    assert services.rewrite("thing", [document(2, "Creche nova")]) == 1
    assert sorted(Entry.objects.values_list("kind", "object_id")) == [("other", 7), ("thing", 2)]


def test_the_index_is_used():
    """Neither database has to read the whole table to find a word."""
    services.write("thing", [document(1, "Creche", text="palavra77")])
    if connection.vendor == "postgresql":  # which reads small tables whole unless told not to
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    plan = Entry.objects.found_by(read_query("palavra77")).explain()
    assert ("search_entry_vector" if connection.vendor == "postgresql" else "VIRTUAL TABLE INDEX") in plan


def test_a_misspelt_word_is_offered_where_it_finds_something():
    services.write("thing", [document(1, "Violência no namoro"), document(2, "Rascunho secreto")])
    visible = Entry.objects.filter(object_id=1)
    assert did_you_mean(read_query("violenxia"), visible) == "violência"
    assert did_you_mean(read_query("violênica namoro"), visible) == "violência namoro"
    assert did_you_mean(read_query("violenxia zzzzzzz"), visible) == "violência"
    assert did_you_mean(read_query("secrreto"), visible) == ""  # a word of what is hidden
    assert did_you_mean(read_query("secrreto"), Entry.objects.all()) == "secreto"
    assert did_you_mean(read_query("zzzzzzz"), visible) == ""


@pytest.mark.parametrize("typed", ["conciliação", "conciliação no trabalho", "trabalh", "horários e conciliações", "nada disto"])
def test_the_points_of_each_record_sum_to_its_rank(typed):
    services.write("thing", [
        document(1, "Conciliação no trabalho", "Horários"), document(2, "Horários", "A conciliação, no trabalho"),
        document(3, "Trabalhar", "Conciliações"), document(4, "Outra", text="trabalho e conciliação com horários"),
    ])  # fmt: skip
    services.write("other", [document(1, "Conciliação no trabalho e horários")])
    query = read_query(typed)
    summed, rows = ranked("thing", query), Entry.objects.filter(kind="thing").found_by(query).with_rank(query)
    sums = {pk: sum(points for points, pks in summed.marks if pk in pks) for pk in summed.found}
    assert sums == dict(rows.values_list("object_id", "rank"))


def misspelt(times: int) -> None:
    """One text that is misspelt as people misspell, and many that are not."""
    texts = [document(1, "Casa", text="violenxia")] + [document(2 + n, "Violência") for n in range(times)]
    services.write("thing", texts)


def test_where_little_is_found_what_was_meant_is_found_too():
    misspelt(MANY)
    query = read_query("violenxia")
    wider = with_what_was_meant(query, Entry.objects.all(), 1)
    assert (wider.text, wider.meant, wider.typed) == ("violenxia", "violência", query)
    rows = Entry.objects.found_by(wider).best_first(wider).values_list("object_id", flat=True)
    assert list(rows) == [1, *range(MANY + 1, 1, -1)]  # first what was typed
    known = ranked("thing", wider)
    assert sorted(known.found) == list(range(1, MANY + 2))
    assert (TYPED, [1]) in known.marks


@pytest.mark.parametrize(("typed", "known"), [("violenxia", MANY - 1), ("violência", MANY), ("casa", MANY)])
def test_negative_control_what_is_not_much_rarer_is_left_as_it_was_typed(typed, known):
    misspelt(known)
    query = read_query(typed)
    assert with_what_was_meant(query, Entry.objects.all(), Entry.objects.found_by(query).count()) is query


def test_what_was_meant_is_looked_for_only_where_little_is_found(django_assert_num_queries):
    misspelt(MANY)
    query = read_query("violenxia")
    with django_assert_num_queries(0):
        for number in (0, FEW + 1):
            assert with_what_was_meant(query, Entry.objects.all(), number) is query


def test_nobody_learns_a_word_of_what_is_hidden_by_misspelling_it():
    misspelt(MANY)
    assert not with_what_was_meant(read_query("violenxia"), Entry.objects.filter(object_id=1), 1).meant


def test_words_are_kept_once_however_often_they_are_written():
    services.write("thing", [document(1, "Violência"), document(2, "violencia doméstica")])
    services.write("thing", [document(1, "Violência")])
    assert sorted(IndexedWord.objects.values_list("folded", "shown")) == [("domestica", "doméstica"), ("violencia", "violência")]


@pytest.mark.parametrize(
    ("one", "other", "number"),
    [("casa", "casa", 0), ("casa", "caas", 1), ("casa", "cas", 1), ("casa", "cassa", 1), ("casa", "cama", 1), ("casa", "m", 3)],
)
def test_slips(one, other, number):
    assert slips(one, other, 2) == number

"""What must find what: forms of a word in the six languages, and words that only look alike."""

import pytest

from network_portal.common.search import MOST_CHARACTERS, keys_of, read_query, words_of
from network_portal.common.search.queries import MOST_TERMS
from network_portal.common.search.stems import fold_word, keys_of_word
from network_portal.common.search.words import beginning_with, distinct_words

# language of the text: groups in which the first word and each other find one another
SAME = {
    "pt": [
        "violência violencia violências VIOLÊNCIA", "conciliação conciliações conciliacao conciliacoes", "ação ações acao acoes",
        "local locais", "mulher mulheres", "homem homens", "cidadão cidadãos cidadaos", "igualdade igualdades",
        "município municípios municipio", "decisão decisões decisoes", "formação formações formacao", "nível níveis niveis",
        "papel papéis papeis", "mãe mães", "órgão órgãos orgaos", "jovem jovens", "rural rurais", "avaliação avaliações",
        "orçamento orçamentos orcamento", "assédio assedio", "salarial salariais", "creche creches", "plano planos",
    ],
    "es": [
        "coordinación coordinacion coordinaciones", "mujer mujeres", "acción acciones accion", "plan planes",
        "igualdad igualdades", "género genero géneros", "joven jóvenes jovenes", "violencia violencias",
    ],
    "ca": [
        "formació formacions formacio", "col·laboració col•laboració col.laboració coŀlaboració collaboracio",
        "colaboracio col·laboració collaboracio", "dona dones", "política polítiques politica", "acció accions accio",
        "municipi municipis", "igualtat igualtats",
    ],
    "it": ["parità parita", "conciliazione conciliazioni", "donna donne", "città citta", "comune comuni", "politica politiche"],
    "gl": [
        "muller mulleres", "local locais", "acción accións accions accion", "formación formacións formacion",
        "concello concellos", "lei leis", "igualdade igualdades",
    ],
    "en": ["municipality municipalities", "woman women", "policy policies", "training trainings", "café cafe"],
}  # fmt: skip
PAIRS = [
    (language, words.split()[0], other) for language, groups in SAME.items() for words in groups for other in words.split()[1:]
]
DIFFERENT = [
    ("pt", "município", "munição"), ("pt", "género", "genro"), ("pt", "mulher", "multa"), ("pt", "conciliação", "concelho"),
    ("pt", "cuidado", "cidade"), ("pt", "igualdade", "iguana"), ("pt", "formação", "forma"), ("pt", "ação", "aço"),
    ("pt", "ação", "ano"), ("pt", "salário", "sala"), ("pt", "parto", "porto"), ("pt", "orçamento", "oração"),
    ("pt", "papel", "papa"), ("pt", "mãe", "mão"), ("pt", "direito", "direção"), ("pt", "assédio", "assembleia"),
    ("pt", "educação", "edição"), ("pt", "emprego", "empresa"), ("pt", "transporte", "transparente"), ("pt", "rural", "rua"),
    ("es", "mujer", "muestra"), ("es", "violencia", "violín"), ("es", "acción", "acceso"), ("ca", "dona", "dom"),
    ("ca", "igualtat", "qualitat"), ("it", "parità", "partita"), ("it", "comune", "comunione"), ("gl", "muller", "muleta"),
    ("gl", "lei", "leite"), ("en", "women", "wombat"), ("en", "policy", "police"),
]  # fmt: skip


def finds(typed: str, text: str, language: str) -> bool:
    """Whether a search finds a text, by whole words: what the last word begins is another test's."""
    keys = keys_of((text, language))
    query = read_query(typed)
    return bool(query) and all(keys & set(term.keys) for term in query.terms)


def test_there_are_enough_pairs():
    assert len(PAIRS) + len(DIFFERENT) >= 100


@pytest.mark.parametrize(("language", "one", "other"), PAIRS)
def test_forms_of_a_word_find_each_other(language, one, other):
    assert finds(one, other, language)
    assert finds(other, one, language)


@pytest.mark.parametrize(("language", "one", "other"), DIFFERENT)
def test_words_that_look_alike_do_not(language, one, other):
    assert not finds(one, other, language)
    assert not finds(other, one, language)


@pytest.mark.parametrize(
    ("typed", "text", "language"),
    [
        ("igualtat", "l'igualtat", "ca"), ("l’igualtat", "igualtat", "ca"), ("uguaglianza", "dell'uguaglianza", "it"),
        ("ufficio", "nell’ufficio", "it"), ("hores", "d'hores", "ca"), ("vila", "n'a vila", "gl"),
    ],
)  # fmt: skip
def test_elided_articles_are_no_words(typed, text, language):
    assert finds(typed, text, language)
    assert "l" not in keys_of((text, language))


def test_every_term_must_be_there_small_words_aside():
    assert finds("igualdade de género", "Planos para a igualdade entre géneros", "pt")
    assert not finds("igualdade fiscal", "Planos para a igualdade", "pt")
    assert finds("o", "Para o futuro", "pt")  # nothing else was typed


def test_the_last_word_is_also_a_beginning_from_three_letters():
    assert read_query("igualdade conc").terms[-1].prefix == "conc"
    assert read_query("igualdade conc").terms[0].prefix == ""
    assert read_query("igualdade co").terms[-1].prefix == ""
    assert read_query("Violênci").terms[-1].prefix == "violenci"


@pytest.mark.parametrize("typed", ["", "   ", "\x00", "%", "_", '"', "' OR 1=1 --"[:1], "🙂", "***", "()", "<>", "\u200b"])
def test_what_holds_no_word_is_no_search(typed):
    assert not read_query(typed)


def test_long_searches_are_cut_and_say_so():
    query = read_query("palavra " * 100)
    assert query.was_cut
    assert len(query.text) <= MOST_CHARACTERS
    assert not read_query("p" * MOST_CHARACTERS).was_cut
    assert len(read_query(" ".join(f"p{n}" for n in range(60))).terms) == MOST_TERMS


def test_words_know_where_they_stand():
    text = "A col·laboració, l'hora!"
    assert [text[word.start : word.end] for word in words_of(text)] == ["A", "col·laboració", "hora"]


def test_keys_hold_nothing_but_letters_and_digits():
    """Nothing in them can be an operator of either database."""
    keys = keys_of(('A "b" c\' OR d* NEAR(e) ^f 1.º §3 a_b x:y — été ß Ελλάδα', "pt"))
    assert all(key.isalnum() for key in keys)


@pytest.mark.parametrize(("language", "one", "other"), PAIRS)
def test_keys_begin_as_their_word_does(language, one, other):
    for word in (one, other):
        assert {key[0] for key in keys_of_word(word, language)} == {fold_word(word)[0]}


TEXT = (
    "Água e àgora; l’igualtat d'Àfrica, L'Hospitalet. col·laboració il.lusió colaboracio al.leluia a.l 3ª edição ação\u0303 "
    "ÑANDÚ e\u0301poca x o_olho sub-ação (Lei) l'l·l lloc ACÇÃO ﬁm 12horas 5 000"
)


@pytest.mark.parametrize("initials", ["a", "l", "c", "i", "e", "n", "o", "x", "1", "5", "3", "al", "aceiln", "f"])
def test_words_by_their_first_letter_are_those_of_the_text(initials):
    """What the faster pattern finds is what the plain one finds, in the same places."""
    expected = [word for word in words_of(TEXT) if fold_word(word.text)[:1] in initials and fold_word(word.text)]
    assert list(words_of(TEXT, beginning_with(frozenset(initials)))) == expected


@pytest.mark.parametrize("text", [TEXT, "l'igualtat dell’ufficio n'a vila, L'", "d' 'x l’ n'1 un'altra", "", "'", "a" * 200])
def test_distinct_words_are_those_of_the_text(text):
    assert distinct_words(text) == {word.text for word in words_of(text)}

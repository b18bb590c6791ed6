"""Can we apply? The rules, rule by rule, and the page that explains a no."""

import pytest
from django.urls import reverse

from grants.eligibility import Rules, verdict
from municipalities.models import Municipality
from network_portal.common.templatetags.portal import NBSP
from tests.factories import make_municipality
from tests.grants.calls import PARTS, make_call

LOULE = Municipality(name="Loulé", country="PT", region="Algarve", district="Faro", residents=68_697)
UNKNOWN = Municipality(name="Nova", country="PT", region="Algarve", district="Faro", residents=None)
HIDDEN = Municipality(name="Sem Sítio", country="PT", region="", district="", residents=900)
AT = {"residents_from": 68_697, "residents_to": 68_697}

CASES = [
    # rules, kind, town, answer
    (Rules(), "person", LOULE, "yes"),
    (Rules(kinds={"municipality"}), "municipality", LOULE, "yes"),
    (Rules(kinds={"municipality", "parish"}), "association", LOULE, "no"),
    (Rules(residents_to=10_000), "municipality", LOULE, "no"),
    (Rules(residents_to=68_696), "municipality", LOULE, "no"),
    (Rules(**AT), "municipality", LOULE, "yes"),
    (Rules(residents_from=68_698), "municipality", LOULE, "no"),
    (Rules(residents_from=0), "municipality", LOULE, "yes"),
    (Rules(residents_to=10_000), "municipality", UNKNOWN, "unknown"),
    (Rules(residents_from=0), "municipality", UNKNOWN, "unknown"),
    (Rules(kinds={"parish"}, residents_to=10_000), "municipality", UNKNOWN, "no"),
    (Rules(territories=[("country", "PT")]), "municipality", LOULE, "yes"),
    (Rules(territories=[("country", "ES")]), "municipality", LOULE, "no"),
    (Rules(territories=[("region", "Norte"), ("district", "Faro")]), "municipality", LOULE, "yes"),
    (Rules(territories=[("region", "Norte")]), "municipality", LOULE, "no"),
    (Rules(territories=[("region", "Faro")]), "municipality", LOULE, "no"),  # a district's name is no region
    (Rules(territories=[("region", "Norte")]), "municipality", HIDDEN, "unknown"),
    (Rules(territories=[("region", "Norte"), ("country", "PT")]), "municipality", HIDDEN, "yes"),
]


@pytest.mark.parametrize(("rules", "kind", "town", "answer"), CASES)
def test_the_rules(rules, kind, town, answer):
    assert verdict(rules, kind=kind, town=town).answer == answer


def test_a_no_names_the_rule_and_the_value():
    rules = Rules(kinds={"municipality"}, territories=[("region", "Norte")], residents_to=10_000)
    findings = verdict(rules, kind="association", town=LOULE).in_order
    assert [finding.text for finding in findings] == [
        "Quem pode candidatar-se: município. Escolheu: associação ou ONG.",
        "O apoio é para quem está em: Norte. Loulé fica em: Faro, Algarve, Portugal.",
        f"O apoio é para municípios até 10{NBSP}000 habitantes; Loulé tem 68{NBSP}697.",
    ]
    assert {finding.holds for finding in findings} == {False}


def test_what_stands_in_the_way_comes_first():
    rules = Rules(kinds={"municipality"}, territories=[("country", "ES")], residents_to=10_000)
    assert [f.holds for f in verdict(rules, kind="municipality", town=UNKNOWN).in_order] == [False, None, True]


def test_unknown_residents_are_said():
    text = verdict(Rules(residents_from=5, residents_to=9), kind="parish", town=UNKNOWN).findings[0].text
    assert text == "O apoio é para municípios de 5 a 9 habitantes; o registo não diz quantos habitantes tem Nova."


@pytest.fixture
def address(db):
    make_municipality(name="Loulé", residents=68_697, district="Faro", region="Algarve")
    make_municipality(name="Mêda", residents=None)
    call = make_call(residents_to=10_000)
    return reverse("grants:check", args=[call.slug])


def test_the_page_asks_first(client, address):
    page = client.get(address).content.decode()
    assert "call-verdict" not in page
    assert 'method="get"' in page


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"kind": "association", "municipality": "loule"}, "Loulé tem 68\xa0697."),
        ({"kind": "association", "municipality": "MEDA"}, "Esta página não consegue dizer."),
        ({"kind": "person", "municipality": "Mêda"}, "Escolheu: pessoa ou equipa."),
    ],
)
def test_the_page_answers(client, address, asked, told):
    response = client.get(address, asked)
    assert told in response.content.decode()
    assert not response.cookies


@pytest.mark.parametrize(
    "asked",
    [
        {"kind": "", "municipality": ""},
        {"kind": "alien", "municipality": "Loulé"},
        {"kind": "person", "municipality": "Atlântida"},
        {"kind": "person", "municipality": "x" * 10_000},
        {"kind": "person\x00", "municipality": "Lou\x00lé'\"><svg onload=1>"},
        {"municipality": "Loulé"},
    ],
)
def test_bad_answers_are_explained(client, address, asked):
    response = client.get(address, asked)
    assert response.status_code == 200
    page = response.content.decode()
    assert "error-summary" in page
    assert "call-verdict" not in page
    assert "<svg onload" not in page


def test_a_call_for_everybody_says_so(client, db):
    make_municipality(name="Loulé")
    call = make_call("coming", parts=PARTS)
    call.applicants.all().delete()
    page = client.get(reverse("grants:check", args=[call.slug]), {"kind": "school", "municipality": "Loulé"}).content.decode()
    assert "é para toda a gente" in page


def test_the_rules_may_change_after_the_question(client, address):
    """Nothing is kept: the same address answers by the rules of the day."""
    asked = {"kind": "association", "municipality": "Loulé"}
    assert "Não, pelas regras" in client.get(address, asked).content.decode()
    call = make_call(residents_to=100_000)
    assert "Sim: nada aqui" in client.get(reverse("grants:check", args=[call.slug]), asked).content.decode()

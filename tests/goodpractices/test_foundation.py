"""A draft is written, published, and written anew while the old version stays public."""

import time

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from goodpractices import services
from goodpractices.completeness import MOST, is_begun, is_only_a_link, problems_of, still_missing
from goodpractices.errors import ChangedMeanwhile, NotReady
from goodpractices.evidence import evidence_of
from goodpractices.models import CatalogueState, Practice, Version
from network_portal.common.search import read_query
from network_portal.search.models import Entry
from tests.factories import make_coordinator
from tests.goodpractices.practices import contents, make_draft, make_practice

pytestmark = pytest.mark.django_db


def found(typed: str) -> list[int]:
    return list(Entry.objects.filter(kind="practice").found_by(read_query(typed)).values_list("object_id", flat=True))


def test_a_draft_is_in_no_index():
    practice = make_draft()
    assert (practice.state, practice.work_version.state) == ("new", "draft")
    assert found("conciliacao cuidar") == found("cuidar") == []


def test_a_published_practice_has_its_address_its_columns_and_is_found():
    practice = make_practice()
    practice.refresh_from_db()
    assert (practice.slug, practice.state, practice.staff_hours) == ("banco-de-horas-para-cuidar", "public", 24)
    assert (str(practice.starts_on), practice.is_running, practice.evidence) == ("2023-01-01", True, Practice.Evidence.MEASURED)
    assert practice.cost_band.code == "cost-5000"
    assert practice.practice_type.code == "regulation"
    links = practice.term_links.values_list("term__vocabulary", "term__code")
    assert sorted(links) == [
        ("area", "gender-equality"), ("axis", "family"), ("charter_article", "2006-11"),
        ("sdg_target", "5-4"), ("target_group", "municipal-staff"), ("theme", "family-sharing"),
    ]  # fmt: skip
    assert found("horas") == [practice.pk]


def test_two_of_one_title_have_addresses_of_their_own():
    assert [make_practice().slug for _ in range(3)] == [f"banco-de-horas-para-cuidar{end}" for end in ("", "-2", "-3")]


def test_no_title_takes_the_first_address_of_another_practice():
    first = make_draft()
    named = make_practice(title=f"Practice {first.pk + 2}")
    assert named.slug == f"practice-{first.pk + 2}-{named.pk}"
    assert make_draft().slug == f"practice-{first.pk + 2}"
    services.save_section(first, "title", {"title": f"Practice {first.pk}"}, by=make_coordinator(), seen=None)
    assert services.make_public(first, by=make_coordinator()).slug == f"practice-{first.pk}"


def test_a_new_version_leaves_the_public_one_as_it_is_until_it_is_published():
    by = make_coordinator()
    practice = make_practice(by=by)
    version = services.start_version(practice, by=by)
    services.save_section(practice, "title", {"title": "Outro título", "language": "pt"}, by=by, seen=1)
    practice.refresh_from_db()
    assert (version.number, practice.title) == (2, "Banco de horas para cuidar")
    services.make_public(practice, by=by)
    practice.refresh_from_db()
    assert (practice.title, practice.slug) == ("Outro título", "banco-de-horas-para-cuidar")
    assert list(practice.versions.order_by("number").values_list("state", flat=True)) == ["replaced", "published"]


def test_a_section_that_somebody_saved_since_is_not_overwritten():
    by = make_coordinator()
    practice = make_draft(by=by)
    first = services.save_section(practice, "context", {"text": "De uma"}, by=by, seen=1)
    with pytest.raises(ChangedMeanwhile) as refused:
        services.save_section(practice, "context", {"text": "De outra"}, by=by, seen=1)
    assert (first.revision, refused.value.section.content) == (2, {"text": "De uma"})
    assert services.save_section(practice, "context", {"text": "De outra"}, by=by, seen=None).revision == 3


def test_what_is_incomplete_is_not_published():
    practice = make_draft(results={"indicators": []}, difficulties={"difficulties": []})
    with pytest.raises(NotReady) as refused:
        services.make_public(practice, by=make_coordinator())
    assert list(refused.value.problems) == ["results", "difficulties"]
    practice.refresh_from_db()
    assert practice.state == "new"


def test_a_snapshot_needs_its_own_sections_only():
    small = {code: content for code, content in contents().items() if code not in ("blocks", "results", "groups", "transfer")}
    assert still_missing("snapshot", small, to_publish=True) == {}
    assert list(still_missing("full", small, to_publish=True)) == ["blocks", "groups", "results", "transfer"]


@pytest.mark.parametrize(
    ("text", "is_link"),
    [
        ("https://exemplo.pt/regulamento", True),
        ("Ver www.exemplo.pt", True),
        ("exemplo.pt/regulamento", True),
        ("Ver (servicos.cm-exemplo.pt/a_b/c-d.pdf).", True),
        ("-exemplo.pt/a", True),
        ("O regulamento diz quem pode pedir: https://exemplo.pt", False),
        ("O regulamento em exemplo.pt/regulamento diz quem pode pedir.", False),
        ("Um regulamento.", False),
        ("exemplo.pt", False),
        ("e/ou", False),
    ],
)
def test_a_link_alone_is_refused(text, is_link):
    assert is_only_a_link(text) is is_link
    assert bool(problems_of("context", {"text": text})) is is_link


@pytest.mark.parametrize("unit", ["a.", "aa.", "a-", ".", "aa.aa", "a", "-a", "www.", "a.aa/ "])
def test_a_link_is_looked_for_in_a_moment(unit):
    begin = time.monotonic()

    is_only_a_link((unit * 40_000)[:40_000])

    assert time.monotonic() - begin < 5  # of a second a hundredth; it took more than half a minute


@pytest.mark.parametrize(
    ("code", "kind"),
    [("blocks", "blocks"), ("partners", "partners"), ("groups", "axes"), ("results", "indicators"),
     ("difficulties", "difficulties"), ("media", "links")],
)  # fmt: skip
def test_more_rows_than_a_practice_takes_are_said_of_every_kind(code, kind):
    def said(number):
        rows = [{"name": "x", "text": "Um texto."}] * number
        return [problem.sentence for problem in problems_of(code, {kind: rows}) if problem.field == kind]

    most = MOST[kind]
    expected = f"There are {most + 1}, and at most {most} are shown. Leave some out, or join them."
    with translation.override("en"):
        assert (said(most + 1).count(expected), any("at most" in sentence for sentence in said(most))) == (1, False)


def test_any_word_begins_a_section_and_its_language_alone_does_not():
    assert [is_begun(content) for content in ({"text": "pt"}, {"language": "pt"}, {"rows": []})] == [True, False, False]


def test_an_axis_without_its_sentence_is_refused():
    content = {"groups": ["women"], "axes": [{"axis": "age", "level": "considered", "sentence": " "}]}
    assert [problem.field for problem in problems_of("groups", content)] == ["axes-0-sentence"]


ROWS = {
    "blocks": ("blocks", {"name": "x", "text": "O que se fez."}),
    "partners": ("partners", {"name": "x", "role": "", "municipality": ""}),
    "axes": ("groups", {"axis": "age", "level": "considered", "sentence": "Como foi visto."}),
    "indicators": ("results", {"name": "x", "after": "34", "source": "RH"}),
    "difficulties": ("difficulties", {"name": "x", "text": "O que aconteceu."}),
    "links": ("media", {"title": "x", "url": "https://exemplo.pt/a"}),
}


@pytest.mark.parametrize("kind", MOST)
def test_more_rows_than_are_shown_are_refused(kind):
    code, row = ROWS[kind]
    fields = [[problem.field for problem in problems_of(code, {kind: [row] * (MOST[kind] + more)})] for more in (0, 1)]
    assert [kind in found for found in fields] == [False, True]


def test_too_many_axes_are_said_before_it_is_sent():
    many = contents(groups={"axes": [ROWS["axes"][1]] * (MOST["axes"] + 1)})
    assert "axes" in [problem.field for problem in still_missing("full", many, to_publish=False)["groups"]]
    assert "groups" not in still_missing("full", contents(groups={"axes": []}), to_publish=False)


@pytest.mark.parametrize(
    ("results", "level"),
    [
        ({"not_measured": "Não medido, porque acabou agora."}, 0),
        ({"indicators": [{"name": "x", "before": "", "after": "34", "source": "RH"}]}, 1),
        ({"indicators": [{"name": "x", "before": "", "after": "muitas", "source": "RH"}]}, 0),
        ({"indicators": [{"name": "x", "before": "11", "after": "34", "source": "RH"}]}, 2),
        (
            {
                "indicators": [{"name": "x", "before": "11", "after": "34", "source": "RH"}],
                "evaluated_by": "U",
                "evaluation": "u",
            },
            3,
        ),
        ({"evaluated_by": "U", "evaluation": "u"}, 0),
    ],
)
def test_evidence_is_computed(results, level):
    assert evidence_of({"results": results}) == level


def test_every_change_of_the_catalogue_has_its_number():
    first, second = make_practice(), make_practice()
    assert 0 < first.catalogue_version < second.catalogue_version == CatalogueState.objects.get().version


def test_the_database_refuses_two_versions_at_work():
    practice = make_draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.create(practice=practice, number=2)

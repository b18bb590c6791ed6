"""Every text of the demonstration's practices fits the form, names what exists, and nobody real."""

import json
import re
from collections import Counter

import pytest

from goodpractices.completeness import still_missing
from goodpractices.evidence import evidence_of
from goodpractices.sections import BY_CODE, LEVELS, TERM_FIELDS
from municipalities.models import Municipality
from network_portal.demo.data.cycle import SPEAKERS
from network_portal.demo.data.cycle_2024 import WEBINARS_2024
from network_portal.demo.data.sign_ins import NAMES
from network_portal.demo.data.webinars import WEBINARS
from network_portal.demo.loading import load_towns
from network_portal.demo.pictures import DRAWINGS
from network_portal.demo.practice_texts import FOLDER, INVENTED, earlier_contents, read_texts
from network_portal.vocabularies.models import Term

TEXTS = read_texts()
PUBLIC = {name: facts for name, facts in TEXTS.items() if facts["state"] == "public"}
ROWS = {
    "blocks": {"name", "text", "enabled_by", "lesson"},
    "partners": {"name", "role", "municipality"},
    "axes": {"axis", "level", "sentence"},
    "indicators": {"name", "before", "after", "unit", "source", "by_sex"},
    "difficulties": {"name", "text"},
    "pictures": {"draw", "alt", "credit"},
    "documents": {"file", "title"},
    "links": {"title", "url"},
}
KEYS = {
    "title": {"title", "language"},
    "summary": {"summary"},
    "context": {"text"},
    "objectives": {"text"},
    "blocks": {"blocks"},
    "partners": {"partners", "is_alone"},
    "groups": {"groups", "axes"},
    "resources": {"staff_hours", "cost_band", "equipment", "outside_help", "note"},
    "period": {"starts", "ends", "is_running"},
    "results": {"indicators", "text", "not_measured", "evaluated_by", "evaluation"},
    "difficulties": {"difficulties", "not_again"},
    "transfer": {"conditions", "smallest_town", "can_drop"},
    "contact": {"role_email", "name", "email", "phone"},
    "media": {"pictures", "documents", "video", "links"},
    "classification": {"areas", "themes", "charter", "sdg", "practice_type"},
}
UNFINISHED = {  # drafts, and what was deleted before it was written: the sections in which something is missing
    "carta-de-conducao-em-tres-linguas": ["results"],
    "orcamento-com-olhos-de-genero": ["summary", "objectives", "partners", "contact"],
    "consultas-fora-de-horas": [
        "objectives", "blocks", "partners", "groups", "resources", "period", "results", "difficulties", "transfer", "contact",
        "classification",
    ],
}  # fmt: skip
THEME_NEVER_COVERED = {"gender-budget"}
AXES_NEVER_COVERED = {"religion", "sex-characteristics"}


def all_contents():
    for name, facts in TEXTS.items():
        yield name, facts["contents"]
        if "earlier" in facts:
            yield name, earlier_contents(facts)


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for inner in value.values() for text in strings(inner))
    elif isinstance(value, list):
        yield from (text for inner in value for text in strings(inner))


def named(key: str):
    """What is named under ``key`` in the classifications of the public practices."""
    return {code for facts in PUBLIC.values() for code in facts["contents"].get("classification", {}).get(key, [])}


def test_forty_practices_in_every_state():
    assert Counter(facts["state"] for facts in TEXTS.values()) == {
        "public": 30, "draft": 2, "submitted": 1, "in_review": 1, "second_review": 1, "changes_requested": 1, "declined": 1,
        "withdrawn": 1, "archived": 1, "deleted": 1,
    }  # fmt: skip
    assert sum(facts["form"] == "snapshot" for facts in TEXTS.values()) == 8
    assert sum("earlier" in facts for facts in PUBLIC.values()) == 4
    assert sum(facts.get("unanswered", 0) == 2 for facts in PUBLIC.values()) == 2
    assert sum(facts.get("featured", False) for facts in PUBLIC.values()) == 2


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_is_laid_out_as_the_form_stores_it(name):
    for code, content in TEXTS[name]["contents"].items():
        assert set(content) <= KEYS[BY_CODE[code].code]
        for key, keys in ROWS.items():
            assert [row for row in content.get(key, []) if not set(row) <= keys] == []
    raw = (FOLDER / f"{name}.json").read_text()
    assert raw == raw.strip() + "\n"
    assert json.loads(raw)["contents"].keys() == TEXTS[name]["contents"].keys()


@pytest.mark.parametrize("name", TEXTS)
def test_nothing_is_missing_but_where_it_is_unfinished(name):
    facts = TEXTS[name]
    assert list(still_missing(facts["form"], facts["contents"], to_publish=True)) == UNFINISHED.get(name, [])
    if "earlier" in facts:
        assert still_missing(facts["form"], earlier_contents(facts), to_publish=True) == {}


@pytest.mark.parametrize("name", TEXTS)
def test_titles_and_summaries_are_as_short_as_asked(name):
    contents = TEXTS[name]["contents"]
    assert len(contents["title"]["title"]) <= 100
    assert len(contents.get("summary", {}).get("summary", "")) <= 280
    assert len(contents.get("blocks", {}).get("blocks", [])) <= 8
    assert len(contents.get("results", {}).get("indicators", [])) <= 10


@pytest.mark.django_db
def test_every_term_and_town_exists():
    load_towns()
    towns, terms = set(), set()
    for name, contents in all_contents():
        towns |= {TEXTS[name]["municipality"], *(row["municipality"] for row in contents.get("partners", {}).get("partners", []))}
        terms |= {(word, code) for section, key, word in TERM_FIELDS for code in contents.get(section, {}).get(key, [])}
        terms |= {("axis", row["axis"]) for row in contents.get("groups", {}).get("axes", [])}
        terms |= {("cost_band", contents.get("resources", {}).get("cost_band"))}
        terms |= {("practice_type", contents.get("classification", {}).get("practice_type"))}
    assert towns - {""} - set(Municipality.objects.values_list("slug", flat=True)) == set()
    terms = {(word, code) for word, code in terms if code}
    assert terms - set(Term.objects.values_list("vocabulary", "code")) == set()


def test_levels_drawings_files_and_agenda_items_exist():
    items = {(webinar["slug"], item[1]) for webinar in [*WEBINARS, *WEBINARS_2024] for item in webinar["agenda"]}
    presented = [(row["webinar"], row["item"]) for facts in TEXTS.values() for row in facts.get("presented", [])]
    assert set(presented) - items == set()
    assert len(presented) == len(set(presented))
    assert len({name for name, facts in PUBLIC.items() if facts.get("presented")}) >= 5
    for _name, contents in all_contents():
        media = contents.get("media", {})
        files = [row["file"] for row in media.get("documents", [])] + [contents.get("results", {}).get("evaluation")]
        assert [file for file in files if file and not (FOLDER / file).is_file()] == []
        assert [row for row in media.get("pictures", []) if row["draw"] not in DRAWINGS or not row["alt"]] == []
        assert [row for row in contents.get("groups", {}).get("axes", []) if row["level"] not in LEVELS] == []


def test_no_address_is_real():
    for name, facts in TEXTS.items():
        text = " ".join(strings(facts))
        found = re.findall(r"[\w.+-]+@([\w.-]+\w)|https?://([\w.-]+)", text)
        assert [host for pair in found for host in pair if host and not host.endswith(".example")] == [], name
        assert facts["contents"].get("contact", {}).get("phone", "") == ""


def test_nobody_is_named_twice():
    people = [facts["contents"].get("contact", {}).get("name") for facts in TEXTS.values()]
    people = [name for name in people if name]
    assert len(people) == len(set(people))
    assert set(people) & (set(SPEAKERS) | set(NAMES.values())) == {"Rita Quaresma"}  # her own sign-in


def test_all_say_that_they_are_invented():
    silent = [name for name, contents in all_contents() if INVENTED not in contents.get("context", {}).get("text", "")]
    assert silent == []


def test_the_catalogue_has_something_for_every_facet():
    contents = [facts["contents"] for facts in PUBLIC.values()]
    themes = named("themes")
    axes = {row["axis"] for content in contents for row in content.get("groups", {}).get("axes", [])}
    assert len(themes) == 17
    assert len(axes) == 13
    assert (themes & THEME_NEVER_COVERED, axes & AXES_NEVER_COVERED) == (set(), set())
    assert named("areas") == {"gender-equality", "gbv", "lgbti"}
    assert {int(evidence_of(content)) for content in contents} == {0, 1, 2, 3}
    assert {content["resources"]["cost_band"] for content in contents if "resources" in content} == {
        "cost-0", "cost-1", "cost-1000", "cost-5000", "cost-20000", "cost-60000", "cost-unknown",
    }  # fmt: skip
    levels = {row["level"] for content in contents for row in content.get("groups", {}).get("axes", [])}
    assert levels == set(LEVELS)
    assert sum(bool(content.get("media", {}).get("video")) for content in contents) == 3
    years = {content["period"]["starts"][:4] for content in contents if "period" in content}
    assert (min(years), max(years)) == ("2016", "2025")

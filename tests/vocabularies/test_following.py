"""What follows from a change of a term: the search, pages that processes keep, and the forms and lists of who has it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from goodpractices.models import Practice
from grants import services as calls
from grants.models import Follow
from network_portal.common.search import read_query
from network_portal.pages.tasks import rebuild_search
from network_portal.pages.vocabularies import uses
from network_portal.search.models import Entry
from network_portal.vocabularies import reading, services
from network_portal.vocabularies.models import Term
from tests.factories import make_coordinator, make_recording, make_registration, make_user, make_webinar
from tests.goodpractices.practices import make_practice
from tests.grants.calls import PARTS, fields_of_call, make_call
from webinars.models import Webinar, WebinarAxis
from webinars.search import index_webinar

pytestmark = pytest.mark.django_db
WORDS = {"pt": "Zebras", "en": "Zebus", "ca": "Pingüins", "gl": "Bolboretas", "it": "Farfalle", "es": "Mariposas"}


@pytest.fixture
def ana():
    return make_coordinator(name="Ana Prata")


@pytest.fixture
def health():
    return Term.objects.get(vocabulary="theme", code="health")


@pytest.fixture
def age():
    return Term.objects.get(vocabulary="axis", code="age")


def parts(**terms):
    return calls.CallParts(**vars(PARTS) | terms)


def rename(term: Term, by, **labels) -> int | None:
    term.refresh_from_db()
    return uses.rename(term, labels=term.labels | (labels or WORDS), seen=services.stamp_of(term), by=by)


def found(typed: str) -> list[tuple[str, int]]:
    return sorted(Entry.objects.found_by(read_query(typed)).values_list("kind", "object_id"))


@pytest.mark.parametrize("vocabulary", ["theme", "axis"])
def test_a_label_is_found_in_every_language(vocabulary, ana):
    term = Term.objects.of(vocabulary).first()
    Term.objects.filter(pk=term.pk).update(labels=WORDS)
    reading.touch()
    webinar = make_webinar()
    call = make_call(parts=parts(**{"themes" if vocabulary == "theme" else "axes": [term]}))
    if vocabulary == "theme":
        webinar.other_themes.set([term])
        practice = make_practice(classification={"themes": [term.code]})
    else:
        WebinarAxis.objects.create(webinar=webinar, axis=term, sentence="Assim.")
        practice = make_practice(groups={"axes": [{"axis": term.code, "level": "adapted", "sentence": "Assim."}]})
    index_webinar(webinar)
    everything = sorted([("webinar", webinar.pk), ("call", call.pk), ("practice", practice.pk)])
    assert {language: found(word) for language, word in WORDS.items()} == dict.fromkeys(WORDS, everything)


@pytest.mark.parametrize(
    ("vocabulary", "code", "changes"),
    [
        ("area", "lgbti", {"classification": {"areas": ["lgbti"]}}),
        ("target_group", "carers", {"groups": {"groups": ["carers"]}}),
        ("practice_type", "training", {"classification": {"practice_type": "training"}}),
        ("charter_article", "2006-9", {"classification": {"charter": ["2006-9"]}}),
        ("sdg_target", "5-6", {"classification": {"sdg": ["5-6"]}}),
    ],
)
def test_a_renamed_term_of_practices_is_found_at_once(vocabulary, code, changes, ana):
    term, practice = Term.objects.get(vocabulary=vocabulary, code=code), make_practice(**changes)
    make_practice(title="Outra")
    assert rename(term, ana) == 1
    assert {found(word)[0] for word in WORDS.values()} == {("practice", practice.pk)}


def test_a_renamed_theme_is_found_at_once_on_whatever_has_it(health, ana):
    webinar, other = make_webinar(theme=health), make_webinar()
    other.other_themes.set([health])
    call, practice = make_call(parts=parts(themes=[health])), make_practice(classification={"themes": ["health"]})
    make_webinar()
    assert rename(health, ana) == 4
    assert found("zebus") == sorted(
        [("webinar", webinar.pk), ("webinar", other.pk), ("call", call.pk), ("practice", practice.pk)]
    )


def test_the_search_knows_no_practice_that_it_must_not_know(health, ana):
    practice = make_practice(classification={"themes": ["health"]})
    Practice.objects.filter(pk=practice.pk).update(state="withdrawn")
    Entry.objects.filter(kind="practice").delete()
    assert rename(health, ana) == 0
    assert found("zebras") == []


def test_many_records_are_found_by_the_new_words_after_the_night(health, ana, monkeypatch):
    monkeypatch.setattr(uses, "FOLLOWED", 1)
    webinars = [make_webinar(theme=health) for _ in range(2)]
    assert rename(health, ana) is None
    assert found("zebras") == []
    rebuild_search()
    assert found("zebras") == [("webinar", webinar.pk) for webinar in webinars]


@pytest.mark.parametrize(
    ("number", "message"),
    [
        (0, "“Zebus” was saved."),
        (1, "“Zebus” was saved, and the search finds the 1 record that has it by the new words."),
        (2, "“Zebus” was saved, and the search finds the 2 records that have it by the new words."),
        (3, "“Zebus” was saved. Many records have it: the search finds them by the new words from tomorrow on."),
    ],
)
def test_the_page_says_from_when_on_the_search_knows(client, health, ana, monkeypatch, number, message):
    monkeypatch.setattr(uses, "FOLLOWED", 2)
    for _ in range(number):
        make_webinar(theme=health)
    client.force_login(ana)
    typed = {f"label_{code}": label for code, label in WORDS.items()} | {"seen": services.stamp_of(health)}
    page = client.post("/en/vocabularies/theme/health/", typed, follow=True)
    assert message in page.content.decode()


def test_nothing_is_written_when_nothing_changed(health, ana, django_assert_max_num_queries):
    make_webinar(theme=health)
    Entry.objects.all().delete()
    assert uses.rename(health, labels=health.labels, seen=services.stamp_of(health), by=ana) == 0
    assert not Entry.objects.exists()


def test_kept_pages_show_the_new_label_at_once(client, health, age, ana):
    webinar = make_webinar(theme=health)
    WebinarAxis.objects.create(webinar=webinar, axis=age, sentence="Assim.")
    call = make_call(parts=parts(themes=[health], axes=[age]))
    practice = make_practice(classification={"themes": ["health"]})
    pages = {
        webinar.get_absolute_url(): ("Saúde", "Idade"),
        reverse("webinars:list"): ("Saúde",),
        call.get_absolute_url(): ("Saúde", "Idade"),
        reverse("grants:list"): ("Saúde",),
        practice.get_absolute_url(): ("Saúde",),
    }
    for page, words in pages.items():
        assert all(word in client.get(page).content.decode() for word in words), page
    rename(health, ana)
    rename(age, ana, pt="Gerações")
    for page, words in pages.items():
        text = client.get(page).content.decode()
        assert "Zebras" in text, page
        assert ("Gerações" in text) == (len(words) == 2), page


def test_the_list_of_calls_follows_also_while_there_is_none(client, health, ana):
    assert "Saúde" in client.get(reverse("grants:list")).content.decode()
    rename(health, ana)
    assert "Zebras" in client.get(reverse("grants:list")).content.decode()


def test_a_retired_theme_narrows_the_lists_that_have_it_and_no_others(client, health, ana):
    addresses = (reverse("webinars:list"), reverse("grants:list"))
    services.retire(health, by=ana)
    assert not any('value="health"' in client.get(address).content.decode() for address in addresses)
    webinar, call = make_webinar(theme=health, title="De saúde"), make_call(parts=parts(themes=[health]), title="De saúde")
    make_webinar(title="De outra coisa")
    make_call(title="De outra coisa")
    for address in addresses:
        assert 'value="health"' in client.get(address).content.decode()
        page = client.get(f"{address}?theme=health").content.decode()
        assert ("De saúde" in page, "De outra coisa" in page) == (True, False)
    assert "Saúde" in client.get(webinar.get_absolute_url()).content.decode()
    assert "Saúde" in client.get(call.get_absolute_url()).content.decode()


def test_recordings_are_found_by_a_retired_theme(client, health, ana):
    make_recording(make_webinar(theme=health, starts_at=timezone.now() - timedelta(days=9)))
    services.retire(health, by=ana)
    assert "Saúde (1)" in client.get(reverse("webinars:recordings")).content.decode()


def test_forms_offer_every_theme_and_axis_in_use(client, ana, health, age):
    client.force_login(ana)
    services.retire(health, by=ana)
    services.retire(age, by=ana)
    webinar = make_webinar()
    for address in (reverse("webinars:create"), reverse("webinars:edit", args=[webinar.slug]), reverse("grants:create")):
        page = client.get(address)
        form = page.context.get("form") or page.context["forms"].main
        assert list(form.fields["themes" if "themes" in form.fields else "theme"].queryset) == list(Term.objects.of("theme"))
    axes = client.get(reverse("webinars:agenda", args=[webinar.slug])).context["axes"]
    assert list(axes.empty_form.fields["axis"].queryset) == list(Term.objects.of("axis"))
    assert (Term.objects.of("theme").count(), Term.objects.of("axis").count()) == (17, 14)


def test_a_webinar_with_retired_themes_is_saved_with_them(client, ana, health):
    care = Term.objects.get(vocabulary="theme", code="care")
    start = (timezone.now() + timedelta(days=9)).replace(hour=10, minute=0, second=0, microsecond=0)
    webinar = make_webinar(theme=health, starts_at=start)
    webinar.other_themes.set([care])
    services.retire(health, by=ana)
    services.retire(care, by=ana)
    client.force_login(ana)
    local = webinar.starts_local
    typed = {
        "title": "Outro título", "theme": health.pk, "other_themes": [care.pk], "language": "pt", "day": f"{local:%Y-%m-%d}",
        "start": f"{local:%H:%M}", "end": f"{webinar.ends_local:%H:%M}", "time_zone": webinar.time_zone, "capacity": "50",
        "audience": "everyone", "format": "webinar", "mode": "online", "seen": webinar.changed_at.isoformat(), "confirmed": "1",
    }  # fmt: skip
    client.post(reverse("webinars:edit", args=[webinar.slug]), typed)
    saved = Webinar.objects.get(pk=webinar.pk)
    assert (saved.title, saved.theme, list(saved.other_themes.all())) == ("Outro título", health, [care])


def test_a_retired_theme_cannot_be_given_to_what_does_not_have_it(client, ana, health):
    webinar = make_webinar()
    services.retire(health, by=ana)
    client.force_login(ana)
    page = client.post(reverse("webinars:edit", args=[webinar.slug]), {"theme": health.pk, "other_themes": [health.pk]})
    assert {"theme", "other_themes"} <= set(page.context["form"].errors)


def test_a_call_with_a_retired_theme_is_saved_with_it(ana, client, health):
    draft = calls.save_draft(None, by=ana, parts=parts(themes=[health]), **fields_of_call())
    services.retire(health, by=ana)
    client.force_login(ana)
    form = client.get(reverse("grants:edit", args=[draft.slug])).context["forms"].main
    assert health in form.fields["themes"].queryset


def test_who_follows_a_retired_theme_still_sees_it_and_may_stop(client, health, ana):
    person = make_user()
    calls.follow_themes([health], by=person)
    services.retire(health, by=ana)
    client.force_login(person)
    address = reverse("grants:follow_themes")
    client.post(address, {"themes": [health.pk, Term.objects.of("theme").first().pk]})
    assert Follow.objects.filter(person=person, theme=health).exists()
    assert "Saúde" in client.get(address).content.decode()
    client.post(address, {})
    assert not Follow.objects.filter(person=person).exists()
    assert "Saúde" not in client.get(address).content.decode()


def test_who_had_a_retired_role_chooses_another_next_time(client, ana):
    role = Term.objects.get(vocabulary="role", code="manager")
    earlier = make_registration(make_webinar(), role=role)
    services.retire(role, by=ana)
    client.force_login(earlier.person)
    page = client.get(reverse("webinars:register", args=[make_webinar().slug]))
    assert [term.code for term in page.context["form"].fields["role"].queryset] == [
        "elected", "technical", "adviser", "ngo", "academia", "other",
    ]  # fmt: skip
    assert "Dirigente" in client.get(reverse("webinars:registration", args=[earlier.uuid])).content.decode()

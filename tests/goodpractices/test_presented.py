"""Practices on the pages of others: a webinar's programme and page, a municipality's page, the home page."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from goodpractices import services
from goodpractices.fields import PracticeField, offered
from goodpractices.front import front_practices
from goodpractices.models import Practice
from tests.factories import make_coordinator, make_municipality, make_webinar
from tests.goodpractices.practices import make_draft, make_practice
from webinars.models import AgendaItem

pytestmark = pytest.mark.django_db


def words(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


@pytest.fixture
def practice():
    return make_practice(municipality=make_municipality(name="Palmela", residents=64_269))


@pytest.mark.parametrize(
    "typed",
    ["Banco de horas para cuidar (Palmela)", "banco de horas", "https://x.example/practices/{slug}/", "/en/practices/{slug}/v1/"],
)
def test_a_practice_is_named_by_title_and_town_or_by_its_address(practice, typed):
    field = PracticeField(required=False)
    if typed == "banco de horas":
        with pytest.raises(ValidationError, match="banco de horas"):
            field.clean(typed)
    else:
        assert field.clean(typed.format(slug=practice.slug)) == practice


def test_a_draft_is_named_by_the_address_of_where_it_is_written():
    draft = make_draft()
    assert PracticeField(required=False).clean(f"http://localhost/practices/write/{draft.pk}/blocks/") == draft
    assert PracticeField(required=False).clean("") is None


def test_two_of_one_name_need_the_address(practice):
    make_practice(municipality=practice.municipality)
    with pytest.raises(ValidationError) as refused:
        PracticeField(required=False).clean("Banco de horas para cuidar (Palmela)")
    assert refused.value.code == "ambiguous"
    assert offered() == ["Banco de horas para cuidar (Palmela)"] * 2


def test_a_programme_keeps_its_practice_when_it_is_saved_again(client, practice):
    webinar = make_webinar(starts_at=timezone.now().replace(second=0, microsecond=0) + timedelta(days=9))
    client.force_login(make_coordinator())
    address = reverse("webinars:agenda", args=[webinar.slug])
    rows = {
        "items-TOTAL_FORMS": 1, "items-INITIAL_FORMS": 0, "axes-TOTAL_FORMS": 0, "axes-INITIAL_FORMS": 0,
        "items-0-hour": f"{webinar.starts_local:%H:%M}", "items-0-title": "Banco",
        "items-0-practice": "Banco de horas para cuidar (Palmela)",
    }  # fmt: skip
    answer = client.post(address, rows)
    assert answer.status_code == 302, words(answer)
    assert AgendaItem.objects.get().practice == practice
    assert 'value="Banco de horas para cuidar (Palmela)"' in client.get(address).content.decode()
    refused = client.post(address, rows | {"items-0-practice": "Que não há"}).content.decode()
    assert "Não há nenhuma prática chamada «Que não há»" in refused
    assert 'value="Que não há"' in refused


def test_a_webinar_shows_its_practice_once_it_is_public_and_no_longer_when_it_is_not(client):
    by, practice = make_coordinator(), make_draft()
    webinar = make_webinar()
    AgendaItem.objects.create(webinar=webinar, starts_at=webinar.starts_at, title="Abertura", practice=practice)
    assert "Banco de horas" not in words(client.get(webinar.get_absolute_url()))
    services.make_public(practice, by=by)
    assert words(client.get(webinar.get_absolute_url())).count("Banco de horas para cuidar") == 2
    practice.refresh_from_db()
    practice.state = Practice.State.UNPUBLISHED
    practice.save()
    services.projection.touch(practice)
    assert "Banco de horas" not in words(client.get(webinar.get_absolute_url()))


def test_home_shows_what_was_chosen_first_then_the_newest_each_with_its_result(client, practice, django_assert_num_queries):
    counted = make_practice(
        title="Contada", results={"indicators": [{"name": "Atendimentos", "before": "", "after": "640", "source": "Balcão"}]}
    )
    unmeasured = make_practice(
        title="Sem números", results={"indicators": [], "not_measured": "Não medido, porque acabou agora mesmo."}
    )
    make_draft(title={"title": "Rascunho"})
    Practice.objects.filter(pk=practice.pk).update(featured_at=timezone.now())
    with django_assert_num_queries(2):
        shown = front_practices(3)
    assert [(front.practice, front.before, front.after) for front in shown] == [
        (practice, "11", "34"), (unmeasured, "", ""), (counted, "", "640"),
    ]  # fmt: skip
    page = words(client.get("/"))
    assert "Homens que pediram horas : 11 antes, 34 depois" in page
    assert page.count("Efeito ainda não medido.") == 2
    assert "Rascunho" not in page

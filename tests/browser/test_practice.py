"""A practice in Chromium: written, sent, sent back, sent again, published, found without accents, shown by its webinar."""

import pytest
from django.utils import timezone

from goodpractices.models import Practice
from tests.factories import make_affiliation, make_coordinator, make_municipality, make_user, make_webinar
from webinars.models import AgendaItem

pytestmark = pytest.mark.django_db(transaction=True)


def press(page, name: str):
    with page.expect_navigation():
        page.get_by_role("button", name=name).last.click()


def write(page, practice: Practice, code: str, **fields):
    """Fill a section and go back to the list; True ticks what has no text."""
    page.goto(f"/practices/write/{practice.pk}/{code}/")
    for name, value in fields.items():
        field = page.locator(f"[name='{name}']")
        if value is True:
            field.first.check()
        else:
            field.fill(value)
    press(page, "Guardar e voltar à lista")


def begin(page) -> Practice:
    """A snapshot in which the context is only a link."""
    page.goto("/practices/write/new/")
    page.locator("[name=form][value=snapshot]").check()
    press(page, "Começar")
    practice = Practice.objects.get()
    write(page, practice, "title", title="Conciliação ao fim da tarde")
    write(page, practice, "summary", summary="Escolas abertas até às 19:30 para quem ainda está a trabalhar.")
    write(page, practice, "context", text="https://exemplo.pt")
    write(page, practice, "objectives", text="Que ninguém tenha de escolher entre o turno e os filhos.")
    write(page, practice, "partners", is_alone=True)
    write(page, practice, "contact", role_email="igualdade@palmela.example")
    write(page, practice, "classification", themes=True, practice_type=True)
    return practice


def send(page, practice: Practice, button: str):
    page.goto(f"/practices/write/{practice.pk}/submit/")
    press(page, button)


def take(desk, practice: Practice):
    desk.goto(f"/practices/review/{practice.pk}/")
    press(desk, "Assumir a revisão")


def test_a_practice_from_its_first_word_to_the_page_of_its_webinar(visit):
    town = make_municipality(name="Palmela")
    point = make_affiliation(make_user(name="Paula Ponto"), town, kind="focal_point").person
    author, coordinator, reader = visit(point), visit(make_coordinator()), visit(None)
    page, desk = author.page, coordinator.page
    practice = begin(page)
    page.goto(f"/practices/write/{practice.pk}/submit/")
    assert "Uma ligação sozinha não diz nada" in page.locator("main").inner_text()
    write(page, practice, "context", text="As escolas fechavam às 17:30 e a fábrica às 18:00.")
    send(page, practice, "Submeter")

    take(desk, practice)
    desk.locator("[name='section-context']").fill("Quantas famílias eram?")
    desk.locator("[name=decision][value=changes]").check()
    press(desk, "Decidir")
    page.goto(f"/practices/write/{practice.pk}/context/")
    assert "Quantas famílias eram?" in page.locator("main").inner_text()
    write(page, practice, "context", text="As escolas fechavam às 17:30 e a fábrica às 18:00: eram 212 famílias.")
    send(page, practice, "Submeter de novo")

    webinar = make_webinar()
    AgendaItem.objects.create(webinar=webinar, starts_at=timezone.now(), title="Palmela", practice=practice)
    take(desk, practice)
    for level in desk.locator("[name$='-level'][value=met]").all():
        level.check()
    desk.locator("[name=decision][value=publish]").check()
    press(desk, "Decidir")
    practice.refresh_from_db()
    assert (practice.state, practice.slug) == ("public", "conciliacao-ao-fim-da-tarde")
    it_is_found(reader, webinar)
    assert [visitor.complaints + visitor.elsewhere for visitor in (author, coordinator, reader)] == [[], [], []]


def it_is_found(reader, webinar):
    """By who is nobody, without accents, and from the webinar."""
    reader.page.goto("/practices/?q=conciliacao+tarde")
    reader.page.get_by_role("link", name="Conciliação ao fim da tarde").first.click()
    assert "212 famílias" in reader.page.locator("main").inner_text()
    reader.page.goto(webinar.get_absolute_url())
    assert reader.page.get_by_role("link", name="Conciliação ao fim da tarde").count() == 2
    assert reader.context.cookies() == []

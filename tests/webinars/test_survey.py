"""What people thought of a webinar: by the personal link, once each, without the person; gender apart."""

from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from tests.concurrency.threads import at_once
from tests.factories import make_record, make_registration, make_webinar
from tests.webinars.after_webinar import address, flags, place
from tests.webinars.registering import text_of
from webinars import links
from webinars.errors import AlreadyAnswered
from webinars.models import GenderFact, Registration, SurveyAnswer
from webinars.services import survey

pytestmark = pytest.mark.django_db
ANSWER = {"usefulness": "4", "comment": "More of this."}
ANSWERED = "You have already answered. Thank you."
TOOK_PART = "Only people who took part are asked."


# --- the question


def test_the_way_through(client):
    row = place()
    page = text_of(client.get(address(row)))
    assert "How useful was it for your work?" in page
    assert "Don’t write personal data of other people." in page
    assert flags(row) == (False, False)

    response = client.post(address(row), ANSWER)
    assert (response.status_code, response.url) == (302, address(row, "survey_gender"))
    assert list(SurveyAnswer.objects.values("webinar", "usefulness", "comment")) == [
        {"webinar": row.webinar_id, "usefulness": 4, "comment": "More of this."}
    ]
    assert flags(row) == (True, False)

    page = text_of(client.get(response.url))
    assert "This answer is counted without your name and can’t be traced back or changed later." in page
    assert address(row, "survey_thanks") in page  # to skip it
    response = client.post(response.url, {"gender": "woman"})
    assert (response.status_code, response.url) == (302, address(row, "survey_thanks"))
    assert list(GenderFact.objects.values("webinar", "gender", "count")) == [
        {"webinar": row.webinar_id, "gender": "woman", "count": 1}
    ]
    assert flags(row) == (True, True)
    assert "Your answer is kept, without your name." in text_of(client.get(response.url))


def test_who_skips_stays_uncounted_and_may_come_back(client):
    row = place()
    client.post(address(row), ANSWER)
    assert client.get(address(row, "survey_thanks")).status_code == 200
    assert flags(row) == (True, False)
    assert not GenderFact.objects.exists()
    assert address(row, "survey_gender") in text_of(client.get(address(row)))


def test_reading_answers_nothing(client):
    """Mail gateways open links by themselves."""
    row = place()
    for name in ("survey", "survey_gender", "survey_thanks"):
        client.get(address(row, name), {"usefulness": "5", "gender": "man"})
        client.head(address(row, name))
    assert flags(row) == (False, False)
    assert not SurveyAnswer.objects.exists()
    assert client.post(address(row, "survey_thanks")).status_code == 405


def test_each_is_counted_once(client):
    row = place()
    for _again in range(2):
        client.post(address(row), ANSWER)
        client.post(address(row, "survey_gender"), {"gender": "man"})
    assert SurveyAnswer.objects.count() == 1
    assert GenderFact.objects.get().count == 1
    for name, data in (("survey", ANSWER), ("survey_gender", {"gender": "woman"})):
        assert ANSWERED in text_of(client.get(address(row, name)))
        assert ANSWERED in text_of(client.post(address(row, name), data))


def test_gender_alone_may_be_answered_and_adds_up(client):
    row = place()
    other, third = make_registration(row.webinar), make_registration(row.webinar)
    for one, gender in ((row, "woman"), (other, "woman"), (third, "not_said")):
        client.post(address(one, "survey_gender"), {"gender": gender})
    assert dict(GenderFact.objects.values_list("gender", "count")) == {"woman": 2, "not_said": 1}
    assert flags(row) == (False, True)


@pytest.mark.parametrize(
    ("name", "wrong", "message"),
    [
        ("survey", {}, "Choose how useful it was"),
        ("survey", {"usefulness": "6"}, "Choose how useful it was"),
        ("survey", {"usefulness": "0"}, "Choose how useful it was"),
        ("survey", {"usefulness": "5", "comment": "x" * 501}, "Anything else? must be 500 characters or fewer"),
        ("survey", {"usefulness": "5", "comment": "\0"}, "The text contains a character that cannot be kept."),
        ("survey_gender", {}, "Choose an answer, or skip the question"),
        ("survey_gender", {"gender": "x"}, "Choose an answer, or skip the question"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_kept(client, name, wrong, message):
    row = place()
    response = client.post(address(row, name), wrong)
    page = text_of(response)
    assert response.status_code == 200
    assert message in page
    assert "Error:" in page
    assert flags(row) == (False, False)
    assert (SurveyAnswer.objects.count(), GenderFact.objects.count()) == (0, 0)


def test_a_comment_of_500_is_kept_without_what_nobody_sees(client):
    row = place()
    client.post(address(row), {"usefulness": "1", "comment": "x" * 499 + "\u200by"})
    assert SurveyAnswer.objects.get().comment == "x" * 499 + "y"


# --- who, and when


@pytest.mark.parametrize(
    ("hours_ago", "fields", "why"),
    [
        (-1, {}, "The webinar is not over yet. Come back after it."),
        (30 * 24 + 1, {}, "The survey closed 30 days after the webinar."),
        (2, {"status": "waiting"}, TOOK_PART),
        (2, {"status": "cancelled"}, TOOK_PART),
        (2, {"state": "cancelled"}, TOOK_PART),
        (2, {"closed": True}, TOOK_PART),
    ],
)
def test_when_it_is_closed(client, hours_ago, fields, why):
    status = fields.pop("status", "confirmed")
    row = place(hours_ago, **fields, status="confirmed" if status == "waiting" else status)
    if status == "waiting":
        Registration.objects.filter(pk=row.pk).update(status="waiting", queued_at=timezone.now())
    for name, data in (("survey", ANSWER), ("survey_gender", {"gender": "man"})):
        assert why in text_of(client.get(address(row, name)))
        assert why in text_of(client.post(address(row, name), data))
    assert flags(row) == (False, False)
    assert (SurveyAnswer.objects.count(), GenderFact.objects.count()) == (0, 0)


@pytest.mark.parametrize(("attended", "is_open"), [(True, True), (False, False)])
def test_once_attendance_is_closed_only_who_attended_is_asked(client, attended, is_open):
    row = place(closed=True)
    make_record(row.webinar, registration=row, attended=attended)
    assert survey.is_owed(links.registration_for(links.token_for(row))) == is_open
    client.post(address(row), ANSWER)
    assert flags(row)[0] == is_open


def test_thirty_days_are_open():
    row = place(30 * 24 - 1)
    assert survey.is_owed(links.registration_for(links.token_for(row)))


# --- the link


def test_no_sign_in_no_cookie_and_nothing_told_on():
    row, browser = place(), Client(enforce_csrf_checks=True)
    for name in ("survey", "survey_gender", "survey_thanks"):
        page = browser.get(address(row, name))
        assert (page["Referrer-Policy"], page["X-Robots-Tag"], page.cookies.output()) == ("no-referrer", "noindex", "")
        assert "no-store" in page["Cache-Control"]
        assert row.name not in text_of(page)
    assert browser.post(address(row), ANSWER, headers={"Origin": "null"}).status_code == 302
    assert browser.post(address(row, "survey_gender"), {"gender": "man"}, headers={"Origin": "null"}).status_code == 302
    assert flags(row) == (True, True)


@pytest.mark.parametrize("name", ["survey", "survey_gender", "survey_thanks"])
def test_an_altered_link_is_not_found(client, name):
    row, other = place(), make_registration(make_webinar())
    signature = links.token_for(row).partition(":")[2]
    for wrong in (f"{other.uuid.hex}:{signature}", links.token_for(row)[:-1], "x"):
        path = reverse(f"webinars:{name}", args=[wrong])
        assert client.get(path).status_code == 404
        assert client.post(path, ANSWER | {"gender": "man"}).status_code in (404, 405)
    assert flags(row) == (False, False)


def test_the_link_of_an_example_explains_itself(client):
    page = client.get("/en/webinars/place/example/survey/")
    assert "this link is theirs alone" in text_of(page)
    assert page["X-Robots-Tag"] == "noindex"


# --- nobody is in it


def test_the_rows_name_nobody():
    """No person, no registration, no moment: what is stored says nothing about who or when."""
    names = {field.name for model in (SurveyAnswer, GenderFact) for field in model._meta.get_fields()}
    assert names == {"id", "webinar", "usefulness", "comment", "gender", "count"}


def test_an_answer_and_its_flag_stand_or_fall_together(monkeypatch):
    row = place()

    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(Registration.objects, "filter", broken)
    for deed, values in ((survey.answer, {"usefulness": 3}), (survey.count_gender, {"gender": "man"})):
        with pytest.raises(RuntimeError):
            deed(row, **values)
    monkeypatch.undo()
    assert flags(row) == (False, False)
    assert (SurveyAnswer.objects.count(), GenderFact.objects.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["survey", "survey_gender"])
def test_two_posts_of_one_person_at_once_count_once(name):
    row = place()
    path, data = address(row, name), ANSWER | {"gender": "woman"}
    Client().get(path)  # what is loaded once is loaded
    gate = Barrier(3)

    def post(_n) -> int:
        connection.ensure_connection()
        gate.wait(timeout=30)  # from here all run alike
        return Client().post(path, data).status_code

    statuses, errors = at_once(post, range(3), in_flight=3)
    assert errors == []
    assert sorted(statuses) == [200, 200, 302]
    assert (SurveyAnswer.objects.count(), sum(GenderFact.objects.values_list("count", flat=True))) in {(1, 0), (0, 1)}


@pytest.mark.django_db(transaction=True)
def test_many_people_at_once_are_all_counted():
    row = place()
    rows = [row, *(make_registration(row.webinar) for _n in range(11))]
    _results, errors = at_once(lambda one: survey.count_gender(one, gender="woman"), rows, in_flight=6)
    assert errors == []
    assert GenderFact.objects.get().count == 12


def test_the_service_refuses_the_second_answer():
    row = place()
    survey.answer(row, usefulness=3)
    survey.count_gender(row, gender="man")
    with pytest.raises(AlreadyAnswered):
        survey.answer(row, usefulness=3)
    with pytest.raises(AlreadyAnswered):
        survey.count_gender(row, gender="man")


def test_the_pages_are_in_the_language_of_the_link():
    row = place()
    with translation.override("pt"):
        path = reverse("webinars:survey", args=[links.token_for(row)])
    assert "O que achou?" in text_of(Client().get(path))

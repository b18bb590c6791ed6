"""A list of people leaves the portal only with a code of the last five minutes."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from django.utils import timezone

from network_portal.audit.models import Entry
from network_portal.mail.models import OutboxMail
from tests.factories import make_coordinator, make_registration, make_user, make_webinar
from tests.users.conftest import Visitor, newest_code, wrong_code

pytestmark = pytest.mark.django_db
LIST = "/en/webinars/manage/care/people/export.csv"
CONFIRM = "/en/account/confirm/"
ASKED = f"{CONFIRM}?{urlencode({'next': LIST})}"


@pytest.fixture
def webinar():
    webinar = make_webinar(slug="care")
    make_registration(webinar)
    return webinar


@pytest.fixture
def coordinator():
    return make_coordinator("carla@network.example", language="en")


@pytest.fixture
def signed_in(coordinator, webinar):
    """Signed in without a code: as after days, in the browser that was left open."""
    client = Visitor()
    client.force_login(coordinator)
    return client


def test_who_signed_in_a_moment_ago_gets_the_list(coordinator, webinar):
    visitor = Visitor()
    visitor.sign_in(coordinator.email)
    assert visitor.get(LIST).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=4)):
        assert visitor.get(LIST).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        assert visitor.get(LIST).url == ASKED
    assert Entry.objects.filter(action="people.exported").count() == 2


def test_later_a_code_is_asked_for_first_and_then_the_list_is_there(signed_in, coordinator):
    assert signed_in.get(LIST).url == ASKED
    page = signed_in.get(ASKED)
    assert "We send a code to <strong>carla@network.example</strong>" in page.text
    assert "no-store" in page["Cache-Control"]
    assert signed_in.post(ASKED).url == ASKED
    mail = OutboxMail.objects.get()
    assert (mail.template, mail.to, mail.category) == ("users/confirm_code", coordinator.email, "security")
    answer = signed_in.post(ASKED, {"code": newest_code(coordinator.email)})
    assert f'href="{LIST}"' in answer.text
    assert signed_in.get(LIST).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        assert signed_in.get(LIST).url == ASKED


def test_a_wrong_code_gives_nothing_away_and_the_third_ends_it(signed_in, coordinator):
    signed_in.post(ASKED)
    for _ in range(2):
        assert "Code is wrong or already used" in signed_in.post(ASKED, {"code": wrong_code(coordinator.email)}).text
    right = newest_code(coordinator.email)
    assert signed_in.post(ASKED, {"code": wrong_code(coordinator.email)}).url == ASKED
    signed_in.post(ASKED, {"code": right})  # there is nothing any more that it could be compared with
    assert signed_in.get(LIST).status_code == 302
    assert OutboxMail.objects.filter(template="users/confirm_code").count() == 2


def test_a_code_works_once_and_for_thirty_minutes(signed_in, coordinator):
    signed_in.post(ASKED)
    code = newest_code(coordinator.email)
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        signed_in.post(ASKED, {"code": code})
        assert signed_in.get(LIST).status_code == 302
    signed_in.post(ASKED, {"action": "start_again"})
    assert "Send me a code" in signed_in.get(ASKED).text


def test_codes_are_not_sent_without_end(signed_in):
    answers = []
    for _ in range(4):
        answers.append(signed_in.post(ASKED).status_code)
        signed_in.post(ASKED, {"action": "start_again"})
    assert answers == [302, 302, 302, 429]


def test_a_code_of_one_person_confirms_nobody_else(signed_in, coordinator, webinar):
    signed_in.post(ASKED)
    other = Visitor()
    other.force_login(make_coordinator("other@network.example"))
    other.post(ASKED, {"code": newest_code(coordinator.email)})
    assert other.get(LIST).status_code == 302


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_it_leads_to_this_site_alone(signed_in, coordinator, wanted):
    signed_in.post(CONFIRM)
    answer = signed_in.post(f"{CONFIRM}?next={wanted}", {"code": newest_code(coordinator.email)})
    main = answer.text.partition("<main")[2].partition("</main>")[0]
    assert "It is you" in main
    assert not any(word in main for word in ("evil", "javascript:"))


def test_who_may_not_have_the_list_is_not_asked(webinar):
    client = Visitor()
    client.force_login(make_user())
    assert client.get(LIST).status_code == 403


def test_the_page_without_a_wish_leads_to_my_page(signed_in, coordinator):
    signed_in.post(CONFIRM)
    assert 'href="/en/my/"' in signed_in.post(CONFIRM, {"code": newest_code(coordinator.email)}).text

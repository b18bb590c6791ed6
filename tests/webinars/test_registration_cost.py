"""What a registration costs in SQL, from the form to the confirmation page; savepoints are the tests' own."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_webinar
from tests.webinars.registering import address, hidden
from webinars.models import Registration

pytestmark = pytest.mark.django_db
NOT_COUNTED = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")


def statements(deeds) -> int:
    with CaptureQueriesContext(connection) as captured:
        deeds()
    return sum(not query["sql"].startswith(NOT_COUNTED) for query in captured.captured_queries)


def confirm(client, webinar, check) -> None:
    response = client.post(address(webinar, "register_check"), hidden(check))
    assert client.get(response.headers["Location"]).status_code == 200


def test_who_was_here_before_registers_in_three_requests_and_eighteen_statements(client, person, answers):
    before, webinar = make_webinar(), make_webinar()
    confirm(client, before, client.post(address(before), answers))

    count = statements(lambda: confirm(client, webinar, client.get(address(webinar))))

    assert count <= 18
    assert Registration.objects.filter(webinar=webinar, status="confirmed").count() == 1


def test_the_first_time_takes_four_requests_and_twenty_five_statements(client, person, answers):
    webinar = make_webinar()

    def register():
        assert client.get(address(webinar)).status_code == 200
        confirm(client, webinar, client.post(address(webinar), answers))

    assert statements(register) <= 25  # one asks to which municipality the person belongs
    assert Registration.objects.filter(webinar=webinar, status="confirmed").count() == 1

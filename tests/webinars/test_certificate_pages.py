"""One's own certificates: the file, the section on the page of a webinar, My page, and the name that can be corrected."""

from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import make_coordinator, make_registration, make_user, make_webinar
from tests.webinars.certifying import attended, cycle_with, fresh, held, issued
from tests.webinars.registering import text_of
from webinars import offers
from webinars.models import Certificate
from webinars.services import certificates

pytestmark = pytest.mark.django_db


def pdf(webinar) -> str:
    return f"/en/webinars/{webinar.slug}/certificate.pdf"


def name_page(webinar) -> str:
    return f"/en/webinars/{webinar.slug}/certificate/"


def test_who_attended_downloads_the_file(client, person):
    webinar = held(title="Saúde")
    attended(webinar, person)
    response = client.get(pdf(webinar))
    row = Certificate.objects.get()
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert response["Content-Disposition"] == f'attachment; filename="certificate-{row.shown_code}.pdf"'
    assert "no-store" in response["Cache-Control"]
    assert len(pikepdf.open(BytesIO(response.content)).pages) == 1
    assert client.get(pdf(webinar)).content == response.content
    assert Certificate.objects.count() == 1


def test_who_did_not_attend_learns_nothing(client, person):
    """Not there, not long enough, not closed, somebody else's, a draft, no such webinar: one answer."""
    others, short, open_still = held(), held(), held(closed=False)
    attended(others, make_user())
    attended(short, person, attended=False)
    attended(open_still, person)
    draft = make_webinar(state="draft")
    pages = set()
    for slug in (held().slug, others.slug, short.slug, open_still.slug, draft.slug, "no-such-thing"):
        for part in ("certificate.pdf", "certificate/"):
            response = client.get(f"/en/webinars/{slug}/{part}")
            assert response.status_code == 404
            pages.add(response.content.decode().replace(slug, "-").replace(part, ""))
    assert len(pages) == 1
    assert not Certificate.objects.exists()


def test_a_revoked_one_is_not_given_out(client, person):
    row = issued(held(), person)
    certificates.revoke(row, reason="Pedido por outra pessoa", by=make_coordinator())
    assert client.get(pdf(row.webinar)).status_code == 404
    page = text_of(client.get(row.webinar.get_absolute_url()))
    assert "Pedido por outra pessoa" in page
    assert "certificate.pdf" not in page


def test_the_file_of_the_cycle(client, person):
    cycle, _records = cycle_with(2, person)
    response = client.get(f"/en/webinars/cycles/{cycle.slug}/certificate.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert Certificate.objects.get(webinar=None).webinars == 2
    client.force_login(make_user())
    for part in ("certificate.pdf", "certificate/"):
        assert client.get(f"/en/webinars/cycles/{cycle.slug}/{part}").status_code == 404
        assert client.get(f"/en/webinars/cycles/no-such-thing/{part}").status_code == 404


def test_the_page_of_the_webinar_offers_it(client, person):
    webinar = held(title="Saúde")
    attended(webinar, person, minutes=172, source="file")
    page = text_of(client.get(f"/en/webinars/{webinar.slug}/"))
    assert (
        "You were present for 2\xa0h\xa052\xa0min. You are entitled to the certificate of this webinar, with 3\xa0hours." in page
    )
    assert pdf(webinar) in page
    assert name_page(webinar) in page
    assert 'id="certificate"' in page  # where the mail of thanks leads
    code = certificates.issue(webinar.attendance.get(), by=person).shown_code
    assert f"/en/certificates/{code}/" in text_of(client.get(f"/en/webinars/{webinar.slug}/"))


def test_without_counted_minutes_it_says_only_that_the_person_was_there(client, person):
    webinar = held()
    attended(webinar, person)
    assert "You took part. You are entitled" in text_of(client.get(f"/en/webinars/{webinar.slug}/"))


def test_before_attendance_is_closed_it_says_when_it_comes(client, person):
    webinar = held(closed=False)
    make_registration(webinar, person=person)
    assert "once it has been checked who took part" in text_of(client.get(f"/en/webinars/{webinar.slug}/"))


@pytest.mark.parametrize("who", ["anonymous", "stranger", "waited", "short"])
def test_nothing_is_offered_to_who_has_nothing(client, person, who):
    webinar = held(closed=who != "waited")
    attended(webinar, make_user())
    if who == "anonymous":
        client.logout()
    if who == "waited":
        make_registration(webinar, person=person, status="waiting")
    if who == "short":
        attended(webinar, person, attended=False)
    page = text_of(client.get(f"/en/webinars/{webinar.slug}/"))
    assert pdf(webinar) not in page
    assert ('id="certificate"' in page) == (who == "anonymous")  # who is asked to sign in


def test_an_offer_costs_one_query_and_a_stranger_none(django_assert_num_queries, person):
    coming, over = make_webinar(starts_at=timezone.now() + timedelta(days=3)), held()
    row = issued(over, person)
    with django_assert_num_queries(0):
        assert offers.offer_for(over, AnonymousUser()) is None
        assert offers.offer_for(coming, person) is None
    with django_assert_num_queries(1):
        offer = offers.offer_for(over, person)
    assert (offer.state, offer.name, offer.code) == ("ready", row.name, row.shown_code)
    open_still = held(closed=False)
    with django_assert_num_queries(1):
        assert offers.offer_for(open_still, person) is None


def queries_of_my_page(client) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        client.get("/en/my/")
    return len(seen)


def test_my_page_lists_them_by_cycle_with_a_fixed_number_of_queries(client, person):
    client.get("/en/my/")
    none = queries_of_my_page(client)
    cycle, records = cycle_with(3, person, title="Ciclo 2024")
    other, _records = cycle_with(1, person, title="Ciclo 2025")
    certificates.issue(records[0], by=person)
    revoked = certificates.issue(records[1], by=person)
    certificates.revoke(revoked, reason="Engano", by=make_coordinator())
    assert queries_of_my_page(client) == none
    page = text_of(client.get("/en/my/"))
    assert "The whole cycle: 3 webinars" in page
    assert "9\xa0hours" in page
    assert f"/en/webinars/cycles/{cycle.slug}/certificate.pdf" in page
    assert f"/en/webinars/cycles/{other.slug}/certificate.pdf" in page
    assert [pdf(record.webinar) in page for record in records] == [True, False, True]


def test_my_page_of_somebody_who_attended_nothing_has_no_section(client, person):
    attended(held(closed=False), person)
    assert 'id="certificates"' not in text_of(client.get("/en/my/"))


def test_the_name_is_corrected_and_nothing_else(client, person):
    row = issued(held(), person)
    posted = {"name": "  Rita   M.\u200b Quaresma ", "title": "X", "minutes": "999", "state": "revoked", "person": "1"}
    response = client.post(name_page(row.webinar), posted, follow=True)
    new = Certificate.objects.get(state="valid")
    assert (new.name, new.title, new.minutes, new.person) == ("Rita M. Quaresma", row.title, row.minutes, person)
    assert fresh(row).replaced_by == new
    assert "in the name of Rita M. Quaresma" in text_of(response)
    assert client.get(name_page(row.webinar)).context["form"].initial == {"name": "Rita M. Quaresma"}


def test_the_name_can_be_corrected_before_the_first_download(client, person):
    record = attended(held(), person)
    assert client.get(name_page(record.webinar)).context["form"].initial == {"name": "Rita Quaresma"}
    assert not Certificate.objects.exists()  # looking makes nothing
    client.post(name_page(record.webinar), {"name": "Rita M."})
    assert Certificate.objects.valid().get().name == "Rita M."


def test_the_name_on_the_certificate_of_a_cycle(client, person):
    cycle, _records = cycle_with(1, person)
    page = f"/en/webinars/cycles/{cycle.slug}/certificate/"
    assert client.get(page).context["form"].initial == {"name": "Rita Quaresma"}
    assert client.post(page, {"name": "Rita C."}).url == "/en/my/#certificates"
    assert Certificate.objects.valid().get().name == "Rita C."
    assert client.get(page).context["form"].initial == {"name": "Rita C."}


@pytest.mark.parametrize(
    ("name", "error"),
    [("", "Enter the name as it is to stand on the certificate"), ("—", "Enter the name as it is to stand"),
     ("x" * 201, "must be 200 characters or fewer"), ("Rita 田中", "cannot show these characters: 田 中"),
     ("a\x00b", "contains a character that cannot be kept")],
)  # fmt: skip
def test_names_that_cannot_stand_on_it(client, person, name, error):
    row = issued(held(), person)
    response = client.post(name_page(row.webinar), {"name": name})
    assert error in text_of(response)
    assert Certificate.objects.get() == row


def test_too_many_corrections_say_so(client, person):
    row = issued(held(), person)
    for n in range(4):
        response = client.post(name_page(row.webinar), {"name": f"Rita {'I' * (n + 1)}"})
    assert "Write to us to change it again" in text_of(response)
    assert Certificate.objects.valid().get().name == "Rita III"


def test_another_persons_name_cannot_be_changed(client, person):
    row = issued(held(), make_user())
    attended(row.webinar, person)
    client.post(name_page(row.webinar), {"name": "Rita Q."})
    assert fresh(row).state == "valid"
    assert Certificate.objects.get(person=person, state="valid").name == "Rita Q."

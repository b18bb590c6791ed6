"""Joining and leaving the network, by service and by the coordinator's page; the town that a mail address suggests."""

from datetime import date

import pytest
from django.urls import reverse

from municipalities import services
from municipalities.errors import MembershipDatesWrong, MembershipEnded
from municipalities.models import MailDomain, Membership
from network_portal.audit.models import Entry
from tests.factories import make_coordinator, make_municipality, make_user

FOUNDED = date(2020, 10, 1)
LATER = date(2022, 5, 9)


def rows() -> list[tuple]:
    return list(Membership.objects.order_by("since", "pk").values_list("municipality__code", "kind", "since", "until"))


def test_join_twice_is_one_membership_and_one_entry(towns):
    for _ in range(2):
        services.join_network(towns["0211"], kind="founder", since=FOUNDED, by=None)
    assert rows() == [("0211", "founder", FOUNDED, None)]
    assert Entry.objects.filter(action="membership.began").count() == 1


def test_a_new_kind_ends_the_one_before(towns):
    services.join_network(towns["0211"], kind="observer", since=FOUNDED, by=None)
    services.join_network(towns["0211"], kind="member", since=LATER, by=None)
    assert rows() == [("0211", "observer", FOUNDED, LATER), ("0211", "member", LATER, None)]


def test_the_contact_goes_over_to_the_new_kind(towns):
    old = services.join_network(towns["0211"], kind="observer", since=FOUNDED, by=None)
    services.name_contact(old, name="Joana", email="joana@cm-x.example", by=None)
    new = services.join_network(towns["0211"], kind="member", since=LATER, by=None)
    old.refresh_from_db()
    assert (new.contact_name, new.contact_email) == ("Joana", "joana@cm-x.example")
    assert (old.contact_name, old.contact_email) == ("", "")
    with pytest.raises(MembershipEnded):
        services.name_contact(old, name="Rui", email="rui@cm-x.example", by=None)


def test_a_membership_cannot_begin_before_the_one_before(towns):
    services.join_network(towns["0211"], kind="observer", since=LATER, by=None)
    with pytest.raises(MembershipDatesWrong):
        services.join_network(towns["0211"], kind="member", since=FOUNDED, by=None)


def test_leave_and_come_back(towns):
    membership = services.join_network(towns["0211"], kind="member", since=FOUNDED, by=None)
    for _ in range(2):
        services.leave_network(membership, until=LATER, by=None)
    assert Entry.objects.filter(action="membership.ended").count() == 1
    with pytest.raises(MembershipEnded):
        services.leave_network(membership, until=date(2023, 1, 1), by=None)
    services.join_network(towns["0211"], kind="member", since=LATER, by=None)
    assert rows() == [("0211", "member", FOUNDED, LATER), ("0211", "member", LATER, None)]


def test_leaving_before_joining_is_refused(towns):
    membership = services.join_network(towns["0211"], kind="member", since=LATER, by=None)
    with pytest.raises(MembershipDatesWrong, match="Enter a later day"):
        services.leave_network(membership, until=LATER, by=None)


def test_a_form_for_an_old_membership_ends_no_other(towns, client):
    old = services.join_network(towns["0211"], kind="observer", since=FOUNDED, by=None)
    services.join_network(towns["0211"], kind="member", since=LATER, by=None)
    client.force_login(make_coordinator())
    answer = client.post(f"/en/municipalities/memberships/{old.pk}/end/", {"until": "2025-01-01"}, follow=True)
    assert "has an end already. Nothing was changed." in answer.text
    assert rows() == [("0211", "observer", FOUNDED, LATER), ("0211", "member", LATER, None)]


@pytest.mark.parametrize(
    ("email", "code"),
    [
        ("ana@cm-odemira.pt", "0211"), ("ANA@CM-ODEMIRA.PT ", "0211"), ("ana@educacao.cm-odemira.pt", "0211"),
        ("ana@escolas.cm-odemira.pt", "1317"), ("ana@xcm-odemira.pt", None), ("ana@pt", None), ("ana", None), ("", None),
    ],
)  # fmt: skip
def test_suggestion_by_mail_domain(towns, email, code, django_assert_max_num_queries):
    MailDomain.objects.create(municipality=towns["0211"], domain="cm-odemira.pt")
    MailDomain.objects.create(municipality=towns["1317"], domain="escolas.cm-odemira.pt")
    with django_assert_max_num_queries(1):
        town = services.suggest_for_email(email)
    assert (town and town.code) == code


def test_coordinator_adds_and_ends(towns, client):
    client.force_login(make_coordinator())
    page = reverse("municipalities:memberships")
    assert client.get(page).status_code == 200
    answer = client.post(page, {"municipality": "odemira", "kind": "member", "since": "2020-10-01"})
    assert (answer.status_code, rows()) == (302, [("0211", "member", FOUNDED, None)])
    end = reverse("municipalities:membership_end", args=[Membership.objects.get().pk])
    client.post(end, {"until": ""})
    client.post(end, {"until": "2020-10-01"})
    assert rows() == [("0211", "member", FOUNDED, None)]
    assert client.post(end, {"until": "2022-05-09"}).status_code == 302
    assert rows() == [("0211", "member", FOUNDED, LATER)]


def test_pages_name_the_last_day_inside_and_an_end_to_come_is_no_end_yet(towns, client):
    over, going = (services.join_network(towns[code], kind="member", since=FOUNDED, by=None) for code in ("0211", "1317"))
    services.leave_network(over, until=date(2025, 1, 1), by=None)
    services.leave_network(going, until=date(2099, 1, 1), by=None)
    client.force_login(make_coordinator())
    page = client.get("/en/municipalities/memberships/")
    assert ([row.pk for row in page.context["open"]], [row.pk for row in page.context["ended"]]) == ([going.pk], [over.pk])
    for text in (page.text, client.get("/en/municipalities/odemira/").text):
        assert "to 31\xa0December\xa02024" in text
    assert "The last day is 31\xa0December\xa02098" in page.text


@pytest.mark.parametrize(
    "data", [{}, {"municipality": "lagoa"}, {"municipality": "Odemira", "kind": "king", "since": "31/02/2020"}]
)
def test_coordinator_is_told_what_to_mend(towns, client, data):
    client.force_login(make_coordinator())
    answer = client.post("/en/municipalities/memberships/", data)
    assert (answer.status_code, rows()) == (200, [])
    assert b"<title>Error: " in answer.content


def test_others_may_not(towns, client):
    membership = services.join_network(towns["0211"], kind="member", since=FOUNDED, by=None)
    addresses = [("get", reverse("municipalities:memberships"), {}), ("post", reverse("municipalities:memberships"), {})]
    addresses.append(("post", reverse("municipalities:membership_end", args=[membership.pk]), {"until": "2022-05-09"}))
    assert [getattr(client, verb)(address, data).status_code for verb, address, data in addresses] == [302, 302, 302]
    client.force_login(make_user())
    assert [getattr(client, verb)(address, data).status_code for verb, address, data in addresses] == [403, 403, 403]
    client.force_login(make_user(is_administrator=True))
    assert [getattr(client, verb)(address, data).status_code for verb, address, data in addresses] == [403, 403, 403]
    assert rows() == [("0211", "member", FOUNDED, None)]


def test_a_membership_says_to_whom_the_network_writes(client, db):
    client.force_login(make_coordinator(language="en"))
    membership = Membership.objects.create(municipality=make_municipality(), kind="member", since=date(2024, 1, 1))
    address = f"/en/municipalities/memberships/{membership.pk}/contact/"
    client.post(address, {"contact_name": " Joana  Vidigal ", "contact_email": "igualdade@cm-x.example"})
    membership.refresh_from_db()
    assert (membership.contact_name, membership.contact_email) == ("Joana Vidigal", "igualdade@cm-x.example")
    assert "igualdade@cm-x.example" in client.get("/en/municipalities/memberships/").text
    entry = Entry.objects.get(action="membership.contact")
    assert "Joana" not in str(vars(entry))
    client.post(address, {"contact_name": "", "contact_email": ""})
    membership.refresh_from_db()
    assert membership.contact_email == ""


def test_an_address_of_a_contact_that_is_none_is_refused(client, db):
    client.force_login(make_coordinator(language="en"))
    membership = Membership.objects.create(municipality=make_municipality(), kind="member", since=date(2024, 1, 1))
    address = f"/en/municipalities/memberships/{membership.pk}/contact/"
    page = client.post(address, {"contact_name": "Joana", "contact_email": "not an address"})
    assert "<title>Error: " in page.text
    assert f'<a href="#contact_email-{membership.pk}">Enter an e-mail address' in page.text
    assert 'value="Joana"' in page.text
    assert 'value="not an address"' in page.text
    assert page.text.count(f'id="contact_email-{membership.pk}"') == page.text.count('<details class="confirm" open') == 1
    membership.refresh_from_db()
    assert membership.contact_name == ""


def test_a_wrong_last_day_is_said_at_its_field_and_stays(client, db):
    client.force_login(make_coordinator(language="en"))
    membership = Membership.objects.create(municipality=make_municipality(), kind="member", since=date(2024, 1, 1))
    for typed, says in (
        ("2023-12-31", "The membership began on"),
        ("2024-02-31", "Enter a day that exists"),
        ("", "Enter a day"),
    ):
        page = client.post(f"/en/municipalities/memberships/{membership.pk}/end/", {"until": typed})
        assert f'<a href="#until-{membership.pk}">{says}' in page.text
        assert f'id="until-{membership.pk}"' in page.text
        assert not typed or f'value="{typed}"' in page.text


def test_the_day_in_the_message_is_written_as_on_the_page(client, db):
    """Months are in lower case in Portuguese."""
    client.force_login(make_coordinator())
    membership = Membership.objects.create(municipality=make_municipality(), kind="member", since=FOUNDED)
    page = client.post(f"/municipalities/memberships/{membership.pk}/end/", {"until": "2001-01-01"}).text
    assert "A adesão começou em 1\xa0de\xa0outubro\xa0de\xa02020. Indique um dia posterior." in page
    assert "Outubro" not in page


def test_who_coordinates_adds_a_municipality_that_is_not_their_own(towns, client):
    client.force_login(make_coordinator(language="en"))
    for typed, says in (("", "Choose the municipality"), ("Atlantis", "Choose the municipality from the list")):
        page = client.post("/en/municipalities/memberships/", {"municipality": typed, "kind": "member", "since": "2020-10-01"})
        assert f">{says}<" in page.text
        assert "Choose your municipality" not in page.text

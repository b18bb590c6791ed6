"""Who asks for a municipality again: an address of it confirms who left alone, never whom somebody there took out."""

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from municipalities import services
from municipalities.models import Affiliation
from network_portal.mail.models import OutboxMail
from tests.factories import make_affiliation, make_coordinator, make_municipality, make_user

pytestmark = pytest.mark.django_db
WAITS = "You were removed or refused there before, so this time somebody has to accept it"


@pytest.fixture
def town():
    town = make_municipality(name="Palmela", slug="palmela")
    services.keep_mail_domains(town, ["cm-x.example"], by=make_coordinator())
    return town


@pytest.fixture
def point(town):
    return make_affiliation(make_user("paula@elsewhere.example"), town, kind="focal_point").person


@pytest.fixture
def colleague(town, point):
    """Somebody whom an address of the town confirmed."""
    person = make_user("rita@cm-x.example")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    assert services.ask_affiliation(town, by=person).proof == "domain"
    return person


def end(person, town, *, by) -> Affiliation:
    return services.end_affiliation(person.affiliations.live().get(municipality=town), by=by)


def test_who_left_alone_is_confirmed_by_the_address(town, colleague):
    assert not end(colleague, town, by=colleague).was_removed
    assert services.ask_affiliation(town, by=colleague).state == "confirmed"


@pytest.mark.parametrize("remover", ["focal point", "coordinator"])
def test_whom_somebody_took_out_waits_for_a_person(town, point, colleague, remover):
    end(colleague, town, by=point if remover == "focal point" else make_coordinator())
    for _ in range(2):
        row = services.ask_affiliation(town, by=colleague)
    assert (row.state, row.proof) == ("asked", "")
    assert list(OutboxMail.objects.filter(template="municipalities/asked").values_list("to", flat=True)) == [point.email]


def test_taking_the_request_back_and_a_domain_checked_anew_change_nothing(town, point, colleague):
    end(colleague, town, by=point)
    services.ask_affiliation(town, by=colleague)
    end(colleague, town, by=colleague)
    row = services.ask_affiliation(town, by=colleague)
    for domains in ([], ["cm-x.example"]):
        services.keep_mail_domains(town, domains, by=make_coordinator())
    row.refresh_from_db()
    assert row.state == "asked"


def test_a_new_person_in_charge_may_accept_and_the_address_counts_again(town, point, colleague):
    end(colleague, town, by=point)
    services.confirm_affiliation(services.ask_affiliation(town, by=colleague), by=point)
    end(colleague, town, by=colleague)
    assert services.ask_affiliation(town, by=colleague).proof == "domain"


def test_a_removal_in_one_town_says_nothing_about_another(town, colleague, point):
    elsewhere = make_affiliation(colleague)
    services.make_focal_point(make_affiliation(make_user(), elsewhere.municipality), by=make_coordinator())
    services.end_affiliation(elsewhere, by=make_coordinator())
    end(colleague, town, by=colleague)
    assert services.ask_affiliation(town, by=colleague).state == "confirmed"


@pytest.mark.parametrize(("decided_by_self", "state"), [(False, "asked"), (True, "confirmed")])
def test_who_was_refused_waits_and_who_declined_an_invitation_does_not(town, point, colleague, decided_by_self, state):
    row = end(colleague, town, by=colleague)
    long_ago = row.decided_at.replace(year=row.decided_at.year - 1)
    decided = {"decided_at": long_ago, "decided_by": colleague if decided_by_self else point}
    make_affiliation(colleague, town, state="refused", proof="", **decided)
    assert services.ask_affiliation(town, by=colleague).state == state


def test_the_pages_say_so(client, town, point, colleague):
    end(colleague, town, by=point)
    client.force_login(colleague)
    ask = "/en/municipalities/belong/"
    assert "removed or refused there before waits for an answer in any case" in client.get(ask).text
    assert WAITS in client.post(ask, {"municipality": "palmela"}, follow=True).text
    client.force_login(point)
    people = client.get("/en/municipalities/palmela/colleagues/").text
    assert "Belonged to the municipality before and was taken out of it." in people


def test_who_was_never_taken_out_reads_nothing_of_it(client, town, point):
    client.force_login(make_user())
    page = client.post("/en/municipalities/belong/", {"municipality": "palmela"}, follow=True).text
    assert "Your request to belong to Palmela is sent." in page
    assert WAITS not in page
    client.force_login(point)
    assert "taken out" not in client.get(f"/en/municipalities/{town.slug}/colleagues/").text


def test_the_database_keeps_a_removal_for_what_has_ended(town):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_affiliation(make_user(), town, was_removed=True)

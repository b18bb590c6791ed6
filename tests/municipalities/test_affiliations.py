"""Into a municipality and out of it: every way, who is told, and what stays when somebody is gone."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils import timezone

from municipalities import services
from municipalities.errors import LastFocalPoint, NotWaiting, ReasonMissing, TooManyRequests
from municipalities.models import Affiliation, MailDomain, Municipality
from municipalities.permissions import can_manage_colleagues, can_write_for, is_affiliated, is_focal_point
from network_portal.audit.models import Entry
from network_portal.mail.models import OutboxMail
from network_portal.privacy.services import erase
from tests.factories import make_affiliation, make_coordinator, make_municipality, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return make_municipality(name="Palmela")


@pytest.fixture
def point(town):
    return make_affiliation(make_user(name="Paula Ponto"), town, kind="focal_point")


def mails() -> list[tuple[str, str]]:
    rows = OutboxMail.objects.filter(template__startswith="municipalities/", state="queued").order_by("pk")
    return [(mail.template.partition("/")[2], mail.to) for mail in rows]


def checked(town, domain="cm-x.example"):
    services.keep_mail_domains(town, [domain], by=make_coordinator())


def proved(person):
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def asked(town, **person) -> Affiliation:
    return services.ask_affiliation(town, by=make_user(**person))


# --- asking


@pytest.mark.parametrize("email", ["rita@cm-x.example", "rita@educacao.cm-x.example"])
def test_ask_with_a_proved_address_of_the_town_is_confirmed_at_once(town, point, email):
    checked(town)
    person = proved(make_user(email))
    row = services.ask_affiliation(town, by=person, function="Técnica")
    assert (row.state, row.kind, row.proof, row.function, row.decided_by) == ("confirmed", "staff", "domain", "Técnica", None)
    assert (mails(), can_write_for(person, town), can_manage_colleagues(person, town)) == ([], True, False)


def test_ask_with_an_address_that_nobody_proved_waits(town, point):
    checked(town)
    assert asked(town, email="rita@cm-x.example").state == "asked"


def test_ask_with_an_address_proved_earlier_but_changed_since_waits(town, point):
    checked(town)
    person = make_user("rita@cm-x.example")
    EmailAddress.objects.create(user=person, email="rita@elsewhere.example", verified=True, primary=True)
    assert services.ask_affiliation(town, by=person).state == "asked"


def test_ask_with_a_domain_that_nobody_checked_waits(town, point):
    MailDomain.objects.create(municipality=town, domain="cm-x.example")
    assert services.ask_affiliation(town, by=proved(make_user("rita@cm-x.example"))).state == "asked"


def test_ask_with_a_domain_of_another_town_below_waits(town, point):
    checked(town)
    checked(make_municipality(), "escolas.cm-x.example")
    assert services.ask_affiliation(town, by=proved(make_user("rita@escolas.cm-x.example"))).state == "asked"


def test_ask_tells_every_focal_point_once_and_nobody_else(town, point):
    second = make_affiliation(make_user(), town, kind="focal_point")
    closed = make_affiliation(make_user(), town, kind="focal_point").person
    type(closed).objects.filter(pk=closed.pk).update(is_active=False)
    make_coordinator()
    person = make_user(name="Rita Quaresma")
    first = services.ask_affiliation(town, by=person)
    assert services.ask_affiliation(town, by=person, function="Vereadora") == first
    first.refresh_from_db()
    assert (first.state, first.function) == ("asked", "Vereadora")
    assert mails() == [("asked", point.person.email), ("asked", second.person.email)]
    assert (is_affiliated(person, town), can_write_for(person, town)) == (False, False)


def test_ask_where_there_is_no_focal_point_tells_the_coordinators(town):
    coordinator = make_coordinator()
    asked(town)
    assert mails() == [("asked", coordinator.email)]


def test_ask_keeps_the_name_of_who_had_none(town, point):
    person, other = make_user(name=""), make_user(name="Ana Sá")
    services.ask_affiliation(town, by=person, name="Rita Quaresma")
    services.ask_affiliation(town, by=other, name="Another Name")
    person.refresh_from_db()
    other.refresh_from_db()
    assert (person.name, other.name) == ("Rita Quaresma", "Ana Sá")


def test_ask_five_towns_a_day_and_no_more(point):
    person = make_user()
    rows = [services.ask_affiliation(make_municipality(), by=person) for _ in range(5)]
    with pytest.raises(TooManyRequests):
        services.ask_affiliation(make_municipality(), by=person)
    Affiliation.objects.filter(pk=rows[0].pk).update(asked_at=timezone.now() - timedelta(days=2))
    assert services.ask_affiliation(make_municipality(), by=person).state == "asked"


def test_ask_again_a_week_after_a_refusal(town, point):
    row = services.refuse_affiliation(asked(town), by=point.person, reason="Saiu em maio.")
    with pytest.raises(TooManyRequests, match="Palmela"):
        services.ask_affiliation(town, by=row.person)
    Affiliation.objects.filter(pk=row.pk).update(decided_at=timezone.now() - timedelta(days=8))
    assert services.ask_affiliation(town, by=row.person).pk != row.pk


# --- answering


def test_confirm_tells_the_person_and_takes_the_request_back_from_the_others(town, point):
    make_affiliation(make_user(), town, kind="focal_point")
    row = asked(town)
    for _ in range(2):
        row = services.confirm_affiliation(row, by=point.person)
    assert (row.state, row.proof, row.decided_by) == ("confirmed", "person", point.person)
    assert mails() == [("confirmed", row.person.email)]
    assert (is_affiliated(row.person, town), is_focal_point(row.person, town)) == (True, False)


def test_refuse_says_why_to_the_person(town, point):
    row = asked(town)
    with pytest.raises(ReasonMissing):
        services.refuse_affiliation(row, by=point.person, reason="  ")
    for _ in range(2):
        row = services.refuse_affiliation(row, by=point.person, reason=" Saiu em maio. ")
    assert (row.state, row.reason, mails()) == ("refused", "Saiu em maio.", [("refused", row.person.email)])
    assert "Saiu em maio." in OutboxMail.objects.get(template="municipalities/refused").text


def test_answer_to_what_was_taken_back_changes_nothing(town, point):
    row = asked(town)
    services.end_affiliation(row, by=row.person)
    for deed in (services.confirm_affiliation, lambda row, by: services.refuse_affiliation(row, by=by, reason="Não.")):
        with pytest.raises(NotWaiting):
            deed(row, by=point.person)
    row.refresh_from_db()
    assert (row.state, mails()) == ("ended", [])


# --- going


def test_who_leaves_is_not_told_and_who_is_removed_is(town, point):
    leaving, going = make_affiliation(make_user(), town), make_affiliation(make_user(), town)
    services.end_affiliation(leaving, by=leaving.person)
    for _ in range(2):
        services.end_affiliation(going, by=point.person)
    assert mails() == [("removed", going.person.email)]
    assert [can_write_for(row.person, town) for row in (leaving, going)] == [False, False]


@pytest.mark.parametrize("deed", [services.end_affiliation, services.make_staff])
def test_the_last_focal_point_stays(town, point, deed):
    make_affiliation(make_user(), town)
    with pytest.raises(LastFocalPoint) as refused:
        deed(point, by=make_coordinator())
    assert "Paula Ponto" in str(refused.value)
    assert "Palmela" in str(refused.value)
    assert is_focal_point(point.person, town)


def test_a_focal_point_whose_account_is_closed_does_not_count(town, point):
    other = make_affiliation(make_user(), town, kind="focal_point").person
    type(other).objects.filter(pk=other.pk).update(is_active=False)
    with pytest.raises(LastFocalPoint):
        services.end_affiliation(point, by=point.person)


def test_the_second_last_focal_point_may_go(town, point):
    other = make_affiliation(make_user(), town)
    services.make_focal_point(other, by=point.person)
    assert services.end_affiliation(point, by=point.person).state == "ended"


def test_coming_back_is_a_new_row(town, point):
    row = make_affiliation(make_user(), town)
    services.end_affiliation(row, by=row.person)
    again = services.ask_affiliation(town, by=row.person)
    assert (again.pk != row.pk, again.state) == (True, "asked")


def test_who_is_erased_belongs_nowhere_and_the_town_is_shown_to_coordinators(town, point):
    other = make_municipality()
    make_affiliation(point.person, other, function="Chefe de divisão", state="refused", reason="A Paula não é de cá")
    services.ask_affiliation(make_municipality(), by=point.person)
    erase(point.person)
    assert list(point.person.affiliations.values_list("state", "function", "reason").order_by("pk")) == [
        ("ended", "", ""), ("refused", "", ""), ("ended", "", ""),
    ]  # fmt: skip
    assert mails() == []
    assert list(Municipality.objects.that_lost_their_focal_point()) == [town]


def test_half_a_year_after_the_end_function_and_reason_are_gone(town, point):
    now = timezone.now()
    for days in (182, 184):
        then = now - timedelta(days=days)
        make_affiliation(make_user(), town, state="refused", decided_at=then, function="Técnica", reason="Não é de cá")
        make_affiliation(make_user(), town, state="ended", ended_at=then, function="Técnico")
    kept = make_affiliation(make_user(), town, decided_at=now - timedelta(days=900), function="Vereadora")
    assert [services.forget_due(now=now) for _ in range(2)] == [2, 0]
    kept.refresh_from_db()
    assert kept.function == "Vereadora"
    assert list(town.affiliations.exclude(reason="").values_list("reason", flat=True)) == ["Não é de cá"]
    assert town.affiliations.exclude(function="").count() == 3


def test_an_invitation_ends_when_its_link_does(town):
    for days in (59, 61):
        fields = {"state": "invited", "proof": "", "decided_at": None, "asked_at": timezone.now() - timedelta(days=days)}
        make_affiliation(make_user(), town, **fields)
    services.forget_due(now=timezone.now())
    assert list(town.affiliations.order_by("pk").values_list("state", flat=True)) == ["invited", "ended"]


# --- reading


def test_towns_of_a_person(town, point):
    second = make_municipality()
    make_affiliation(point.person, second)
    make_affiliation(point.person, make_municipality(), state="asked", proof="", decided_at=None)
    make_affiliation(point.person, make_municipality(), state="ended", ended_at=timezone.now())
    assert set(Municipality.objects.with_staff(point.person)) == {town, second}
    assert list(Municipality.objects.with_focal_point(point.person)) == [town]


def test_affiliations_that_a_person_may_know_of(town, point):
    other = make_affiliation(make_user())
    waiting = asked(town)
    assert set(Affiliation.objects.visible_to(point.person)) == {point, waiting}
    assert set(Affiliation.objects.visible_to(waiting.person)) == {waiting}
    assert set(Affiliation.objects.visible_to(make_coordinator())) == {point, waiting, other}


def test_requests_that_nobody_answers(town, point):
    asked(town)
    lonely, lost = make_municipality(), make_municipality()
    first, _second = asked(lonely), asked(lonely)
    asked(lost)
    rows = list(Municipality.objects.with_requests_nobody_answers())
    assert [(row.pk, row.people_asking) for row in rows] == [(lonely.pk, 2), (lost.pk, 1)]
    assert rows[0].asked_since == first.asked_at


def test_the_log_says_who_did_what_without_names(town, point):
    row = asked(town, name="Rita Quaresma")
    services.confirm_affiliation(row, by=point.person)
    entry = Entry.objects.get(action="affiliation.confirmed")
    assert (entry.by, entry.about, entry.detail) == (point.person, row.mail_subject, {"town": town.pk, "proof": "person"})


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "confirmed", "decided_at": None},
        {"state": "confirmed", "proof": ""},
        {"state": "asked", "proof": ""},
        {"state": "ended"},
        {"state": "confirmed", "ended_at": timezone.now()},
        {"state": "asked", "proof": "", "decided_at": None, "by": True},
    ],
)
def test_the_database_refuses_what_cannot_be(town, fields):
    fields = dict(fields)
    if fields.pop("by", False):
        fields["decided_by"] = make_user()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_affiliation(make_user(), town, **fields)


def test_the_database_refuses_two_live_rows_of_one_person_and_town(town, point):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_affiliation(point.person, town, state="asked", proof="", decided_at=None)

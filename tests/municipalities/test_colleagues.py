"""What focal points do for their colleagues, and the invitation in the hands of who got it."""

from datetime import timedelta

import pytest
import time_machine
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from municipalities import links, services
from municipalities.errors import NotConfirmed, NotWaiting, TooManyRequests
from municipalities.models import Affiliation
from municipalities.permissions import is_affiliated, is_focal_point
from network_portal.mail.models import OutboxMail
from network_portal.users.models import User
from tests.factories import make_affiliation, make_coordinator, make_municipality, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return make_municipality(name="Palmela")


@pytest.fixture
def point(town):
    return make_affiliation(make_user(name="Paula Ponto"), town, kind="focal_point")


@pytest.fixture
def invitation(town, point):
    return services.invite_colleague(town, email="Nova@example.org ", name="Nova Colega", by=point.person, function="Arquiteta")


def people(town) -> str:
    return reverse("municipalities:colleagues", args=[town.slug])


def mails() -> list[tuple[str, str]]:
    rows = OutboxMail.objects.filter(template__startswith="municipalities/", state="queued").order_by("pk")
    return [(mail.template.partition("/")[2], mail.to) for mail in rows]


# --- invitations


def test_invite_makes_the_account_and_gives_nothing_yet(town, point, invitation):
    person = User.objects.get(email="nova@example.org")
    assert (person.name, invitation.state, invitation.function, invitation.asked_by) == (
        "Nova Colega", "invited", "Arquiteta", point.person,
    )  # fmt: skip
    assert (mails(), is_affiliated(person, town)) == ([("invited", "nova@example.org")], False)


def test_invite_again_owes_one_mail_a_day(town, point, invitation):
    services.invite_colleague(town, email="nova@example.org", name="Nova", by=point.person)
    assert len(mails()) == 1
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=True):
        again = services.invite_colleague(town, email="nova@example.org", name="Nova", by=point.person)
    assert (again, len(mails())) == (invitation, 2)


def test_invite_who_asked_is_to_confirm(town, point):
    row = services.ask_affiliation(town, by=make_user("rita@example.org"))
    assert services.invite_colleague(town, email="rita@example.org", name="Rita", by=point.person).state == "confirmed"
    assert mails() == [("confirmed", "rita@example.org")]
    assert row.person.affiliations.count() == 1


def test_invite_who_belongs_already_changes_nothing(town, point):
    row = make_affiliation(make_user("rita@example.org"), town)
    assert services.invite_colleague(town, email="rita@example.org", name="Rita", by=point.person) == row
    assert mails() == []


def test_ask_when_invited_is_to_accept(town, invitation):
    assert services.ask_affiliation(town, by=invitation.person).state == "confirmed"


def test_invite_more_than_fifty_who_never_answer_is_refused(town, point):
    people_ = User.objects.bulk_create([User(email=f"p{n}@example.org", password="!") for n in range(50)])
    Affiliation.objects.bulk_create(Affiliation(person=person, municipality=town, state="invited") for person in people_)
    with pytest.raises(TooManyRequests):
        services.invite_colleague(town, email="one@example.org", name="Uma", by=point.person)


def test_the_link_of_an_invitation_asks_and_its_button_accepts_without_signing_in(client, town, point, invitation):
    address = reverse("municipalities:invitation", args=[links.token_for(invitation)])
    page = client.get(address)
    assert (page.status_code, dict(page.cookies), page["Referrer-Policy"]) == (200, {}, "no-referrer")
    assert "Paula Ponto" in page.text
    invitation.refresh_from_db()
    assert invitation.state == "invited"
    for _ in range(2):
        assert "You belong to Palmela" in client.post(address, {"answer": "yes"}, follow=True).text
    invitation.refresh_from_db()
    assert (invitation.state, invitation.proof, invitation.decided_by) == ("confirmed", "person", point.person)
    assert mails() == []


def test_an_invitation_that_was_declined_gives_nothing(client, town, invitation):
    address = reverse("municipalities:invitation", args=[links.token_for(invitation)])
    assert "You declined" in client.post(address, {"answer": "no"}, follow=True).text
    assert "was answered or taken back" in services_say(services.accept_invitation, invitation)
    client.post(address, {"answer": "yes"})
    invitation.refresh_from_db()
    assert (invitation.state, invitation.decided_by, is_affiliated(invitation.person, town)) == (
        "refused", invitation.person, False,
    )  # fmt: skip


def services_say(deed, *arguments) -> str:
    with pytest.raises(NotWaiting) as refused:
        deed(*arguments)
    return str(refused.value)


def test_an_invitation_that_was_taken_back_gives_nothing(client, point, invitation):
    services.end_affiliation(invitation, by=point.person)
    address = reverse("municipalities:invitation", args=[links.token_for(invitation)])
    for answer in ("yes", "no"):
        assert "does not hold any more" in client.post(address, {"answer": answer}).text
    assert mails() == []


def test_a_link_that_is_altered_too_old_or_of_something_else_is_not_found(client, invitation):
    with time_machine.travel(timezone.now() - timedelta(days=61), tick=True):
        old = links.token_for(invitation)
    other = signing.TimestampSigner(salt="something.else").sign(invitation.uuid.hex)
    nonsense = links.SIGNER.sign("not-a-uuid")
    for token in (old, other, nonsense, links.token_for(invitation)[:-1]):
        assert client.post(reverse("municipalities:invitation", args=[token])).status_code == 404
    invitation.refresh_from_db()
    assert invitation.state == "invited"


def test_an_invitation_that_is_sent_again_holds_as_long_as_its_new_link(town, point):
    again = {"email": "nova@cm-x.example", "name": "Nova"}
    invited = services.invite_colleague(town, by=make_coordinator(), **again)
    Affiliation.objects.filter(pk=invited.pk).update(asked_at=timezone.now() - timedelta(days=59, hours=23))
    services.invite_colleague(town, by=point.person, **again)
    services.forget_due(now=timezone.now() + timedelta(days=59))
    invited.refresh_from_db()
    assert (invited.state, invited.asked_by) == ("invited", point.person)
    services.forget_due(now=timezone.now() + timedelta(days=61))
    invited.refresh_from_db()
    assert invited.state == "ended"


# --- the role


def test_who_becomes_a_focal_point_is_told_and_hears_of_who_waits(town, point):
    waiting = services.ask_affiliation(town, by=make_user(name="Rui Mar"))
    row = make_affiliation(make_user(), town)
    for _ in range(2):
        services.make_focal_point(row, by=point.person)
    assert is_focal_point(row.person, town)
    assert mails() == [("asked", point.person.email), ("focal_point", row.person.email), ("asked", row.person.email)]
    assert waiting.state == "asked"


def test_who_is_a_focal_point_no_more_is_told_unless_it_was_the_own_wish(town, point):
    first, second = (make_affiliation(make_user(), town, kind="focal_point") for _ in range(2))
    for _ in range(2):
        services.make_staff(first, by=point.person)
    services.make_staff(second, by=second.person)
    assert mails() == [("staff", first.person.email)]
    assert [is_focal_point(row.person, town) for row in (first, second)] == [False, False]
    assert is_affiliated(second.person, town)


@pytest.mark.parametrize("deed", [services.make_staff, services.end_affiliation])
def test_who_is_a_focal_point_no_more_gets_no_queued_mail_about_others(town, point, deed):
    other = make_affiliation(make_user(), town, kind="focal_point")
    services.ask_affiliation(town, by=make_user(name="Rui Mar"))
    deed(other, by=point.person)
    assert [to for template, to in mails() if template == "asked"] == [point.person.email]
    if deed == services.make_staff:
        services.make_focal_point(other, by=point.person)
        assert ("asked", other.person.email) in mails()


@pytest.mark.parametrize("deed", [services.make_focal_point, services.make_staff])
def test_only_who_belongs_has_a_part(town, point, deed):
    with pytest.raises(NotConfirmed):
        deed(services.ask_affiliation(town, by=make_user()), by=point.person)


# --- the pages


def test_the_page_shows_focal_points_first_and_names_functions(client, town, point):
    make_affiliation(make_user(name="Ana Sá"), town, function="Vereadora")
    client.force_login(make_affiliation(make_user(name="Zita Luz"), town).person)
    page = client.get(f"/en{people(town)}".replace("/en/en", "/en"))
    assert [row.person.name for row in page.context["colleagues"]] == ["Paula Ponto", "Ana Sá", "Zita Luz"]
    assert "Vereadora" in page.text
    assert (page.context["requests"], page.context["invitations"], "Make a focal point" in page.text) == ([], [], False)


def test_staff_read_no_address_and_nothing_of_who_asks(client, town, point, invitation):
    services.ask_affiliation(town, by=make_user("rui@example.org", name="Rui Mar"))
    client.force_login(make_affiliation(make_user(), town).person)
    text = client.get(people(town)).text
    assert [word for word in ("rui@example.org", "Rui Mar", "nova@example.org", point.person.email) if word in text] == []


def test_an_invitation_shows_the_typed_address_never_the_name_of_its_account(client, town, point):
    make_user("somebody@example.org", name="Segredo Guardado")
    client.force_login(point.person)
    page = client.post(people(town), {"name": "Nova", "email": "somebody@example.org"}, follow=True)
    assert "somebody@example.org" in page.text
    assert "Segredo" not in page.text


def test_the_page_costs_the_same_for_three_as_for_forty(client, town, point, django_assert_num_queries):
    client.force_login(point.person)
    client.get(people(town))
    for n in range(20):
        make_affiliation(make_user(), town, kind="focal_point" if n % 2 else "staff")
        services.ask_affiliation(town, by=make_user())
    with django_assert_num_queries(8):
        client.get(people(town))


def test_what_was_typed_stays_in_the_form(client, town, point):
    client.force_login(point.person)
    page = client.post(people(town), {"name": "Nova Colega", "email": "wrong", "function": "Arquiteta"})
    assert "<title>Error: " in page.text
    for typed in ("Nova Colega", "wrong", "Arquiteta"):
        assert f'value="{typed}"' in page.text
    row = services.ask_affiliation(town, by=make_user(name="Rui Mar"))
    refuse = reverse("municipalities:affiliation_refuse", args=[row.uuid])
    assert "Give the reason" in client.post(refuse, {"reason": " "}).text
    assert "x" * 501 in client.post(refuse, {"reason": "x" * 501}).text
    row.refresh_from_db()
    assert row.state == "asked"


def test_a_person_answers_and_sees_it(client, town, point):
    row = services.ask_affiliation(town, by=make_user(name="Rui Mar"))
    client.force_login(point.person)
    answer = client.post(reverse("municipalities:affiliation_confirm", args=[row.uuid]), follow=True)
    assert "Rui Mar belongs to Palmela now" in answer.text
    services.end_affiliation(row, by=row.person)
    for name in ("confirm", "focal_point", "staff"):
        page = client.post(reverse(f"municipalities:affiliation_{name}", args=[row.uuid]), follow=True)
        assert page.redirect_chain == [(people(town), 302)]
        assert "messages" in page.context
        assert [message.level_tag for message in page.context["messages"]] == ["error"]


def test_the_last_focal_point_reads_why_they_stay(client, town, point):
    client.force_login(point.person)
    page = client.post(reverse("municipalities:affiliation_end", args=[point.uuid]), follow=True)
    assert "Paula Ponto is the only focal point of Palmela. Make somebody else a focal point first." in page.text
    assert is_focal_point(point.person, town)


def test_another_towns_people_look_like_none(client, town, point):
    other = make_affiliation(make_user(), make_municipality(), kind="focal_point")
    asking = services.ask_affiliation(other.municipality, by=make_user())
    client.force_login(point.person)
    pages = []
    for slug in (other.municipality.slug, "no-such-town"):
        page = client.get(people(type(town)(slug=slug)))
        assert page.status_code == 404
        pages.append(page.text.replace(slug, "-"))
    assert pages[0] == pages[1]
    for name in ("confirm", "refuse", "focal_point", "staff", "end"):
        found = []
        for uuid in (asking.uuid, "00000000-0000-4000-8000-000000000000"):
            page = client.post(reverse(f"municipalities:affiliation_{name}", args=[uuid]))
            assert page.status_code == 404
            found.append(page.text.replace(str(uuid), "-"))
        assert found[0] == found[1]


def test_coordinators_look_after_every_town(client, town):
    client.force_login(make_coordinator())
    page = client.post(people(town), {"name": "Nova Colega", "email": "nova@example.org"}, follow=True)
    assert "An invitation goes to nova@example.org." in page.text

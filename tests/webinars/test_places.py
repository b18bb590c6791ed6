"""Who gets a place, who waits, who is next."""

from datetime import timedelta

import pytest
from django.utils import timezone

from network_portal.mail.models import OutboxMail
from tests.factories import make_coordinator, make_cycle, make_municipality, make_registration, make_term, make_user, make_webinar
from webinars import services
from webinars.errors import CapacityBelowConfirmed, NotAdmitted, NotConfirmed, RegistrationClosed, RoomNotOpen, WebinarIsOver
from webinars.models import Registration

pytestmark = pytest.mark.django_db


def register(webinar, person=None, **fields):
    person = person or make_user()
    answers = {"name": person.name, "role": make_term("role"), "municipality": make_municipality(), "by": person}
    return services.register(webinar, person=person, **answers | fields)


def keys():
    return list(OutboxMail.objects.exclude(state="cancelled").order_by("pk").values_list("key", flat=True))


def test_register_gives_the_last_place_and_owes_one_mail():
    registration = register(make_webinar(capacity=1))
    assert registration.status == "confirmed"
    assert keys() == [f"registered:{registration.uuid}:confirmed"]


def test_register_when_full_joins_the_queue_in_order():
    webinar = make_webinar(capacity=1)
    register(webinar)
    second, third = register(webinar), register(webinar)
    assert (second.status, second.queue_position, third.queue_position) == ("waiting", 1, 2)


def test_a_newcomer_never_passes_a_queue():
    webinar = make_webinar(capacity=5)
    make_registration(webinar, status="waiting")
    assert register(webinar).status == "waiting"


def test_registering_twice_gives_the_same_registration_and_no_second_mail():
    webinar, person = make_webinar(), make_user()
    first = register(webinar, person)
    assert register(webinar, person) == first
    assert len(keys()) == 1


def test_register_remembers_a_name_that_was_not_known():
    person = make_user(name="")
    register(make_webinar(), person, name="Marta Sequeira")
    person.refresh_from_db()
    assert person.name == "Marta Sequeira"


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"state": "draft"}, "published"),
        ({"state": "cancelled"}, "cancelled"),
        ({"registration_closes_at": timezone.now() - timedelta(hours=1)}, "closed on"),
        ({"registration_opens_at": timezone.now() + timedelta(days=1)}, "opens on"),
        ({"starts_at": timezone.now() - timedelta(minutes=1)}, "closed on"),
    ],
)
def test_register_is_refused_when_it_is_not_open(fields, says, settings):
    settings.LANGUAGE_CODE = "en"
    from django.utils import translation

    with translation.override("en"), pytest.raises(RegistrationClosed, match=says):
        register(make_webinar(**fields))
    assert not Registration.objects.exists()


def test_an_event_of_the_network_admits_who_names_a_municipality():
    webinar = make_webinar(audience="network")
    with pytest.raises(NotAdmitted):
        register(webinar, municipality=None, organisation="Uma associação")
    assert register(webinar).status == "confirmed"


def test_a_cancellation_promotes_the_next_with_a_mail():
    webinar = make_webinar(capacity=1)
    first, second, third = register(webinar), register(webinar), register(webinar)
    services.cancel_registration(first, by=first.person)
    second.refresh_from_db()
    assert second.status == "confirmed"
    assert webinar.registrations.with_queue_position().get(pk=third.pk).queue_position == 1
    assert keys()[-1] == f"promoted:{second.uuid}"


def test_cancelling_twice_changes_nothing():
    webinar = make_webinar(capacity=1)
    first, *_ = [register(webinar) for _ in range(3)]
    services.cancel_registration(first, by=None)
    services.cancel_registration(first, by=None)
    assert webinar.registrations.confirmed().count() == 1
    assert sum(key.startswith("cancelled:") for key in keys()) == 1


def test_cancelling_takes_back_the_mail_that_was_not_sent():
    registration = register(make_webinar())
    services.cancel_registration(registration, by=registration.person)
    assert keys() == [f"cancelled:{registration.uuid}"]


def test_a_promotion_fails_as_a_whole_when_its_mail_does(monkeypatch):
    webinar = make_webinar(capacity=1)
    first, second = register(webinar), register(webinar)

    def broken(registration):
        raise RuntimeError("no mail today")

    monkeypatch.setattr("webinars.emails.queue_promoted", broken)
    with pytest.raises(RuntimeError, match="no mail"):
        services.cancel_registration(first, by=first.person)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status) == ("confirmed", "waiting")


def test_coming_back_joins_the_end_of_the_queue_with_a_later_calendar_entry():
    webinar = make_webinar(capacity=1)
    first, second = register(webinar), register(webinar)
    services.cancel_registration(first, by=first.person)
    back = register(webinar, first.person)
    second.refresh_from_db()
    assert (back.status, second.status) == ("waiting", "confirmed")
    first.refresh_from_db()
    assert back.sequence > first.sequence


def test_a_coordinator_removes_somebody_and_the_next_is_promoted():
    webinar = make_webinar(capacity=1)
    first, second = register(webinar), register(webinar)
    services.cancel_registration(first, by=make_coordinator())
    second.refresh_from_db()
    assert second.status == "confirmed"
    assert OutboxMail.objects.filter(template="webinars/removed", to=first.person.email).exists()


def test_one_place_more_promotes_one():
    webinar = make_webinar(capacity=1)
    register(webinar)
    second, third = register(webinar), register(webinar)
    services.edit_webinar(webinar, by=make_coordinator(), capacity=2)
    assert [Registration.objects.get(pk=r.pk).status for r in (second, third)] == ["confirmed", "waiting"]


def test_fewer_places_than_people_is_refused_and_says_how_many():
    webinar = make_webinar(capacity=20)
    for _ in range(2):
        register(webinar)
    with pytest.raises(CapacityBelowConfirmed, match="2"):
        services.edit_webinar(webinar, by=make_coordinator(), capacity=1)
    webinar.refresh_from_db()
    assert webinar.capacity == 20


def test_the_sweep_repairs_a_promotion_that_was_missed():
    webinar = make_webinar(capacity=2)
    waiting = make_registration(webinar, status="waiting")
    assert services.sweep_waiting_lists() == 1
    waiting.refresh_from_db()
    assert waiting.status == "confirmed"
    assert services.sweep_waiting_lists() == 0


def test_cancelling_after_the_start_is_refused_except_for_coordinators():
    webinar = make_webinar(starts_at=timezone.now() - timedelta(minutes=5))
    registration = make_registration(webinar)
    with pytest.raises(RegistrationClosed):
        services.cancel_registration(registration, by=registration.person)
    assert services.cancel_registration(registration, by=make_coordinator()).status == "cancelled"


def test_adding_by_hand_makes_the_account_and_says_who_did_it():
    webinar, coordinator = make_webinar(), make_coordinator()
    fields = {"name": "Rui Valadares", "role": make_term("role"), "municipality": make_municipality(), "by": coordinator}
    added = services.add_by_hand(webinar, email=" Rui@CM-X.example ", **fields)
    assert (added.person.email, added.registered_by, added.source) == ("rui@cm-x.example", coordinator, "coordinator")
    assert services.add_by_hand(webinar, email="rui@cm-x.example", **fields) == added


def test_nobody_is_added_to_a_webinar_that_is_over():
    webinar = make_webinar(starts_at=timezone.now() - timedelta(days=2))
    with pytest.raises(WebinarIsOver):
        services.add_by_hand(
            webinar, email="a@b.example", name="A", role=make_term("role"), organisation="X", by=make_coordinator()
        )


def test_check_in_when_the_room_is_open_and_the_first_time_counts():
    webinar = make_webinar(starts_at=timezone.now() + timedelta(minutes=20))
    registration = make_registration(webinar)
    first = services.check_in(registration).checked_in_at
    assert services.check_in(registration, now=timezone.now() + timedelta(minutes=5)).checked_in_at == first


def test_check_in_is_refused_before_the_room_opens_after_the_end_and_to_who_waits():
    webinar = make_webinar(starts_at=timezone.now() + timedelta(minutes=31))
    registration = make_registration(webinar)
    with pytest.raises(RoomNotOpen):
        services.check_in(registration)
    with pytest.raises(RoomNotOpen):
        services.check_in(registration, now=webinar.ends_at)
    with pytest.raises(NotConfirmed):
        services.check_in(make_registration(webinar, status="waiting"), now=webinar.starts_at)


def test_needs_are_forgotten_seven_days_after():
    cycle = make_cycle()
    old = make_registration(make_webinar(cycle=cycle, starts_at=timezone.now() - timedelta(days=8)), needs="letra grande")
    recent = make_registration(make_webinar(cycle=cycle, starts_at=timezone.now() - timedelta(days=6)), needs="letra grande")
    assert services.delete_old_needs(now=timezone.now()) == 1
    assert [Registration.objects.get(pk=r.pk).needs for r in (old, recent)] == ["", "letra grande"]


def test_registering_costs_a_fixed_number_of_queries(django_assert_max_num_queries):
    webinar, person, town, role = make_webinar(), make_user(), make_municipality(), make_term("role")
    with django_assert_max_num_queries(9):
        services.register(webinar, person=person, name="Rita", role=role, municipality=town, by=person)

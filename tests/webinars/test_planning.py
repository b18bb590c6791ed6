"""What a coordinator's changes do to calendars, mails and the audit log."""

from datetime import timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from network_portal.audit.models import Entry
from network_portal.mail.models import OutboxMail
from tests.factories import make_coordinator, make_cycle, make_registration, make_term, make_webinar
from tests.webinars.test_places import register
from webinars import services
from webinars.errors import ChangedMeanwhile, WebinarNotReady
from webinars.models import AgendaItem, Webinar

pytestmark = pytest.mark.django_db


def entries(person):
    """(method, UID, SEQUENCE, start) of each calendar part owed to ``person``, in order."""
    rows = OutboxMail.objects.filter(to=person.email).exclude(calendar="").order_by("pk")
    events = [(row.calendar_method, Calendar.from_ical(row.calendar).walk("VEVENT")[0]) for row in rows]
    return [(method, str(event["UID"]), int(event["SEQUENCE"]), event.start) for method, event in events]


def test_move_move_back_rename_cancel_is_one_entry_with_growing_sequence():
    webinar, by = make_webinar(), make_coordinator()
    registration, start, length = register(webinar), webinar.starts_at, timedelta(hours=3)
    later = start + timedelta(days=1)
    services.edit_webinar(webinar, by=by, starts_at=later, ends_at=later + length)
    services.edit_webinar(webinar, by=by, starts_at=start, ends_at=start + length)
    services.edit_webinar(webinar, by=by, title="Outro título")
    services.cancel_webinar(webinar, by=by, reason="Greve dos transportes")
    found = entries(registration.person)
    assert [row[0] for row in found] == ["REQUEST"] * 4 + ["CANCEL"]
    assert len({row[1] for row in found}) == 1
    assert [row[2] for row in found] == [0, 1, 2, 3, 4]
    assert found[1][3] - found[0][3] == timedelta(days=1)


def test_a_change_that_calendars_do_not_show_writes_to_nobody():
    webinar = make_webinar()
    register(webinar)
    services.edit_webinar(webinar, by=make_coordinator(), summary="Outro resumo", join_url="https://zoom.example/j/1")
    assert OutboxMail.objects.count() == 1
    webinar.refresh_from_db()
    assert (webinar.version, webinar.sequence) == (0, 0)


def test_moving_withdraws_what_still_says_the_old_time_and_tells_who_waits_too():
    webinar = make_webinar(capacity=1)
    first, second = register(webinar), register(webinar)
    services.edit_webinar(
        webinar,
        by=make_coordinator(),
        starts_at=webinar.starts_at + timedelta(hours=1),
        ends_at=webinar.ends_at + timedelta(hours=1),
    )
    alive = OutboxMail.objects.filter(state="queued").values_list("key", flat=True)
    assert set(alive) == {f"moved:{first.uuid}:v1", f"moved:{second.uuid}:v1"}
    assert entries(second.person) == []


def test_moving_moves_the_programme():
    webinar = make_webinar()
    item = AgendaItem.objects.create(webinar=webinar, starts_at=webinar.starts_at + timedelta(minutes=10), title="Abertura")
    services.edit_webinar(
        webinar,
        by=make_coordinator(),
        starts_at=webinar.starts_at + timedelta(days=2),
        ends_at=webinar.ends_at + timedelta(days=2),
    )
    item.refresh_from_db()
    assert item.starts_at == webinar.starts_at + timedelta(days=2, minutes=10)


def test_how_many_mails_a_change_would_send():
    webinar = make_webinar()
    register(webinar)
    assert services.mails_owed_by(webinar, {"title": "Outro"}) == 1
    assert services.mails_owed_by(webinar, {"title": webinar.title, "summary": "Outro"}) == 0


def test_a_form_that_is_out_of_date_overwrites_nothing():
    webinar, by = make_webinar(), make_coordinator()
    seen = webinar.changed_at
    services.edit_webinar(webinar, by=by, summary="Primeira", seen=seen)
    with pytest.raises(ChangedMeanwhile):
        services.edit_webinar(webinar, by=by, summary="Segunda", seen=seen)
    webinar.refresh_from_db()
    assert webinar.summary == "Primeira"


def test_cancelling_a_webinar_cancels_everybody_and_promotes_nobody():
    webinar = make_webinar(capacity=1)
    first, second = register(webinar), register(webinar)
    services.cancel_webinar(webinar, by=make_coordinator(), reason="Doença")
    statuses = {r.status for r in webinar.registrations.all()}
    assert statuses == {"cancelled"}
    templates = OutboxMail.objects.filter(state="queued").values_list("to", "template")
    assert set(templates) == {
        (first.person.email, "webinars/webinar_cancelled"),
        (second.person.email, "webinars/webinar_cancelled"),
    }
    assert entries(second.person) == []


def test_a_draft_is_numbered_published_and_shows_its_cycle():
    cycle, by = make_cycle(is_published=False), make_coordinator()
    start = timezone.now() + timedelta(days=9)
    fields = {"cycle": cycle, "theme": make_term("theme"), "starts_at": start, "ends_at": start + timedelta(hours=2)}
    webinar = services.create_webinar(by=by, title="Educação", **fields)
    other = services.create_webinar(by=by, title="Educação", **fields)
    assert (webinar.number, webinar.slug, other.number, other.slug) == (1, "educacao", 2, "educacao-2")
    services.publish(webinar, by=by)
    cycle.refresh_from_db()
    assert cycle.is_published
    assert list(Entry.objects.order_by("pk").values_list("action", flat=True))[-1] == "webinar.published"


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "cancelled"},
        {"state": "draft", "starts_at": timezone.now() - timedelta(hours=1)},
        {"state": "draft", "mode": "on_site"},
    ],
)
def test_publishing_is_refused_when_something_is_missing(fields):
    with pytest.raises(WebinarNotReady):
        services.publish(make_webinar(**fields), by=make_coordinator())


def test_a_slug_never_takes_the_address_of_a_page():
    from webinars.services.planning import free_slug

    assert free_slug("Manage") == "manage-2"
    assert free_slug("🙂") == "webinar"


def test_a_webinar_that_is_over_is_not_cancelled():
    webinar = make_webinar(starts_at=timezone.now() - timedelta(days=1))
    with pytest.raises(WebinarNotReady):
        services.cancel_webinar(webinar, by=make_coordinator(), reason="x")
    assert Webinar.objects.get(pk=webinar.pk).state == "published"


def test_moving_costs_queries_in_step_with_the_people_told(django_assert_max_num_queries):
    webinar, by = make_webinar(), make_coordinator()
    for _ in range(5):
        make_registration(webinar)
    with django_assert_max_num_queries(15 + 12 + 5 * 4):  # 12 write what the search knows of it
        services.edit_webinar(webinar, by=by, title="Outro título")

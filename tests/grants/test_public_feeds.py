"""Feeds of calls: Atom and the calendar of deadlines."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone
from icalendar import Calendar

from grants import services
from grants.models import Call
from tests.factories import make_coordinator
from tests.grants.calls import close, make_call, make_draft

pytestmark = pytest.mark.django_db
ATOM, ICS = "/feeds/calls.atom", "/feeds/call-deadlines.ics"
SPACE = {"a": "http://www.w3.org/2005/Atom"}


def entries(client, address=ATOM) -> list:
    return ElementTree.fromstring(client.get(address).content).findall("a:entry", SPACE)


def events(client, address=ICS) -> dict:
    return {str(e["summary"]): e for e in Calendar.from_ical(client.get(address).content).walk("VEVENT")}


def test_atom_has_what_changed_last_first(client):
    by = make_coordinator()
    first, second = make_call(title="Um <apoio> & mais", by=by), make_call("cancelled", title="Outro", by=by)
    make_draft(title="Rascunho")
    assert [e.find("a:title", SPACE).text for e in entries(client)] == ["Outro", "Um <apoio> & mais"]
    ids = [e.find("a:id", SPACE).text for e in entries(client)]
    services.extend(first, by=by, closes_at=first.closes_at + timedelta(days=1), reason="Avaria.")
    assert [e.find("a:id", SPACE).text for e in entries(client)] == ids[::-1]  # it moved up and kept its id
    assert entries(client)[0].find("a:link", SPACE).get("href") == f"https://portal.example.org{first.get_absolute_url()}"
    assert second.title


def test_atom_in_the_language_that_is_asked_for(client):
    make_call()
    feed = ElementTree.fromstring(client.get(f"{ATOM}?language=en").content)
    assert feed.find("a:title", SPACE).text.startswith("Calls for support")
    for language in ("xx", "", "pt", "../../etc"):
        feed = ElementTree.fromstring(client.get(ATOM, {"language": language}).content)
        assert feed.find("a:title", SPACE).text.startswith("Apoios")


@pytest.mark.parametrize("address", [ATOM, ICS])
def test_a_feed_that_did_not_change_is_not_sent_again(client, address):
    by = make_coordinator()
    call = make_call(by=by)
    first = client.get(address)
    assert not first.cookies
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    services.extend(call, by=by, closes_at=call.closes_at + timedelta(hours=1), reason="Avaria.")
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 200
    assert client.post(address).status_code == 405


def test_a_deadline_in_the_calendar(client):
    call = make_call(title="Um apoio", closes_at=datetime(2027, 6, 4, 16, tzinfo=UTC))
    event = events(client)["Fim do prazo: Um apoio"]
    assert event.decoded("dtstart") == datetime(2027, 6, 4, 16, tzinfo=UTC)
    assert str(event["uid"]) == f"call-{call.pk}-deadline@portal.example.org"
    assert (event["status"], event["transp"], int(event["sequence"])) == ("CONFIRMED", "TRANSPARENT", 0)
    assert str(event["url"]).endswith(call.get_absolute_url())
    alone = events(client, f"{call.get_absolute_url()}calendar.ics")
    assert alone["Fim do prazo: Um apoio"]["uid"] == event["uid"]


def test_an_extension_moves_the_entry_that_is_there(client):
    by = make_coordinator()
    call = make_call(by=by)
    seen = []
    for _ in range(3):
        (event,) = events(client).values()
        seen.append((str(event["uid"]), int(event["sequence"]), event.decoded("dtstart")))
        call = services.extend(call, by=by, closes_at=call.closes_at + timedelta(days=1), reason="Mais tempo.")
    assert len({uid for uid, _n, _at in seen}) == 1
    assert [n for _uid, n, _at in seen] == [0, 1, 2]
    assert seen[0][2] < seen[1][2] < seen[2][2]
    services.cancel(call, by=by, reason="Sem verba.")
    (event,) = events(client).values()
    assert (event["status"], int(event["sequence"])) == ("CANCELLED", 4)


def test_old_deadlines_leave_the_calendar_and_drafts_never_enter(client):
    make_draft(title="Rascunho")
    old, recent = make_call(title="Velho"), make_call(title="Recente")
    close(old, timezone.now() - timedelta(days=91))
    close(recent, timezone.now() - timedelta(days=89))
    assert list(events(client)) == ["Fim do prazo: Recente"]


def test_no_calls_are_a_feed_too(client):
    assert entries(client) == []
    assert events(client) == {}


def test_the_feeds_cost_few_queries(client, django_assert_max_num_queries):
    call = make_call()
    fields = {f.attname: getattr(call, f.attname) for f in Call._meta.concrete_fields if f.attname != "id"}
    Call.objects.bulk_create(Call(**fields | {"slug": f"copy-{n}"}) for n in range(70))
    with django_assert_max_num_queries(2):
        assert len(entries(client)) == 50
    with django_assert_max_num_queries(2):
        client.get(ICS)

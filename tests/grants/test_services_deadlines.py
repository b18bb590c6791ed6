"""The last second counts: what is possible one second before, at, and one second after the closing, where clocks change too."""

from datetime import timedelta

import pytest

from grants import services
from grants.errors import NotLater, WrongState
from grants.models import Call
from grants.services import Result
from tests.factories import make_coordinator
from tests.grants.calls import at, close, make_call, make_draft, whole

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)
# Zone, and closing at 23:59 local time on both days of 2027 on which clocks change, in UTC
CLOSINGS = [
    ("Europe/Lisbon", "2027-03-28T22:59+00:00"), ("Europe/Lisbon", "2027-10-31T23:59+00:00"),
    ("Atlantic/Azores", "2027-03-28T23:59+00:00"), ("Atlantic/Azores", "2027-11-01T00:59+00:00"),
    ("Europe/Madrid", "2027-03-28T21:59+00:00"), ("Europe/Madrid", "2027-10-31T22:59+00:00"),
]  # fmt: skip


@pytest.fixture(params=CLOSINGS, ids=lambda case: f"{case[0]}-{case[1][:7]}")
def call(request):
    zone, moment = request.param
    call = close(make_call(time_zone=zone), at(moment))
    assert f"{call.closes_local:%H:%M}" == "23:59"
    return call


@pytest.mark.parametrize(("offset", "phase"), [(-SECOND, "open"), (0 * SECOND, "open"), (SECOND, "closed")])
def test_phase_list_and_deeds_agree_to_the_second(call, offset, phase):
    now, by = call.closes_at + offset, make_coordinator()
    later = call.closes_at + timedelta(days=1)
    assert call.phase_at(now) == phase
    assert list(Call.objects.in_phase(phase, now=now)) == [call]
    before = whole(call)
    if phase == "open":
        for deed in (services.declare_void, services.resolve):
            words = {"reason": "Ninguém."} if deed is services.declare_void else {"result": Result("Um.")}
            with pytest.raises(WrongState):
                deed(call, by=by, now=now, **words)
        assert whole(call) == before
        assert services.extend(call, by=by, closes_at=later, reason="Houve greve.", now=now).closes_at == later
    else:
        with pytest.raises(WrongState, match="23:59"):
            services.extend(call, by=by, closes_at=later, reason="Houve greve.", now=now)
        assert whole(call) == before
        assert services.resolve(call, by=by, result=Result("Um."), now=now).state == "resolved"


@pytest.mark.parametrize("offset", [-SECOND, 0 * SECOND])
def test_an_extension_is_later_or_refused(call, offset):
    before = whole(call)
    with pytest.raises(NotLater, match="23:59"):
        services.extend(call, by=make_coordinator(), closes_at=call.closes_at + offset, reason="x", now=call.opens_at)
    assert whole(call) == before
    services.extend(call, by=make_coordinator(), closes_at=call.closes_at + SECOND, reason="x", now=call.opens_at)


@pytest.mark.parametrize(("offset", "is_ready"), [(-SECOND, True), (0 * SECOND, False), (SECOND, False)])
def test_a_draft_is_published_before_its_closing_or_not_at_all(offset, is_ready):
    draft = make_draft()
    missing = services.still_missing(draft, now=draft.closes_at + offset)
    assert [one.field for one in missing] == ([] if is_ready else ["closes_at"])


@pytest.mark.parametrize(("offset", "phase"), [(-SECOND, "coming"), (0 * SECOND, "open"), (SECOND, "open")])
def test_it_opens_to_the_second(offset, phase):
    call = make_call("coming")
    assert call.phase_at(call.opens_at + offset) == phase
    assert list(Call.objects.in_phase(phase, now=call.opens_at + offset)) == [call]


def test_the_result_cannot_be_expected_before_the_new_closing():
    call = make_call("open")
    Call.objects.filter(pk=call.pk).update(resolution_due_on=call.closes_local.date() + timedelta(days=1))
    later, before = call.closes_at + timedelta(days=5), whole(call)
    with pytest.raises(NotLater, match="resultado"):
        services.extend(call, by=make_coordinator(), closes_at=later, reason="x")
    assert whole(call) == before
    due_on = later.date() + timedelta(days=30)
    services.extend(call, by=make_coordinator(), closes_at=later, reason="x", resolution_due_on=due_on)
    call.refresh_from_db()
    assert call.resolution_due_on == due_on

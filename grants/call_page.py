"""What the page of a call shows. What hangs on the call is read only when nothing that a process has kept of the page holds."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from grants.eligibility import kinds_in_words, places_in_words, residents_in_words
from grants.history import Happening, first_deadline, history
from grants.listing import hour_of
from grants.models import Call, CallEvent
from grants.reading import Whole, whole
from grants.services.questions import ASKABLE
from grants.steps import Step, steps
from grants.structured import call_data
from grants.words import Left, left, moment_in_words

ENDED = (Call.State.CANCELLED, Call.State.VOID)


@dataclass
class CallPage:
    """A call at ``now``; the same for everybody."""

    call: Call
    now: datetime

    @cached_property
    def phase(self) -> str:
        return self.call.phase_at(self.now)

    @cached_property
    def key(self) -> str:
        """What changes when anything of this page but the time that is left does."""
        call = self.call
        return repr((call.pk, call.version, call.changed_at, call.terms_version, self.phase, hour_of(self.now)))

    @cached_property
    def left(self) -> Left | None:
        return left(self.call, self.now) if self.phase == "open" else None

    @property
    def elapsed(self) -> int:
        """How much of the time for applications has passed, in thousandths."""
        call = self.call
        if not call.opens_at or self.now <= call.opens_at:
            return 0
        return min(int(1000 * ((self.now - call.opens_at) / (call.closes_at - call.opens_at))), 1000)

    @property
    def is_this_year(self) -> bool:
        """Whether the day of the closing needs no year."""
        return self.call.closes_local.year == self.now.astimezone(self.call.zone).year

    @property
    def has_closed(self) -> bool:
        return bool(self.call.closes_at) and self.now > self.call.closes_at

    @property
    def is_live(self) -> bool:
        """Whether something about it can still change in time for those who follow it."""
        return self.phase in ("coming", "open", "closed")

    @property
    def can_ask(self) -> bool:
        return self.phase in ASKABLE

    @property
    def structured(self) -> dict:
        return call_data(self.call)

    @cached_property
    def whole(self) -> Whole:
        return whole(self.call)

    @property
    def who(self) -> str:
        return kinds_in_words(self.whole.rules.kinds)

    @property
    def places(self) -> str:
        return places_in_words(self.whole.rules.territories)

    @property
    def limits(self) -> str:
        return residents_in_words(self.call.residents_from, self.call.residents_to)

    @property
    def ended(self) -> CallEvent | None:
        """What says why there is no result."""
        return next((event for event in self.whole.events if event.kind in ENDED), None)

    @property
    def earlier(self) -> str:
        """When it would have closed before it was extended, in words."""
        moment = first_deadline(self.call, self.whole.events)
        return moment_in_words(moment, self.now, self.call.time_zone) if moment else ""

    @property
    def unanswered(self) -> int:
        return len(self.whole.questions) - len(self.whole.answered)

    @property
    def steps(self) -> list[Step]:
        return steps(self.call, self.now)

    @property
    def history(self) -> list[Happening]:
        return history(self.call, self.whole.events)

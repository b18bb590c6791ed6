"""What can be refused about calls; each text may be shown."""

from typing import NamedTuple

from network_portal.common.errors import DomainError


class Missing(NamedTuple):
    """What a call still needs: the field of the form to go to, and the sentence that says so."""

    field: str
    sentence: str


class NotReady(DomainError):
    """``missing`` says what a call still needs before it is public."""

    def __init__(self, missing: list[Missing]):
        super().__init__(" ".join(one.sentence for one in missing))
        self.missing = missing


class WrongState(DomainError):
    pass


class NotLater(DomainError):
    pass


class OverBudget(DomainError):
    pass


class TooManyFiles(DomainError):
    pass


class ReasonMissing(DomainError):
    pass


class ChangedMeanwhile(DomainError):
    pass

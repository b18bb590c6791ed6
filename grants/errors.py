"""What can be refused about calls; each text may be shown."""

from network_portal.common.errors import DomainError


class NotReady(DomainError):
    """``missing`` are the sentences that say what a call still needs."""

    def __init__(self, missing: list[str]):
        super().__init__(" ".join(missing))
        self.missing = missing


class WrongState(DomainError):
    pass


class NotLater(DomainError):
    pass


class ReasonMissing(DomainError):
    pass


class ChangedMeanwhile(DomainError):
    pass

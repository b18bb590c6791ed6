"""Why a deed on the outbox is refused."""

from network_portal.common.errors import DomainError


class CannotRetry(DomainError):
    pass


class CannotMarkDone(DomainError):
    pass

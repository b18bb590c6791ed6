"""Rules about accounts that were not met."""

from network_portal.common.errors import DomainError


class AddressTaken(DomainError):
    """Another account has the address."""


class LastAdministrator(DomainError):
    """Nobody would be left to look after the portal."""


class UnknownPerson(DomainError):
    """No account has the address."""

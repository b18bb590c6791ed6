"""What can be refused about reports; each text may be shown."""

from network_portal.common.errors import DomainError


class ReportIsFrozen(DomainError):
    pass


class ReportNotFrozen(DomainError):
    pass


class CutOffNotAllowed(DomainError):
    pass


class ChangedMeanwhile(DomainError):
    pass

"""What can be refused about webinars and registrations; each text may be shown."""

from network_portal.common.errors import DomainError


class RegistrationClosed(DomainError):
    pass


class NotAdmitted(DomainError):
    pass


class CapacityBelowConfirmed(DomainError):
    pass


class WebinarNotReady(DomainError):
    pass


class WebinarIsOver(DomainError):
    pass


class ChangedMeanwhile(DomainError):
    pass


class RoomNotOpen(DomainError):
    pass


class NotConfirmed(DomainError):
    pass


class OutsideWebinar(DomainError):
    pass


class AttendanceClosed(DomainError):
    pass

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


class ChapterRefused(DomainError):
    pass


class VideoTaken(DomainError):
    """The video is the recording of another webinar."""


class SlidesRefused(DomainError):
    pass


class RecordingNotReady(DomainError):
    pass


class AttendanceNotBegun(DomainError):
    pass


class AttendanceFileRefused(DomainError):
    """A file that is not in the state that the deed needs, or whose deed is under way."""


class NamesOpen(DomainError):
    """Some names of a file are still to decide."""


class AlreadyCounted(DomainError):
    """Whoever is to be added is in the list already."""


class NotReopenable(DomainError):
    pass


class SurveyClosed(DomainError):
    pass


class AlreadyAnswered(DomainError):
    pass


class NotEntitled(DomainError):
    """Did not attend, attendance is not closed, or no name is stored."""


class CertificateEnded(DomainError):
    """Corrected or revoked: it can no longer be changed or given out."""


class TooManyCorrections(DomainError):
    pass


class NothingToInviteTo(DomainError):
    pass

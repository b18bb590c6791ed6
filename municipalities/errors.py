from network_portal.common.errors import DomainError


class ImportRejected(DomainError):
    """A file of the register was refused as a whole; ``errors`` holds one line for each thing to mend."""

    def __init__(self, errors: list[str]):
        super().__init__("\n".join(errors))
        self.errors = errors


class MembershipDatesWrong(DomainError):
    pass


class MembershipEnded(DomainError):
    """It was ended meanwhile, or another took its place."""


class NotWaiting(DomainError):
    """The request or the invitation was answered or taken back meanwhile."""


class NotConfirmed(DomainError):
    """Only who belongs to the municipality can have a part in it."""


class LastFocalPoint(DomainError):
    """Nobody would be left who looks after the municipality's colleagues."""


class TooManyRequests(DomainError):
    """Somebody asks, or invites, more often than people do."""


class ReasonMissing(DomainError):
    pass


class DomainNotAllowed(DomainError):
    """This mail domain says nothing about where a person works, or it is another municipality's."""


class ChangedMeanwhile(DomainError):
    """Somebody else saved first; nothing was overwritten."""

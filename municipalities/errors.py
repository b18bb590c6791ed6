from network_portal.common.errors import DomainError


class ImportRejected(DomainError):
    """A file of the register was refused as a whole; ``errors`` holds one line for each thing to mend."""

    def __init__(self, errors: list[str]):
        super().__init__("\n".join(errors))
        self.errors = errors


class MembershipDatesWrong(DomainError):
    pass

"""The base of every error whose text may be shown to a person."""


class DomainError(Exception):
    """A rule of the network was not met; the text may be shown to the person."""

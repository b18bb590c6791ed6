"""What is refused when terms are changed."""

from network_portal.common.errors import DomainError


class TermExists(DomainError):
    """Another term of the vocabulary has this label."""


class ChangedMeanwhile(DomainError):
    """Somebody else changed the term since the form was opened."""


class LastTerm(DomainError):
    """Forms that ask for a term of this vocabulary would have nothing to offer."""


class BandsOverlap(DomainError):
    """A number would be in two bands at once."""

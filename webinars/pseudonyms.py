"""Counting people once over a cycle without keeping who they are (design: a keyed hash whose key can be destroyed)."""

import hmac
from hashlib import sha256

from network_portal.common.text import fold
from webinars.models import AttendanceRecord, Cycle


def identity(record: AttendanceRecord) -> str:
    """What makes a person one person: the account, else the name with the town or body it came from."""
    if record.person_id:
        return f"person:{record.person_id}"
    return f"name:{fold(record.name)}|{record.municipality_id or fold(record.organisation)}"


def pseudonym(cycle: Cycle, record: AttendanceRecord) -> str:
    """64 hexadecimal digits, the same for the same person in the same cycle; an anonymised record keeps its own.

    Raises ValueError when the key was destroyed.
    """
    if record.pseudonym:
        return record.pseudonym
    if not cycle.pseudonym_key:
        raise ValueError("The key of this cycle was destroyed: nobody can be counted into it any more")
    return hmac.new(bytes.fromhex(cycle.pseudonym_key), identity(record).encode(), sha256).hexdigest()

"""Sets of positions as whole numbers: bit n is set when position n is in the set. Python counts and joins them fast:
a hundred thousand positions are 12.5 kB, and counting them takes some microseconds."""

from collections.abc import Iterable

ONE = ord("1")


def from_positions(positions: Iterable[int], size: int) -> int:
    """The set of ``positions``, each below ``size``."""
    digits = bytearray(b"0") * (size + 1)
    for position in positions:
        digits[~position] = ONE
    return int(digits, 2)


def highest(bits: int, count: int, *, skip: int = 0) -> list[int]:
    """At most ``count`` positions from the highest down, after the first ``skip`` of them."""
    found = []
    bits &= (1 << _above(bits, skip)) - 1 if skip else -1
    while bits and len(found) < count:
        top = bits.bit_length() - 1
        found.append(top)
        bits ^= 1 << top
    return found


def _above(bits: int, count: int) -> int:
    """The lowest position from which on upwards there are at most ``count`` others."""
    low, high = 0, bits.bit_length()
    while low < high:
        middle = (low + high) // 2
        if (bits >> middle).bit_count() > count:
            low = middle + 1
        else:
            high = middle
    return low


def opened(bits: int, position: int) -> int:
    """Everything from ``position`` on moves up by one, so that ``position`` is free."""
    return (bits >> position << (position + 1)) | bits & ((1 << position) - 1)


def closed(bits: int, position: int) -> int:
    """``position`` is taken out, and everything above it moves down by one."""
    return (bits >> (position + 1) << position) | bits & ((1 << position) - 1)

"""Where the map's labels stand."""

CHARACTER = 0.58  # of the font's size: how wide a bold letter is on average, with some room
LONG = 16  # letters that fit beside the map


def spread(wanted: list[float], *, gap: float, low: float, high: float) -> list[float]:
    """Heights at least ``gap`` apart, between ``low`` and ``high``, as near as possible to the ``wanted`` ones.

    ``wanted`` is sorted. Least squares by pooling neighbours (isotonic regression): labels in each other's way share
    the displacement, the others stay where their dot is.
    """
    pools: list[tuple[float, int]] = []  # (mean, how many), without the gaps
    for index, height in enumerate(wanted):
        mean, count = height - index * gap, 1
        while pools and pools[-1][0] > mean:
            before, number = pools.pop()
            mean, count = (before * number + mean * count) / (number + count), number + count
        pools.append((mean, count))
    flat = [mean for mean, count in pools for _ in range(count)]
    top = max(low, high - gap * (len(wanted) - 1))
    return [min(max(height, low), top) + index * gap for index, height in enumerate(flat)]


def halves(name: str) -> list[str]:
    """``name`` in two lines of about the same length when it is long; "Vila Real de / Santo António"."""
    words = name.split()
    if len(name) <= LONG or len(words) == 1:
        return [name]
    ways = [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words))]
    return list(min(ways, key=lambda lines: max(map(len, lines))))

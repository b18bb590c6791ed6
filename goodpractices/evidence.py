"""How well the results of a practice are proven: computed from what is written, never typed.

E0 described · E1 something was counted · E2 measured before and after · E3 an evaluation by others is attached ·
E4 replicated elsewhere with results (from adoptions, which are not recorded yet).
"""

import re

from goodpractices.models import Practice

DIGIT = re.compile(r"\d")
Evidence = Practice.Evidence


def evidence_of(contents: dict[str, dict]) -> Practice.Evidence:
    """The level of the sections ``contents``; an evaluation counts only with numbers beside it."""
    results = contents.get("results", {})
    indicators = [row for row in results.get("indicators", []) if DIGIT.search(row.get("after", "")) and row.get("source")]
    if not indicators:
        return Evidence.DESCRIBED
    if results.get("evaluation") and results.get("evaluated_by"):
        return Evidence.EVALUATED
    if any(DIGIT.search(row.get("before", "")) for row in indicators):
        return Evidence.MEASURED
    return Evidence.COUNTED

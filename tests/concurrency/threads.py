"""Run a deed in many threads at once, each with a database connection of its own."""

import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import connections


def at_once(deed, arguments, in_flight: int) -> tuple[list, list]:
    """``deed(argument)`` for each argument, ``in_flight`` at a time; gives results and errors."""
    results, errors = [], []
    gate = threading.Barrier(min(in_flight, len(arguments)))
    first = threading.local()

    def run(argument):
        if not hasattr(first, "passed"):
            first.passed = True
            gate.wait(timeout=30)
        try:
            results.append(deed(argument))
        except Exception as error:  # every error is a finding, whatever its kind
            errors.append(repr(error))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=in_flight) as pool:
        list(pool.map(run, arguments))
    return results, errors

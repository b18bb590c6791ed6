"""A worker's process for the tests: does the due jobs of a mapping, and stops for good at a chosen call.

Started by ``tests.jobs.killing`` with one argument, JSON: ``works``, ``media`` and, to be stopped, ``at``, ``call``, ``after``
and ``hook``.
"""

import json
import pkgutil
import signal
import sys
from functools import wraps
from pathlib import Path


def stop_at(target: str, *, call: int, after: bool, hook: Path) -> None:
    """Replace the function ``target``: its ``call``-th call makes the file ``hook`` and never returns."""
    place, _, name = target.rpartition(".")
    owner = pkgutil.resolve_name(place)
    original, seen = getattr(owner, name), 0

    def wait_for_the_end() -> None:
        hook.touch()
        while True:
            signal.pause()

    @wraps(original)
    def stopping(*args, **kwargs):
        nonlocal seen
        seen += 1
        if seen == call and not after:
            wait_for_the_end()
        result = original(*args, **kwargs)
        if seen == call:
            wait_for_the_end()
        return result

    setattr(owner, name, stopping)


def main(order: dict) -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.utils.module_loading import import_string

    from network_portal.jobs import services as jobs

    settings.MEDIA_ROOT = Path(order["media"])
    works = import_string(order["works"])
    if order.get("at"):
        stop_at(order["at"], call=order["call"], after=order["after"], hook=Path(order["hook"]))
    print(jobs.run_due(works() if callable(works) else works))


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))

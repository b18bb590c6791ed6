"""The texts of the demonstration's practices: one JSON file each.

Keys besides ``contents`` ({code of a section: content}, see ``goodpractices.sections``):

| key                  | what                                                                                   |
|----------------------|----------------------------------------------------------------------------------------|
| municipality         | the slug of its town                                                                   |
| state                | where it stands: ``public``, a state of a version, ``archived``, ``deleted``            |
| form, language       | as of a version                                                                        |
| months_ago, days_ago | when that state came about, from today                                                 |
| confirmed_months_ago | when its authors last said that it is still true; ``unanswered``: questions since then |
| featured             | whether it is on the home page                                                         |
| presented            | items of agendas: {webinar: slug, item: title}                                         |
| earlier              | {months_ago, contents}: the version before, where it said something else               |
| review, reason       | what the reviewer wrote (text, grid, comments by section); why it ended                |

A picture names its drawing (``draw``), a document or an evaluation its file in the folder.
"""

import json
from copy import deepcopy
from pathlib import Path

FOLDER = Path(__file__).parent / "data" / "practices"
INVENTED = "*Prática inventada: serve apenas para mostrar o portal.*"


def read_texts() -> dict[str, dict]:
    """Everything, by the name of the file. Each text that says why it was needed also says that it is invented."""
    return {path.stem: _read(path) for path in sorted(FOLDER.glob("*.json"))}


def earlier_contents(facts: dict) -> dict[str, dict]:
    """What stood in the version before the last one."""
    return deepcopy(facts["contents"]) | deepcopy(facts["earlier"]["contents"])


def _read(path: Path) -> dict:
    facts = json.loads(path.read_text())
    if context := facts["contents"].get("context"):
        context["text"] += f"\n\n{INVENTED}"
    return facts

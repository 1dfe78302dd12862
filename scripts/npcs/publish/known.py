"""What was known on a day that has passed: what the site of that day is made of."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from npcs.governance.measures import FOLDER
from npcs.history.dates import History, history
from npcs.history.keys import Key
from npcs.history.objects import find, read
from npcs.publish.approvals import PATH, Approvals, approved
from npcs.records.document import Document
from npcs.records.hub import Hub, document
from npcs.records.known import known_on

_STANDARD = ("definitions/core-data-set/", "definitions/terms/")
"""What is put to versions, and of which no version says since when it holds."""

_LAST_ALONE = (FOLDER, "workplan/activities/", "charter/parameters.yml")
"""Where figures stand without a day, and the last answers and words of readings alone."""


def as_known(
    root: Path, hub: Hub, day: date, known: History, root_keys: Sequence[Key]
) -> tuple[Hub, History]:
    """The records and the history as they were known on a day before the last change.

    The records are those of now without what came later, so that nothing is shown again that was
    taken out since. The data set and the terms alone are those that Git has of that day, and the
    charter is the text approved by then, where there was one.
    """
    then = history(root, until=day)
    stood = _stood(root, then, known)
    standard = [document(path, raw) for path, raw in stood.items() if path.startswith(_STANDARD)]
    texts = {one.path: one for one in standard if not _is_faulty(one)}
    text = Approvals(approved(hub, day, root, root_keys), hub, day, root).text
    if text and PATH in hub.documents:
        texts[PATH] = text
    documents = [texts.get(path, one) for path, one in {**hub.documents, **hub.companions}.items()]
    hub = Hub(documents, hub.strays)
    return known_on(hub, day, known.came_after(day), stood), then


def _is_faulty(one: Document) -> bool:
    return any(it.severity == "error" for it in one.remarks)


def _stood(root: Path, then: History, known: History) -> Mapping[str, bytes]:
    """The bytes then of files that do not tell it themselves, where they have changed since."""
    names = {
        path: f"{one.last.commit}:./{path}"
        for path, one in then.files.items()
        if path.startswith((*_LAST_ALONE, *_STANDARD)) and one != known.files.get(path)
    }
    found = find(root, names.values())
    raw = read(root, found.values())
    return {
        path: raw[found[name].id]
        for path, name in names.items()
        if name in found and found[name].id in raw
    }

"""The records behind a revision as they stood when it was approved, whatever they say today."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from npcs.charter.archive import Archive
from npcs.charter.revisions import Revision
from npcs.governance.standing import holds
from npcs.records.charter import Decision
from npcs.records.hub import Hub


def stood(root: Path, today: Hub, revisions: Sequence[Revision]) -> Mapping[str, Hub]:
    """What was known at the commits of some revisions of their decisions, by the name of the tag.

    ``today`` holds the records of now: what has not changed since is not read again.
    """
    archive = Archive(root, today.documents)
    archive.open([one.commit for one in revisions])
    paths = {one.tag: f"charter/decisions/{one.decision}.md" for one in revisions}
    archive.load_records((one.commit, [paths[one.tag]]) for one in revisions)
    meetings = []
    for one in revisions:
        files = archive.files(one.commit)
        blob = files.get(paths[one.tag])
        document = archive.document(paths[one.tag], blob) if blob else None
        meeting = document.content().data.get("meeting") if document and document.readable else ""
        meetings.append(files.get(f"charter/meetings/{meeting}.md", ""))
    archive.load(one for one in meetings if one)
    return {one.tag: archive.hub(one.commit) for one in revisions}


def was_adopted(revision: Revision, then: Hub, as_of: date) -> bool:
    """Whether the text of a revision was adopted, as the records at its tag bear out."""
    decision = then.get(Decision, revision.decision)
    return revision.sound or (decision is not None and holds(then, decision, as_of))

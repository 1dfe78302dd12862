"""``npcs charter verify``: what is approved, and how far that has been verified."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from npcs.cli.options import as_of_option, day_for, root_key_option, root_option
from npcs.cli.progress import progress
from npcs.cli.terminal import counted, plain, show, write_utf8

if TYPE_CHECKING:
    from npcs.charter.revisions import Approval
    from npcs.charter.verification import Verification
    from npcs.history.keys import Key

UNTOLD = 4

EPILOG = """\b
Examples:
  npcs charter verify --root-key root.pub
  npcs charter verify --root-key "ssh-ed25519 AAAA..." --format json

\b
Exit code:
  0  verified from the root key on, or nothing has been adopted yet
  1  something is wrong: see what is said
  2  wrong usage
  4  nothing is wrong, but it could not be verified: no root key was given,
     the clone is shallow, a program is missing, or nobody signed
"""


@click.command("verify", epilog=EPILOG)
@root_key_option
@click.option(
    "--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True,
    help="text is for people, json for programs.",
)  # fmt: skip
@as_of_option
@root_option
def command(root_keys: "tuple[Key, ...]", form: str, as_of: date | None, root: Path) -> int:
    """Verify which texts of the charter are approved, by whom, and that nothing was changed since.

    Each approval is a tag. It is held against the decision, the text, the history, and the records
    of the approval before, which say who could approve and with which key. Git's settings, its
    replacements of objects and what a folder names as trusted change nothing.
    """
    from npcs.charter.verification import verify

    with progress("Verifying the approvals"):
        found = verify(root, day_for(root, as_of), root_keys)
    if form == "json":
        from npcs.cli.reporters.json import dump

        write_utf8(dump(_as_json(root, found)))
    else:
        show(*_lines(root, found, bool(root_keys)))
    return {"verified": 0, "nothing": 0, "wrong": 1, "untold": UNTOLD}[found.outcome]


def _lines(root: Path, found: "Verification", rooted: bool) -> Iterator[str]:
    from npcs.governance.dates import day_in_words

    revisions = found.approved.revisions
    for one in revisions.approvals:
        yield f"{one.tag}: {one.state}"
        yield f"  {plain(_about(one))}"
        yield f"  {plain(one.sentence)}."
    for tag in revisions.others:
        yield f"{plain(tag)}: not verified"
    for tag in revisions.ahead:
        yield f"{plain(tag)}: lies ahead of what is checked out here, and was not looked at"
    for tag in revisions.later:
        yield f"{plain(tag)}: dated after {day_in_words(found.as_of)}, and was not looked at"
    if found.findings:
        from npcs.cli.reporters.text import lines_of

        yield from ("", *lines_of(found.findings, root))
    if revisions.approvals or revisions.others or revisions.later or found.findings:
        yield ""
    yield _conclusion(found, rooted)


def _about(one: "Approval") -> str:
    from npcs.charter.revisions import Revision
    from npcs.governance.dates import day_in_words

    tagged = f"tagged {day_in_words(one.tagged)}"
    if not isinstance(one, Revision):
        return f"who may approve from here on; {tagged}"
    later = one.effective != one.adopted
    holds = f", holds from {day_in_words(one.effective)}" if later else ""
    return f"{one.decision}, adopted {day_in_words(one.adopted)}{holds}, {tagged}"


def _conclusion(found: "Verification", rooted: bool) -> str:
    revisions = found.approved.revisions
    latest = revisions.latest
    text = f"version {latest.version} ({latest.tag}, {latest.digest})" if latest else ""
    if found.outcome == "nothing":
        return "No text of the charter has been adopted or approved yet."
    if found.outcome == "verified":
        return f"Verified from the root key on: the approved text is {text}."
    if found.outcome == "wrong":
        errors = sum(one.severity == "error" for one in found.findings)
        many = counted(errors, "thing is", "things are") if errors else "something is"
        return f"Not verified: {many} wrong, as said above."
    if revisions.obstacle:
        return f"Not verified: {plain(revisions.obstacle)}. To do: {plain(revisions.remedy)}."
    if not found.approved.in_git:
        return (
            "Not verified: this folder is no Git repository, and approvals are tags in Git. "
            "To do: clone the repository, with its tags."
        )
    if any(one.state == "not signed" for one in revisions.approvals):
        return "Not verified: nothing is wrong, but not every approval is signed."
    if latest is None:
        return "Not verified: no text had been approved by this day."
    if not rooted:
        return (
            f"Not verified against a root key: nothing speaks against {text}, and whoever signed "
            "the first approval could be anybody. To do: give --root-key."
        )
    return "Not verified: an approval rests on another that is not verified."


def _as_json(root: Path, found: "Verification") -> dict[str, Any]:
    from npcs.charter.revisions import Revision
    from npcs.cli.reporters.json import as_finding

    revisions = found.approved.revisions
    latest = revisions.latest
    return {
        "version": 1,
        "as_of": found.as_of.isoformat(),
        "root": str(root),
        "outcome": found.outcome,
        "approved": latest.version if latest and found.outcome == "verified" else None,
        "approvals": [
            {
                "tag": one.tag,
                "id": one.id,
                "commit": one.commit,
                "tagged": one.tagged.isoformat(),
                "state": one.state,
                "sentence": one.sentence,
                "signer": one.signer or None,
                "key": one.key or None,
                "previous": one.previous or None,
                "revision": {
                    "version": one.version,
                    "decision": one.decision,
                    "change": one.change,
                    "digest": one.digest,
                    "adopted": one.adopted.isoformat(),
                    "effective": one.effective.isoformat(),
                }
                if isinstance(one, Revision)
                else None,
            }
            for one in revisions.approvals
        ],
        "others": list(revisions.others),
        "ahead": list(revisions.ahead),
        "later": list(revisions.later),
        "obstacle": revisions.obstacle or None,
        "remedy": revisions.remedy or None,
        "findings": [as_finding(one) for one in found.findings],
    }

"""``npcs dataset diff``: what changed between two versions of the core data set."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import click

from npcs.cli.options import find_root, nearest_root, root_name_option
from npcs.cli.terminal import counted, page_width, plain, show, write_utf8
from npcs.governance.standard import KEY, PACKAGE, Standard, standard, why_unread
from npcs.governance.standard_diff import EFFECTS, Change, changes, least_version, number
from npcs.records.datapackage import FOLDER
from npcs.records.hub import Hub, document
from npcs.records.tree import read_file


class Named(NamedTuple):
    """A version of the data set, and where it was found."""

    name: str
    standard: Standard


@click.command(
    "diff",
    epilog="""\b
Examples:
  npcs dataset diff
  npcs dataset diff release-2027
  npcs dataset diff charter-v1.0 charter-v2.0 --format markdown
  npcs dataset diff ../our-older-package
""",
)
@click.argument("old", required=False)
@click.argument("new", required=False)
@click.option(
    "--format", "form", type=click.Choice(("text", "markdown", "json")), default="text",
    show_default=True, help="For the screen, for a proposal or a mail, or for programs.",
)  # fmt: skip
@root_name_option
def command(old: str | None, new: str | None, form: str, root: str | None) -> None:
    """Compare two versions of the core data set: each change, and how much it asks of members.

    OLD and NEW are tags or other revisions of Git, or folders with a datapackage.yaml. Without NEW
    it is the data set as it stands in the folder; without OLD as it was at the last tag. A change
    is breaking, widening or only wording, and the version has to rise with it.
    """
    where = find_root(root) if root is not None or not (old and new) else nearest_root()
    before = _named(where, old) if old else _last(where)
    after = _named(where, new) if new else _here(where)
    found = changes(before.standard, after.standard)
    if form == "text":
        show(*_text(before, after, found))
    else:
        write_utf8((_markdown if form == "markdown" else _json)(before, after, found))


# Which versions


def _here(root: Path | None) -> Named:
    assert root is not None
    if not (root / PACKAGE).exists():
        raise click.UsageError(f"there is no core data set here: {PACKAGE} is missing")
    return _in_folder(root / FOLDER, "the files as they stand")


def _last(root: Path | None) -> Named:
    from npcs.history.released import last_release

    assert root is not None
    release = last_release(root)
    if release is None:
        raise click.UsageError(
            "there is no tag to compare with yet; name a revision of Git, as in "
            "`npcs dataset diff HEAD`, or the folder of an older version"
        )
    return _named(root, release.tag)


def _named(root: Path | None, name: str) -> Named:
    folder = Path(name)
    if folder.name == "datapackage.yaml":
        folder = folder.parent
    for one in (folder, folder / FOLDER):
        if (one / "datapackage.yaml").is_file():
            return _in_folder(one, name)
    if folder.is_dir():
        raise click.UsageError(f"{plain(name)} holds no datapackage.yaml")
    if root is None:
        raise click.UsageError(f"{plain(name)} is no folder, and there is no repository here")
    from npcs.history.released import folders_at, releases

    found = folders_at(root, [name], FOLDER).get(name)
    if found is None:
        tags = ", ".join(tag for tag, _ in releases(root)[-5:])
        raise click.UsageError(
            f"“{plain(name)}” is neither a folder nor a revision of Git at which there was a core "
            f"data set; {f'the last tags are {plain(tags)}' if tags else 'there is no tag yet'}"
        )
    return Named(
        name, _standard(found[1], name, "; its form was another then, and is not compared")
    )


def _in_folder(folder: Path, name: str) -> Named:
    files = {}
    for pattern in ("datapackage.yaml", "*.csv", "*/*.csv"):
        for path in sorted(folder.glob(pattern)):
            below = path.relative_to(folder).as_posix()
            raw = read_file(folder, below)
            if isinstance(raw, bytes):
                files[f"{FOLDER}/{below}"] = raw
    return Named(name, _standard(files, name))


def _standard(files: Mapping[str, bytes], name: str, after: str = "") -> Standard:
    hub = Hub(document(path, raw) for path, raw in sorted(files.items()))
    found = standard(hub)
    if found is None:
        said = plain(why_unread(hub))
        raise click.UsageError(f"the data set of {plain(name)} cannot be read: {said}{after}")
    return found


# What is said of them


def _verdict(before: Standard, after: Standard, found: Sequence[Change]) -> str:
    """Whether the version rose as it has to."""
    was, is_ = before.package.version, after.package.version
    least = least_version(was, found)
    if number(is_) < number(was):
        return f"The version fell from {was} to {is_}; versions only rise."
    if not found:
        return f"The version is {is_}, and was {was}."
    if number(is_) < number(least):
        rose = "is still" if is_ == was else f"rose from {was} to"
        return f"The version {rose} {is_}; after these changes it has to be {least} or higher."
    return f"The version rose from {was} to {is_}, as it has to."


def _heading(before: Named, after: Named) -> str:
    was, is_ = before.standard.package, after.standard.package
    return (
        f"{is_.title}: from version {was.version} ({before.name}) to version {is_.version} "
        f"({after.name})"
    )


def _text(before: Named, after: Named, found: Sequence[Change]) -> Iterator[str]:
    width = page_width()
    yield from textwrap.wrap(plain(_heading(before, after)), width)
    if not found:
        yield ""
        yield "Nothing differs."
    for effect, meaning in EFFECTS.items():
        those = [one for one in found if one.effect == effect]
        if those:
            yield ""
            yield f"{effect.capitalize()} ({counted(len(those), 'change')})"
            yield from textwrap.wrap(f"{meaning}.", width - 2, initial_indent="  ",
                                     subsequent_indent="  ")  # fmt: skip
            for one in those:
                yield from textwrap.wrap(
                    plain(f"{one.where}: {one.what}"), width, initial_indent="  - ",
                    subsequent_indent="    ", break_long_words=False,
                )  # fmt: skip
    yield ""
    yield from textwrap.wrap(_verdict(before.standard, after.standard, found), width)


def _markdown(before: Named, after: Named, found: Sequence[Change]) -> str:
    lines = [f"## {_escaped(_heading(before, after))}", ""]
    for effect, meaning in EFFECTS.items():
        those = [one for one in found if one.effect == effect]
        if those:
            lines += [f"### {effect.capitalize()}", "", f"{meaning}.", ""]
            lines += [f"- {_escaped(one.where)}: {_escaped(one.what)}" for one in those]
            lines.append("")
    lines += [] if found else ["Nothing differs.", ""]
    return "\n".join([*lines, _verdict(before.standard, after.standard, found), ""])


def _escaped(text: str) -> str:
    """A text that shows as it stands, but for the marks around names."""
    return "".join(f"\\{one}" if one in "*_[]<>\\|#" else one for one in plain(text))


def _json(before: Named, after: Named, found: Sequence[Change]) -> str:
    from npcs.cli.reporters.json import dump

    was, is_ = before.standard.package.version, after.standard.package.version
    least = least_version(was, found)
    return dump({
        "version": 1,
        "data_set": KEY,
        "old": {"name": before.name, "version": was},
        "new": {"name": after.name, "version": is_},
        "least_version": least,
        "version_is_enough": number(is_) >= number(least),
        "changes": [one._asdict() for one in found],
    })  # fmt: skip

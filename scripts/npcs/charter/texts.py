"""A text by the name a person gives it: a version, a revision of Git, or a Markdown file."""

import re
from pathlib import Path
from typing import NamedTuple

from npcs.history.git import ask, say
from npcs.records.tree import LARGEST, read_file
from npcs.records.yamltext import Unreadable, parse

FILE = "charter/charter.md"

_VERSION = re.compile(r"(?:charter-)?v?(\d{1,4}\.\d{1,4})", re.ASCII)
_TAG = re.compile(r"charter-v(\d{1,4})\.(\d{1,4})", re.ASCII)
_FRONT = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_MANY = 12


class Text(NamedTuple):
    """A text without its front matter, by its name, and the title and version it gives itself."""

    name: str
    body: str
    title: str = ""
    version: str = ""


class NoSuchText(LookupError):  # noqa: N818 - it says what is wrong
    """There is no text of a name, or it cannot be read; the message says why and what there is."""


def named(root: Path | None, name: str) -> Text:
    """The text of a name: of a version (``2.0``), else in a file, else at a revision of Git.

    A version is what the tag ``charter-v2.0`` holds; at a revision it is the charter's file that
    counts. ``root`` is the folder of the records, None where there is none. Raises ``NoSuchText``.
    """
    version = _VERSION.fullmatch(name)
    if root and version and (commit := _commit(root, f"refs/tags/charter-v{version[1]}")):
        return _at(root, commit, f"version {version[1]}")
    path = Path(name)
    if name and path.exists():
        return _in_file(path, name)
    if root and name and not version and (commit := _commit(root, name)):
        return _at(root, commit, f"revision {name}")
    raise NoSuchText(_unknown(root, name, version[1] if version else ""))


def working_copy(root: Path) -> Text:
    """The charter as it stands in the folder. Raises ``NoSuchText`` where there is none to read."""
    raw = read_file(root, FILE)
    if not isinstance(raw, bytes):
        raise NoSuchText(f"{FILE} cannot be read: {raw.message}")
    return parted(raw, "the working copy")


def versions(root: Path) -> tuple[str, ...]:
    """The versions that have a tag, in the order of their numbers."""
    listed = say(root, "for-each-ref", "refs/tags/charter-v*", "--format=%(refname:strip=2)")
    found = [(int(one[1]), int(one[2])) for one in map(_TAG.fullmatch, listed.splitlines()) if one]
    return tuple(f"{major}.{minor}" for major, minor in sorted(found))


def parted(raw: bytes, name: str) -> Text:
    """The text in some bytes, its front matter taken off. Raises ``NoSuchText``."""
    if len(raw) > LARGEST:
        raise NoSuchText(f"{name} has {len(raw):,} bytes; a text may have {LARGEST:,}")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise NoSuchText(
            f"{name} is not a text in UTF-8 (line {line}): save it as UTF-8, without formatting"
        ) from None
    if "\0" in text:
        raise NoSuchText(f"{name} is not a text: it holds bytes that no text has")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT.match(text)
    if not front:
        return Text(name, text)
    try:
        data = parse(front[1], 2).data
    except Unreadable:
        return Text(name, text[front.end() :])
    title, version = (data.get(key) for key in ("title", "version"))
    return Text(
        name,
        text[front.end() :],
        title if isinstance(title, str) else "",
        version if isinstance(version, str) else "",
    )


def _commit(root: Path, name: str) -> str:
    """The id of the commit that a name leads to, or nothing."""
    if name.startswith("-") or "\n" in name or "\0" in name:
        return ""
    return say(root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").strip()


def _at(root: Path, commit: str, name: str) -> Text:
    place = f"{commit}:./{FILE}"
    size = say(root, "cat-file", "-s", place).strip()
    if not size:
        raise NoSuchText(f"{name} has no {FILE}")
    if int(size) > LARGEST:
        raise NoSuchText(f"{name} has a {FILE} of {int(size):,} bytes; it may have {LARGEST:,}")
    return parted(ask(root, "cat-file", "blob", place), name)


def _in_file(path: Path, name: str) -> Text:
    if path.is_dir():
        raise NoSuchText(f"{name} is a folder: name the Markdown file in it")
    if not path.is_file():
        raise NoSuchText(f"{name} is no ordinary file")
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
            size = path.stat().st_size
    except OSError as error:
        raise NoSuchText(f"{name} cannot be read: {error.strerror}") from None
    if len(raw) > LARGEST:
        raise NoSuchText(f"{name} has {size:,} bytes; a text may have {LARGEST:,}")
    return parted(raw, name)


def _unknown(root: Path | None, name: str, version: str) -> str:
    what = f"there is no version {version}" if version else (
        f"“{name}” is no version, no file and no revision of Git")  # fmt: skip
    if root is None:
        return f"{what}; there are no records here, so only files can be compared"
    if not say(root, "rev-parse", "--git-dir"):
        return f"{what}; {root} is no Git repository, so only files can be compared"
    known = versions(root)
    if known:
        listed = ", ".join(known[-_MANY:])
        return f"{what}; the versions are {'..., ' if len(known) > _MANY else ''}{listed}"
    if say(root, "rev-parse", "--is-shallow-repository").strip() == "true":
        return f"{what}; this clone lacks the history: `git fetch --unshallow --tags` gets it"
    return f"{what}; no version is tagged here (`git fetch --tags` gets tags that others set)"


__all__ = ["NoSuchText", "Text", "named", "parted", "versions", "working_copy"]

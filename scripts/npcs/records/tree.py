"""The files of a repository that may be records, found without following any link."""

import errno
import hashlib
import os
import stat
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from npcs.records.kinds import FOLDERS, KINDS, is_companion, kind_of

LARGEST = 1_000_000
"""The most bytes a record may have; the longest text we know of has a tenth of that."""


class Stray(NamedTuple):
    """Something among the records that cannot be one; ``rule`` names the rule it breaks."""

    rule: str
    path: str
    message: str
    hint: str


@dataclass(slots=True)
class Tree:
    """What stands in the folders of records: paths of record files, of companions, and the rest."""

    records: list[str] = field(default_factory=list)
    companions: list[str] = field(default_factory=list)
    strays: list[Stray] = field(default_factory=list)


def walk(root: Path) -> Tree:
    """The files in the folders of records below ``root``, each list in the order of paths.

    A file counts as a record by its path alone; nothing is opened, and no link is followed.
    Raises ``NotADirectoryError`` where the root itself cannot be listed.
    """
    tree = Tree()
    strays = tree.strays
    try:
        top = sorted(os.scandir(root), key=lambda entry: entry.name)
    except OSError as error:
        raise NotADirectoryError(f"{root} cannot be listed: {error.strerror}") from error
    for entry in top:
        if entry.name in FOLDERS:
            if entry.is_symlink():
                strays.append(_link(entry.name))
            elif entry.is_dir():
                _walk(entry.path, entry.name, tree)
            else:
                strays.append(Stray("unknown-file", entry.name, "this should be a folder", ""))
        elif (plain := _plain(entry.name)) in FOLDERS and entry.is_dir():
            strays.append(
                Stray(
                    "unknown-file",
                    entry.name,
                    f"the folder is read only under the name `{plain}`" + _odd(entry.name),
                    f"rename it to `{plain}`",
                )
            )
    return tree


def _walk(folder: str, path: str, tree: Tree) -> None:
    strays = tree.strays
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        strays.append(
            Stray("unreadable-file", path, f"the folder cannot be listed: {error.strerror}", "")
        )
        return
    for entry in entries:
        below = f"{path}/{entry.name}"
        if entry.is_symlink():
            strays.append(_link(below))
        elif entry.is_dir(follow_symlinks=False):
            _walk(entry.path, below, tree)
        elif not entry.is_file(follow_symlinks=False):
            strays.append(
                Stray(
                    "unreadable-file",
                    below,
                    "this is no ordinary file (a pipe, socket or device)",
                    "remove it",
                )
            )
        elif kind_of(below):
            tree.records.append(below)
        elif is_companion(below):
            tree.companions.append(below)
        else:
            strays.append(_unknown(below))


def _link(path: str) -> Stray:
    return Stray(
        "unreadable-file",
        _printable(path),
        "this is a link to another place; links are never followed",
        "put the file itself here",
    )


def _unknown(path: str) -> Stray:
    folder, _, name = path.rpartition("/")
    plain = _plain(path)
    if name == "README.md":
        return Stray("unknown-file", path, f"no kind of record stands in `{folder}`", "remove it")
    odd = _odd(name)
    if plain != path and kind_of(plain):
        hint = f"rename it to `{plain.rpartition('/')[2]}`"
    else:
        kind = next((one for one in KINDS.values() if one.folder == folder), None)
        hint = (
            f"{kind.one} stands in a file such as `{kind.example}`"
            if kind
            else "move it out of the folders of records, or give it the name of its kind"
        )
    return Stray(
        "unknown-file",
        _printable(path),
        f"`{_printable(name)}` is the name of no record{odd}",
        hint,
    )


LOOK_ALIKES = str.maketrans(
    "абвгеёзикмнорстухасԁѕіјһԛԝАВЕЗКМНОРСТУХІЈЅαβεικνορτυχϲΑΒΕΖΗΙΚΜΝΟΡΤΥΧ‐‑‒–—―−",  # noqa: RUF001
    "abbreezukmhopctyxacdsijhqwABE3KMHOPCTYXIJSabeikvoptuxcABEZHIKMNOPTYX-------",
)
"""Letters of other alphabets, and dashes, that look like those a file name is made of."""


def _plain(name: str) -> str:
    """The name a person means: the usual letters, ids in capitals and all else in lower case."""
    plain = unicodedata.normalize("NFKC", name).translate(LOOK_ALIKES)
    plain = plain.replace(" ", "-").lower().replace(".yaml", ".yml")
    for mark in ("npcs-sn-", "d-", "r-"):
        head, found, tail = plain.rpartition("/" + mark)
        if found and tail[:4].isdigit():
            plain = f"{head}/{mark.upper()}{tail}"
    return plain


def _odd(name: str) -> str:
    for one in name:
        if not one.isascii():
            return f": it contains “{one}” ({unicodedata.name(one, 'a character without a name')})"
    if name != _plain(f"/{name}")[1:] and any(one.isupper() for one in name):
        return ": it is written with capital letters"
    if " " in name:
        return ": it contains a space"
    return ""


def _printable(path: str) -> str:
    return path.encode("utf-8", "backslashreplace").decode("utf-8")


def digest(raw: bytes) -> bytes:
    """A fingerprint of a file's bytes: equal files have equal ones."""
    return hashlib.blake2b(raw, digest_size=16).digest()


_FLAGS = os.O_RDONLY
for _flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"):
    _FLAGS |= getattr(os, _flag, 0)


def read_file(root: Path | str, path: str) -> bytes | Stray:
    """The bytes of a record's file, or why they cannot be had.

    The file is opened without following a link and without waiting, and no more than the largest
    size is read.
    """
    try:
        handle = os.open(f"{root}/{path}", _FLAGS)
    except OSError as error:
        if error.errno == errno.ELOOP:
            return _link(path)
        return Stray("unreadable-file", path, f"it cannot be opened: {error.strerror}", "")
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            return Stray("unreadable-file", path, "this is no ordinary file", "remove it")
        if status.st_size > LARGEST:
            return Stray(
                "unreadable-file",
                path,
                f"it has {status.st_size:,} bytes; a record may have {LARGEST:,}",
                "move data and pictures elsewhere and link to them",
            )
        raw = os.read(handle, status.st_size)
        while len(raw) < status.st_size and (more := os.read(handle, status.st_size - len(raw))):
            raw += more
    except OSError as error:
        return Stray("unreadable-file", path, f"it cannot be read: {error.strerror}", "")
    finally:
        os.close(handle)
    return raw

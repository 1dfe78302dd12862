"""What Git keeps, many objects at a time: two processes, however many are asked for."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from npcs.history.git import ask

LARGEST = 1_000_000
"""The most bytes that are read of one object; a record may have no more."""

_AT_ONCE = 32_000_000
_ENTRY = re.compile(rb"(\d{5,6}) ([^\0]+)\0(.{20})", re.DOTALL)
_ENTRY_256 = re.compile(rb"(\d{5,6}) ([^\0]+)\0(.{32})", re.DOTALL)
_FILE = (b"100644", b"100755", b"100664")


class Found(NamedTuple):
    """What a name leads to: an object's id, its kind, and how many bytes it has."""

    id: str
    kind: str
    size: int


def find(root: Path, names: Iterable[str]) -> Mapping[str, Found]:
    """What names such as ``COMMIT:charter/terms`` lead to; those that lead nowhere are left out."""
    asked = list(dict.fromkeys(names))
    if not asked:
        return {}
    given = "\n".join(asked).encode("utf-8", "surrogateescape")
    said = ask(root, "cat-file", "--batch-check", given=given).splitlines()
    if len(said) != len(asked):
        return {}
    found = {}
    for name, line in zip(asked, said, strict=True):
        words = line.split(b" ")
        if len(words) == 3 and words[2].isdigit():  # else “... missing” or “... ambiguous”
            found[name] = Found(words[0].decode(), words[1].decode(), int(words[2]))
    return found


def read(root: Path, objects: Iterable[Found], largest: int = LARGEST) -> Mapping[str, bytes]:
    """The bytes of objects by id, without those that are too large or do not fit their id.

    Git looks at the id when it fetches, not each time it reads: a folder that was passed on by
    hand may hold anything.
    """
    wanted = {one.id: one for one in objects if one.size <= largest}
    found: dict[str, bytes] = {}
    for part in _parts(wanted.values()):
        given = "\n".join(one.id for one in part).encode()
        answer = memoryview(ask(root, "cat-file", "--batch", given=given))
        at = 0
        for one in part:
            end = at + bytes(answer[at : at + 200]).find(b"\n") + 1
            if end == at:
                break
            if bytes(answer[at:end]).split()[1:] != [one.kind.encode(), b"%d" % one.size]:
                at = end
                continue
            raw = bytes(answer[end : end + one.size])
            at = end + one.size + 1
            if object_id(one.kind, raw, one.id) == one.id:
                found[one.id] = raw
    return found


def _parts(wanted: Iterable[Found]) -> Iterator[list[Found]]:
    """Objects in lots whose bytes fit in memory together."""
    part: list[Found] = []
    size = 0
    for one in wanted:
        if part and size + one.size > _AT_ONCE:
            yield part
            part, size = [], 0
        part.append(one)
        size += one.size
    if part:
        yield part


def object_id(kind: str, raw: bytes, like: str) -> str:
    """The id under which Git keeps some bytes, in the form that another id has."""
    digest = hashlib.sha1 if len(like) == 40 else hashlib.sha256
    head = b"%b %d\0" % (kind.encode(), len(raw))
    return digest(head + raw, usedforsecurity=False).hexdigest()


def files_in(tree: bytes, like: str) -> Mapping[str, str]:
    """The ids of the ordinary files in a folder by name, from its bytes; ``like`` is any id."""
    entry = _ENTRY if len(like) == 40 else _ENTRY_256
    return {
        name.decode("utf-8", "surrogateescape"): blob.hex()
        for mode, name, blob in entry.findall(tree)
        if mode in _FILE
    }

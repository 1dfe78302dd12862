"""Guidance for each role: its tasks with the time they take, and a guide of five minutes.

It stands in ``docs/guides``, one Markdown file a role, with pictures in ``docs/images``. A wheel
carries a copy of both. The site shows them below ``start/``.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path

import yaml

from npcs.publish.errors import BuildFailed
from npcs.publish.text import Md

GUIDES = ("member", "coordinator", "committee", "data-steward", "practitioner", "reader")
"""Every role, in the order in which the site names them."""

START = "start/index"
PICTURES = "start/pictures"
"""Where the pictures of the guides stand on the site."""

_PLACES = (
    Path(__file__).parent,  # an installed package
    Path(__file__).parents[3] / "docs",  # a checkout
)
_PICTURE = re.compile(r"\]\(\.\./images/([\w-]+\.webp)\)")


@dataclass(frozen=True, slots=True)
class Task:
    """Something a person comes to do: how long it takes, on which page, and how in a sentence."""

    do: str
    minutes: int
    page: str
    how: str


@dataclass(frozen=True, slots=True)
class Guide:
    """What a role finds: a title, a line for a card, a lead, tasks, and the guide as Markdown.

    ``whom`` names the people it is for, as in “for members”.
    """

    title: str
    whom: str
    card: str
    lead: str
    tasks: tuple[Task, ...]
    text: Md


@cache
def guide(name: str) -> Guide:
    """The guidance for a role."""
    front, _, text = _file(f"guides/{name}.md").read_text("utf-8")[4:].partition("\n---\n")
    said = yaml.safe_load(front)
    return Guide(
        said["title"],
        said["whom"],
        said["card"],
        " ".join(said["lead"].split()),
        tuple(Task(**one) for one in said["tasks"]),
        Md(_PICTURE.sub(rf"](hub:{PICTURES}/\1)", text.strip())),
    )


def pictures(text: Md) -> Mapping[str, bytes]:
    """The pictures a guide shows, by where they stand on the site."""
    names = re.findall(rf"\]\(hub:{PICTURES}/([\w-]+\.webp)\)", text)
    return {f"{PICTURES}/{one}": _file(f"images/{one}").read_bytes() for one in names}


def mark() -> bytes:
    """A digest of all guidance: other bytes where any of it is other."""
    digest = blake2b(digest_size=16)
    for name in GUIDES:
        digest.update(_file(f"guides/{name}.md").read_bytes())
        for place, raw in sorted(pictures(guide(name).text).items()):
            digest.update(place.encode() + raw)
    return digest.digest()


def _file(name: str) -> Path:
    for place in _PLACES:
        if (place / name).is_file():
            return place / name
    raise BuildFailed(f"The guidance is not whole here: {name} is missing.")

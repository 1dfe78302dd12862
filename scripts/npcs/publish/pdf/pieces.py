"""What stands in a line: texts and, as small mappings, what is emphasized, linked or noted."""

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from npcs.publish.pdf.elements import CannotSet, words

Node = dict[str, Any]
Pieces = list[str | Node]

LONGEST = 40
"""How many letters of a word there is room for in a line."""

_MOST_NOTES = 2_000
_PART = re.compile(r"[^\s/?&=#.,;:_-]{40,}")
# What Python-Markdown puts in the place of what is done, and forgets to replace within pictures.
_LEFT = re.compile(r"\x02(?:(\d{1,3})\x03|[^\x02\x03]*\x03?)|\x03")
_SPACES = re.compile(r"[ \t\n\r\f]+")


class Lines:
    """Reads the lines of a text; knows its footnotes, and what leads to which of its places.

    A link to another site is told in full in a footnote, for a reader of the printed page.
    """

    def __init__(self, root: Element) -> None:
        self._near: list[Node] = []
        self._noted: dict[str, str] = {}
        self._footnotes: dict[str, Element] = {}
        self._in_note = False
        self._longest = LONGEST
        for one in root.findall("div[@class='footnote']"):
            root.remove(one)
            self._footnotes |= {item.get("id", ""): item for item in one.iter("li")}

    def lead_only_to(self, places: set[str]) -> None:
        """Make plain text of the links read so far that lead to no such place."""
        for link in self._near:
            if link["target"] not in places:
                link["kind"] = "plain"

    def line(self, one: Element, noted: bool = True, longest: int = LONGEST) -> Pieces:
        """What stands in an element, without spaces at its ends.

        Without ``noted``, nothing in it has a footnote. ``longest`` is how many letters of a word
        there is room for; those beyond stand on the next line.
        """
        self._longest = longest
        found = list(self._pieces(one, noted))
        if found and isinstance(found[0], str):
            found[0] = found[0].lstrip(" ")
        if found and isinstance(found[-1], str):
            found[-1] = found[-1].rstrip(" ")
        return [piece for piece in found if piece != ""]

    def _pieces(self, one: Element, noted: bool) -> Iterator[str | Node]:
        if one.text:
            yield self._plain(one.text)
        for part in one:
            yield from self._piece(part, noted)
            if part.tail:
                tail = self._plain(part.tail)
                yield tail.lstrip(" ") if part.tag == "br" else tail

    def _piece(self, one: Element, noted: bool) -> Iterator[str | Node]:
        match one.tag:
            case "strong" | "em" | "sub":
                yield {"kind": one.tag, "body": list(self._pieces(one, noted))}
            case "sup":
                yield from self._raised(one, noted)
            case "code":
                yield {"kind": "code", "text": self._plain(words(one))}
            case "br":
                yield {"kind": "break"}
            case "img":
                yield self._plain(one.get("alt", ""))
            case "a":
                yield from self._link(one, noted)
            case _:
                yield from self._pieces(one, noted)

    def _raised(self, one: Element, noted: bool) -> Iterator[str | Node]:
        link = one.find("a[@class='footnote-ref']")
        note = None if link is None else self._footnotes.get(link.get("href", "")[1:])
        if note is None or self._in_note or not noted:
            yield {"kind": "sup", "body": list(self._pieces(one, noted=False))}
            return
        key = "#" + note.get("id", "")
        if key in self._noted:
            yield {"kind": "again", "id": self._noted[key]}
            return
        for back in list(note.iter("p")):
            for link in back.findall("a[@class='footnote-backref']"):
                back.remove(link)
        self._in_note = True
        body = list(self._note(note))
        self._in_note = False
        yield {"kind": "note", "id": self._note_name(key), "body": body}

    def _note(self, note: Element) -> Iterator[str | Node]:
        for number, part in enumerate(note if len(note) else [note]):
            if number:
                yield {"kind": "break"}
            yield from self.line(part, noted=False)

    def _link(self, one: Element, noted: bool) -> Iterator[str | Node]:
        address = one.get("href", "")
        body = list(self._pieces(one, noted=False))
        if address in ("", "#"):  # it leads nowhere
            yield from body
            return
        if address.startswith("#"):
            link: Node = {"kind": "near", "target": address[1:], "body": body}
            self._near.append(link)
            yield link
            return
        shown = _PART.sub(lambda found: _cut(found[0], 20), address.removeprefix("mailto:"))
        if words(one) == address.removeprefix("mailto:") or not body:
            # A line may end within an address anyhow, and nothing should stand in what is copied.
            body = [shown]
        yield {"kind": "far", "address": address, "body": body}
        if body == [shown] or not noted or self._in_note:
            return
        if address in self._noted:
            yield {"kind": "again", "id": self._noted[address]}
        else:
            told = {"kind": "far", "address": address, "body": [shown]}
            yield {"kind": "note", "id": self._note_name(address), "body": [told]}

    def _note_name(self, key: str) -> str:
        if len(self._noted) >= _MOST_NOTES:
            raise CannotSet(
                f"it has more than {_MOST_NOTES:,} footnotes and links to other sites, too many "
                "for a PDF"
            )
        # No place of the text can have a name with a space in it.
        return self._noted.setdefault(key, f"note {len(self._noted) + 1}")

    def _plain(self, text: str) -> str:
        text = _LEFT.sub(lambda found: chr(int(found[1])) if found[1] else "", text)
        return broken(_SPACES.sub(" ", text), self._longest)


def broken(text: str, longest: int = LONGEST) -> str:
    """The text with places to break it in every word that no line can hold."""
    if len(text) <= longest:
        return text
    return " ".join(_cut(word, 8) if len(word) > longest else word for word in text.split(" "))


def _cut(word: str, length: int) -> str:
    return "\u200b".join(re.findall(f".{{1,{length}}}", word, re.DOTALL))

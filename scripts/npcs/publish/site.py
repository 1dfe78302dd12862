"""All that pages are made of: the records, the day, the history, and how things are linked."""

import posixpath
import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol, TypeVar
from urllib.parse import unquote

from npcs.history.dates import NONE, History
from npcs.history.keys import Key
from npcs.publish.addresses import CONTACT, PLACES, address_of, data_of, reading_anchor
from npcs.publish.around import Around
from npcs.publish.names import kind_shown, member_name, person_name, title_of
from npcs.publish.page import Block, Callout, Fact, Facts, Heading, Page, Table, Text
from npcs.publish.prose import Links, prose
from npcs.publish.text import Md, day, link, md, outside, plain, sentence
from npcs.records.charter import Correction
from npcs.records.document import Document, Reference
from npcs.records.hub import Hub
from npcs.records.kinds import Kind
from npcs.records.known import known
from npcs.records.reads import noted
from npcs.records.record import Record, Source

MOST_REFERRING = 12
"""How many referring records of one kind a page names before it counts the rest."""

_ID = re.compile(
    r"(?<![\w/#.-])([DR]-\d{4}-\d{3,4}|NPCS-SN-\d{4}-\d{3,4}|[A-Z]{3}-\d{1,2})(?![\w-])"
)
_KIND_OF_PREFIX = {"D": "decision", "R": "recommendation", "N": "notice"}


class Happened(Protocol):
    """What happened on a day."""

    @property
    def on(self) -> date:
        """The day."""


T = TypeVar("T", bound=Happened)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a site is called, and what is told on each of its pages.

    ``banner`` marks a demonstration. ``edit`` is the address in front of a file's path where the
    file can be edited; empty where there is none. ``address`` is where the site stands on the web,
    with a slash at its end; empty where that is not known. ``contact`` is the mailbox of the
    project coordinator, or the address of a page to write to them; empty where none is set.
    """

    name: str
    banner: str = ""
    edit: str = ""
    address: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Broken:
    """A link in a record's prose that leads nowhere."""

    path: str
    line: int
    column: int
    target: str


class Site(Around):
    """The records of a hub as they stand on a day, ready to be shown.

    ``looks_back`` tells that this is a day before the last change, of which not all was there yet.
    """

    def __init__(
        self,
        hub: Hub,
        as_of: date,
        settings: Settings,
        history: History = NONE,
        root: Path | None = None,
        root_keys: Sequence[Key] = (),
        looks_back: bool = False,
    ) -> None:
        super().__init__(hub, as_of, history, root, root_keys)
        self.settings = settings
        self.looks_back = looks_back
        self.broken: list[Broken] = []
        self._titles: dict[str, str] = {}
        self._links: dict[str, Links] = {}

    # Links

    def title(self, document: Document) -> str:
        """The title of a record's page."""
        return self._kept(self._titles, document.path, lambda: self._title(document))

    def _title(self, document: Document) -> str:
        record = self.hub.record(document.path)
        return title_of(self.hub, record) if record else document.id

    def ref(self, kind: str, key: str | None, text: object = None) -> Md:
        """A link to the record of a kind with an id; its id alone where there is no such record."""
        if not key:
            return Md()
        if kind == "provision":
            return self.provision(key)
        document = self.hub.by_kind[kind].get(key)
        if document is None:
            return plain(str(text or key))
        return link(self.title(document) if text is None else text, address_of(document))

    def to(self, record: Record, text: object = None) -> Md:
        """A link to a record's page."""
        return self.ref(record.kind, record.key, text)

    def any(self, key: str) -> Md:
        """A link to whatever record has this id, with its title, and its state where it matters."""
        document = self._document(key)
        if document is None:
            return self.provision(key)
        title = self.title(document)
        shown = link(f"{key} {title}" if _ID.fullmatch(key) else title, address_of(document))
        return self._marked(shown, document)

    def person(self, key: str | None) -> Md:
        """A link to a person, by name."""
        return self.ref("person", key, person_name(self.hub, key) if key else None)

    def title_of_person(self, key: str) -> str:
        """A person's name, to sort by."""
        return person_name(self.hub, key)

    def member(self, key: str | None) -> Md:
        """A link to a member, by name."""
        return self.ref("member", key, member_name(self.hub, key) if key else None)

    def provision(self, key: str) -> Md:
        """A link to a provision of the charter; its id alone where the charter has none such."""
        return link(key, self.place_of_provision(key)) if key in self.hub.provisions else plain(key)

    def place_of_provision(self, key: str) -> str:
        """The address of a provision that the charter has."""
        return self._place_in_charter(self.hub.provisions[key])

    def _place_in_charter(self, anchor: str) -> str:
        """The address of a place in the charter; what is only proposed stands on a page apart."""
        approved = self.approvals.text
        only_proposed = approved and self.approvals.is_proposed and anchor not in approved.anchors
        return f"charter/proposed#{anchor}" if only_proposed else f"charter/index#{anchor}"

    def place_of_reading(self, name: str) -> str:
        """The address of a reading: its place on the page of all readings."""
        return f"{PLACES['parameters']}#{reading_anchor(name)}"

    def day(self, value: date | None) -> Md:
        """A day in words, or nothing."""
        return day(value) if value else Md()

    def source(self, source: Source | None) -> Md:
        """Where something comes from, and as of when."""
        if source is None:
            return Md()
        seen = [" (as of ", _day_or_text(source.as_of), ")"] if source.as_of else []
        return sentence(outside(source.title, source.address or ""), *seen)

    def text(self, text: str | None) -> Md:
        """A plain text, the ids in it as links."""
        if not text:
            return Md()
        shown = plain(text)
        return Md(_ID.sub(lambda found: self._id_link(found[1]), shown)) if "-" in shown else shown

    def prose(self, text: str | None, record: Record, level: int = 2) -> Md:
        """A contributor's Markdown, ready for the record's page."""
        return prose(text, self._links_of(record.path), level) if text else Md()

    def line(self, text: str | None, record: Record) -> Md:
        """A contributor's Markdown in a single line, for a cell or a field."""
        shown = " ".join(self.prose(text, record).split())
        return Md(re.sub(r"(?<!\\)\|", "&#124;", shown))

    def earlier(self, text: Document, level: int = 2) -> Md:
        """A text as it stood once, ready for a page; its links lead where they still can."""
        folder = posixpath.dirname(text.path)

        def resolve(target: str) -> str:
            file, _, anchor = target.partition("#")
            name = posixpath.normpath(posixpath.join(folder, unquote(file)))
            document = self.hub.documents.get(name)
            if document is None or (anchor and anchor not in document.anchors):
                return ""
            return self._address(document, anchor)

        return prose(text.body, Links(resolve, self._id_address), level)

    def _address(self, document: Document, anchor: str) -> str:
        address = address_of(document)
        if document.kind.name == "charter" and anchor:
            return self._place_in_charter(anchor)
        return f"{address}#{anchor}" if anchor and "#" not in address else address

    def _id_link(self, key: str) -> str:
        address = self._id_address(key)
        return f"[{key}](hub:{address})" if address else key

    def _id_address(self, key: str) -> str | None:
        document = self._document(key)
        if document:
            return address_of(document)
        anchor = self.hub.provisions.get(key)
        return self._place_in_charter(anchor) if anchor else None

    def path_of(self, key: str) -> str:
        """The path of whatever record has this id; empty where there is none."""
        document = self._document(key)
        return document.path if document else ""

    def _document(self, key: str) -> Document | None:
        kind = _KIND_OF_PREFIX.get(key.partition("-")[0][:1]) if _ID.fullmatch(key) else None
        if kind and (found := self.hub.by_kind[kind].get(key)):
            return found
        return self.hub.by_id.get(key)

    def _links_of(self, path: str) -> Links:
        known = self._links.get(path)
        if known is None:
            folder = posixpath.dirname(path)

            def resolve(target: str) -> str | None:
                return self._resolve(path, folder, target)

            known = self._links[path] = Links(resolve, self._id_address)
        return known

    def _resolve(self, path: str, folder: str, target: str) -> str | None:
        """The address of the page that shows a file; empty for a file that has none."""
        file, _, anchor = target.partition("#")
        name = posixpath.normpath(posixpath.join(folder, unquote(file)))
        document = self.hub.documents.get(name)
        if document:
            if anchor and document.kind.form == "markdown" and anchor not in document.anchors:
                self.broken.append(self._broken(path, target))
                return None
            return self._address(document, anchor)
        if self.is_file(name):
            return ""
        self.broken.append(self._broken(path, target))
        return None

    def _broken(self, path: str, target: str) -> Broken:
        for one in self.hub.documents[path].links:
            if one.target == target or unquote(one.target) == target:
                return Broken(path, one.line, one.column, one.target)
        return Broken(path, 1, 1, target)

    def data(self, record: Record) -> str:
        """Where a record stands as data; empty where it does not, or not before its day."""
        place = data_of(record.kind, record.key)
        return place if place and known(record, self.as_of) else ""

    # What holds

    def unfounded(self, key: str | None) -> Callout | None:
        """A warning for a record that rests on a decision that does not hold."""
        if key is None or self.holds(key):
            return None
        said = sentence("This rests on ", self.any(key), ", so it is not in force.")
        return Callout("The decision behind this does not hold", said, "warning")

    def _marked(self, shown: Md, document: Document) -> Md:
        """A link, and beside it what a reader must know before following it."""
        state = self.mark(document)
        return sentence(shown, " ", state) if state else shown

    # Pages of records

    def page(
        self,
        record: Record,
        blocks: Iterable[Block],
        *,
        chips: Iterable[Md] = (),
        path: tuple[tuple[str, str], ...] = (),
        lead: str = "",
        title: str = "",
        kind: str = "",
        referring: bool = True,
        without: Container[str] = (),
    ) -> Page:
        """The page of a record: what is particular to it, then what every record's page has.

        ``without`` names what its own blocks show already: kinds of records, or their paths.
        """
        document = self.hub.documents[record.path]
        shown = title or self.title(document)
        below = (*self.referring(record.kind, record.key, without),) if referring else ()
        return Page(
            address=address_of(document),
            title=shown,
            kind=kind or kind_shown(record.kind),
            chips=tuple(chips),
            path=path,
            lead=lead,
            blocks=(*(one for one in blocks if one), *below),
            source=record.path,
            number=document.id if _ID.fullmatch(document.id) else "",
            foot=self.foot(record.path),
        )

    def coordinator(self, text: str = "the project coordinator") -> Md:
        """A link to how the project coordinator is reached."""
        return link(text, CONTACT)

    def foot(self, path: str) -> tuple[Md, ...]:
        """What stands below a record: its file, its last change, and how to change it."""
        known = self.recorded(path)
        parts = [Md(f"In the repository: `{path}`")]
        if known:
            parts.append(sentence("Last changed ", day(known.last.on)))
        if self.settings.edit:
            parts.append(outside("Edit this page", self.settings.edit + path))
        parts.append(link("How to propose a change", "about/propose"))
        return tuple(parts)

    @noted
    def made(self) -> tuple[Md, ...]:
        """What stands below a page that is no record's own."""
        return (
            sentence("As of ", day(self.as_of)),
            link("How to propose a change", "about/propose"),
        )

    def referring(self, kind: str, key: str, without: Container[str] = ()) -> list[Block]:
        """What refers to a record, by kind, the newest first."""
        found = self.hub.referrers.get((kind, key), ())
        by_kind: dict[Kind, dict[str, tuple[Document, Reference]]] = {}
        for document, reference in found:
            if (
                (document.kind.name, document.id) != (kind, key)
                and document.kind.name not in without
                and document.path not in without
            ):
                place = document.id
                if document.kind.name == "parameters":
                    place = self._reading_of(reference)
                by_kind.setdefault(document.kind, {})[place] = document, reference
        rows = []
        for one, places in sorted(by_kind.items(), key=lambda it: it[0].name):
            newest = sorted(places, reverse=True)
            shown = [self._referring(*places[place]) for place in newest[:MOST_REFERRING]]
            if len(newest) > MOST_REFERRING:
                shown.append(Md(f"and {len(newest) - MOST_REFERRING:,} more"))
            name = "readings" if one.name == "parameters" else one.plural
            rows.append(Fact(name.capitalize(), tuple(shown)))
        return [Heading("Referred to by", "referred-to-by"), Facts(tuple(rows))] if rows else []

    def _referring(self, document: Document, reference: Reference) -> Md:
        name = self._reading_of(reference)
        if document.kind.name == "parameters" and name:
            return link(self.parameters[name].question or name, self.place_of_reading(name))
        return self._marked(link(self._referring_title(document), address_of(document)), document)

    def _reading_of(self, reference: Reference) -> str:
        """The parameter in whose entry of the record of parameters a reference stands."""
        for name in self.parameters:
            if reference.field.startswith(f"parameters.{name}."):
                return name
        return ""

    def _referring_title(self, document: Document) -> str:
        title = self.title(document)
        if document.kind.name == "answer":
            return f"{title} to {document.id.partition('/')[0]}"
        return f"{document.id} {title}" if _ID.fullmatch(document.id) else title

    def at(self, path: str) -> Md:
        """A link to the page of the record in a file."""
        document = self.hub.documents.get(path)
        return link(self.title(document), address_of(document)) if document else plain(path)

    def rule(self, name: str) -> Md:
        """A link to the page of a rule."""
        from npcs.rules.registry import rule_named

        return link(name, f"rules/{name}") if rule_named(name) else plain(name)

    def corrections(self, corrections: tuple[Correction, ...]) -> Table | None:
        """What was corrected in a record after the fact, when and why."""
        rows = tuple(
            (day(one.on), self.text(one.what), self.text(one.why)) for one in self.past(corrections)
        )
        return Table(("Day", "What", "Why"), rows) if rows else None

    def past(self, some: Iterable[T]) -> tuple[T, ...]:
        """Those whose day has come: what is to come is not told as done."""
        return tuple(one for one in some if one.on <= self.as_of)

    def come(self, on: date | None) -> date | None:
        """A day, where it has come."""
        return on if on and on <= self.as_of else None

    # Blocks that many pages have

    def facts(self, *rows: tuple[str, object]) -> Facts | None:
        """The fields that have a value; a list gives a field several."""
        kept = []
        for name, value in rows:
            many = value if isinstance(value, list | tuple) else [value]
            texts = tuple(self._value(one) for one in many if one not in (None, ""))
            if texts:
                kept.append(Fact(name, texts))
        return Facts(tuple(kept)) if kept else None

    def _value(self, value: object) -> Md:
        return self.text(value) if type(value) is str else md(value)

    def body(self, record: Record, heading: str = "") -> list[Block]:
        """A record's own prose, below a heading if there is one."""
        if not record.body.strip():
            return []
        text = Text(self.prose(record.body, record, 3 if heading else 2))
        return [Heading(heading), text] if heading else [text]

    def section(self, heading: str, *blocks: Block | None, anchor: str = "") -> list[Block]:
        """A heading with what stands below it; nothing where that is nothing."""
        kept = [one for one in blocks if one]
        return [Heading(heading, anchor), *kept] if kept else []

    def empty(self, text: str) -> Text:
        """What an empty place says."""
        return Text(Md(f"{self.text(text)}\n{{: .npcs-empty }}"))


def _day_or_text(text: str) -> Md:
    try:
        return day(date.fromisoformat(text)) if len(text) == 10 else plain(text)
    except ValueError:
        return plain(text)

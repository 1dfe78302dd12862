"""The rule that nothing in a text can act in a reader's browser."""

import re
from collections.abc import Iterator

from npcs.records.document import Document, place_of
from npcs.records.findings import Note, Place
from npcs.records.personal import begun
from npcs.records.prose import prose
from npcs.records.shape import shape_of, values
from npcs.rules.records.signs import (
    ACTS,
    HANDLER,
    bare,
    fault_of_handler,
    fault_of_plain,
    faults_of_cells,
)
from npcs.rules.records.texts import Text, every_text, few
from npcs.rules.rule import rule

_INLINE = re.compile(rb"\]\(([^)\]]*)")
_TIGHT_COLON = re.compile(rb":(?<!https:)[^ \n]")
_ANGLE = re.compile(rb">(?<!: >)(?<!- >)(?<!\n>)")
"""A `>` that stands neither before a folded text nor before a quoted paragraph."""
_ACTING = re.compile(rb"script:|data:t|file:/|blob:", re.IGNORECASE)
_HANDLER = re.compile(HANDLER.pattern.encode(), re.IGNORECASE)
_TAG = re.compile(r"<(?:[A-Za-z/!?][^>\n]*>?)")
_AUTOLINK = re.compile(r"<(?:https?://|mailto:)[^\s<>\"'`]+>|<[\w.+-]+@[\w.-]+>")
_BRACKETS = re.compile(
    r"\\[\\\[\]!]|(?P<open>!?\[)|\](?=\((?P<inline>[^()<>\[\]\"']*<?[^()<>\[\]\"']*)"
    r"|\[(?P<label>[^\[\]]*)\]|:\s{0,9}<?(?P<defined>[^\s>\[\]]+))?"
)
_SAFE = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_FORMULA = re.compile(rb'(?:^|[,\n])"?[=@+\t\r-]')
_BRACES = re.compile(r"\{[^{}\n]*\}")
_HARMLESS = re.compile(r"\{:?[ ]*#[A-Za-z][\w-]*[ ]*\}|\{(?![ ]*[:.#])[^=]*\}")


def _texts(document: Document) -> Iterator[tuple[Place, str, bool]]:
    """The texts of a file with their place, and whether Markdown may stand in them."""
    content = document.content()
    for value in values(shape_of(document.kind.model), content.data, "texts"):
        if value.shape.plain:
            place = Place(document.path, *place_of(content.places, value.number))
            yield place, value.text, value.shape.plain.prose
    if content.body:
        yield Place(document.path, content.body_line, 1), content.body, True


@rule("unsafe-content", over=Document)
def unsafe_content(document: Document) -> Iterator[Note]:
    """No text can act in a reader's browser or call home.

    Titles and other plain fields hold no `<` and no `>`. Markdown holds no HTML, no attributes in
    braces but `{#anchor}`, no address other than `http`, `https`, `mailto`, `tel` or a path, and no
    picture from another host, which would tell that host who reads. A cell of a table is no
    formula, which a spreadsheet would carry out.

    To show such signs as text, put them between backticks: `` `<b>` ``.

    ## Example

    A text with a word in bold, in HTML:

    ```markdown
    <b>Bold</b>
    ```

    The check finds an error:

    > `<b>` is HTML

    Put right: `**Bold**`.
    """
    if not document.readable:
        return
    if document.path.endswith(".csv"):
        if _FORMULA.search(document.source) or _may_be_unsafe(document.source):
            yield from few(_unsafe_cells(document))
    elif _may_be_unsafe(document.source):
        yield from few(_unsafe_texts(document))


def _unsafe_cells(document: Document) -> Iterator[Note]:
    for line, message, hint in faults_of_cells(document.body):
        yield Place(document.path, line, 1).error(message, hint)


def _unsafe_texts(document: Document) -> Iterator[Note]:
    content = document.content()
    seen = set()
    for start, text, markdown in _texts(document):
        seen.add(start)
        if markdown:
            is_body = text is content.body or text == content.body
            place = Text(start, text, is_body)
            for at, message, hint in _unsafe(prose(text)):
                yield place.at(at).error(message, hint)
        elif fault := fault_of_plain(text):
            yield start.error(*fault)
    if document.kind.name != "data-package":  # whose standard knows fields that we do not
        return
    for start, text in every_text(document, content):
        if start not in seen and (_TAG.search(text) or ACTS.match(bare(text))):
            yield start.error(
                f"“{begun(text, 40)}” could act in a reader's browser", "write it in plain words"
            )


def _may_be_unsafe(source: bytes) -> bool:
    """Whether a closer look pays: most files have no sign that could be unsafe.

    A single character is found several times sooner than two, so it is looked for first.
    """
    if b"<" in source or b"{" in source or b"\\" in source:
        return True
    if b"]" in source and (b"]:" in source or _leads_somewhere(source)):
        return True
    if b"!" in source and b"![" in source:
        return True
    if b">" in source and _ANGLE.search(source):
        return True
    if b"=" in source and _HANDLER.search(source):
        return True
    return _TIGHT_COLON.search(source) is not None and _ACTING.search(source) is not None


def _leads_somewhere(source: bytes) -> bool:
    return any(
        (b":" in address and b":" in address.removeprefix(b"https:"))
        or b"&" in address
        or b"//" in address[:9].strip()[:2]
        for address in _INLINE.findall(source)
    )


def _leads_away(address: str) -> bool:
    """Whether a bare address without a scheme names another host all the same."""
    return any(address.replace("\\", by).startswith("//") for by in ("/", ""))


def _unsafe(text: str) -> Iterator[tuple[int, str, str]]:
    for match in _TAG.finditer(text):
        if not _AUTOLINK.match(text, match.start()):
            yield (
                match.start(),
                f"`{begun(match.group(), 40)}` is HTML",
                "write it in Markdown, or between backticks to show it as it is",
            )
    if "](" in text or "]:" in text or "![" in text:
        yield from _unsafe_addresses(text)
    for match in _BRACES.finditer(text):
        if not _HARMLESS.fullmatch(match.group()):
            yield (
                match.start(),
                f"`{begun(match.group(), 60)}` gives attributes to what stands before it",
                "only an anchor such as `{#name}` may stand in braces",
            )
    if "=" in text:
        for match in HANDLER.finditer(_BRACES.sub(_blank, _TAG.sub(_blank, text))):
            yield match.start(), *fault_of_handler(match.group())


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _unsafe_addresses(text: str) -> Iterator[tuple[int, str, str]]:
    """What is wrong with the addresses of links and pictures, whatever stands in their brackets."""
    opened: list[tuple[bool, int]] = []
    remote: set[str] = set()
    by_label: list[tuple[int, str]] = []
    for match in _BRACKETS.finditer(text):
        if match["open"]:
            opened.append((match["open"] == "![", match.end()))
            continue
        if match.group().startswith("\\"):
            continue
        picture, inside = opened.pop() if opened else (False, match.start())
        named = text[inside : match.start()] if match.start() - inside < _LONGEST_LABEL else ""
        found = "inline" if match["inline"] is not None else "defined"
        address = match[found]
        if address is None:
            if picture:
                by_label += [(match.start(), _label(match["label"] or named))]
            continue
        address = bare(address.removeprefix("<"))
        plain = address.replace("\\", "")
        at = match.start(found)
        leads_away = _leads_away(address)
        if leads_away or _SCHEME.match(plain):
            if found == "defined":
                remote.add(_label(named))
            elif picture or any(one for one, _ in opened[-1:]):
                yield at, *_REMOTE
                continue
        is_footnote = found == "defined" and named.startswith("^")
        if is_footnote and not ACTS.match(plain):
            continue
        if leads_away or (_SCHEME.match(plain) and not _SAFE.match(plain)):
            scheme = f"{begun(plain.partition(':')[0], 40)}:" if _SCHEME.match(plain) else "//"
            yield (
                at,
                f"an address that starts with `{scheme}` may act in the reader's browser",
                "use https, mailto, tel or a path to a record",
            )
    for at, label in by_label:
        if label in remote:
            yield at, *_REMOTE


_LONGEST_LABEL = 1000
_REMOTE = (
    "the picture comes from another host, which would learn who reads the page",
    "link to the page that shows it instead",
)


def _label(text: str) -> str:
    return " ".join(text.split()).casefold()

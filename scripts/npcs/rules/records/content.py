"""Rules on what may stand in a text: nothing that runs in a browser, nothing that names a child."""

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from npcs.records.document import Content, Document, place_of
from npcs.records.findings import Note, Place
from npcs.records.prose import Lines, prose
from npcs.records.shape import shape_of, values
from npcs.rules.rule import rule

_INLINE = re.compile(rb"\]\(([^)\]]*)")
_TIGHT_COLON = re.compile(rb":[^ \n]")
_ACTING = re.compile(rb"script:|data:t|file:/|blob:", re.IGNORECASE)
_TAG = re.compile(r"<(?:[A-Za-z/!?][^>\n]*>?)")
_AUTOLINK = re.compile(r"<(?:https?://|mailto:)[^\s<>\"'`]+>|<[\w.+-]+@[\w.-]+>")
_BRACKETS = re.compile(
    r"\\[\\\[\]!]|(?P<open>!?\[)|\](?=\((?P<inline>[^()<>\[\]\"']*<?[^()<>\[\]\"']*)"
    r"|\[(?P<label>[^\[\]]*)\]|:\s{0,9}<?(?P<defined>[^\s>\[\]]+))?"
)
_SAFE = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_ACTS = re.compile(r"\s*(?:(?:java|vb|live)script:|data:[a-z]+/|file:/|blob:)", re.IGNORECASE)
_BRACES = re.compile(r"\{[^{}\n]*\}")
_HARMLESS = re.compile(r"\{:?[ ]*#[A-Za-z][\w-]*[ ]*\}|\{(?![ ]*[:.#])[^=]*\}")
_MANY = 50
"""How many findings of one rule a file has at most; who has as many needs no more."""


def _texts(document: Document) -> Iterator[tuple[Place, str, bool]]:
    """The texts of a file with their place, and whether Markdown may stand in them."""
    content = document.content()
    for value in values(shape_of(document.kind.model), content.data, "texts"):
        if value.shape.plain:
            place = Place(document.path, *place_of(content.places, value.number))
            yield place, value.text, value.shape.plain.prose
    if content.body:
        yield Place(document.path, content.body_line, 1), content.body, True


class _Text:
    """A text of a file: where it starts, and whether Markdown may stand in it."""

    def __init__(self, start: Place, text: str, is_body: bool) -> None:
        self._start = start
        self._lines = Lines(text) if is_body else None

    def at(self, at: int) -> Place:
        """The place of a character; in a field, the place of the field's value."""
        if self._lines is None:
            return self._start
        line, column = self._lines.place(at)
        return Place(self._start.path, self._start.line + line, column)


def _few(notes: Iterator[Note]) -> Iterator[Note]:
    """The notes, or the first of very many, the last of which says that there are more."""
    for number, note in enumerate(notes, 1):
        if number == _MANY:
            more = f"{note.message}; there are more like this, which are not shown"
            yield Note(note.place, more, note.hint, note.severity)
            return
        yield note


@rule("unsafe-content", over=Document)
def unsafe_content(document: Document) -> Iterator[Note]:
    """No text can act in a reader's browser or call home.

    Titles and other plain fields hold no `<` and no `>`. Markdown holds no HTML, no attributes in
    braces but `{#anchor}`, no address other than `http`, `https`, `mailto`, `tel` or a path, and no
    picture from another host, which would tell that host who reads.

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
    if document.readable and _may_be_unsafe(document.source):
        yield from _few(_unsafe_texts(document))


def _unsafe_texts(document: Document) -> Iterator[Note]:
    content = document.content()
    seen = set()
    for start, text, markdown in _texts(document):
        seen.add(start)
        if markdown:
            is_body = text is content.body or text == content.body
            place = _Text(start, text, is_body)
            for at, message, hint in _unsafe(prose(text)):
                yield place.at(at).error(message, hint)
        elif sign := re.search(r"[<>]", text):
            yield start.error(
                f"“{sign.group()}” stands in a field that is shown as it is",
                "write it in words, such as “less than” or “to”",
            )
        elif _ACTS.match(_bare(text)):
            yield start.error(
                "this is an address that may act in the reader's browser",
                "use the address of a page, https://…",
            )
    if document.kind.name != "data-package":  # whose standard knows fields that we do not
        return
    for start, text in _every_text(document, content):
        if start not in seen and (_TAG.search(text) or _ACTS.match(_bare(text))):
            yield start.error(
                f"“{text[:40]}” could act in a reader's browser", "write it in plain words"
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
    if b">" in source and source.count(b">") > source.count(b": >") + source.count(b"\n>"):
        return True
    return _TIGHT_COLON.search(source) is not None and _ACTING.search(source) is not None


def _leads_somewhere(source: bytes) -> bool:
    return any(
        (b":" in address and b":" in address.removeprefix(b"https:"))
        or b"&" in address
        or b"//" in address[:9].strip()[:2]
        for address in _INLINE.findall(source)
    )


def _bare(address: str) -> str:
    """An address as a browser reads it: without entities, and without what it passes over."""
    return re.sub(r"[\x00-\x20\x7f-\xa0\xad]", "", html.unescape(html.unescape(address)))


def _leads_away(bare: str) -> bool:
    """Whether an address without a scheme names another host all the same."""
    return bare.replace("\\", "/").startswith("//") or bare.replace("\\", "").startswith("//")


def _unsafe(text: str) -> Iterator[tuple[int, str, str]]:
    for match in _TAG.finditer(text):
        if not _AUTOLINK.match(text, match.start()):
            shown = match.group() if len(match.group()) < 40 else match.group()[:37] + "…"
            yield (
                match.start(),
                f"`{shown}` is HTML",
                "write it in Markdown, or between backticks to show it as it is",
            )
    if "](" in text or "]:" in text or "![" in text:
        yield from _unsafe_addresses(text)
    for match in _BRACES.finditer(text):
        if not _HARMLESS.fullmatch(match.group()):
            yield (
                match.start(),
                f"`{match.group()[:60]}` gives attributes to what stands before it",
                "only an anchor such as `{#name}` may stand in braces",
            )


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
        bare = _bare(address.removeprefix("<"))
        plain = bare.replace("\\", "")
        at = match.start(found)
        leads_away = _leads_away(bare)
        if leads_away or _SCHEME.match(plain):
            if found == "defined":
                remote.add(_label(named))
            elif picture or any(one for one, _ in opened[-1:]):
                yield at, *_REMOTE
                continue
        is_footnote = found == "defined" and named.startswith("^")
        if is_footnote and not _ACTS.match(plain):
            continue
        if leads_away or (_SCHEME.match(plain) and not _SAFE.match(plain)):
            scheme = f"{plain.partition(':')[0][:40]}:" if _SCHEME.match(plain) else "//"
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


_ROUGHLY = bytes.maketrans(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZ123456789. \n\r\t\xa0", b"abcdefghijklmnopqrstuvwxyz000000000------"
)
"""Turns a file's bytes into small letters, zeros for digits and hyphens for what parts words."""


@dataclass(frozen=True, slots=True)
class Identifier:
    """Something that identifies a person: what it is, how it is written, and quick signs of it.

    A file is searched for ``pattern`` only where its bytes, put roughly, hold one of ``signs``
    with one of ``before`` and one of ``after`` around it.
    """

    what: str
    pattern: re.Pattern[str]
    signs: tuple[bytes, ...]
    before: tuple[bytes, ...] = (b"",)
    after: tuple[bytes, ...] = (b"",)


_GAP = r"(?:[- .\xa0]|-? ?\n {0,8})"
"""What may part the groups of a number, a line's end among it."""

_IDENTIFIERS = (
    Identifier(
        "a Social Security number",
        re.compile(rf"(?<![\w-])\d{{3}}{_GAP}\d{{2}}{_GAP}\d{{4}}(?![\w-])"),
        (b"00-0000",),
        before=(b"000-",),
    ),
    Identifier(
        "a telephone number",
        re.compile(
            r"(?<![\w-])(?:\+?1[- .]?)?"
            rf"(?:\(\d{{3}}\)\s?|\d{{3}}{_GAP})\d{{3}}{_GAP}\d{{4}}(?![\w-])"
        ),
        (b"00-0000",),
        before=(b"0",),
    ),
    Identifier(
        "an e-mail address",
        re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
        (b"@",),
    ),
    Identifier(
        "a date of birth",
        re.compile(
            r"(?:\bdate of birth\b|\bbirth ?da(?:te|y)\b|\b(?:dob|d\.o\.b)\b\.?|\bborn(?: on)?\b)"
            r"[\s:]{0,9}"
            r"(?:\d{4}-\d{2}-\d{2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{1,2} [A-Z][a-z]+ \d{4}"
            r"|[A-Z][a-z]+ \d{1,2}, \d{4})",
            re.IGNORECASE,
        ),
        (b"birth", b"born", b"dob", b"d-o-b"),
        after=(b"-", b"*", b"_", b":", b"0", b"da", b"j", b"f", b"m", b"a", b"s", b"o", b"n", b"d"),
    ),
    Identifier(
        "a case number",
        re.compile(
            r"\b(?:case|docket|intake|referral|report)\s{0,9}(?:no\.?|number|nr\.?|id|#)\s{0,9}[:#]?\s{0,9}"
            r"[A-Z]{0,4}[-/]?\d[\w/-]*",
            re.IGNORECASE,
        ),
        (b"case", b"docket", b"intake", b"referral", b"report"),
        after=(
            b"*",
            b"_",
            b"-*",
            b"-_",
            b"n",
            b"id",
            b"#",
            b"-n",
            b"-id",
            b"-#",
            b"--n",
            b"--id",
            b"--#",
            b"---",
        ),
    ),
)
_QUICK = tuple(dict.fromkeys(sign for one in _IDENTIFIERS for sign in one.signs))
_ROLES = """
    admin alerts board care charter communications committee contact coordinator data definitions
    editor feedback hello help hub info inquiries learning mail media members news notices npcs
    office partnership practices press privacy questions quality records reviews safety secretary
    security service steward stewards support team webmaster
"""
ROLES = frozenset(_ROLES.split())
"""What a role mailbox may be called: no person stands behind the name."""


@rule("identifier", over=Document)
def identifier(document: Document) -> Iterator[Note]:
    """Nothing in a record identifies a child, a family or a worker, or how to reach a person.

    Social Security numbers, telephone numbers, dates of birth, case numbers and personal e-mail
    addresses never stand in the repository: Git forgets nothing, and what was pushed once must be
    treated as known. Role mailboxes, such as `notices@…`, may stand.

    Remove it before you commit. If it is committed already, tell the coordinator at once, and do
    not repeat the value.

    ## Example

    A text that names a case:

    ```markdown
    case no. A-12345
    ```

    The check finds an error:

    > this looks like a case number

    Put right: without it. What is to be learned can be told without the case.
    """
    suspects = _suspects(document.source) if document.readable else ()
    if not suspects:
        return
    yield from _few(_identifiers(document, suspects))


def _identifiers(document: Document, suspects: tuple[Identifier, ...]) -> Iterator[Note]:
    content = document.content()
    comments = _comments(document, content.body_line) if b"#" in document.source else ()
    for start, text in (*_every_text(document, content), *comments):
        for written in dict.fromkeys((text, _unmasked(text))):
            found = False
            for one in suspects:
                for match in one.pattern.finditer(written):
                    if one.what == "an e-mail address" and _is_role(match.group()):
                        continue
                    found = True
                    place = _Text(start, written, text is content.body)
                    yield place.at(match.start()).error(
                        f"this looks like {one.what}",
                        "take it out; if it is none, write it so that it cannot be taken for one",
                    )
            if found:
                break


_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#.*")


def _comments(document: Document, body_line: int) -> Iterator[tuple[Place, str]]:
    """What stands behind a # between the fields: no reader of YAML sees it, everyone else does."""
    for number, line in enumerate(document.source.decode("utf-8", "replace").split("\n"), 1):
        if number == body_line and document.kind.form == "markdown":
            return
        if found := _COMMENT.search(line):
            yield Place(document.path, number, found.start() + 1), found.group()


_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-")
_UNSEEN = re.compile("[\xad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u2060-\u2065\ufe00-\ufe0f]")
_ESCAPED = re.compile(r"\\(?=[-.()@])|\*\*|__")
_MASKED = re.compile(rf"[^\D0-9]|[^\S\x00-\x7f]|{_UNSEEN.pattern}|[0-9][\u2010-\u2015\u2212][0-9]")
_DIGITS_FIRST = re.compile(rb"\n {0,8}[0-9]{2}")
_BROKEN = re.compile(rb"[0-9][-. \r]{0,3}\n {0,8}[0-9]{2}")
"""A number that goes on in the next line."""
_ENTITY = re.compile(rb"&[#a-z]", re.IGNORECASE)
_EMPHASIZED = (b"0-**0", b"0**-0", b"0-__0", b"0__-0")


def _unmasked(text: str) -> str:
    """A text as it looks: usual digits and hyphens, and nothing that nobody sees."""
    if text.isascii() and not any(sign in text for sign in ("&", "\\", "**", "__")):
        return text
    plain = unicodedata.normalize("NFKC", _UNSEEN.sub("", html.unescape(text)))
    return _ESCAPED.sub("", plain.translate(_DASHES))


def _suspects(source: bytes) -> tuple[Identifier, ...]:
    """What a closer look pays for: most files have no number and no word of the kind.

    A backslash may hide any character in a quoted text, as may entities and odd digits, so a file
    with one is always looked at.
    """
    if b"\\" in source:
        return _IDENTIFIERS
    if b"&" in source and _ENTITY.search(source):
        return _IDENTIFIERS
    if not source.isascii() and _masked(source.decode("utf-8", "replace")):
        return _IDENTIFIERS
    if _DIGITS_FIRST.search(source) and _BROKEN.search(source):
        return _IDENTIFIERS
    roughly = source.translate(_ROUGHLY)
    strong = (b"*" in source and b"**" in source) or (b"_" in source and b"__" in source)
    if strong and any([sign in roughly for sign in _EMPHASIZED]):
        return _IDENTIFIERS
    found = [sign for sign in _QUICK if sign in roughly]
    return tuple([one for one in _IDENTIFIERS if _shows(one, found, roughly)]) if found else ()


def _masked(text: str) -> bool:
    return not unicodedata.is_normalized("NFKC", text) or _MASKED.search(text) is not None


def _shows(one: Identifier, found: list[bytes], roughly: bytes) -> bool:
    for sign in found:
        at = roughly.find(sign) if sign in one.signs else -1
        while at >= 0:
            end = at + len(sign)
            if roughly.endswith(one.before, 0, at) and roughly.startswith(one.after, end):
                return True
            at = roughly.find(sign, at + 1)
    return False


def _every_text(document: Document, content: Content) -> Iterator[tuple[Place, str]]:
    number = 0
    waiting: list[object] = [content.data]
    while waiting:
        data = waiting.pop()
        place = Place(document.path, *place_of(content.places, number))
        number += 1
        if isinstance(data, dict):
            for key, value in reversed(data.items()):
                waiting += [value, key]
        elif isinstance(data, list):
            waiting += reversed(data)
        elif isinstance(data, str):
            yield place, data
    if content.body:
        yield Place(document.path, content.body_line, 1), content.body


def _is_role(address: str) -> bool:
    name = re.split(r"[.+_-]", address.partition("@")[0].lower())
    return all(part in ROLES for part in name)

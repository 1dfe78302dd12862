"""Rules on what may stand in a text: nothing that runs in a browser, nothing that names a child."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from npcs.records.document import Content, Document, place_of
from npcs.records.findings import Note, Place
from npcs.records.reading import prose
from npcs.records.shape import shape_of, values
from npcs.rules.rule import rule

_SIGNS = (b"<", b"{", b"\\", b"]:", b"![")
_INLINE = re.compile(rb"\]\(\s*<?([^\s)>]*)")
_TAG = re.compile(r"<(?:[A-Za-z/!?][^>\n]*>?)")
_AUTOLINK = re.compile(r"<(?:https?://|mailto:)[^\s<>\"'`]+>|<[\w.+-]+@[\w.-]+>")
_ADDRESS = re.compile(
    r"(?P<image>!?)\[(?:[^\[\]]|\[[^\[\]]*\])*\]\(\s*<?(?P<inline>[^\s)>]*)"
    r"|^ {0,3}\[[^\]]+\]:\s*<?(?P<defined>[^\s>]+)",
    re.MULTILINE,
)
_SAFE = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_ATTRIBUTES = re.compile(r"\{:?[^{}\n]*=[^{}\n]*\}")


def _texts(document: Document) -> Iterator[tuple[Place, str, bool]]:
    """The texts of a file with their place, and whether Markdown may stand in them."""
    content = document.content()
    for value in values(shape_of(document.kind.model), content.data, "texts"):
        if value.shape.plain:
            place = Place(document.path, *place_of(content.places, value.number))
            yield place, value.text, value.shape.plain.prose
    if content.body:
        yield Place(document.path, content.body_line, 1), content.body, True


def _within(start: Place, text: str, at: int, body_line: int) -> Place:
    """The place of a character of a text; in a field, the place of the field's value."""
    if start.line < body_line or body_line == 1:
        return start
    return Place(start.path, start.line + text.count("\n", 0, at), at - text.rfind("\n", 0, at))


@rule("unsafe-content", over=Document)
def unsafe_content(document: Document) -> Iterator[Note]:
    """No text can act in a reader's browser or call home.

    Titles and other plain fields hold no `<` and no `>`. Markdown holds no HTML, no attributes in
    braces but `{#anchor}`, no address other than `http`, `https`, `mailto`, `tel` or a path, and no
    picture from another host, which would tell that host who reads.

    To show such signs as text, put them between backticks: `` `<b>` ``.
    """
    if not document.readable or not _may_be_unsafe(document.source):
        return
    body_line = document.content().body_line
    for start, text, markdown in _texts(document):
        if not markdown:
            sign = re.search(r"[<>]", text)
            if sign:
                yield start.error(
                    f"“{sign.group()}” stands in a field that is shown as it is",
                    "write it in words, such as “less than” or “to”",
                )
            continue
        shown = prose(text)
        for at, message, hint in _unsafe(shown):
            yield _within(start, text, at, body_line).error(message, hint)


def _may_be_unsafe(source: bytes) -> bool:
    """Whether a closer look pays: most files have no sign that could be unsafe."""
    if any([sign in source for sign in _SIGNS]):
        return True
    if source.count(b">") > source.count(b": >") + source.count(b"\n>"):
        return True
    return b"](" in source and any(
        (b":" in address and not address.startswith(b"https://"))
        or b"&" in address
        or address.startswith(b"//")
        for address in _INLINE.findall(source)
    )


def _unsafe(text: str) -> Iterator[tuple[int, str, str]]:
    for match in _TAG.finditer(text):
        if not _AUTOLINK.match(text, match.start()):
            shown = match.group() if len(match.group()) < 40 else match.group()[:37] + "…"
            yield (
                match.start(),
                f"`{shown}` is HTML",
                "write it in Markdown, or between backticks to show it as it is",
            )
    for match in _ADDRESS.finditer(text):
        address = match["inline"] or match["defined"] or ""
        plain = re.sub(r"[\x00-\x20\\]", "", html.unescape(html.unescape(address)))
        at = match.start("inline") if match["inline"] else match.start("defined")
        if match["image"] and (_SCHEME.match(plain) or plain.startswith("//")):
            yield (
                at,
                "the picture comes from another host, which would learn who reads the page",
                "link to the page that shows it instead",
            )
        elif plain.startswith("//") or (_SCHEME.match(plain) and not _SAFE.match(plain)):
            scheme = plain.partition(":")[0]
            yield (
                at,
                f"an address that starts with `{scheme}:` may act in the reader's browser",
                "use https, mailto, tel or a path to a record",
            )
    for match in _ATTRIBUTES.finditer(text):
        yield (
            match.start(),
            f"`{match.group()}` gives attributes to what stands before it",
            "only an anchor such as `{#name}` may stand in braces",
        )


_ROUGHLY = bytes.maketrans(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZ123456789. \n\xa0", b"abcdefghijklmnopqrstuvwxyz000000000----"
)
"""Turns a file's bytes into small letters, zeros for digits and hyphens for what parts words."""


@dataclass(frozen=True, slots=True)
class Identifier:
    """Something that identifies a person: what it is, how it is written, and a quick sign of it.

    A file is searched for ``pattern`` only where its bytes, put roughly, hold one of ``signs``
    followed by one of ``tails``.
    """

    what: str
    signs: tuple[bytes, ...]
    tails: tuple[bytes, ...]
    pattern: re.Pattern[str]


_IDENTIFIERS = (
    Identifier(
        "a Social Security number",
        (b"000-00-0000",),
        (),
        re.compile(r"(?<![\w-])\d{3}[- .]\d{2}[- .]\d{4}(?![\w-])"),
    ),
    Identifier(
        "a telephone number",
        (b"000-0000",),
        (),
        re.compile(r"(?<![\w-])(?:\+?1[- .]?)?(?:\(\d{3}\) ?|\d{3}[- .])\d{3}[- .]\d{4}(?![\w-])"),
    ),
    Identifier(
        "an e-mail address",
        (b"@",),
        (),
        re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    ),
    Identifier(
        "a date of birth",
        (b"birth", b"born", b"dob", b"d-o-b"),
        (b"-0", b"-on-", b":", b"--", b"-j", b"-f", b"-m", b"-a", b"-s", b"-o", b"-n", b"-d"),
        re.compile(
            r"(?:\bdate of birth\b|\bd\.?o\.?b\.?\b|\bborn(?: on)?\b)[\s:]*"
            r"(?:\d{4}-\d{2}-\d{2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{1,2} [A-Z][a-z]+ \d{4}"
            r"|[A-Z][a-z]+ \d{1,2}, \d{4})",
            re.IGNORECASE,
        ),
    ),
    Identifier(
        "a case number",
        (b"case", b"docket", b"intake", b"referral", b"report"),
        (b"-n", b"-id", b"-#", b"#", b"no", b"--"),
        re.compile(
            r"\b(?:case|docket|intake|referral|report)\s*(?:no\.?|number|nr\.?|id|#)\s*[:#]?\s*"
            r"[A-Z]{0,4}[-/]?\d[\w/-]*",
            re.IGNORECASE,
        ),
    ),
)
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
    """
    suspects = _suspects(document.source) if document.readable else ()
    if not suspects:
        return
    content = document.content()
    for start, text in _every_text(document, content):
        for one in suspects:
            for match in one.pattern.finditer(text):
                if one.what == "an e-mail address" and _is_role(match.group()):
                    continue
                yield _within(start, text, match.start(), content.body_line).error(
                    f"this looks like {one.what}",
                    "take it out; if it is none, write it so that it cannot be taken for one",
                )


def _suspects(source: bytes) -> tuple[Identifier, ...]:
    """What a closer look pays for: most files have no number and no word of the kind.

    A backslash may hide any character in a quoted text, so a file with one is always looked at.
    """
    if b"\\" in source:
        return _IDENTIFIERS
    roughly = source.translate(_ROUGHLY)
    signed = [
        one
        for one in _IDENTIFIERS
        if any([sign in roughly and _followed(sign, one.tails, roughly) for sign in one.signs])
    ]
    if not signed:
        return ()
    text = source.decode("utf-8", "replace")
    return tuple(one for one in signed if one.pattern.search(text))


def _followed(sign: bytes, tails: tuple[bytes, ...], roughly: bytes) -> bool:
    return not tails or any([sign + tail in roughly for tail in tails])


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

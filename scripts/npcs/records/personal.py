"""What identifies a person in a text: numbers, addresses, days of birth, however written."""

import html
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

_ROUGHLY = bytes.maketrans(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZ123456789._ \n\r\t\v\f\x1c\x1d\x1e\x1f\xa0",
    b"abcdefghijklmnopqrstuvwxyz000000000-------------",
)
"""Turns a file's bytes into small letters, zeros for digits and hyphens for what parts words."""


_ANYTHING = re.compile(b"")


class Identifier(NamedTuple):
    """Something that identifies a person: what it is, how it is written, and quick signs of it.

    A file is searched for ``pattern`` only where its bytes, put roughly, hold one of ``signs``
    with one of ``before`` ahead of it and, behind it, what ``after`` matches, and a digit within
    ``reach`` bytes where that is given.
    """

    what: str
    pattern: re.Pattern[str]
    signs: tuple[bytes, ...]
    before: tuple[bytes, ...] = (b"",)
    after: re.Pattern[bytes] = _ANYTHING
    reach: int = 0


IN_NAME = re.compile(r"\d(?<!\d\d)\d\d(?:[-_.]?\d\d[-_.]?\d{4}|[-_.]?\d{3}[-_.]?\d{4})(?!\d)")
"""A Social Security or telephone number in a file's name, whatever joins it to the words around."""

_GAP = r"(?:[- ._\xa0]|-? ?\n {0,8})"
"""What may part the groups of a number, a line's end among it."""

_START, _END = r"(?<!\d)(?:(?<!\d-)|(?<=\d{4}-\d\d-\d\d-))", r"(?!-?\d)"
"""Around a number: letters or a date may be joined to it, and other digits make it another one."""

_CITED = r"(?<!OAR[ _\xa0])(?<!WAC[ _\xa0])(?<!oar_)(?<!wac_)(?<!cite=)"
"""Not behind the sign of a state's rules: Oregon and Washington number theirs in this form."""

_NUMBERED = r"[\s_]{0,9}(?:no\.?|number|nr\.?|id|#)\s{0,9}[:#]?\s{0,9}"
"""What stands between the word for a case or a report and its number."""

_SERIES = r"(?-i:GAO-\d\d-\d{1,6}[A-Z]{0,4}|OEI-\d\d-\d\d-\d{5})(?![\w/-])"
"""Reports to the public, of the Government Accountability Office and the Inspector General for
Health and Human Services, each written as its office numbers them."""

IDENTIFIERS = (
    Identifier(
        "a Social Security number",
        re.compile(rf"{_CITED}{_START}\d{{3}}{_GAP}\d{{2}}{_GAP}\d{{4}}{_END}"),
        (b"00-0000",),
        before=(b"000-",),
    ),
    Identifier(
        "a Social Security number",
        re.compile(
            r"(?:(?<![^\W\d_])ssn|social[\s_-]security)(?:[\W_]{0,3}(?:number|num|no|nr|is)){0,2}"
            rf"[\W_]{{0,4}}(?:\d{{9}}|\d{{3}}{_GAP}\d{{6}}|\d{{5}}{_GAP}\d{{4}}){_END}",
            re.IGNORECASE,
        ),
        (b"00000",),
    ),
    Identifier(
        "a telephone number",
        re.compile(
            rf"{_CITED}(?:(?<![\w-])(?:\+?1[- .]?)?"
            rf"(?:\(\d{{3}}\)\s?|\d{{3}}{_GAP})\d{{3}}{_GAP}\d{{4}}(?![\w-])"
            rf"|{_START}[2-9]\d\d[-._][2-9]\d\d[-._]\d{{4}}{_END})"
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
            r"(?<![^\W\d_])(?:date[ _]of[ _]birth|birth[ _]?da(?:te|y)|(?:dob|d\.o\.b)\.?"
            r"|born(?: on)?)(?![^\W\d_])[\s:_-]{0,9}"
            r"(?:\d{4}-\d{2}-\d{2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{1,2} [A-Z][a-z]+ \d{4}"
            r"|[A-Z][a-z]+ \d{1,2}, \d{4})",
            re.IGNORECASE,
        ),
        (b"birth", b"born", b"dob", b"d-o-b"),
        after=re.compile(rb"[-:0d\"'\xe2]"),
    ),
    Identifier(
        "a case number",
        re.compile(
            rf"\b(?:case|docket|intake|referral|report(?!{_NUMBERED}{_SERIES}))"
            rf"{_NUMBERED}[A-Z]{{0,4}}[-/]?\d[\w/-]*",
            re.IGNORECASE,
        ),
        (b"case", b"docket", b"intake", b"referral", b"report"),
        after=re.compile(rb"-*(?:n|id|#)"),
        reach=80,
    ),
)
_QUICK = tuple(dict.fromkeys(sign for one in IDENTIFIERS for sign in one.signs))
_BY_SIGN = {sign: tuple(one for one in IDENTIFIERS if sign in one.signs) for sign in _QUICK}
_ROLES = """
    admin alerts board care charter communications committee contact coordinator data definitions
    editor feedback hello help hub info inquiries learning mail media members news notices npcs
    office partnership practices press privacy questions quality records reviews safety secretary
    security service steward stewards support team webmaster
"""
ROLES = frozenset(_ROLES.split())
"""What a role mailbox may be called: no person stands behind the name."""

_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-")
_UNSEEN = re.compile("[\xad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u2060-\u2065\ufe00-\ufe0f]")
_ESCAPED = re.compile(r"\\(?=[-.()@])|\*\*|__")
_MASKED = re.compile(
    rf"[^\x00-\x7f](?:(?<=[\d\s\u0130\u0131])|(?<={_UNSEEN.pattern})"
    r"|(?<=[0-9][\u2010-\u2015\u2212])(?=\s*[0-9]))"
)
"""What looks like something else, an i of Turkish among it, which `re` takes for any other."""
_DIGITS_FIRST = re.compile(rb"\n[ \t]*[0-9]{2}")
_BROKEN = re.compile(rb"[0-9][-. \t\r]*\n[ \t\r\n]*[0-9]{2}")
"""A number that goes on in a later line; YAML joins lines however far they are moved in."""
_ENTITY = re.compile(rb"&[#a-z]", re.IGNORECASE)
_STRONG = re.compile(rb"\*\*|__")


def _unmasked(text: str) -> str:
    """A text as it looks: usual digits and hyphens, and nothing that nobody sees."""
    if text.isascii() and not any(sign in text for sign in ("&", "\\", "**", "__")):
        return text
    plain = unicodedata.normalize("NFKC", _UNSEEN.sub("", html.unescape(text)))
    return _ESCAPED.sub("", plain.translate(_DASHES))


def found(text: str, among: Iterable[Identifier]) -> tuple[str, list[tuple[str, int, int]]]:
    """What identifies a person in a text: what it is, where it begins, and where it ends.

    The text comes along: as it is or, where something shows only then, as it looks.
    """
    for written in dict.fromkeys((text, _unmasked(text))):
        places = [
            (one.what, *match.span())
            for one in among
            for match in one.pattern.finditer(written)
            if one.what != "an e-mail address" or not is_role(match.group())
        ]
        if places:
            return written, places
    return text, []


def holds(text: str) -> bool:
    """Whether something in a text identifies a person."""
    return bool(found(text, suspects(_bytes(text)))[1])


@lru_cache(maxsize=1024)  # hints are the same for many findings
def without(text: str) -> str:
    """A text with dots in the place of what identifies a person."""
    written, places = found(text, suspects(_bytes(text)))
    for _, start, end in sorted(places, key=lambda one: one[1], reverse=True):
        written = f"{written[:start]}…{written[end:]}"
    return written


def begun(text: str, most: int) -> str:
    """How a text begins, without what identifies a person: cut in two it would not be known."""
    text = without(text)
    return text if len(text) <= most else f"{text[: most - 3]}…"


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def suspects(source: bytes) -> tuple[Identifier, ...]:
    """What a closer look pays for: most files have no number and no word of the kind.

    A backslash may hide any character in a quoted text, as may entities and odd digits, so a file
    with one is always looked at.
    """
    if b"\\" in source:
        return IDENTIFIERS
    if (b"*" in source and b"**" in source) or (b"_" in source and b"__" in source):
        source += b"\n\n" + _STRONG.sub(b"", source)  # and as it looks
    if b"&" in source and _ENTITY.search(source):
        return IDENTIFIERS
    if not source.isascii() and _masked(source.decode("utf-8", "replace")):
        return IDENTIFIERS
    if _DIGITS_FIRST.search(source) and _BROKEN.search(source):
        return IDENTIFIERS
    roughly = source.translate(_ROUGHLY)
    shown = [
        one
        for sign in _QUICK
        if sign in roughly
        for one in _BY_SIGN[sign]
        if _shows(one, sign, roughly)
    ]
    return tuple(dict.fromkeys(shown)) if shown else ()


def _masked(text: str) -> bool:
    return not unicodedata.is_normalized("NFKC", text) or _MASKED.search(text) is not None


def _shows(one: Identifier, sign: bytes, roughly: bytes) -> bool:
    at = roughly.find(sign)
    while at >= 0:
        end = at + len(sign)
        around = roughly.endswith(one.before, 0, at) and one.after.match(roughly, end)
        if around and (not one.reach or b"0" in roughly[end : end + one.reach]):
            return True
        at = roughly.find(sign, at + 1)
    return False


def is_role(address: str) -> bool:
    """Whether an e-mail address is that of a role and not of a person."""
    name = re.split(r"[.+_-]", address.partition("@")[0].lower())
    return all(part in ROLES for part in name)

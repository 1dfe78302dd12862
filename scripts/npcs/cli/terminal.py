"""What a terminal may be sent: text without control characters, colour only where it is wanted."""

import codecs
import os
import sys
import unicodedata
from collections.abc import Callable, Iterable
from io import TextIOWrapper

# Characters our own sentences use, for terminals that know ASCII alone.
_SIMPLER = {
    "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "×": "x",
    "−": "-", "≥": ">=", "≤": "<=", "·": "-", "\N{NO-BREAK SPACE}": " ",
}  # fmt: skip

_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
_HARMFUL = frozenset(("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))


def safe_streams() -> None:
    """Let no character stop the output, whatever the locale can show, nor a closed stream."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # in this order each gets back its own number
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))
    codecs.register_error("npcs", _simpler)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="npcs")


def _simpler(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    found = error.object[error.start : error.end]
    return "".join(_SIMPLER.get(one) or escaped(one) for one in found), error.end


def escaped(character: str) -> str:
    """A character as the digits of its number, in the way Python and JSON write it."""
    number = ord(character)
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def is_harmful(character: str) -> bool:
    """Whether a character could move the cursor, turn the direction of text or hide something."""
    return unicodedata.category(character) in _HARMFUL and character not in _JOINERS


def plain(text: str) -> str:
    """A text as one line that no record can use to write on the terminal by itself."""
    if text.isprintable():
        return text
    text = " ".join(text.split("\n")).replace("\t", " ")
    return "".join(escaped(one) if is_harmful(one) else one for one in text)


def wants_colour() -> bool:
    """Whether the output goes to a terminal whose user has nothing against colour."""
    # Windows names a TERM or WT_SESSION where colours are understood, others name a dumb TERM.
    terminal = os.environ.get("TERM", "")
    knows = "WT_SESSION" in os.environ or terminal if os.name == "nt" else terminal != "dumb"
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and bool(knows)


def show(*lines: str, err: bool = False) -> None:
    """Write lines for people.

    Not by click's own ``echo``: where the locale is ASCII it would write UTF-8 all the same.
    """
    stream = sys.stderr if err else sys.stdout
    stream.write("".join(f"{line}\n" for line in lines))
    stream.flush()


def write_utf8(text: str) -> None:
    """Write what programs will read: UTF-8 and plain line ends, whatever the locale says."""
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        sys.stdout.write(text)
    else:
        sys.stdout.flush()
        buffer.write(text.encode())
        buffer.flush()


def page_width() -> int:
    """How many columns a line of prose may take: those of the terminal, but never more than 100."""
    import shutil

    return min(shutil.get_terminal_size((100, 24)).columns, 100) if sys.stdout.isatty() else 100


def nearest(word: str, known: Iterable[str], fold: Callable[[str], str] = str.lower) -> str:
    """“; did you mean ...?” with the known words most like the given one, or nothing."""
    import difflib

    found = difflib.get_close_matches(fold(word), list(known), n=3, cutoff=0.6)
    if not found:
        return ""
    *others, last = [f"`{one}`" for one in found]
    return f"; did you mean {', '.join(others)}{' or ' if others else ''}{last}?"


def counted(number: int, one: str, many: str = "") -> str:
    """A number with the word for it: ``1 error``, ``2 errors``, ``1,200 records``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"

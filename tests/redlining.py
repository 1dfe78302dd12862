"""Texts to compare, edits to make on them, and what the redline of two texts must always keep."""

from dataclasses import dataclass, replace
from html.parser import HTMLParser

from hypothesis import strategies as st

from npcs.charter.redline import Redline, redline

WORDS = (
    "the", "of", "members", "committee", "decide", "decision", "two-thirds", "agree", "year,",
    "safety.", "Children", "learn;", "naïve", "Ünï", "北京", "don't", "(see", "e.g.", "5,000", "—",
    "“quoted”", "x=1", "100%", "👩\N{ZERO WIDTH JOINER}🚀", "A.B.C", "end.", "The",
)  # fmt: skip
PHRASES = (
    "**bold**", "*stress*", "**two words**", "`code span`", "[a link](https://example.org/a)",
    "[the charter](charter.md)", "**TRM-1**", "\\*escaped\\*", "&amp;", "`a | b`",
)  # fmt: skip


@dataclass(frozen=True)
class Piece:
    """A block of a text: its kind, its phrases by line or item, and how deep or wide it is."""

    kind: str
    parts: tuple[tuple[str, ...], ...]
    level: int = 1

    def markdown(self, width: int) -> str:
        match self.kind:
            case "heading":
                return "#" * self.level + " " + " ".join(self.parts[0])
            case "bullets":
                return "\n".join(
                    " " * 4 * (number % 2) * (self.level - 1) + "- " + " ".join(part)
                    for number, part in enumerate(self.parts)
                )
            case "numbers":
                return "\n".join(
                    f"{number}. {' '.join(part)}" for number, part in enumerate(self.parts, 1)
                )
            case "table":
                rows = [[word.replace("|", "\\|") for word in part] for part in self.parts]
                count = max(map(len, rows))
                lines = [f"| {' | '.join([*row, *[''] * (count - len(row))])} |" for row in rows]
                return "\n".join([lines[0], "|" + "---|" * count, *lines[1:]])
            case "quote":
                return "\n".join("> " + line for line in wrapped(self.parts[0], width - 2))
            case "code":
                return "\n".join(["```", *("  ".join(part) for part in self.parts), "```"])
            case "rule":
                return "---"
            case "broken":
                return "  \n".join(" ".join(part) for part in self.parts)
        return "\n".join(wrapped(self.parts[0], width))


def wrapped(words: tuple[str, ...], width: int) -> list[str]:
    """The words in lines, none of which begins as a block of another kind would."""
    lines: list[str] = []
    for word in " ".join(words).split(" "):
        if lines and (len(lines[-1]) + len(word) < width or _starts_oddly(word)):
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines


def _starts_oddly(word: str) -> bool:
    return not (word[0].isalnum() or word[0] in "*[`“(\\&—👩")


def markdown(pieces: tuple[Piece, ...], width: int = 60) -> str:
    return "\n\n".join(one.markdown(width) for one in pieces) + "\n"


words = st.sampled_from(WORDS)
plain = st.builds(
    lambda first, rest: (first, *rest),
    st.sampled_from(("Members", "The", "A", "Every")),
    st.lists(words, max_size=9),
)
phrases = st.builds(
    lambda first, rest: (first, *rest),
    st.sampled_from(("Members", "The", "A", "Every")),
    st.lists(st.one_of(words, words, st.sampled_from(PHRASES)), max_size=14),
)
pieces = st.one_of(
    st.builds(lambda one: Piece("paragraph", (one,)), phrases),
    st.builds(lambda one: Piece("paragraph", (one,)), phrases),
    st.builds(lambda one, level: Piece("heading", (one,), level), plain, st.integers(2, 4)),
    st.builds(
        lambda kind, some, level: Piece(kind, tuple(some), level),
        st.sampled_from(("bullets", "numbers", "broken")),
        st.lists(phrases, min_size=1, max_size=4),
        st.integers(1, 2),
    ),
    st.builds(lambda some: Piece("table", tuple(some)), st.lists(plain, min_size=2, max_size=4)),
    st.builds(lambda one: Piece("quote", (one,)), phrases),
    st.builds(lambda some: Piece("code", tuple(some)), st.lists(phrases, min_size=1, max_size=3)),
    st.just(Piece("rule", ((),))),
)
texts = st.lists(pieces, max_size=8).map(tuple)


@st.composite
def edited(draw: st.DrawFn, before: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The text after a few edits of the kinds people make."""
    text = list(before)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, max(0, len(text) - 1)))
        what = draw(st.sampled_from(("add", "drop", "move", "word", "part", "split", "merge")))
        if what == "add" or not text:
            text.insert(at, draw(pieces))
        elif what == "drop":
            text.pop(at)
        elif what == "move":
            one = text.pop(at)
            text.insert(draw(st.integers(0, len(text))), one)
        elif what == "word" and text[at].kind != "rule":
            text[at] = _reworded(draw, text[at])
        elif what == "part" and text[at].kind in ("bullets", "numbers", "table", "code"):
            parts = list(text[at].parts)
            number = draw(st.integers(1, len(parts)))
            if draw(st.booleans()) and len(parts) > 2:
                parts.pop(number - 1)
            else:
                parts.insert(number, draw(plain))
            text[at] = replace(text[at], parts=tuple(parts))
        elif what == "split" and text[at].kind == "paragraph" and len(text[at].parts[0]) > 3:
            cut = draw(st.integers(1, len(text[at].parts[0]) - 1))
            first, rest = text[at].parts[0][:cut], ("Then", *text[at].parts[0][cut:])
            text[at : at + 1] = [Piece("paragraph", (first,)), Piece("paragraph", (rest,))]
        elif what == "merge" and [one.kind for one in text[at : at + 2]] == ["paragraph"] * 2:
            both = text[at].parts[0] + text[at + 1].parts[0]
            text[at : at + 2] = [Piece("paragraph", (both,))]
    return tuple(text)


def _reworded(draw: st.DrawFn, one: Piece) -> Piece:
    number = draw(st.integers(0, len(one.parts) - 1))
    part = list(one.parts[number])
    place = draw(st.integers(1, len(part)))
    part[place : place + draw(st.integers(0, 2))] = draw(st.lists(words, max_size=2))
    return replace(one, parts=(*one.parts[:number], tuple(part), *one.parts[number + 1 :]))


@st.composite
def versions(draw: st.DrawFn) -> tuple[str, str]:
    """Two texts of which one was made of the other, each wrapped in its own way."""
    before = draw(texts)
    after = draw(edited(before))
    widths = st.sampled_from((30, 60, 100))
    return markdown(before, draw(widths)), markdown(after, draw(widths))


def exact(old: str, new: str) -> Redline:
    """The redline of two texts, held against what every redline must keep."""
    found = redline(old, new)
    assert "".join(one.text for one in found.ops if one.op != "insert") == found.old.text
    assert "".join(one.text for one in found.ops if one.op != "delete") == found.new.text
    moved: dict[str, tuple[list[str], list[str]]] = {}
    for one in found.ops:
        assert one.text
        if one.moved:
            moved.setdefault(one.moved, ([], []))[one.op == "insert"].extend(one.text.split())
    assert all(gone == come for gone, come in moved.values())
    return found


class Seen(HTMLParser):
    """Reads HTML that must be nested rightly, with one element of each id."""

    def __init__(self, html: str, without: str = "") -> None:
        super().__init__()
        self.without = without
        self.stack: list[str] = []
        self.hidden = 0
        self.texts: list[str] = []
        self.ids: list[str] = []
        self.feed(html)
        self.close()
        assert not self.stack
        assert len(set(self.ids)) == len(self.ids)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids += [one for one in (given.get("id"),) if one]
        if tag in ("br", "hr", "meta"):
            return
        assert not (tag == "a" and "a" in self.stack), "a link in a link"
        blocks = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "table", "ul", "ol", "li")
        if tag in blocks:
            inline = {"p", "h2", "h3", "h4", "pre", "ins", "del", "strong", "em", "code", "a"}
            assert not inline & set(self.stack), f"{tag} within {self.stack}"
        allowed = {"li": ("ul", "ol"), "tr": ("thead", "tbody"), "td": ("tr",), "th": ("tr",)}
        if tag in allowed:
            assert self.stack[-1] in allowed[tag]
        if self.stack and self.stack[-1] in ("ul", "ol", "table", "thead", "tbody", "tr"):
            assert tag in ("li", "thead", "tbody", "tr", "td", "th"), f"{tag} in {self.stack}"
        self.stack.append(tag)
        extra = (given.get("class") or "") in ("npcs-redline-note", "npcs-redline-source")
        if self.hidden or tag == self.without or extra or given.get("role") == "img":
            self.hidden += 1

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop() == tag
        self.hidden = max(0, self.hidden - 1)

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.texts.append(data)

    @property
    def words(self) -> str:
        """What is seen, without blanks."""
        return "".join("".join(self.texts).split())

"""Terms of the glossary where a page uses them: a link, and the meaning on hover and focus.

It is done to the finished HTML, in the running text alone, at the first use on each page. The
meaning stands beside the link and is hidden by the style sheet until it is pointed at or reached by
the keyboard, so that no script is needed; screen readers are told of it by ``aria-describedby``.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape

from npcs.publish.abbreviations import ABBREVIATIONS, ADDRESS, anchor
from npcs.records.definitions import Definition
from npcs.records.hub import Hub

_TAG = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
_CLOSED = frozenset(
    ("a", "h1", "h2", "h3", "h4", "h5", "h6", "code", "pre", "th", "dt", "svg", "nav")
)
"""Elements in whose text no term is linked: what leads elsewhere, names, or is quoted code."""

_FURNITURE = re.compile(r'class="[^"]*\b(?:npcs-(?:path|state|foot|banner|chip)|headerlink)\b')
_MARKED = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}")
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Term:
    """A term with the place of its page, its meaning as plain text, and the words used for it."""

    address: str
    meaning: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Glossary:
    """The terms that pages link to, each word of them with its term."""

    terms: tuple[Term, ...] = ()

    @cached_property
    def by_words(self) -> Mapping[str, Term]:
        """Each term by the words used for it; see ``_folded``."""
        found: dict[str, Term] = {}
        for term in self.terms:
            for words in term.words:
                found.setdefault(_folded(words), term)
        return found

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What finds any of the words, the longest first; first letters may be capitals."""
        return re.compile(rf"(?<![\w-]){_any(self.by_words)}(?![\w-])" if self.terms else r"(?!)")


NO_TERMS = Glossary()


def glossary(hub: Hub) -> Glossary:
    """The terms in use, and abbreviations, whose names the records may take for their own.

    Drafts explain nothing yet, and what was superseded nothing any more.
    """
    return Glossary((*terms(hub), *_SHORT))


_SHORT = tuple(
    Term(f"{ADDRESS}/#{anchor(short)}", f"{full}.", (short,))
    for short, full in ABBREVIATIONS.items()
)


def terms(hub: Hub) -> Iterator[Term]:
    """The terms of the records that are in use."""
    for one in hub.all(Definition).values():
        if one.status in ("approved", "provisional"):
            yield Term(f"definitions/terms/{one.key}/", _meaning(one), _words(one))


def _meaning(one: Definition) -> str:
    text = " ".join(_MARKED.sub(r"\1", one.definition.split("\n\n")[0]).split())
    if len(text) > _LONGEST:
        text = text[: text.rfind(" ", 0, _LONGEST)] + " …"
    state = "" if one.status == "approved" else " (Provisional.)"
    return text + state


def _words(one: Definition) -> tuple[str, ...]:
    """The words for a term, each with its plural."""
    return tuple(
        dict.fromkeys(
            it for name in one.linked_as or (one.term, *one.also_called)
            for it in (name, _plural(name))
        )
    )  # fmt: skip


def _folded(words: str) -> str:
    """Words in small letters, but for those that are written with capitals inside, as TLP is."""
    return " ".join(one.lower() if one[1:].islower() else one for one in words.split())


def _plural(name: str) -> str:
    if re.search(r"[^aeiou]y$", name):
        return name[:-1] + "ies"
    return name + ("es" if name.endswith(("s", "x", "ch", "sh")) else "s")


def _any(words: Iterable[str]) -> str:
    """A pattern for any of some words, which looks at each letter of a text once."""
    tree: dict[str, dict] = {}  # type: ignore[type-arg]
    for one in words:
        branch = tree
        for letter in escape(one):
            branch = branch.setdefault(letter, {})
        branch[""] = {}
    return _branches(tree, True)


def _branches(tree: dict[str, dict], starts: bool) -> str:  # type: ignore[type-arg]
    if not tree.keys() - {""}:
        return ""
    found = [
        _letter(letter, starts) + _branches(below, letter in " -")
        for letter, below in sorted(tree.items())
        if letter
    ]
    return f"(?:{'|'.join(found)}){'?' if '' in tree else ''}"


def _letter(letter: str, starts: bool) -> str:
    if letter == " ":
        return r"\s+"
    return f"[{letter}{letter.upper()}]" if starts and letter.islower() else re.escape(letter)


def linked(text: str, known: Glossary, name: str) -> str:
    """The HTML of a page's article, its file's name given, with the terms it uses linked."""
    if not known.pattern.search(text):
        return text
    here = name.removesuffix("index.html")
    up = "../" * here.count("/")
    used = {term.address for term in known.terms if term.address.partition("#")[0] == here}
    parts, inside, depth = [], "", 0

    def explained(found: re.Match[str]) -> str:
        term = known.by_words.get(_folded(found[0]))
        if term is None or term.address in used:
            return found[0]
        used.add(term.address)
        mark = f"npcs-term-{len(used)}"
        return (
            f'<span class="npcs-term"><a href="{up}{term.address}" aria-describedby="{mark}">'
            f'{found[0]}</a><span class="npcs-tip" role="tooltip" id="{mark}">'
            f"{escape(term.meaning)}</span></span>"
        )

    for part in _TAG.split(text):
        if part[:1] != "<":
            parts.append(part if inside or not part.strip() else known.pattern.sub(explained, part))
            continue
        parts.append(part)
        element = _NAME.match(part)
        if element is None or part.endswith("/>"):
            continue
        if inside:
            if element[1] == inside:
                depth += -1 if part[1] == "/" else 1
                inside = inside if depth else ""
        elif part[1] != "/" and (element[1] in _CLOSED or _FURNITURE.search(part)):
            inside, depth = element[1], 1
    return "".join(parts)


__all__ = ["NO_TERMS", "Glossary", "Term", "glossary", "linked", "terms"]

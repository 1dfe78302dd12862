"""The Example Partnership's charter: the provisions every charter of this kind has, in short.

One sentence for each provision id. A revision changes the wording of a few of them; ids stay.
"""

from collections.abc import Mapping

from npcs.demo.texts import text_lines
from npcs.demo.yamlout import scalar, wrapped

TITLE = "Charter of the Example Partnership"

_SECTIONS = (
    ("Mission and context", ("MIS", "CTX")),
    ("Review of the charter", ("REV",)),
    ("Values", ("VAL",)),
    ("Goals and outcomes", ("LTG", "STG", "OUT")),
    ("Membership", ("MEM", "RES", "DIS")),
    ("The Executive Committee", ("EXC",)),
    ("Decisions", ("DEC",)),
    ("Terms, co-chairs, advisors and coordinator", ("TRM", "CHR", "ADV", "CRD")),
    ("Activities", ("ACT",)),
    ("Data", ("DAT",)),
)


def _sentences(name: str) -> Mapping[str, str]:
    """Sentences by the id in front of each, one a line."""
    lines = text_lines(name)
    return {key: sentence for key, _, sentence in (line.partition(" ") for line in lines)}


PROVISIONS: Mapping[str, str] = _sentences("charter.txt")
"""The sentence of each provision in the first revision, by its id."""

_REWORDED: Mapping[str, str] = _sentences("charter-reworded.txt")


def changed(revision: int) -> tuple[str, ...]:
    """The ids of the provisions that a revision, counted from 0, words anew."""
    if revision == 0:
        return ()
    first = 2 * (revision - 1) % len(_REWORDED)
    return tuple(_REWORDED)[first : first + 2]


def charter(version: str, revision: int) -> str:
    """The charter file of a revision, counted from 0."""
    texts = dict(PROVISIONS)
    for number in range(1, revision + 1):
        back = (number - 1) // (len(_REWORDED) // 2) % 2
        for key in changed(number):
            texts[key] = PROVISIONS[key] if back else _REWORDED[key]
    lines = [
        "---",
        f"title: {scalar(TITLE)}",
        f'version: "{version}"',
        "---",
        "",
        *wrapped(
            "This charter is fictional. It belongs to the Example Partnership, made up to "
            "show what a living partnership looks like; no person, agency or place in it exists."
        ),
    ]
    for heading, prefixes in _SECTIONS:
        lines += ["", f"## {heading}"]
        for key, text in texts.items():
            if key[:3] in prefixes:
                lines += ["", *wrapped(f"**{key}** {text} {{#{key.lower()}}}")]
    return "\n".join(lines) + "\n"

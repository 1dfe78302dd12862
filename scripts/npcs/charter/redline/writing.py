"""Writing atoms as marked-up text: what is open is kept open as long as the next atom shares it."""

from collections.abc import Callable, Iterable, Iterator

from npcs.charter.redline.display import Atom, Mark
from npcs.charter.redline.inline import Dress

Layer = tuple[Dress | Mark, str]


def written(
    atoms: Iterable[Atom],
    opening: Callable[[Layer], str],
    closing: Callable[[Layer], str],
    inside: Callable[[Atom], str],
) -> Iterator[str]:
    """The atoms as a text in which every layer that is opened is closed, in the right order.

    Dress is outside and marks are in it, so that a changed word does not tear a link or bold text
    apart; code is innermost.
    """
    stack: list[Layer] = []
    for atom in atoms:
        layers: list[Layer] = [
            *(one for one in atom.dress if one[0] != "code"),
            *((mark, "") for mark in atom.marks),
            *(one for one in atom.dress if one[0] == "code"),
        ]
        shared = 0
        while shared < min(len(stack), len(layers)) and stack[shared] == layers[shared]:
            shared += 1
        while len(stack) > shared:
            yield closing(stack.pop())
        for layer in layers[shared:]:
            yield opening(layer)
            stack.append(layer)
        yield inside(atom)
    while stack:
        yield closing(stack.pop())

"""Writing atoms as marked-up text, in which every layer that is opened is closed in its turn."""

from collections.abc import Callable, Iterator, Sequence

from npcs.charter.redline.display import Atom, Mark
from npcs.charter.redline.inline import Dress

Layer = tuple[Dress | Mark, str]


def written(
    atoms: Sequence[Atom],
    opening: Callable[[Layer], str],
    closing: Callable[[Layer], str],
    inside: Callable[[Atom], str],
) -> Iterator[str]:
    """The atoms with their dress and marks around them.

    What reaches further is outside: bold text stays whole around a word that changed, and a mark
    stays whole around a bold word. So nothing is announced more often than it has to be.
    """
    reaches = _reaches(atoms)
    stack: list[Layer] = []
    for atom, layers in zip(atoms, reaches, strict=True):
        kept = next((at for at, layer in enumerate(stack) if layer not in layers), len(stack))
        while len(stack) > kept:
            yield closing(stack.pop())
        for layer in sorted(layers, key=lambda one: -layers[one]):
            if layer not in stack:
                yield opening(layer)
                stack.append(layer)
        yield inside(atom)
    while stack:
        yield closing(stack.pop())


def _reaches(atoms: Sequence[Atom]) -> list[dict[Layer, int]]:
    """For each atom its layers, in the order of need, and for how many atoms each goes on."""
    found: list[dict[Layer, int]] = []
    after: dict[Layer, int] = {}
    for atom in reversed(atoms):
        layers: list[Layer] = [
            *(one for one in atom.dress if one[0] != "code"),
            *((mark, "") for mark in atom.marks),
            *(one for one in atom.dress if one[0] == "code"),
        ]
        after = {layer: after.get(layer, 0) + 1 for layer in layers}
        found.append(after)
    return found[::-1]

"""What a view of the records says of those it could not read, and so may lack."""

from collections.abc import Iterator, Mapping

from npcs.cli.terminal import counted, plain
from npcs.records.charter import Decision, Meeting, Member, Parameters, Person, Term
from npcs.records.hub import Hub
from npcs.records.kinds import KINDS
from npcs.records.record import Record

Unread = Mapping[str, tuple[str, ...]]
"""The files that cannot be read, by the kind of record they hold or seem to hold."""

SHOWN = 3
"""How many files of a kind are named before the rest is counted."""


OF_THE_CHARTER = (Parameters, Member, Person, Term, Meeting, Decision)


def unread(hub: Hub, kinds: tuple[type[Record], ...] = OF_THE_CHARTER) -> Unread:
    """The files of some kinds of record that cannot be read, by kind; no kind without any."""
    return {model.kind: paths for model in kinds if (paths := hub.unread(model))}


def notice(found: Unread) -> Iterator[str]:
    """Lines that say what cannot be read; none where everything can."""
    if found:
        yield ""
    for kind, paths in found.items():
        named = ", ".join(plain(path) for path in paths[:SHOWN])
        more = f" and {len(paths) - SHOWN} more" if len(paths) > SHOWN else ""
        number = (
            "the record of parameters"
            if kind == Parameters.kind
            else counted(len(paths), kind, KINDS[kind].plural)
        )
        yield f"{number} cannot be read: {named}{more}; what is shown may lack it"


def as_json(found: Unread) -> dict[str, list[str]]:
    """The same for programs."""
    return {kind: list(paths) for kind, paths in found.items()}

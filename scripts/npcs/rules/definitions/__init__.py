"""Rules on definitions and instruments: sources, changes, names, approval, how members compare."""

from npcs.rules.definitions.instruments import instrument
from npcs.rules.definitions.meaning import crosswalk, definition_source, definition_version
from npcs.rules.definitions.names import definition_approved, definition_name

__all__ = [
    "crosswalk", "definition_approved", "definition_name", "definition_source",
    "definition_version", "instrument",
]  # fmt: skip

"""Rules on the core data set: it holds together, holds no rows, and its version tells changes."""

from npcs.rules.data.rows import data_set_rows
from npcs.rules.data.version import data_set_version
from npcs.rules.data.whole import data_set

__all__ = ["data_set", "data_set_rows", "data_set_version"]

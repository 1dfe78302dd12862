"""The NPCS hub: a partnership's records, its charter as rules, and its site."""

import os
import sys
from types import ModuleType

# Else pydantic looks through every installed package for plugins of its own, at every start.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

if os.environ["PYDANTIC_DISABLE_PLUGINS"] == "__all__":
    # Its search for them, and half the standard library with it, is loaded all the same.
    _no_plugins = ModuleType("pydantic.plugin._loader")
    vars(_no_plugins)["get_plugins"] = tuple
    sys.modules.setdefault(_no_plugins.__name__, _no_plugins)

__version__ = "0.1.0"

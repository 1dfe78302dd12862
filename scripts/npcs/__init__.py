"""The NPCS hub: a partnership's records, its charter as rules, and its site."""

import os

# Else pydantic looks through every installed package for plugins of its own, at every start.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

__version__ = "0.1.0"

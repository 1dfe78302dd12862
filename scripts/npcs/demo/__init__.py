"""The Example Partnership: a made-up partnership with years of history, from a seed.

The same arguments give the same bytes on every machine, and with ``git`` the same commit ids.
Nothing in it is real: no person, agency or place, and its signing keys are worth nothing.
"""

from npcs.demo.errors import DemoError
from npcs.demo.making import Summary, generate

__all__ = ["DemoError", "Summary", "generate"]

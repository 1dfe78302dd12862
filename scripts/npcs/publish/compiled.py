"""Jinja templates as they were compiled once, kept with what is known of the sites.

Compiling those of the theme takes longer than to build a dozen pages.
"""

from jinja2.bccache import Bucket, BytecodeCache

from npcs.rules import cache as store


class Compiled(BytecodeCache):
    """The bytecode of templates by Jinja's own names for them: name, place and text of each."""

    def __init__(self) -> None:
        self._place = store.place("templates")
        self._code = store.code("publish")
        self._known: dict[str, bytes] = store.read(self._place, self._code) or {}
        self._size = len(self._known)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what is known of a template."""
        known = self._known.get(bucket.key + bucket.checksum)
        if known:
            bucket.bytecode_from_string(known)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Remember a template."""
        self._known[bucket.key + bucket.checksum] = bucket.bytecode_to_string()

    def keep(self) -> None:
        """Write what is new."""
        if len(self._known) > self._size:
            store.write(self._place, self._known, self._code)
            self._size = len(self._known)

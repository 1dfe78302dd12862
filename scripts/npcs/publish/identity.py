"""Names that are the same for ever, for whoever keeps a copy: feed readers, calendars."""

import uuid

_SPACE = uuid.UUID("5d1fbc3e-6c86-5f0b-9b73-0d6d7f4b8d55")
"""The name space of our own: one thing has one id, wherever the site stands."""


def identity(name: str) -> uuid.UUID:
    """The id of what a name stands for."""
    return uuid.uuid5(_SPACE, name)

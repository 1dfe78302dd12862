"""Under what terms what stands here may be used again."""

from typing import NamedTuple


class Licence(NamedTuple):
    """A licence: what it is called and where its text stands."""

    name: str
    address: str


LICENCE = Licence("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")
"""What all content of the hub may be used under."""

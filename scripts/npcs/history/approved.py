"""The records as they stood at the last approved charter revision."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from npcs.records.hub import Hub


@dataclass(frozen=True)
class Approved:
    """An approved charter tag and the records that have changed since.

    ``hub`` holds, as they stood at the tag, the meetings and decisions whose files differ today.
    """

    tag: str
    hub: "Hub"

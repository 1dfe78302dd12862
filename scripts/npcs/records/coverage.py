"""The record of what holds each provision of the charter."""

from typing import ClassVar

from pydantic import model_validator

from npcs.records.fields import Many, Table, Text
from npcs.records.record import Part, Record


class Holding(Part):
    """What shows that a provision is lived up to, or why nothing is checked.

    ``evidence`` names folders of records, records by their files, or pages of the web; ``shows``
    says what to look for there. ``intent`` is the reason why there is none.
    """

    evidence: Many[Text] = ()
    shows: Text | None = None
    intent: Text | None = None

    @model_validator(mode="after")
    def _one_or_the_other(self) -> "Holding":
        if bool(self.evidence) == bool(self.intent):
            raise ValueError("needs either `evidence`, or under `intent` why there is none")
        return self


class Coverage(Record):
    """What holds each provision, besides the rules: those say themselves which they hold."""

    kind: ClassVar[str] = "coverage"

    title: Text | None = None
    provisions: Table[dict[Text, Holding]]


__all__ = ["Coverage", "Holding"]

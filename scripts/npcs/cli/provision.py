"""The charter's own words: the text of a provision and of a reading, from the records of a root."""

from pathlib import Path

from npcs.charter.coverage import in_text
from npcs.records.charter import Parameters
from npcs.records.hub import Hub, document
from npcs.records.tree import read_file

FILES = ("charter/charter.md", "charter/parameters.yml", "charter/coverage.yml")


def charter_of(root: Path) -> Hub:
    """The charter and what belongs to it alone, which is all that explaining a rule needs."""
    found = ((path, read_file(root, path)) for path in FILES)
    return Hub([document(path, raw) for path, raw in found if isinstance(raw, bytes)])


def text_of(hub: Hub, provision: str) -> str:
    """The text of a provision, without its number and anchor; empty where there is none."""
    found = in_text(hub).get(provision)
    return found.text if found else ""


def reading_of(hub: Hub, name: str) -> str:
    """How a parameter is read, in words; empty where the records do not say."""
    record = hub.get(Parameters, "parameters")
    parameter = record.parameters.get(name) if record else None
    return " ".join(parameter.reading.split()) if parameter else ""

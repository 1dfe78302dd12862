"""Whether figures may be added up, in the sentence that stands beside them."""

from npcs.governance.comparability import comparability, silent
from npcs.records.definitions import Definition
from npcs.records.hub import Hub
from partnership import day

TERM = """\
---
term: Near fatality
version: '1.1'
status: provisional
definition: A child in critical condition.
source: {title: Manual}
crosswalk:
"""


def hub(members: dict[str, str], **mappings: tuple[str, str]) -> Hub:
    """Members by id, with more of their fields, and what the crosswalk says of each."""
    texts = {
        f"charter/members/{key}.yml": f"name: {key.title()}\nkind: state\nsize: small\n{more}"
        for key, more in members.items()
    }
    rows = "".join(
        f"  {key}: {{mapping: {mapping}, compared_with: '{version}', note: Words}}\n"
        for key, (mapping, version) in mappings.items()
    )
    return Hub.of(texts | {"definitions/terms/near-fatality.md": TERM + rows + "---\n"})


def said(one: Hub, on: str = "2027-06-01") -> str:
    return comparability(one, one.all(Definition)["near-fatality"], day(on))


JOINED = "joined: 2027-01-01\n"


def test_each_says_what_adding_up_would_do() -> None:
    members = dict.fromkeys(("alder", "birch", "cedar", "dogwood", "elm"), JOINED)
    one = hub(members, alder=("exact", "1.1"), birch=("exact", "1.1"), cedar=("broader", "1.1"),
              dogwood=("none", "1.1"), elm=("overlaps", "1.1"))  # fmt: skip
    assert said(one) == (
        "Alder and Birch count the same cases, so their figures may be added up. "
        "Cedar counts more cases, so its figures are too high beside the others. "
        "Elm counts some other cases and misses some, so its figures fit no sum. "
        "Dogwood has no such rule, so it has no figure to add."
    )


def test_a_comparison_with_an_older_version_is_none() -> None:
    one = hub({"alder": JOINED}, alder=("exact", "1.0"))
    assert said(one) == (
        "Alder has not compared its own rule with version 1.1: its figures should not be added to "
        "those of others."
    )


def test_whoever_has_left_or_not_yet_joined_is_not_asked() -> None:
    members = {
        "alder": JOINED + "left: 2027-05-31\n",
        "birch": "joined: 2027-06-02\n",
        "cedar": JOINED + "left: 2027-06-01\n",
        "dogwood": "joined: unknown\nsources: [{title: A list}]\n",
    }
    one = hub(members)
    term = one.all(Definition)["near-fatality"]
    assert silent(one, term, day("2027-06-01")) == ("cedar", "dogwood")
    assert "2 members have not compared their own rule" in said(one)

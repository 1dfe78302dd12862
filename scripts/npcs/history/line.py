"""How commits follow one another in the history of the current commit."""

from collections.abc import Collection, Mapping
from pathlib import Path

from npcs.history.git import answer, ask


class Line:
    """Where some commits stand in the history of another one, parents before their children."""

    def __init__(self, places: Mapping[str, int], within: Mapping[str, int]) -> None:
        self._places = places
        self._within = within

    def __contains__(self, commit: str) -> bool:
        return commit in self._places

    def place(self, commit: str) -> int:
        """The place of a commit in the line: what it builds on comes before it."""
        return self._places[commit]

    def builds_on(self, later: str, earlier: str) -> bool:
        """Whether a commit is another one, or has it in its own history."""
        return bool(self._within[later] >> self._places[earlier] & 1)


def line(root: Path, head: str, commits: Collection[str]) -> Line | None:
    """Where commits stand in the history of ``head``; None where Git does not have all of it.

    One pass over the history: each commit is given the set of those asked for that it builds on.
    """
    listed = ask(root, "rev-list", "--topo-order", "--reverse", "--parents", head).decode()
    if not listed:
        return None
    asked = set(commits)
    places: dict[str, int] = {}
    sets: dict[str, int] = {}
    within: dict[str, int] = {}
    for row in listed.splitlines():
        commit, *parents = row.split(" ")
        those = 0
        for parent in parents:
            those |= sets.get(parent, 0)
        if commit in asked:
            place = places[commit] = len(places)
            those |= 1 << place
            within[commit] = those
        sets[commit] = those
    return Line(places, within)


def branches_with(root: Path, commit: str) -> tuple[str, ...]:
    """The branches, here and of other repositories, that have a commit in their history.

    Git goes through all branches for it, so this is for one commit and not for many.
    """
    listed = ask(
        root, "for-each-ref", "--format=%(refname:short)", f"--contains={commit}",
        "refs/heads", "refs/remotes",
    )  # fmt: skip
    return tuple(listed.decode("utf-8", "replace").split())


def beyond(root: Path, head: str, *others: str) -> frozenset[str]:
    """The commits in the history of some others that are not in that of ``head``.

    Without others, those in the history of any branch, here or of another repository.
    """
    named = others or ("--branches", "--remotes")
    return frozenset(ask(root, "rev-list", *named, f"^{head}").decode().split())


def is_in(root: Path, commit: str, *heads: str) -> bool:
    """Whether a commit is in the history of one of some others, as far as Git can tell."""
    outside = (f"^{one}" for one in heads)
    said = answer(root, "rev-list", "--max-count=1", commit, *outside)
    return bool(heads) and said.code == 0 and not said.out.strip()

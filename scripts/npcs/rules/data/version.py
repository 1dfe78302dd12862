"""The rule that the version of the core data set tells what changed."""

import re
from collections.abc import Iterator

from npcs.governance.standard import KEY, PACKAGE, Standard, documents, standard, why_unread
from npcs.governance.standard_diff import Change, changes, least_version, number
from npcs.records.datapackage import DataPackage
from npcs.records.findings import Note, Place
from npcs.records.hub import Hub
from npcs.rules.rule import Scene, rule

_SHOWN = 3


@rule("data-set-version", provision="STG-1", also=("RES-5",))
def data_set_version(scene: Scene) -> Iterator[Note]:
    """When the core data set changes, its version rises, and tells how much the change asks.

    Every row says by which version it was made, and figures are added up by it. So the data set is
    compared with how it stood at the last tag of the repository: a release, or an approved revision
    of the charter. Where anything differs, `version` is higher. Where a change is *breaking*, so
    that a file that was right may now be wrong or mean something else, the first of its two numbers
    is higher: a field gone, renamed, or asked of more cases; a code gone; another type, class of
    privacy or defining term. While the first number is 0, the data set is a proposal, and the
    second number is enough.

    The data set itself never disappears. Where that of the tag no longer has the form that is asked
    for today, it cannot be compared. That is a warning, unless the version has risen as after a
    breaking change.

    `npcs dataset diff` shows every difference and how much it asks. To put it right, raise
    `version`.

    ## Example

    A code was taken out of a list, and the version says that nothing broke:

    ```yaml
    name: core-data-set
    title: Core data set
    version: '1.1'
    ```

    The check finds an error:

    > the core data set has changed since release-1 in a way that breaks what was made by version
    > 1.0, and its version is only 1.1: list `codes-sex`: `other` is gone (Another)

    Put right: `version: '2.0'`.
    """
    if scene.released is None:
        return
    tag, then, _ = scene.released
    if not scene.hub.exists(DataPackage.kind, KEY):
        if PACKAGE in then.documents:
            yield Place(PACKAGE).error(
                f"the core data set is gone; at {tag} it was there, and members hold data by it",
                "bring the file back as it was",
            )
        return
    stood = _as_it_stood(scene.hub, then)
    now, before = standard(scene.hub), standard(stood)
    if now and before and now != before:
        yield from _since(before, now, tag)
    elif now and not before:
        yield from _unread(stood, now, tag)


def _as_it_stood(today: Hub, then: Hub) -> Hub:
    """The data set at the tag: what is otherwise today as it was then, and the rest as it is."""
    files = {one.path: one for hub in (today, then) for one in documents(hub)}
    return Hub(files.values())


def _since(before: Standard, now: Standard, tag: str) -> Iterator[Note]:
    was, is_ = before.package.version, now.package.version
    place = now.package.at("version")
    if number(is_) < number(was):
        yield place.error(
            f"the version of the core data set was {was} at {tag} and is {is_}",
            "versions only rise: write a higher one",
        )
        return
    found = changes(before, now)
    least = least_version(was, found)
    if not found or number(is_) >= number(least):
        return
    broken = [one for one in found if one.effect == "breaking"]
    if number(is_) > number(was):
        yield place.error(
            f"the core data set has changed since {tag} in a way that breaks what was made by "
            f"version {was}, and its version is only {is_}: {_told(broken)}",
            f"write {least} or higher; `npcs dataset diff` shows every difference",
        )
    else:
        yield place.error(
            f"the core data set has changed since {tag}, and its version is still {is_}: "
            f"{_told(found)}",
            f"write {least} or higher; `npcs dataset diff` shows every difference",
        )


def _unread(stood: Hub, now: Standard, tag: str) -> Iterator[Note]:
    """That the data set at the tag cannot be compared, unless the version says that all changed."""
    is_ = now.package.version
    then = stood.documents[PACKAGE]
    was = then.content().data.get("version") if then.readable else None
    least = ""
    if isinstance(was, str) and _VERSION.fullmatch(was):
        first, second = number(was)
        least = f"{first + 1}.0" if first else f"0.{second + 1}"
        if number(is_) >= number(least):
            return
    rise = f"raise it to {least}, or higher" if least else "raise it, if anything was changed"
    yield now.package.at("version").warning(
        f"the core data set as it stood at {tag} cannot be compared with today's, so nobody can "
        f"tell whether its version, {is_}, has risen as it should: {why_unread(stood)}",
        f"{rise}; or let whoever looks after the data set compare the two by hand",
    )


_VERSION = re.compile(r"\d{1,6}\.\d{1,6}", re.ASCII)


def _told(found: tuple[Change, ...] | list[Change]) -> str:
    said = "; ".join(f"{one.where}: {one.what}" for one in found[:_SHOWN])
    more = len(found) - _SHOWN
    return said + (f"; and {more} more" if more > 0 else "")

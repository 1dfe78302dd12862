"""The rule that no row about a child ever stands in the repository."""

from collections.abc import Iterator

from npcs.records.datapackage import FOLDER, DataPackage
from npcs.records.document import Document
from npcs.records.findings import Note, Place
from npcs.rules.rule import Scene, rule

_HINT = (
    "take the rows out before you commit; if they are committed already, tell the coordinator at "
    "once: Git forgets nothing"
)


@rule("data-set-rows", provision="DAT-3", waivable=False)
def data_set_rows(scene: Scene) -> Iterator[Note]:
    """The core data set is described here, and no row of it ever stands here.

    Its tables are about children who died or were badly hurt. Those rows belong on the protected
    platform that the charter asks for, and nowhere else: what was in Git once must be treated as
    known to everybody. So the files of the tables hold the names of their columns and nothing
    below. A file that the data set does not name is refused as well, since nobody could tell what
    stands in it; so are rows under `data`, and columns that are not public in a list of codes.

    Fill in the templates elsewhere: on the protected platform, or on the member's own machines.

    To put it right, take the rows out before anything is committed. If they are committed, tell the
    coordinator at once, and do not repeat what they say.

    ## Example

    Somebody filled in the template of a table where it stands:

    ```text
    definitions/core-data-set/incidents.csv
    ```

    The check finds an error:

    > 2 filled rows stand in the table “Incidents”, from this line on; rows never stand in this
    > repository

    Put right: the same file with its first line alone.
    """
    files = {path: one for path, one in scene.hub.companions.items()
             if path.startswith(f"{FOLDER}/") and not path.endswith("README.md")}  # fmt: skip
    packages = scene.hub.all(DataPackage).values()
    if not packages:  # none that can be read: all that is no list may be a table
        for path, document in files.items():
            if not path.startswith(f"{FOLDER}/codes/"):
                yield from _filled(document, path.rpartition("/")[2])
        return
    for package in packages:
        named = {f"{FOLDER}/{one.path}": one for one in package.resources if one.path}
        for number, one in enumerate(package.resources):
            if "data" in (one.model_extra or {}):
                yield package.at("resources", number, "data", key=True).error(
                    f"“{one.title or one.name}” has its rows under `data`; rows never stand in "
                    "this repository", _HINT,
                )  # fmt: skip
            for at, field in enumerate(one.table.fields if one.is_codes and one.table else ()):
                if field.privacy != "P0":
                    place = package.at("resources", number, "schema", "fields", at, "privacy")
                    yield place.error(
                        f"`{field.name}` is of class {field.privacy}, and everybody can read the "
                        f"list of codes “{one.title or one.name}”",
                        "in a list of codes there is nothing but codes and their meaning, class P0",
                    )
        for path, document in files.items():
            resource = named.get(path)
            if resource is None:
                yield Place(path).error(
                    "the data set names no table and no list of codes in this file, so nobody can "
                    "tell what stands in it",
                    "name it as the `path` of a resource in datapackage.yaml, or remove it",
                )
            elif not resource.is_codes:
                yield from _filled(document, resource.title or resource.name)


def _filled(document: Document, name: str) -> Iterator[Note]:
    """The rows below the first line of a table; nothing of what they say is repeated."""
    lines = document.body.split("\n")
    filled = [at for at, line in enumerate(lines[1:], start=2) if line.strip(', ;\t"')]
    if filled:
        many = "1 filled row stands" if len(filled) == 1 else f"{len(filled):,} filled rows stand"
        yield Place(document.path, filled[0]).error(
            f"{many} in the table “{name}”, from this line on; rows never stand in this repository",
            _HINT,
        )

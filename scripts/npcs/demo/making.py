"""Making the demo: a folder that is complete or not there at all."""

import os
import shutil
import tempfile
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from npcs.demo.chronicle import Chronicle
from npcs.demo.errors import DemoError
from npcs.demo.texts import text_lines
from npcs.demo.yamlout import document
from npcs.records.demo_mark import NAME, NOTICE

if TYPE_CHECKING:
    from npcs.demo.story import Story

MOST = 100_000
"""How many records are made at most: ten times as many as the hub is measured with."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What was made, and where. ``commits`` and ``tags`` are 0 without Git."""

    target: Path
    members: int
    years: int
    seed: int
    as_of: date
    records: int
    files: int
    commits: int = 0
    tags: int = 0


def generate(
    target: Path,
    *,
    members: int = 12,
    years: int = 4,
    records: int | None = None,
    seed: int = 1,
    git: bool = False,
) -> Summary:
    """Write the Example Partnership into ``target``, a folder that is new or empty.

    It is made beside the target and put in its place at the end, so that an interrupted run leaves
    nothing there. Raises ``DemoError``, in words for a person, where it cannot be made as asked.
    """
    from npcs.demo import story

    target = _checked(target, members, years, records, seed, story.MEMBERS, story.YEARS)
    told = story.tell(members, years, records, seed)
    _write_root(told, members, years, records, seed)
    files = told.chronicle.files()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    except OSError as error:
        raise DemoError(f"{target} cannot be made: {error.strerror}") from error
    try:
        _write_files(made, {path: one.render() for path, one in files.items()})
        commits = tags = 0
        if git:
            from npcs.demo.gitstream import write_repository

            commits, tags = write_repository(made, told.chronicle, seed)
        _put_in_place(made, target)
    except BaseException as error:
        shutil.rmtree(made, ignore_errors=True)
        if isinstance(error, OSError):
            raise DemoError(f"{target} cannot be written: {error.strerror}") from error
        raise
    return Summary(
        target, members, years, seed, told.as_of, told.records, len(files), commits, tags
    )


def _checked(
    target: Path, members: int, years: int, records: int | None, seed: int, some: range, span: range
) -> Path:
    if members not in some:
        raise DemoError(
            f"{members} members are not possible: choose from {some[0]} to {some[-1]}, since a "
            "committee with two co-chairs that change needs a few people"
        )
    if years not in span:
        raise DemoError(f"{years} years are not possible: choose from {span[0]} to {span[-1]}")
    if records is not None and records > MOST:
        raise DemoError(f"{records:,} records are too many: choose up to {MOST:,}")
    if not 0 <= seed < 2**63:
        raise DemoError(f"the seed {seed} is not possible: choose a whole number from 0")
    target = Path(os.path.abspath(target))  # noqa: PTH100 - a link is judged as itself below
    if target.is_symlink():
        raise DemoError(f"{target} is a link: name the folder itself")
    if target.exists() and not target.is_dir():
        raise DemoError(f"{target} is a file: name a new folder")
    if target.is_dir() and any(target.iterdir()):
        raise DemoError(f"{target} is not empty: name a new folder, or empty this one")
    if target == Path.cwd():
        raise DemoError("the folder you are in cannot be replaced: name a new one inside it")
    return target


def _put_in_place(made: Path, target: Path) -> None:
    try:
        if target.exists():
            target.rmdir()
        made.rename(target)
    except OSError as error:
        raise DemoError(
            f"{target} was taken while the demo was being made: {error.strerror}"
        ) from error


def _write_files(root: Path, files: dict[str, str]) -> None:
    """Write all files with the same permissions everywhere."""
    root.chmod(0o755)
    folders = {str(root)}
    for path, text in files.items():
        folder = f"{root}/{path}".rpartition("/")[0]
        _make_folder(folder, folders)
        handle = os.open(f"{root}/{path}", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        with os.fdopen(handle, "wb") as stream:
            stream.write(text.encode())
        Path(f"{root}/{path}").chmod(0o644)


def _make_folder(folder: str, made: set[str]) -> None:
    if folder in made:
        return
    _make_folder(folder.rpartition("/")[0], made)
    Path(folder).mkdir()
    Path(folder).chmod(0o755)
    made.add(folder)


def _write_root(told: "Story", members: int, years: int, records: int | None, seed: int) -> None:
    """What stands beside the records: what this is, and how it was made."""
    chronicle: Chronicle = told.chronicle
    first = next(iter(chronicle.commits()))
    begun = first.day - timedelta(days=1)
    commit = chronicle.commit(begun, first.author, "Begin the hub of the Example Partnership")
    mark = {"seed": seed, "members": members, "years": years, "records": records,
            "as_of": told.as_of, "notice": NOTICE}  # fmt: skip
    commit.text(NAME, document(mark))
    commit.text(".gitattributes", "* text=auto eol=lf\n")
    commit.text(".gitignore", "# made from the records, never committed\n/build/\n")
    commit.text("README.md", _readme(told, seed))


def _readme(told: "Story", seed: int) -> str:
    lines = "\n".join(text_lines("readme.md"))
    said = lines.format(notice=NOTICE, seed=seed, as_of=told.as_of, key=told.root_key)
    return said + "\n"

"""A site built again: what has not changed is taken over from the site that stands.

A page is taken over where nothing it shows can be other than it was: its staged text, what every
page shows (the settings, the theme, the menu, the terms of the glossary, the program), the files
it embeds, and whether the files it links to are there. Whatever is in doubt is built anew, and so
is all, where the site that stands is not, to the file, the one that was built.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from npcs.publish import swap
from npcs.publish.before import Before, Memory, Stamp, renewed, stamps
from npcs.publish.errors import BuildFailed
from npcs.publish.finish import finish, pages_in
from npcs.publish.generator import THEME, configuration, settings_file
from npcs.publish.glossary import Glossary, glossary
from npcs.publish.pages import Generated, Made, generate, place, regenerate
from npcs.publish.site import Settings, Site
from npcs.publish.stage import Staged, prune
from npcs.rules.beside import beside


def _shell(root: Path, config: Any, settings: Settings, known: Glossary, epoch: int) -> bytes:
    """A digest of what any page is made by, beside the program and the page's own text."""
    digest = hashlib.blake2b(digest_size=16)
    digest.update(repr((settings, known.terms)).encode())
    digest.update(settings_file(root).read_bytes())
    own = Path(config.theme.custom_dir)
    if own != THEME:  # a theme of one's own, which may show when it was built
        digest.update(f"{own} {epoch}".encode())
        for file in sorted(one for one in own.rglob("*") if one.is_file()):
            digest.update(f"{file.relative_to(own)}\0{file.stat().st_size}\0".encode())
            digest.update(file.read_bytes())
    return digest.digest()


class Changes:
    """What is to be done to come from the site that stands to the one that is staged."""

    def __init__(self, before: Before, staged: Mapping[str, bytes]) -> None:
        old = before.staged
        self.changed = {name for name, one in staged.items() if old.get(name) != one}
        self.gone = old.keys() - staged.keys()
        self.files = {name for name in self.changed | self.gone if not name.endswith(".md")}
        moved = self.gone | (staged.keys() - old.keys()) | self.files
        self.pages = {name for name in self.changed if name.endswith(".md")}
        self.pages |= {
            name
            for name, made in before.pages.items()
            if name in staged and not made.asked.isdisjoint(moved)
        }

    def __bool__(self) -> bool:
        return bool(self.changed or self.gone)

    @property
    def places(self) -> set[str]:
        """The files of the site that are made again, or go."""
        names = self.gone | self.changed | self.pages
        return {place(name) if name.endswith(".md") else name for name in names}


def make(
    root: Path,
    docs: Path,
    out: Path,
    site: Site,
    staged: Staged,
    epoch: int,
    memory: Memory,
    tell: Callable[[str], None],
) -> Before:
    """Make the site of pages staged in ``docs``, put it in place at ``out``, and tell what it is.

    ``memory`` knows of the site that stands there, and is to remember this one.
    Raises ``BuildFailed``; then that site is untouched.
    """
    fresh = swap.building(out)
    config = configuration(root, docs, fresh, site.settings)
    terms = glossary(site.hub)
    key = _shell(root, config, site.settings, terms, epoch)
    if memory.before and memory.before.shell != key:
        memory.forget()
    before, made = memory.before, None
    there, folders = stamps(out) if before and out.is_dir() else ({}, [])
    spares = len(there) >= swap.MANY and out.parent == docs.parent
    if before and there == before.files:
        todo = Changes(before, staged.digests)
        if not todo:
            swap.clean(out, spares)
            now = before._replace(docs=stamps(docs)[0], known=staged.known)
            if now.known != before.known:
                memory.write(now)
            memory.before = now
            return now
        tell(f"Building {len(todo.pages):,} of {len(staged.sources):,} pages")
        if _twin(out, there, folders):
            made = _again(before, todo, config, staged, terms, epoch)
            files = renewed(fresh, there, todo.places)
    if made is None:
        shutil.rmtree(fresh, ignore_errors=True)
        tell(f"Building {len(staged.sources):,} pages")
        made = generate(config, staged.sources, epoch)
        tell("Going over the pages")
        finish(fresh, pages_in(fresh), docs, terms)
        files, spares = stamps(fresh)[0], False
    with swap.put(out, len(files), spares):
        now = Before(
            key, made.menu, staged.digests, made.pages, files, stamps(docs)[0], staged.known
        )
        memory.write(now)
    return now


def _again(
    before: Before,
    todo: Changes,
    config: Any,
    staged: Staged,
    known: Glossary,
    epoch: int,
) -> Generated | None:
    """Build what is to be done into the configuration's folder, where ``clone`` has put the rest.

    None where all must be built; what stands in the folder is then of no use.
    """
    fresh = Path(config.site_dir)
    for name in todo.places:
        _remove(fresh, name)
    try:
        made = regenerate(config, todo.pages, todo.files, staged.sources, epoch, before.menu)
    except BuildFailed:
        return None  # the whole build says all that is wrong
    if made is None:
        return None
    pages = {name: one for name, one in before.pages.items() if name in staged.digests}
    pages |= made.pages
    if not _anchored(pages):
        return None
    names = [place(name) for name in todo.pages]
    names += [name for name in todo.files if name.endswith(".html") and (fresh / name).exists()]
    finish(fresh, sorted(names), Path(config.docs_dir), known)
    return Generated(pages, made.menu)


def _anchored(pages: Mapping[str, Made]) -> bool:
    """Whether each link to a place on a page leads to one that is there."""
    return all(
        to in pages and anchor in pages[to].anchors
        for one in pages.values()
        for to, anchor in one.links
    )


def _remove(folder: Path, name: str) -> None:
    """Remove a file, and the folders it leaves empty; it may be gone already."""
    (folder / name).unlink(missing_ok=True)
    prune(folder, name)


@contextmanager
def ahead(
    out: Path, before: Before | None, worth: bool, keep: Callable[[], None]
) -> Iterator[None]:
    """Put the second tree beside a site while the block runs, where that pays and is ``worth`` it.

    ``make`` takes it, or throws it away; so does a block that fails. What ``keep`` does is done
    beside the block as well, or before it.
    """
    if not (worth and before and out.is_dir() and len(before.files) >= swap.MANY):
        keep()
        yield
        return
    try:
        with beside(partial(_ahead, out, before, keep)):
            yield
    except BaseException:
        swap.clean(out, spared=True)
        raise


def _ahead(out: Path, before: Before, keep: Callable[[], None]) -> None:
    keep()
    there, folders = stamps(out)
    if there == before.files:
        _twin(out, there, folders)


def _twin(out: Path, files: Mapping[str, Stamp], folders: Sequence[str]) -> bool:
    """Have a second tree of the same files beside a site that stands; an outer folder comes first.

    What is there already and is the same file stays. No file is copied; each is to be replaced, not
    written, where it changes. False, and nothing is left, where the system cannot do it.
    """
    fresh = swap.building(out)
    try:
        fresh.mkdir(exist_ok=True)
        there, inside = stamps(fresh)
        for name in [one for one, stamp in there.items() if files.get(one) != stamp]:
            os.unlink(f"{fresh}/{name}")  # noqa: PTH108 - thousands of them
            del there[name]
        wanted, known = set(folders), set(inside)
        for name in reversed([one for one in inside if one not in wanted]):
            os.rmdir(f"{fresh}/{name}")  # noqa: PTH106
        for name in [one for one in folders if one not in known]:
            os.mkdir(f"{fresh}/{name}")  # noqa: PTH102
        for name in files.keys() - there.keys():
            os.link(f"{out}/{name}", f"{fresh}/{name}")
    except OSError:
        shutil.rmtree(fresh, ignore_errors=True)
        return False
    return True


__all__ = ["Changes", "ahead", "make"]

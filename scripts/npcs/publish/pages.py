"""Pages made by MkDocs' own steps: all of them on both cores, or those alone that have changed.

MkDocs gives no way to build chosen pages, or to share them out, so its steps are called one by one
in the order of ``mkdocs.commands.build.build``; a test holds the result against that of the whole.
"""

import gc
import marshal
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import PurePath
from typing import Any, NamedTuple

from npcs.publish.compiled import Compiled
from npcs.publish.generator import at, strict
from npcs.rules.beside import answering, possible

_WORTH_TWO = 60
"""From how many pages on a second process pays."""


class Made(NamedTuple):
    """What else was seen of a page when it was made.

    ``anchors`` are the places in it that links can lead to; ``links`` its own links to places, as
    (staged file, anchor); ``asked`` the staged files it looked for, be they there or not.
    """

    anchors: frozenset[str]
    links: tuple[tuple[str, str], ...]
    asked: frozenset[str]


class Generated(NamedTuple):
    """The pages that were made, by staged file, and the menu as all pages show it."""

    pages: Mapping[str, Made]
    menu: str


def generate(config: Any, sources: Mapping[str, str], epoch: int) -> Generated:
    """Build the whole site; raises ``BuildFailed`` with every broken link, by its record."""
    with strict(sources) as complaints, at(epoch), _tidied():
        made = _generated(config, complaints)
        gc.collect()  # files and pages of the generator hold each other, and take much room
    return made


def _generated(config: Any, complaints: list[str]) -> Generated:
    from mkdocs import utils
    from mkdocs.commands.build import _build_extra_template, _build_theme_template

    press = _begun(config, complaints)
    utils.clean_directory(config.site_dir)
    press.files.copy_static_files()
    for template in config.theme.static_templates:
        _build_theme_template(template, press.env, press.files, config, press.nav)
    for template in config.extra_templates:
        _build_extra_template(template, press.files, config, press.nav)
    press.build(press.wanted)
    config.plugins.on_post_build(config=config)
    return Generated(press.made, press.menu)


def regenerate(
    config: Any,
    changed: Collection[str],
    files: Collection[str],
    sources: Mapping[str, str],
    epoch: int,
    menu: str,
) -> Generated | None:
    """Build the changed pages and copy the changed ``files`` into the configuration's folder.

    Both are named as staged. None where the menu is no longer as given: each page shows it.
    Raises ``BuildFailed`` where the generator complains.
    """
    with strict(sources) as complaints, at(epoch), _tidied():
        press = _begun(config, complaints, changed)
        if press.menu != menu:
            return None
        press.env.bytecode_cache = kept = Compiled()
        for name in files:
            file = press.files.get_file_from_path(name)  # of the theme, where ours has gone
            if file is not None:
                file.copy_file()
        press.build(press.wanted)
        config.plugins.on_post_build(config=config)
    kept.keep()
    return Generated(press.made, press.menu)


@contextmanager
def _tidied() -> Iterator[None]:
    """Let Python look for what the generator leaves behind, also where that was turned off.

    What was there before is then not looked at again: it is much, and stays.
    """
    if gc.isenabled():
        yield
        return
    gc.freeze()
    gc.enable()
    try:
        yield
    finally:
        gc.disable()
        gc.unfreeze()


def _begun(config: Any, complaints: list[str], changed: Collection[str] | None = None) -> "_Press":
    config.plugins.on_startup(command="build", dirty=False)
    config = config.plugins.on_config(config)
    config.plugins.on_pre_build(config=config)
    return _Press(config, complaints, changed)


def place(staged: str) -> str:
    """The HTML file of a staged page, as the generator names it."""
    stem = staged.removesuffix(".md")
    if stem == "index" or stem.endswith("/index"):
        return f"{stem}.html"
    return f"{stem}/index.html"


class _Press:
    """What MkDocs needs to build pages: all files, the menu and the templates.

    ``wanted`` are the pages to be built: all, or those ``changed``, by their staged files.
    """

    def __init__(self, config: Any, complaints: list[str], changed: Collection[str] | None) -> None:
        from mkdocs.structure.files import get_files, set_exclusions
        from mkdocs.structure.nav import get_navigation
        from mkdocs.structure.pages import Page

        files = get_files(config)
        env = config.theme.get_env()
        files.add_files_from_theme(env, config)
        self.files = config.plugins.on_files(files, config=config)
        set_exclusions(self.files, config)
        nav = get_navigation(self.files, config)
        self.nav = config.plugins.on_nav(nav, config=config, files=self.files)
        for page in self.nav.pages:
            page.read_source(config)  # for the titles in the menu
        self.known = self.files.documentation_pages()
        self.wanted = [one for one in self.known if changed is None or one.src_uri in changed]
        for file in self.wanted:
            if file.page is None:
                Page(None, file, config)
        self.env = config.plugins.on_env(env, config=config, files=self.files)
        self.config = config
        self.made: dict[str, Made] = {}
        self._complaints = complaints
        self._asked: set[str] = set()
        self._found = self.files.get_file_from_path
        self.files.get_file_from_path = self._asking

    @property
    def menu(self) -> str:
        """All that a page may show of others, since they stand in the menu."""
        own = ("about", "description", "head")  # which a page shows of itself alone
        shown = [
            (page.title, page.url, sorted(it for it in page.meta.items() if it[0] not in own))
            for page in self.nav.pages
        ]
        return repr((shown, str(self.nav)))

    def _asking(self, path: str) -> Any:
        """A file by its path; that the page at work has asked for it is remembered."""
        self._asked.add(PurePath(path).as_posix())
        return self._found(path)

    def build(self, wanted: Sequence[Any]) -> None:
        """Build pages into the configuration's folder, on two cores where that pays."""
        middle = _middle(wanted) if len(wanted) >= _WORTH_TWO and possible() else len(wanted)
        first, second = wanted[:middle], wanted[middle:]
        with ExitStack() as stack:
            answer = stack.enter_context(answering(partial(self._told, second))) if second else None
            self._build(first)
            answered = answer() if answer else b""
        if answered:
            self._take(second, marshal.loads(answered))
        else:
            self._build(second)
        for file in wanted:
            level = self.config.validation.links.anchors
            file.page.validate_anchor_links(files=self.files, log_level=level)

    def _build(self, wanted: Sequence[Any]) -> None:
        from mkdocs.commands.build import _build_page, _populate_page

        asked = []
        for file in wanted:
            self._asked = set()
            _populate_page(file.page, self.config, self.files)
            asked.append(frozenset(self._asked))
        for file in wanted:
            _build_page(file.page, self.config, self.known, self.nav, self.env)
        for file, some in zip(wanted, asked, strict=True):
            links = file.page.links_to_anchors.items()
            self.made[file.src_uri] = Made(
                frozenset(file.page.present_anchor_ids),
                tuple((to.src_uri, anchor) for to, anchors in links for anchor in anchors),
                some,
            )

    def _told(self, wanted: Sequence[Any]) -> bytes:
        """Build pages, and tell another process all that is not in their files."""
        heard = len(self._complaints)
        self._build(wanted)
        links = [
            [(to.src_uri, links) for to, links in file.page.links_to_anchors.items()]
            for file in wanted
        ]
        made = [tuple(self.made[file.src_uri]) for file in wanted]
        return marshal.dumps((made, links, self._complaints[heard:]))

    def _take(self, wanted: Sequence[Any], told: tuple[Any, Any, list[str]]) -> None:
        for file, made, links in zip(wanted, *told[:2], strict=True):
            one = self.made[file.src_uri] = Made(*made)
            file.page.present_anchor_ids = one.anchors
            file.page.links_to_anchors = {self.files.src_uris[to]: some for to, some in links}
        self._complaints += told[2]


def _middle(wanted: Sequence[Any]) -> int:
    """How many of the pages make half of the work, by the size of their files."""
    sizes = list(_sizes(wanted))
    left = sum(sizes) // 2
    for count, size in enumerate(sizes):
        left -= size
        if left < 0:
            return count
    return len(wanted)


def _sizes(wanted: Sequence[Any]) -> Iterator[int]:
    """The size of each page's file, and what its frame costs besides, in bytes of text."""
    for file in wanted:
        yield len(file.content_bytes) + 2000

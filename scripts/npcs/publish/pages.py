"""Pages made by MkDocs' own steps: all of them on both cores, or those alone that have changed.

MkDocs gives no way to build chosen pages, or to share them out, so its steps are called one by one
in the order of ``mkdocs.commands.build.build``; a test holds the result against that of the whole.
"""

import marshal
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from typing import Any

from npcs.publish.generator import at, strict
from npcs.rules.beside import answering, possible

_WORTH_TWO = 60
"""From how many pages on a second process pays."""


def generate(config: Any, sources: Mapping[str, str], epoch: int) -> None:
    """Build the whole site; raises ``BuildFailed`` with every broken link, by its record."""
    from mkdocs import utils
    from mkdocs.commands.build import _build_extra_template, _build_theme_template

    with strict(sources) as complaints, at(epoch):
        config.plugins.on_startup(command="build", dirty=False)
        config = config.plugins.on_config(config)
        config.plugins.on_pre_build(config=config)
        utils.clean_directory(config.site_dir)
        press = _Press(config, complaints)
        press.files.copy_static_files()
        for template in config.theme.static_templates:
            _build_theme_template(template, press.env, press.files, config, press.nav)
        for template in config.extra_templates:
            _build_extra_template(template, press.files, config, press.nav)
        press.build(press.known)
        config.plugins.on_post_build(config=config)


def regenerate(
    config: Any, changed: Collection[str], sources: Mapping[str, str], epoch: int
) -> None:
    """Build the changed pages, and those alone, into the configuration's folder.

    ``changed`` names staged files. Raises ``BuildFailed`` as a whole build would.
    """
    with strict(sources) as complaints, at(epoch):
        config.plugins.on_startup(command="build", dirty=False)
        config = config.plugins.on_config(config)
        config.plugins.on_pre_build(config=config)
        press = _Press(config, complaints)
        press.build([file for file in press.known if file.src_uri in changed])
        config.plugins.on_post_build(config=config)


def place(staged: str) -> str:
    """The HTML file of a staged page, as the generator names it."""
    stem = staged.removesuffix(".md")
    if stem == "index" or stem.endswith("/index"):
        return f"{stem}.html"
    return f"{stem}/index.html"


class _Press:
    """What MkDocs needs to build any of the pages: all files, the menu and the templates."""

    def __init__(self, config: Any, complaints: list[str]) -> None:
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
        for file in self.known:
            if file.page is None:
                Page(None, file, config)
        self.env = config.plugins.on_env(env, config=config, files=self.files)
        self.config = config
        self._complaints = complaints

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

        for file in wanted:
            _populate_page(file.page, self.config, self.files)
        for file in wanted:
            _build_page(file.page, self.config, self.known, self.nav, self.env)

    def _told(self, wanted: Sequence[Any]) -> bytes:
        """Build pages, and tell another process all that is not in their files."""
        heard = len(self._complaints)
        self._build(wanted)
        anchors = [
            (
                list(file.page.present_anchor_ids),
                [(to.src_uri, links) for to, links in file.page.links_to_anchors.items()],
            )
            for file in wanted
        ]
        return marshal.dumps((anchors, self._complaints[heard:]))

    def _take(self, wanted: Sequence[Any], told: tuple[Any, list[str]]) -> None:
        anchors, complaints = told
        for file, (ids, links) in zip(wanted, anchors, strict=True):
            file.page.present_anchor_ids = set(ids)
            file.page.links_to_anchors = {self.files.src_uris[to]: one for to, one in links}
        self._complaints += complaints


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

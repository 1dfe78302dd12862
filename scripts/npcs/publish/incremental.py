"""Building again only the pages that have changed, with MkDocs' own steps."""

import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from npcs.publish.generator import at, strict

INDEX = "search/search_index.json"


def regenerate(
    config: Any, changed: Collection[str], sources: Mapping[str, str], epoch: int
) -> None:
    """Build the changed pages, and those alone, into the configuration's folder.

    ``changed`` names staged files. The search index written holds the entries of these pages only;
    see ``merged``. Raises ``BuildFailed`` as a whole build would.
    """
    from mkdocs.commands.build import _build_page, _populate_page
    from mkdocs.structure.files import get_files, set_exclusions
    from mkdocs.structure.nav import get_navigation
    from mkdocs.structure.pages import Page

    with strict(sources), at(epoch):
        config.plugins.on_startup(command="build", dirty=False)
        config = config.plugins.on_config(config)
        config.plugins.on_pre_build(config=config)
        files = get_files(config)
        env = config.theme.get_env()
        files.add_files_from_theme(env, config)
        files = config.plugins.on_files(files, config=config)
        set_exclusions(files, config)
        nav = get_navigation(files, config)
        for page in nav.pages:
            page.read_source(config)  # for the titles in the menu
        known = files.documentation_pages()
        wanted = [file for file in known if file.src_uri in changed]
        for file in wanted:
            _populate_page(file.page or Page(None, file, config), config, files)
        env = config.plugins.on_env(env, config=config, files=files)
        for file in wanted:
            _build_page(file.page, config, known, nav, env)
        for file in wanted:
            file.page.validate_anchor_links(files=files, log_level=config.validation.links.anchors)
        config.plugins.on_post_build(config=config)


def place(staged: str) -> str:
    """The HTML file of a staged page, as the generator names it."""
    stem = staged.removesuffix(".md")
    if stem == "index" or stem.endswith("/index"):
        return f"{stem}.html"
    return f"{stem}/index.html"


def merged(before: Path, fresh: Path, gone: Collection[str]) -> str:
    """The search index with the entries of changed pages replaced and those of others kept.

    ``gone`` names the HTML files of pages that were built again or removed.
    """
    index = json.loads(before.read_text("utf-8"))
    addresses = {name.removesuffix("index.html") for name in gone}
    kept = [one for one in index["docs"] if one["location"].partition("#")[0] not in addresses]
    index["docs"] = kept + json.loads(fresh.read_text("utf-8"))["docs"]
    return json.dumps(index, separators=(",", ":"), ensure_ascii=True)

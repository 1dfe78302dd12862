"""Zensical, the successor of Material for MkDocs, driven over the same staged pages.

It is a program of its own and reads its settings from a file beside the pages, so it is given one
made of ours. What it leaves unchecked is checked here: every link of the finished site.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml

from npcs.publish.errors import BuildFailed
from npcs.publish.generator import read_settings, settings_file, theme_of
from npcs.publish.site import Settings

_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_PLACE = re.compile(r"\[ *([^\s\[\]]+\.md):(\d+):\d+ *\]")
_TROUBLE = re.compile(r"^(?:Warning|Error): *(.*)$")
_LEFT = ("zensical.yml", ".zensical-site", ".cache")
"""What a build puts beside the staged pages, and takes away again."""


def generate(
    root: Path, docs: Path, site: Path, settings: Settings, sources: Mapping[str, str]
) -> None:
    """Build the pages staged in ``docs`` into ``site``, a folder that is not there yet.

    Raises ``BuildFailed`` where Zensical is missing or fails, and with every link it finds broken,
    by its record.
    """
    if find_spec("zensical") is None:
        raise BuildFailed(
            "Zensical is not installed here. Install it beside npcs: python -m pip install zensical"
        )
    project = docs.parent
    _clean(project)
    try:
        written = project / "zensical.yml"
        said = yaml.safe_dump(_settings(root, docs, settings), sort_keys=False)
        written.write_text(said, "utf-8")
        _run(written, sources)
        shutil.rmtree(site, ignore_errors=True)
        site.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(project / ".zensical-site", site)
    finally:
        _clean(project)
    _mend(docs, site)


def _clean(project: Path) -> None:
    for name in _LEFT:
        left = project / name
        if left.is_dir():
            shutil.rmtree(left)
        else:
            left.unlink(missing_ok=True)


def _settings(root: Path, docs: Path, settings: Settings) -> dict[str, Any]:
    path = settings_file(root)
    said = read_settings(path)
    return {
        **said,
        "site_name": settings.name,
        "docs_dir": docs.name,
        "site_dir": ".zensical-site",
        "theme": {**theme_of(path, said), "variant": "classic"},  # the look of Material
        # These two it has unless told otherwise. What comes later in the list takes the place of
        # what came before, so that fences of code are read as they are with MkDocs.
        "plugins": {"search": {"enabled": False}},
        "markdown_extensions": ["pymdownx.superfences", *(said.get("markdown_extensions") or ())],
        "extra": {**(said.get("extra") or {}), "banner": settings.banner},
    }


def _run(settings: Path, sources: Mapping[str, str]) -> None:
    """Run the program; it has to find the hub's own guard of Markdown, wherever that stands."""
    packages = str(Path(__file__).parents[2])
    path = os.pathsep.join([packages, os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    ran = subprocess.run(
        [sys.executable, "-m", "zensical", "build", "--strict", "--clean", "-f", settings],
        env={**os.environ, "PYTHONPATH": path},
        cwd=settings.parent,
        capture_output=True,
        check=False,
    )
    heard = _COLOURS.sub("", (ran.stdout + ran.stderr).decode("utf-8", "replace"))
    if ran.returncode:
        said = heard.partition("Traceback")[0].strip() or heard.strip()
        raise BuildFailed("\n".join(_told(heard, sources)) or f"Zensical failed:\n{said}")


def _told(heard: str, sources: Mapping[str, str]) -> list[str]:
    """What Zensical complains of, each with the record whose page it is about."""
    lines, trouble = [], ""
    for line in heard.splitlines():
        if named := _TROUBLE.match(line):
            trouble = named[1]
        elif trouble and (place := _PLACE.search(line)):
            source = sources.get(place[1])
            lines.append(f"{f'{source}: ' if source else ''}{place[1]}:{place[2]}: {trouble}")
            trouble = ""
    return lines


def _mend(docs: Path, site: Path) -> None:
    """Put back the staged map of the site, for which there is an empty one; drop its search."""
    (site / "search.json").unlink(missing_ok=True)
    made = site / "sitemap.xml"
    if (docs / "sitemap.xml").exists():
        shutil.copyfile(docs / "sitemap.xml", made)
    else:
        made.unlink(missing_ok=True)


__all__ = ["generate"]

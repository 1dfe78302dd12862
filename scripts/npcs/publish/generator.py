"""MkDocs with Material, driven in this process over the staged pages."""

import logging
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from npcs.publish.errors import BuildFailed
from npcs.publish.site import Settings

THEME = Path(__file__).parent / "theme"
GUARD = "npcs.publish.mdsafe"
"""The Markdown extension without which no page is built: it lets no HTML through."""

EXTENSIONS = frozenset(
    ("admonition", "attr_list", "def_list", "fenced_code", "footnotes", "tables", "toc", GUARD)
)
"""What settings may ask of Markdown."""

_PLACES = (
    Path(__file__).parent / "mkdocs.yml",  # an installed package
    Path(__file__).parents[3] / "mkdocs.yml",  # a checkout
)


def settings_file(root: Path) -> Path:
    """The generator's settings: the root's own ``mkdocs.yml``, else the one of the hub."""
    for path in (root / "mkdocs.yml", *_PLACES):
        if path.is_file():
            return path
    raise BuildFailed("The settings of the site, mkdocs.yml, are missing.")


def read_settings(path: Path) -> dict[str, Any]:
    """What a settings file says."""
    try:
        read = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise BuildFailed(f"{path} cannot be read: {error}") from error
    if not isinstance(read, dict):
        raise BuildFailed(f"{path} holds no settings.")
    _refuse(path, read)
    return read


def _refuse(path: Path, settings: Mapping[str, Any]) -> None:
    """Raise ``BuildFailed`` where settings would run programs of their own, or drop our guard.

    A site is built from what others propose, its settings included.
    """
    named = {
        key: [
            one if isinstance(one, str) else next(iter(one), "") for one in settings.get(key) or ()
        ]
        for key in ("plugins", "markdown_extensions", "hooks")
    }
    extensions = set(named["markdown_extensions"])
    strange = [*named["hooks"], *named["plugins"], *(extensions - EXTENSIONS)]
    if strange:
        raise BuildFailed(
            f"{path} asks for {', '.join(map(str, strange))}, which the site is not built with. "
            "Take it out."
        )
    if GUARD not in extensions:
        raise BuildFailed(f"{path} lacks `{GUARD}` under `markdown_extensions`. Put it back.")


def configuration(root: Path, docs: Path, site: Path, settings: Settings) -> Any:
    """MkDocs' configuration for pages staged in ``docs``, to be built into ``site``."""
    # Material prints a notice about a future MkDocs on every run unless told not to.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.config import load_config
    from mkdocs.exceptions import ConfigurationError

    path = settings_file(root)
    said = read_settings(path)
    docs.mkdir(parents=True, exist_ok=True)
    try:
        return load_config(
            config_file=str(path),
            docs_dir=str(docs),
            site_dir=str(site),
            site_name=settings.name,
            theme=theme_of(path, said),
            plugins=[],  # not even those MkDocs takes where settings name none
            extra={**(said.get("extra") or {}), "banner": settings.banner},
            strict=True,
        )
    except ConfigurationError as error:
        raise BuildFailed(f"{path}: {error}") from error


def theme_of(path: Path, said: Mapping[str, Any]) -> dict[str, Any]:
    """The theme that settings ask for, with the folder of what is ours in it."""
    theme = dict(said.get("theme") or {"name": "material"})
    own = path.parent / str(theme.get("custom_dir", ""))
    theme["custom_dir"] = str(own if "custom_dir" in theme and own.is_dir() else THEME)
    return theme


@contextmanager
def strict(sources: Mapping[str, str]) -> Iterator[list[str]]:
    """Raise ``BuildFailed`` where MkDocs fails, or warns of anything; gives the warnings so far."""
    from mkdocs.exceptions import MkDocsException

    with _heard() as complaints:
        try:
            yield complaints
        except MkDocsException as error:
            raise BuildFailed(told(complaints, sources) or str(error)) from error
        except RecursionError as error:
            source = told(complaints, sources).partition(":")[0]
            raise BuildFailed(
                f"{source}: its lists stand too deep inside one another. Use fewer levels."
            ) from error
    if complaints:
        raise BuildFailed(told(complaints, sources))


@contextmanager
def _heard() -> Iterator[list[str]]:
    """Collect what MkDocs warns of instead of printing it."""
    complaints: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            complaints.append(record.getMessage())

    logger = logging.getLogger("mkdocs")
    listener = Listener(logging.WARNING)
    propagated, logger.propagate = logger.propagate, False
    logger.addHandler(listener)
    try:
        yield complaints
    finally:
        logger.removeHandler(listener)
        logger.propagate = propagated


@contextmanager
def at(epoch: int) -> Iterator[None]:
    """Let the generator take a moment, in seconds since 1970, for the present."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(epoch)
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before


def told(complaints: list[str], sources: Mapping[str, str]) -> str:
    """MkDocs' complaints, each with the record whose page it is about."""
    lines = []
    for one in complaints:
        found = re.search(r"'([^']+\.md)'", one)
        source = sources.get(found[1], "") if found else ""
        lines.append(f"{source}: {one}" if source else one)
    return "\n".join(lines)

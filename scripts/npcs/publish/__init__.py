"""The site: every record as a page. ``build`` makes it, ``serve`` shows it while people write."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from npcs.publish.errors import BuildFailed

if TYPE_CHECKING:
    from npcs.history.keys import Key
    from npcs.publish.assemble import Built, Engine, Say


def build(
    root: Path,
    out: Path | None = None,
    as_of: date | None = None,
    say: "Say | None" = None,
    root_keys: "Sequence[Key]" = (),
    engine: "Engine" = "material",
    anew: bool = False,
) -> "Built":
    """Build the site; see ``npcs.publish.assemble.build``. Heavy imports wait for the call."""
    from npcs.publish.assemble import build

    return build(root, out, as_of, say, root_keys, engine, anew)


def serve(
    root: Path,
    host: str = "127.0.0.1",
    port: int = 8000,
    as_of: date | None = None,
    say: "Say | None" = None,
    root_keys: "Sequence[Key]" = (),
) -> None:
    """Serve the site and keep it current until interrupted; see ``npcs.publish.preview.serve``."""
    from npcs.publish.preview import serve

    serve(root, host, port, as_of, say, root_keys)


__all__ = ["BuildFailed", "build", "serve"]

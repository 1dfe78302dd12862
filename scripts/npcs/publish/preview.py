"""The site while people write: built once, then only what a changed record touches."""

import shutil
import threading
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from npcs.history.keys import Key
from npcs.publish import swap
from npcs.publish.assemble import Say, prepared
from npcs.publish.errors import BuildFailed
from npcs.publish.finish import finish, pages_in
from npcs.publish.generator import configuration, settings_file
from npcs.publish.glossary import NO_TERMS, glossary
from npcs.publish.pages import generate, place, regenerate
from npcs.publish.server import Server
from npcs.publish.stage import Staged, stage
from npcs.publish.watch import Watch
from npcs.records.document import Document
from npcs.records.hub import Hub, read_document
from npcs.records.tree import Stray


def serve(
    root: Path,
    host: str = "127.0.0.1",
    port: int = 8000,
    as_of: date | None = None,
    say: Say | None = None,
    root_keys: Sequence[Key] = (),
) -> None:
    """Serve the site of the records below ``root`` until interrupted.

    Prints its address and what it does, or tells ``say``. Raises ``BuildFailed`` where the address
    cannot be had; a record that does not fit is told of, and the last good page stays.
    """
    preview = Preview(root, host, port, as_of, say or _print, root_keys)
    try:
        preview.start()
        threading.Event().wait()
    except KeyboardInterrupt:
        pass
    finally:
        preview.stop()


def _print(text: str) -> None:
    print(text, flush=True)


class Records:
    """The records of a folder, read again only where a file has changed."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known: dict[str, tuple[tuple[int, ...], Document]] = {}

    def hub(self) -> Hub:
        """The records as they stand now."""
        known: dict[str, tuple[tuple[int, ...], Document]] = {}

        def reader(root: Path, path: str) -> Document | Stray:
            stamp, before = _stamp(root / path), self._known.get(path)
            same = stamp and before and before[0] == stamp
            one = before[1] if before and same else read_document(root, path)
            if isinstance(one, Document):
                known[path] = stamp, one
            return one

        hub = Hub.read(self._root, reader)
        self._known = known
        return hub


def _stamp(path: Path) -> tuple[int, ...]:
    """What changes when a file does; empty where there is none."""
    try:
        status = path.lstat()
    except OSError:
        return ()
    return status.st_mtime_ns, status.st_size, status.st_ino


class Preview:
    """A site that follows its records. ``start`` builds and serves it, ``stop`` ends both."""

    def __init__(
        self,
        root: Path,
        host: str = "127.0.0.1",
        port: int = 0,
        as_of: date | None = None,
        say: Say = _print,
        root_keys: Sequence[Key] = (),
    ) -> None:
        self._root = root.resolve()
        self._as_of = as_of
        self._say = say
        self._root_keys = root_keys
        self._docs = self._root / "build" / "preview-docs"
        self._out = self._root / "build" / "preview"
        self._records = Records(self._root)
        self._pending: set[str] = set()
        self._removed: set[str] = set()
        self._settings_stamp = 0
        self._glossary = NO_TERMS
        self._threads: list[threading.Thread] = []
        self._watch: Watch | None = None
        self._lock: Any = None
        self.server = Server(self._out, host, port)

    @property
    def address(self) -> str:
        """Where the site can be opened."""
        return self.server.address

    def start(self) -> None:
        """Build the site, serve it and begin to watch. Returns once all of that is done."""
        self._lock = swap.alone(self._out)
        self._lock.__enter__()
        self._watch = Watch(self._root)
        self._say("Building the site ...")
        self._attempt(self._whole)
        for work in (self.server.serve_forever, self._follow):
            thread = threading.Thread(target=work, daemon=True)
            thread.start()
            self._threads.append(thread)
        self._say(f"The site is at {self.address} (Ctrl+C ends it)")

    def stop(self) -> None:
        """End serving and watching."""
        if self._watch:
            self._watch.stop()
        if self._threads:
            self.server.shutdown()
        self.server.close()
        for thread in self._threads:
            thread.join(5)
        if self._lock:
            self._lock.__exit__(None, None, None)
            self._lock = None

    def _follow(self) -> None:
        while self._watch and self._watch.wait():
            self._attempt(self._again)

    # Building

    def _attempt(self, work: Callable[[], None]) -> None:
        """Do a piece of work; whatever goes wrong is told, and the last good site stays."""
        try:
            work()
        except BuildFailed as error:
            self._trouble(str(error))
        except Exception as error:  # noqa: BLE001 - nothing a person writes may end the preview
            self._trouble(f"{type(error).__name__}: {error}")

    def _trouble(self, text: str) -> None:
        self._say(text)
        self.server.tell(text)

    def _staged(self) -> tuple[Any, Staged, int]:
        site, epoch = prepared(self._root, self._as_of, self._records.hub(), self._root_keys)
        staged = stage(site, self._docs)
        self._pending = (self._pending | staged.changed) - staged.removed
        self._removed = (self._removed | staged.removed) - staged.changed
        return site, staged, epoch

    def _whole(self) -> None:
        swap.clean(self._out)
        site, staged, epoch = self._staged()
        fresh = swap.building(self._out)
        generate(configuration(self._root, self._docs, fresh, site.settings), staged.sources, epoch)
        self._glossary = glossary(site.hub)
        finish(fresh, pages_in(fresh), self._docs, self._glossary)
        swap.put(self._out)
        self._done()
        self.server.changed()

    def _done(self) -> None:
        self._pending.clear()
        self._removed.clear()
        self._settings_stamp = settings_file(self._root).stat().st_mtime_ns

    def _again(self) -> None:
        """Build what has changed beside the site, and move it in."""
        stamp = settings_file(self._root).stat().st_mtime_ns
        if not (self._out / swap.MARK).exists() or stamp != self._settings_stamp:
            self._whole()
            return
        site, staged, epoch = self._staged()
        if not self._pending and not self._removed:
            self.server.tell("")
            return
        if glossary(site.hub) != self._glossary:  # any page may explain the term
            self._whole()
            return
        part = swap.building(self._out)
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir()
        pages = {name for name in self._pending if name.endswith(".md")}
        config = configuration(self._root, self._docs, part, site.settings)
        regenerate(config, pages, staged.sources, epoch)
        built = {place(name) for name in pages}
        finish(part, sorted(built), self._docs, self._glossary)
        gone = {place(name) for name in self._removed if name.endswith(".md")}
        for name in self._pending - pages:
            (part / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self._docs / name, part / name)
        self._move(part, gone | (self._removed - {*pages}))
        shutil.rmtree(part)
        self._say(f"Shown: {_listed(staged, pages | self._removed)}")
        self._done()
        self.server.changed()

    def _move(self, part: Path, gone: set[str]) -> None:
        for path in sorted(part.rglob("*")):
            if path.is_file():
                target = self._out / path.relative_to(part)
                target.parent.mkdir(parents=True, exist_ok=True)
                path.replace(target)
        for name in gone:
            (self._out / name).unlink(missing_ok=True)


def _listed(staged: Staged, names: set[str]) -> str:
    shown = sorted({staged.sources.get(name) or name for name in names})
    return ", ".join(shown[:3]) + (f" and {len(shown) - 3} more" if len(shown) > 3 else "")

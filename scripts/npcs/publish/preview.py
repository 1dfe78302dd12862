"""The site while people write: built once, then only what a changed record touches."""

import gc
import threading
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from npcs.history.keys import Key
from npcs.publish import swap
from npcs.publish.again import Changes, make
from npcs.publish.assemble import Say, prepared, refuse_identifying
from npcs.publish.before import Before, Memory, Records, pieces_of
from npcs.publish.errors import BuildFailed
from npcs.publish.past import Past
from npcs.publish.server import Server
from npcs.publish.stage import Staged, stage
from npcs.publish.watch import Watch
from npcs.records.personal import without


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
        gc.freeze()  # what was read stays: to look through it after each edit takes long
        threading.Event().wait()
    except KeyboardInterrupt:
        pass
    finally:
        preview.stop()


def _print(text: str) -> None:
    print(text, flush=True)


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
        self._past = Past(self._root)
        self._memory = Memory(self._root, self._out)
        self._memory.read()
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
        self._attempt(self._again)
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
            self._trouble(without(f"{type(error).__name__}: {error}"))

    def _trouble(self, text: str) -> None:
        self._say(text)
        self.server.tell(text)

    def _again(self) -> None:
        """Build what has changed since the last time, all of it where nothing is known of that."""
        swap.clean(self._out, spared=True)
        hub = self._records.hub()
        self._records.keep()
        site, epoch = prepared(self._root, self._as_of, hub, self._root_keys, self._past)
        refuse_identifying(self._records.identifying)
        before = self._memory.before
        staged = stage(site, self._docs, pieces_of(before, self._docs))
        now = make(
            self._root, self._docs, self._out, site, staged, epoch, self._memory, lambda _: None
        )
        if before and now.files == before.files:
            self.server.tell("")
            return
        if before:
            self._say(f"Shown: {_listed(staged, before)}")
        self.server.changed()


def _listed(staged: Staged, before: Before) -> str:
    """The records whose pages differ from those before, and other pages that do."""
    todo = Changes(before, staged.digests)
    names = {name for name in todo.changed | todo.gone if name.endswith(".md")} or todo.files
    shown = sorted({staged.sources.get(name) or name for name in names})
    return ", ".join(shown[:3]) + (f" and {len(shown) - 3} more" if len(shown) > 3 else "")

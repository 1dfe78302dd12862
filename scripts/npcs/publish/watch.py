"""Telling when the records, the settings of their site, their commit or their tags change."""

import logging
import stat
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

from npcs.history.git import say
from npcs.records.kinds import FOLDERS

QUIET = 0.15
"""How long, in seconds, files must be left alone before a change is told."""

_NAMES = {*FOLDERS, "mkdocs.yml", "demo.yml"}


class Watch:
    """What goes on below a root from now on: among its records, and in its Git history."""

    def __init__(self, root: Path) -> None:
        logging.getLogger("watchdog").setLevel(logging.ERROR)  # it warns of its own ending
        self._root = root
        self._touched = threading.Event()
        self._changed = False
        self._stands = self._asked_git()
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._kinds: list[Callable[[], BaseObserver]] = [Observer, PollingObserver]
        self._observer: BaseObserver | None = None
        self._watched: dict[Path, tuple[int, ObservedWatch]] = {}
        self._look()

    def wait(self) -> bool:
        """Wait until something has changed and was then left alone; false once watching ends."""
        while not self._stopping.is_set():
            self._touched.wait()
            while self._touched.is_set() and not self._stopping.is_set():
                self._touched.clear()
                self._touched.wait(QUIET)
            self._look()
            if not self._stopping.is_set() and self._is_news():
                return True
        return False

    def stop(self) -> None:
        """End watching, and whoever waits."""
        self._stopping.set()
        self._touched.set()
        with self._lock:
            self._end()

    def _is_news(self) -> bool:
        """Whether a record has changed, or Git has moved on: it touches its folder for less."""
        changed, self._changed = self._changed, False
        before, self._stands = self._stands, self._asked_git()
        return changed or self._stands != before

    def _asked_git(self) -> tuple[str, str]:
        """The commit the records stand in, and the tags there are: they approve the charter."""
        return say(self._root, "rev-parse", "HEAD"), say(self._root, "show-ref", "--tags")

    def _tell(self, path: str) -> None:
        name = path.removeprefix(str(self._root)).lstrip("/\\").replace("\\", "/").partition("/")[0]
        self._changed = self._changed or name in _NAMES
        self._touched.set()

    # Folders

    def _look(self) -> None:
        """Watch the folders that are there now, and no longer those that are gone."""
        with self._lock:
            while not self._stopping.is_set():
                try:
                    if self._observer is None:
                        self._observer = self._kinds[0]()
                        self._observer.start()
                    self._schedule(self._observer)
                    return
                except OSError:  # the system watches no more: look at all folders in turn instead
                    if len(self._kinds) == 1:
                        return
                    self._kinds.pop(0)
                    self._end()

    def _schedule(self, observer: BaseObserver) -> None:
        alive = {one.watch for one in observer.emitters if one.is_alive()}
        for folder, deep in self._folders():
            inode = _inode(folder)
            known = self._watched.get(folder)
            if known and known[0] == inode and known[1] in alive:
                continue
            if known:
                observer.unschedule(known[1])
                del self._watched[folder]
            if inode:
                watch = observer.schedule(_Handler(self._tell), str(folder), recursive=deep)
                self._watched[folder] = inode, watch

    def _folders(self) -> Iterator[tuple[Path, bool]]:
        """The folders to watch, and whether all that is below them counts as well."""
        yield self._root, False
        for name in FOLDERS:
            yield self._root / name, True
        git = say(self._root, "rev-parse", "--absolute-git-dir").strip()
        if git:
            yield Path(git), False
            common = say(self._root, "rev-parse", "--git-common-dir").strip()
            yield self._root / common / "refs" / "tags", True

    def _end(self) -> None:
        if self._observer:
            self._observer.stop()
            if self._observer.is_alive():
                self._observer.join()
        self._observer = None
        self._watched.clear()


class _Handler(FileSystemEventHandler):
    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type not in ("opened", "closed_no_write"):
            for path in filter(None, (event.src_path, event.dest_path)):
                self._tell(str(path))


def _inode(folder: Path) -> int:
    """What tells a folder from another that had its name before; 0 where there is none."""
    try:
        status = folder.lstat()
    except OSError:
        return 0
    return status.st_ino if stat.S_ISDIR(status.st_mode) else 0

"""Notices changes: files that are added, removed or saved below some paths. A path need not exist yet."""

from __future__ import annotations

import os
import stat
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

# In seconds; and how many times longer it waits than it takes to look.
_LOOK, _REST = 0.1, 5
# For each file: when it was changed, its size, and its number in the file system.
Seen = Mapping[str, tuple[int, int, int]]


def look_at(root: Path, names: Iterable[str]) -> Seen:
    """Return the state of the files below `names` in `root`, by path. A name may be a file's, or be missing."""
    found: dict[str, tuple[int, int, int]] = {}
    left = [str(root / name) for name in names]
    while left:
        path = left.pop()
        try:
            described = os.stat(path)
            if not stat.S_ISDIR(described.st_mode):
                found[path] = (described.st_mtime_ns, described.st_size, described.st_ino)
            elif not os.path.islink(path):  # a link may lead back to its own folder
                left += [os.path.join(path, name) for name in os.listdir(path)]
        except OSError:
            continue  # not there, or no longer there
    return found


class Watcher:
    """Looks again and again, in a thread of its own, and calls `notice` when something has changed.

    It does not use the system's notifications. They end when a folder is renamed, and a missing folder has none.
    """

    def __init__(self, root: Path, names: Callable[[], Iterable[str]], notice: Callable[[], None]) -> None:
        self._root, self._names, self._notice = root, names, notice
        self._seen = look_at(root, names())
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._ended.set()

    def _watch(self) -> None:
        pause = _LOOK
        while not self._ended.wait(pause):
            begun = time.monotonic()
            seen = look_at(self._root, self._names())
            if seen != self._seen:
                self._seen = seen
                self._notice()
            pause = max(_LOOK, _REST * (time.monotonic() - begun))

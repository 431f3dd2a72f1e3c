"""Puts a file or folder in the place of another, also on Windows, where another program may have it open.

On Linux and macOS an open file can be replaced: who reads it reads the old one to its end. Windows refuses until the
last reader has closed it, and readers (a browser, the search of the system, a scanner of viruses) come and go. So
there we try again for a while. Source: MoveFileEx, ERROR_ACCESS_DENIED and ERROR_SHARING_VIOLATION.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

# How long we try, and the pause between two tries, in seconds.
_PATIENCE, _PAUSE = 5.0, 0.05


def replace_file(new: str | Path, place: str | Path) -> None:
    """Move a file to `place`, over the file that is there. Raises OSError."""
    _insist(lambda: os.replace(new, place))


def rename_folder(folder: Path, place: Path) -> None:
    """Move a folder to `place`, where nothing is. Raises OSError."""
    _insist(lambda: os.rename(folder, place))


def _insist(move: Callable[[], None]) -> None:
    until = time.monotonic() + (_PATIENCE if is_windows() else 0)
    while True:
        try:
            return move()
        except PermissionError:
            if time.monotonic() >= until:
                raise
            time.sleep(_PAUSE)


def is_windows() -> bool:
    return os.name == "nt"

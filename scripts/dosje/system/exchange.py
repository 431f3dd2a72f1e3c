"""Puts a folder in the place of another in one step, if the system has such a step.

Linux has renameat2(2) with RENAME_EXCHANGE, macOS renamex_np(2) with RENAME_SWAP. Elsewhere the old folder is first
parked under another name. Then there are two renames, and no folder in the place between them. A parked folder means
that this was interrupted: the next run finishes it (`finish_exchange`).
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path

from .renaming import rename_folder

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_RENAME_SWAP = 2
# The errors of a system or file system that cannot do it.
_CANNOT = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP)


def put_in_place(new: Path, place: Path, parked: Path) -> None:
    """Move the folder `new` to `place`. The folder that was at `place` is then at `new`.

    All paths are on one device. `parked`: where the old folder is for a moment, on systems that need it.
    Raises OSError.
    """
    if not place.exists():
        rename_folder(new, place)
    elif not exchange(new, place):
        rename_folder(place, parked)
        try:
            rename_folder(new, place)
        except OSError:
            rename_folder(parked, place)  # nobody should find nothing there until the next run
            raise
        rename_folder(parked, new)


def finish_exchange(new: Path, place: Path, parked: Path) -> None:
    """Finish what `put_in_place` began, if it was interrupted between its steps. Raises OSError."""
    if not parked.exists():
        return
    if not place.exists():
        rename_folder(new if new.exists() else parked, place)
    if parked.exists() and not new.exists():
        rename_folder(parked, new)


def exchange(one: Path, other: Path) -> bool:
    """Exchange the names of two folders in one step. Return False if the system cannot. Raises OSError."""
    number = _call(os.fsencode(one), os.fsencode(other))
    if number and number not in _CANNOT:
        raise OSError(number, os.strerror(number), str(one), None, str(other))
    return number == 0


def _call(one: bytes, other: bytes) -> int:
    """Return 0, or the number of the error."""
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            failed = library.renamex_np(one, other, _RENAME_SWAP)
        else:
            failed = library.renameat2(_AT_FDCWD, one, _AT_FDCWD, other, _RENAME_EXCHANGE)
    except (OSError, TypeError, AttributeError):  # Windows, or a C library without it
        return errno.ENOSYS
    return ctypes.get_errno() if failed else 0

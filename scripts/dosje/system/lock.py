"""The lock of the verbs that write: one of them runs at a time, and the next waits.

It uses flock(2), which frees the lock when the process ends, for whatever reason. The programs that the process started
hold it too (`held_locks`), because they may write for another moment after their parent was killed.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

# The holder writes who it is as soon as it has the lock, so whoever waits looks for that at once.
_TRIES, _PAUSE = 20, 0.02
_held: set[int] = set()


@contextmanager
def hold_lock(path: Path, verb: str, tell: Callable[[str], None]) -> Iterator[None]:
    """Hold the lock, which is the file at `path`. If somebody else has it, say who, and wait. Raises OSError."""
    number = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
    try:
        if not _take(number, waits=False):
            tell(f"waiting for {_say_who(number)}")
            _take(number, waits=True)
        try:
            _write(number, json.dumps({"verb": verb, "pid": os.getpid(), "since": time.time()}))
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(path)) from error
        _held.add(number)
        try:
            yield
        finally:
            _held.remove(number)
            _write(number, "")
    finally:
        os.close(number)


def held_locks() -> tuple[int, ...]:
    """Return the file descriptors that a program must inherit (`pass_fds`) if it writes for us."""
    return tuple(sorted(_held)) if sys.platform != "win32" else ()


def _say_who(number: int) -> str:
    for _ in range(_TRIES):
        try:
            os.lseek(number, 0, os.SEEK_SET)
            found = json.loads(os.read(number, 1000))
            since = datetime.fromtimestamp(found["since"]).strftime("%H:%M:%S")
            return f"dosje {found['verb']} (process {found['pid']}, since {since})"
        except (ValueError, KeyError, TypeError):
            time.sleep(_PAUSE)  # not written yet
    return "another dosje"


def _write(number: int, text: str) -> None:
    os.ftruncate(number, 0)
    os.lseek(number, 0, os.SEEK_SET)
    os.write(number, text.encode())


if sys.platform == "win32":
    import msvcrt

    def _take(number: int, *, waits: bool) -> bool:
        while True:
            try:
                os.lseek(number, 1 << 30, os.SEEK_SET)  # behind what is read, because a locked byte cannot be read
                msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
            except OSError:
                if not waits:
                    return False
                time.sleep(0.1)
            else:
                return True

else:
    import fcntl

    def _take(number: int, *, waits: bool) -> bool:
        try:
            fcntl.flock(number, fcntl.LOCK_EX | (0 if waits else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        return True

"""How a command ends when it cannot go on: one line and an exit code, whatever was raised. Prints nothing itself.

Exit codes: 1 something in the edition is wrong, which showed only now; 2 it cannot be done here, or a fault of the
program; 130 interrupted, 141 nobody reads on (as shells count).
"""

from __future__ import annotations

import errno
import os
import signal
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TextIO

from ..values.findings import FindingError
from .children import ChildError
from .manifest import ManifestError
from .marker import NotOursError

# Set to anything, it shows where the program was when it had to end.
TRACEBACK = "DOSJE_TRACEBACK"
_REMEDIES = {
    errno.ENOSPC: "make room on the disk, then run this again",
    errno.EDQUOT: "make room in your quota, then run this again",
    errno.EROFS: "copy the edition to where you may write",
    errno.EACCES: "ask for the right to it, or copy the edition to where you may write",
    errno.EPERM: "ask for the right to it, or copy the edition to where you may write",
    errno.EFBIG: "allow larger files (ulimit -f)",
    errno.EMFILE: "close other programs, or allow more open files (ulimit -n)",
}
# Of a closed stream the system says "Bad file descriptor", which is no help.
_CLOSED = "is closed"
_STREAMS = ("standard input", "standard output", "standard error")


@dataclass(frozen=True)
class Ending:
    """What is said at the end, "" for nothing, and the exit code."""

    text: str
    code: int


def ending_of(error: BaseException, verb: str = "") -> Ending:
    """Return how a command ends that raised `error`. `verb`, as "build", stands where no file can be named."""
    if isinstance(error, KeyboardInterrupt):
        return Ending("interrupted", 128 + signal.SIGINT)
    if isinstance(error, BrokenPipeError):
        return Ending("", 128 + 13)  # SIGPIPE, which Windows has not
    if isinstance(error, FindingError):
        return Ending(str(error), 1)
    if isinstance(error, NotOursError | ManifestError):
        return Ending(f"Error: {error}", 2)
    if isinstance(error, OSError):
        return Ending(f"Error: {_explain(error, verb)}", 2)
    if isinstance(error, ChildError):
        return Ending(f"Error: {error}", 2)
    if isinstance(error, MemoryError):
        return Ending("Error: there is not enough memory for this edition on this machine", 2)
    return Ending(_confess(error), 2)


class EndedBySignal(SystemExit):
    """The program is told to end: not an end that a plugin or theme asks for, which is a `SystemExit` too."""


def prepare_process() -> None:
    """Let no file take the number of a closed stream, and end by a signal as by an error, so that all is cleared up."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is not None:
            continue
        # The other way round, as gnulib does: to read what is closed fails, and to write it. With standard error
        # closed there is nowhere to complain.
        os.open(os.devnull, (os.O_WRONLY, os.O_RDONLY, os.O_RDWR)[number])
        mode = "r" if number == 0 else "w"
        stream = os.fdopen(number, mode, encoding="utf-8", errors="backslashreplace", closefd=False)
        setattr(sys, name, stream)
    if sys.stdout.errors == "strict" and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")  # names of files need not be text
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name) and signal.getsignal(getattr(signal, name)) == signal.SIG_DFL:
            signal.signal(getattr(signal, name), _end_by_signal)


def name_stream(error: OSError, number: int) -> OSError:
    """Return the error of reading or writing a stream (0, 1, 2) with the stream's name."""
    if isinstance(error, BrokenPipeError):
        return error
    reason = _CLOSED if error.errno == errno.EBADF else error.strerror
    return OSError(error.errno, reason, _STREAMS[number])


def abandon_streams() -> None:
    """Drop what could not be written: Python would complain of it again when it ends."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            _lead_nowhere(stream)


def _lead_nowhere(stream: TextIO) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def _end_by_signal(number: int, frame: FrameType | None) -> None:
    raise EndedBySignal(128 + number)


def _explain(error: OSError, verb: str) -> str:
    reason = error.strerror or str(error) or type(error).__name__
    named = [str(name) for name in (error.filename, error.filename2) if name is not None] or _find_path(error)
    place = " -> ".join(name.rstrip("/") or name for name in named) or (f"dosje {verb}" if verb else "")
    remedy = _REMEDIES.get(error.errno or 0, "")
    return (f"{place} {reason}" if reason == _CLOSED else f"{place}: {reason}" if place else reason) + (
        f"; {remedy}" if remedy else ""
    )


def _find_path(error: OSError) -> list[str]:
    """Return the path that was being written: the system names a file that cannot be opened, and no other."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    for frame in reversed(frames):
        if isinstance(path := frame.f_locals.get("self"), Path):  # a method of Path, in which it happened
            return [str(path)]
        for value in frame.f_locals.values():
            # A file that is written, also the wrapper of one that `tempfile` gives. Streams are called "<stdout>".
            is_written = hasattr(value, "fileno") and set("wax+") & set(str(getattr(value, "mode", "")))
            if is_written and os.path.isabs(name := str(getattr(value, "name", ""))):
                return [name]
    return []


def _confess(error: BaseException) -> str:
    """Return the line for what nobody thought of: it is not the editor's fault, and says where to look."""
    return (
        f"Error: a fault of dosje itself, not of your edition: {describe_error(error)}; "
        f"with {TRACEBACK}=1 before the command it shows where: please report that"
    )


def describe_error(error: BaseException) -> str:
    """Return an error in one line: its kind, what it says, and the line of code or template that raised it."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({os.path.basename(frames[-1].filename)}:{frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}: {' '.join(str(error).split())}{place}"

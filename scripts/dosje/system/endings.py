"""How a command ends when it cannot go on: one line and an exit code, whatever was raised. Prints nothing itself.

Exit codes: 1 for a fault of the edition that appeared only now; 2 if it cannot be done here, or for a fault of the
program; 130 if interrupted; 141 if nobody reads the output (the last two as in shells).
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

from ..values.errors import OperationError
from ..values.findings import FindingError
from .manifest import ManifestError
from .renaming import is_windows

# If this variable is set, the traceback is shown.
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
# For a closed stream the system says "Bad file descriptor", which does not help.
_CLOSED = "is closed"
_STREAMS = ("standard input", "standard output", "standard error")


@dataclass(frozen=True)
class Ending:
    """The last line that is printed, "" for none, and the exit code."""

    text: str
    code: int


def ending_of(error: BaseException, verb: str = "") -> Ending:
    """Return how a command ends that raised `error`. `verb`, e.g. "build", is named if no file can be named."""
    if isinstance(error, KeyboardInterrupt):
        return Ending("interrupted", 128 + signal.SIGINT)
    if isinstance(error, BrokenPipeError):
        return Ending("", 128 + 13)  # SIGPIPE, which Windows does not have
    if isinstance(error, FindingError):
        return Ending(str(error), 1)
    if isinstance(error, OperationError | ManifestError):
        return Ending(f"Error: {error}", 2)
    if isinstance(error, OSError):
        return Ending(f"Error: {_explain(error, verb)}", 2)
    if isinstance(error, MemoryError):
        return Ending("Error: there is not enough memory for this edition on this machine", 2)
    return Ending(_confess(error), 2)


class EndedBySignal(SystemExit):
    """A signal tells the program to end. A plain `SystemExit` may come from a plugin or a theme."""


def prepare_process() -> None:
    """Keep files from taking the number of a closed stream, and turn signals into errors, so that all is cleaned up."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is not None:
            continue
        # Opened the wrong way round, as gnulib does it: to read closed input fails, and so does writing to closed
        # output. If standard error is closed, nobody can be told.
        os.open(os.devnull, (os.O_WRONLY, os.O_RDONLY, os.O_RDWR)[number])
        mode = "r" if number == 0 else "w"
        stream = os.fdopen(number, mode, encoding="utf-8", errors="backslashreplace", closefd=False)
        setattr(sys, name, stream)
    if sys.stdout.errors == "strict" and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")  # names of files need not be text
    if is_windows():
        _print_as_utf8()
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name) and signal.getsignal(getattr(signal, name)) == signal.SIG_DFL:
            signal.signal(getattr(signal, name), _end_by_signal)


def _print_as_utf8() -> None:
    """Print UTF-8 into files and pipes. On Windows that would be an old code page, which lacks most letters."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure") and not stream.isatty():
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def name_stream(error: OSError, number: int) -> OSError:
    """Return an error of reading or writing a stream (0, 1, 2), with the name of the stream in it."""
    if isinstance(error, BrokenPipeError):
        return error
    reason = _CLOSED if error.errno == errno.EBADF else error.strerror
    return OSError(error.errno, reason, _STREAMS[number])


def abandon_streams() -> None:
    """Drop what could not be written. Otherwise Python would complain again when it ends."""
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
    """Return the path that was being written. The system names a file only if it cannot be opened."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    for frame in reversed(frames):
        if isinstance(path := frame.f_locals.get("self"), Path):  # it happened in a method of Path
            return [str(path)]
        for value in frame.f_locals.values():
            # A file open for writing, or the wrapper that `tempfile` gives. Streams have names like "<stdout>".
            is_written = hasattr(value, "fileno") and set("wax+") & set(str(getattr(value, "mode", "")))
            if is_written and os.path.isabs(name := str(getattr(value, "name", ""))):
                return [name]
    return []


def _confess(error: BaseException) -> str:
    """Return the line for an unexpected error: the editor is not to blame, and it says how to find out more."""
    return (
        f"Error: a fault of dosje itself, not of your edition: {describe_error(error)}; "
        f"with {TRACEBACK}=1 before the command it shows where: please report that"
    )


def describe_error(error: BaseException) -> str:
    """Return an error in one line: its kind, what it says, and the line of code or template that raised it."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({os.path.basename(frames[-1].filename)}:{frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}: {' '.join(str(error).split())}{place}"

"""Runs other programs, and work of ours that might not end, in processes with limits of time and memory.

Every other program is started here, except Pagefind and the search index of the preview, whose starters run as
children themselves. A process that exceeds its limits is killed, with all that it started.
When this program ends, for whatever reason, everything that it started is killed too. Knows nothing of editions.
"""

from __future__ import annotations

import ctypes
import errno
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple, Self, TypeVar

from ..values.errors import OperationError

T = TypeVar("T")
# How often we look at a process, and how often at those that it started, in seconds.
_LOOK, _LOOK_ALL = 0.1, 0.5
# Not fork: a child would begin with all the memory of this process, and would free it only when it ends.
_SPAWN = multiprocessing.get_context("spawn")
_PR_SET_PDEATHSIG = 1  # Linux, prctl(2)
_HAS_PRCTL = sys.platform == "linux"
# It checks that the process with the given number still lives, then becomes the program named behind that number.
# It is a program of its own, because code between fork and exec may block if there are threads.
_LEASH = """
import ctypes, os, sys
ctypes.CDLL(None).prctl(1, 9)
if os.getppid() != int(sys.argv[1]):
    sys.exit(1)
try:
    os.execvp(sys.argv[2], sys.argv[2:])
except OSError as error:
    sys.exit(f"{sys.argv[2]}: {error.strerror}")
"""
# The default limit of memory. An edition of 10,000 records needs half of it.
_MOST = 8_000
_running: set[subprocess.Popen[str]] = set()


@dataclass(frozen=True)
class Limits:
    """How long one call of another program may take, and how much memory it may use with all that it starts.

    `megabytes`: 0 for the default, which depends on the machine.
    """

    seconds: int = 3600
    megabytes: int = 0

    @property
    def memory(self) -> int:
        """The bound of memory in bytes: by default 8 GB, or three quarters of what the machine has."""
        import psutil

        return self.megabytes * 1_000_000 or min(_MOST * 1_000_000, psutil.virtual_memory().total * 3 // 4)


DEFAULT_LIMITS = Limits()


class Means(NamedTuple):
    """What a call of another program needs to know: where its answers are kept, and its limits."""

    cache_dir: Path
    limits: Limits = DEFAULT_LIMITS


class ChildError(OperationError):
    """A process could not do its work. The message says which, for what, and what can be done."""


class LimitError(ChildError):
    """A process exceeded its limit of time or memory, and was killed."""


class MissingError(ChildError):
    """There is no such program."""


class Done(NamedTuple):
    """What a program printed, and how it ended."""

    code: int
    stdout: str
    stderr: str


def run_child(
    command: Sequence[str],
    limits: Limits,
    what: str,
    *,
    text: str = "",
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
    kept: Collection[int] = (),
    errors: str = "replace",
    has_terminal: bool = False,
) -> Done:
    """Return what a program prints when it is given `text`.

    `what`: the program and its task, for the message: "Pagefind, for the search". `kept`: open files that the program
    inherits. `errors`: what to do with bytes that are not UTF-8. `has_terminal`: the program may ask the user.
    Raises LimitError, MissingError, and ChildError if the program is killed.
    """
    try:
        process = _begin(
            command, text.encode("utf-8", errors), cwd=folder, env=environment, pass_fds=kept, errors=errors,
            start_new_session=not has_terminal,  # we handle Ctrl-C ourselves, and then end all of them
        )  # fmt: skip
    except OSError as error:
        raise MissingError(f"{command[0]}: {error.strerror}") from error
    watch = _Watch(process.pid, limits, what)
    try:
        while True:
            with suppress(subprocess.TimeoutExpired):
                stdout, stderr = process.communicate(timeout=_LOOK)
                break
            watch.look()
    except BaseException:
        end_tree(process.pid)
        process.communicate()
        raise
    finally:
        _running.discard(process)
    if process.returncode < 0:
        raise ChildError(_tell_of_signal(what, -process.returncode))
    return Done(process.returncode, stdout, stderr)


def _begin(command: Sequence[str], given: bytes, **options: Any) -> subprocess.Popen[str]:
    # Python's own processes call `die_with_parent` themselves.
    is_other = _HAS_PRCTL and command[0] != sys.executable
    leash = [sys.executable, "-I", "-S", "-c", _LEASH, str(os.getpid())] if is_other else []
    if is_other:
        path = (options.get("env") or os.environ).get("PATH")
        if shutil.which(command[0], path=path) is None:
            raise FileNotFoundError(errno.ENOENT, "is not installed")
    # What a Python prints is read as UTF-8. On Windows it would be in an old code page.
    options["env"] = {**(options.get("env") or os.environ), "PYTHONUTF8": "1"}
    # The text comes from a file: after a timeout, Python would forget what it has not yet written to a pipe.
    with tempfile.TemporaryFile() as file:
        file.write(given)
        file.seek(0)
        process: subprocess.Popen[str] = subprocess.Popen(
            [*leash, *command], encoding="utf-8",
            stdin=file, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options,
        )  # fmt: skip
    _running.add(process)
    return process


def end_all() -> None:
    """Kill every program that still runs, whichever thread started it. Called when this program is about to end."""
    for process in list(_running):
        end_tree(process.pid)


def end_tree(number: int) -> None:
    """Kill a process, with all that it started."""
    import psutil

    with suppress(psutil.Error):
        process = psutil.Process(number)
        for one in (process, *process.children(recursive=True)):
            with suppress(psutil.Error):
                one.kill()


def die_with_parent() -> None:
    """Make this process end when its parent ends, even if the parent is killed (on Linux)."""
    if _HAS_PRCTL:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


class _Watch:
    """Looks at a process, and raises LimitError if it has exceeded its limits."""

    def __init__(self, number: int, limits: Limits, what: str) -> None:
        self._number, self._limits, self._what = number, limits, what
        self._memory = limits.memory
        self._begun = self._looked = time.monotonic()

    def look(self) -> None:
        now = time.monotonic()
        if now - self._begun > self._limits.seconds:
            raise LimitError(tell_of_limit(self._what, "seconds", f"{self._limits.seconds} s"))
        has_all = now - self._looked > _LOOK_ALL
        if has_all:
            self._looked = now
        if _size_of(self._number, has_all) > self._memory:
            raise LimitError(tell_of_memory(self._what, self._limits))


def _size_of(number: int, with_all: bool) -> int:
    """Return the memory of a process in bytes, with or without all that it started; 0 if it has ended."""
    import psutil

    size = 0
    with suppress(psutil.Error):
        process = psutil.Process(number)
        for one in (process, *(process.children(recursive=True) if with_all else ())):
            with suppress(psutil.Error):
                size += one.memory_info().rss
    return size


def tell_of_memory(what: str, limits: Limits) -> str:
    """Return the message that something needs more memory than its limit."""
    return tell_of_limit(what, "megabytes", f"{limits.memory // 1_000_000} MB of memory")


def tell_of_limit(what: str, name: str, bound: str) -> str:
    return (
        f"{what}: it needed more than {bound} and was ended; where that is right, allow more under "
        f"extra: dosje: limits: {name}: in mkdocs.yml"
    )


def _tell_of_signal(what: str, number: int) -> str:
    name = signal.Signals(number).name if number in set(signal.Signals) else str(number)
    reason = "; the machine may have too little memory" if name == "SIGKILL" else ""
    return f"{what}: it was ended from outside ({name}){reason}"


class Workers:
    """Processes of ours that do one task after another: at most `count` at a time, each within limits.

    `turns`: after how many tasks a new process takes the place of an old one; 0 for never. Memory is freed only when a
    process ends.
    """

    def __init__(self, count: int, limits: Limits, turns: int = 0) -> None:
        self._limits, self._turns = limits, turns
        self._threads = ThreadPoolExecutor(count)
        self._idle: list[_Worker] = []
        self._all: set[_Worker] = set()

    def submit(self, what: str, function: Callable[..., T], *arguments: Any, **options: Any) -> Future[T]:
        """Start `function` in a process as soon as one is free. `what` is for messages, as in `run_child`."""
        return self._threads.submit(self._do, what, function, arguments, options)

    def _do(self, what: str, function: Callable[..., T], arguments: tuple[Any, ...], options: dict[str, Any]) -> T:
        worker = self._idle.pop() if self._idle else self._start()
        try:
            answer: T = worker.do(what, self._limits, function, arguments, options)
        except ChildError:
            self._end(worker)
            raise
        finally:
            if worker in self._all and self._turns and worker.turns >= self._turns:
                self._end(worker)
            elif worker in self._all:
                self._idle.append(worker)
        return answer

    def _start(self) -> _Worker:
        worker = _Worker()
        self._all.add(worker)
        return worker

    def _end(self, worker: _Worker) -> None:
        self._all.discard(worker)
        worker.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if error[0] is not None:
            self._threads.shutdown(wait=False, cancel_futures=True)
            for worker in list(self._all):
                worker.end()
        self._threads.shutdown()
        for worker in list(self._all):
            self._end(worker)


class _Worker:
    """One process, with the pipe through which it gets its tasks."""

    def __init__(self) -> None:
        self.turns = 0
        self._pipe, theirs = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()

    def do(self, what: str, limits: Limits, function: Callable[..., T], arguments: Any, options: Any) -> T:
        self.turns += 1
        watch = _Watch(self._process.pid or 0, limits, what)
        try:
            self._pipe.send((function, arguments, options))
            while not self._pipe.poll(_LOOK):
                watch.look()
            is_good, answer = self._pipe.recv()
        except (EOFError, OSError):
            self._process.join(1)
            raise ChildError(_tell_of_signal(what, -(self._process.exitcode or 0))) from None
        if is_good:
            value: T = answer
            return value
        raise answer

    def end(self) -> None:
        if self._process.is_alive():
            end_tree(self._process.pid or 0)
        self._process.join()
        self._pipe.close()


def _serve(pipe: Connection) -> None:
    """Do the tasks that come through the pipe, until it is closed."""
    die_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    while True:
        try:
            function, arguments, options = pipe.recv()
        except EOFError:
            return
        try:
            answer = (True, function(*arguments, **options))
        except Exception as error:  # noqa: BLE001 - it is raised where it was asked for
            answer = (False, error)
        pipe.send(answer)

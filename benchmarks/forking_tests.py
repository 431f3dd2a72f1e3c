"""Runs tests in forks of a process that has imported Dosje and all tests: each fork costs only what it tests."""

from __future__ import annotations

import contextlib
import gc
import importlib
import importlib.abc
import importlib.util
import json
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any, TypeAlias

import pytest

PROJECT = Path(__file__).resolve().parent.parent
SCRIPTS = PROJECT / "scripts"
# pandoc, browsers and builds of whole sites apart: what `make test-quick` runs is what has to bite.
_OPTIONS = ["-q", "-o", "addopts=--strict-markers", "-p", "no:cacheprovider", "-m", "not long and not browser"]
# Collects garbage ten times at the end of a run.
_OPTIONS += ["-p", "no:unraisableexception"]
_GIGABYTE = 1 << 30
Report: TypeAlias = dict[str, Any]
# The functions of Dosje that live, by the place of their code.
_LIVE: dict[tuple[str, str, int], list[FunctionType]] = defaultdict(list)


@dataclass(frozen=True)
class Task:
    """What a fork does: its name, the work, which returns what can be JSON, and the seconds of CPU that it may take."""

    name: str
    work: Callable[[], Report]
    seconds: float


@dataclass
class _Running:
    task: Task
    folder: Path
    ends: float  # on the clock: what sleeps for ever takes no CPU


def import_all(files: Iterable[str]) -> None:
    """Import the tests in `files`, and all that they import, as pytest does: Dosje from beside this folder."""
    sys.path.insert(0, str(SCRIPTS))
    os.environ["PYTHONPATH"] = str(SCRIPTS)
    with _silent():
        pytest.main([*_OPTIONS, "--collect-only", "-qq", "-W", "ignore", *files])
    for each in gc.get_objects():
        if isinstance(each, FunctionType) and each.__code__.co_filename.startswith(str(SCRIPTS)):
            _LIVE[_place(each.__code__)].append(each)
    gc.freeze()  # or each fork would copy all of the memory when it collects garbage


def run_tests(files: Iterable[str], plugin: object, *options: str) -> int:
    """Run tests and return pytest's exit code."""
    return int(pytest.main([*_OPTIONS, "-W", "ignore::pytest.PytestAssertRewriteWarning", *options, *files], [plugin]))


def run_all(tasks: Iterable[Task], jobs: int) -> Iterator[tuple[str, Report | None]]:
    """Yield the name and the report of each task, as they end; None for one that did not end by itself."""
    waiting = iter(tasks)
    running: dict[int, _Running] = {}
    with tempfile.TemporaryDirectory(prefix="dosje-tests-") as folder:
        while True:
            while len(running) < jobs and (task := next(waiting, None)) is not None:
                own = Path(folder) / str(time.monotonic_ns())
                own.mkdir()
                running[_start(task, own)] = _Running(task, own, time.monotonic() + 20 * task.seconds + 60)
            if not running:
                return
            process, _ = os.waitpid(-1, os.WNOHANG)
            if not process:
                for late in [pid for pid, each in running.items() if time.monotonic() > each.ends]:
                    os.killpg(late, signal.SIGKILL)
                time.sleep(0.01)
                continue
            ended = running.pop(process)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process, signal.SIGKILL)  # what it started and left behind
            said = ended.folder / "report.json"
            yield ended.task.name, json.loads(said.read_text(encoding="utf-8")) if said.is_file() else None
            shutil.rmtree(ended.folder, ignore_errors=True)


def _start(task: Task, folder: Path) -> int:
    process = os.fork()
    if process:
        return process
    try:
        os.setsid()
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_CPU, (int(task.seconds) + 1, int(task.seconds) + 3))
        resource.setrlimit(resource.RLIMIT_DATA, (4 * _GIGABYTE, 4 * _GIGABYTE))
        os.environ |= {"TMPDIR": str(folder), "HYPOTHESIS_STORAGE_DIRECTORY": str(folder / "hypothesis")}
        tempfile.tempdir = None
        sys.dont_write_bytecode = True
        with _silent(folder / "said.txt"):
            report = task.work()
        (folder / "report.tmp").write_text(json.dumps(report), encoding="utf-8")
        (folder / "report.tmp").rename(folder / "report.json")
    finally:
        os._exit(0)


@contextlib.contextmanager
def _silent(path: Path = Path(os.devnull)) -> Iterator[None]:
    """Let what is written to standard output and error go to a file."""
    kept = [os.dup(1), os.dup(2)]
    with path.open("w") as file:
        sys.stdout.flush()
        for number in (1, 2):
            os.dup2(file.fileno(), number)
        try:
            yield
        finally:
            sys.stdout.flush()
            for number, old in zip((1, 2), kept, strict=True):
                os.dup2(old, number)
                os.close(old)


def cpu_seconds() -> float:
    """Return the seconds of CPU that this process and the ended ones that it started have taken."""
    return sum(os.times()[:4])


@dataclass
class Chosen:
    """A plugin that runs only the tests that are chosen, in their order, and keeps the first that fails."""

    order: dict[str, int]
    failed: str = field(default="")

    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        items[:] = sorted((i for i in items if i.nodeid in self.order), key=lambda item: self.order[item.nodeid])

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and not self.failed:
            self.failed = report.nodeid


def put_in_place(path: Path, original: str, text: str) -> None:
    """Let the module at `path` be what `text` says, in this process.

    Where only functions differ, each function that lives gets the new code. Where more does, all modules of Dosje and
    of the tests are forgotten, to be imported again, this one from `text`.
    """
    old, new = (compile(code, str(path), "exec", dont_inherit=True) for code in (original, text))
    changed: list[tuple[CodeType, CodeType]] = []
    if _find_changed(old, new, changed) and changed and all(_place(code) in _LIVE for code, _ in changed):
        for before, after in changed:
            for function in _LIVE[_place(before)]:
                function.__code__ = after
    else:
        _import_anew(path, text)


def _place(code: CodeType) -> tuple[str, str, int]:
    return code.co_filename, code.co_qualname, code.co_firstlineno


def _find_changed(old: CodeType, new: CodeType, changed: list[tuple[CodeType, CodeType]]) -> bool:
    """Add the outermost functions that differ; return whether nothing but functions does."""
    if len(old.co_consts) != len(new.co_consts) or old.co_code != new.co_code or old.co_names != new.co_names:
        return False
    for one, other in zip(old.co_consts, new.co_consts, strict=True):
        if isinstance(one, CodeType) and isinstance(other, CodeType):
            if one == other:
                continue
            if _is_class(one):
                if not _find_changed(one, other, changed):
                    return False
            elif one.co_name == other.co_name and one.co_freevars == other.co_freevars:
                changed.append((one, other))
            else:
                return False
        elif one != other or type(one) is not type(other):
            return False
    return True


def _is_class(code: CodeType) -> bool:
    return "__module__" in code.co_names and "__qualname__" in code.co_names


class _Replaced(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    """Finds one module, with another text than that of its file."""

    def __init__(self, name: str, path: Path, text: str) -> None:
        self.name, self.path, self.text = name, path, text

    def find_spec(self, fullname: str, path: Any, target: ModuleType | None = None) -> Any:
        if fullname != self.name:
            return None
        return importlib.util.spec_from_file_location(fullname, self.path, loader=self)

    def get_source(self, fullname: str) -> str:
        return self.text

    def get_code(self, fullname: str) -> CodeType | None:
        return compile(self.text, str(self.path), "exec", dont_inherit=True)


def _import_anew(path: Path, text: str) -> None:
    ours = (str(SCRIPTS), str(PROJECT / "tests"))
    for name, module in list(sys.modules.items()):
        if name != "__main__" and str(getattr(module, "__file__", None) or "").startswith(ours):
            del sys.modules[name]
    name = ".".join(path.relative_to(SCRIPTS).with_suffix("").parts)
    sys.meta_path.insert(0, _Replaced(name.removesuffix(".__init__"), path, text))
    importlib.invalidate_caches()

"""Finds out which tests run which lines of Dosje, and how long each takes; keeps it until program or tests change."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import coverage
import pytest

from forking_tests import PROJECT, SCRIPTS, Report, Task, cpu_seconds, run_all, run_tests

_LONGEST = 600.0


@dataclass(frozen=True)
class Covering:
    """Of each line (module's path below scripts/, number) the tests that run it; seconds of CPU of each that passes."""

    tests_by_line: dict[tuple[str, int], frozenset[str]]
    seconds: dict[str, float]
    failing: tuple[str, ...]


class _Watch:
    """A plugin that tells coverage which test runs, and takes the time."""

    def __init__(self, watched: coverage.Coverage) -> None:
        self.watched = watched
        self.seconds: dict[str, float] = defaultdict(float)
        self.failed: set[str] = set()

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        before = cpu_seconds()
        self.watched.switch_context(item.nodeid)
        try:
            return (yield)
        finally:
            self.watched.switch_context("")
            self.seconds[item.nodeid] += cpu_seconds() - before

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.add(report.nodeid)


def cover(files: Iterable[str], kept: Path, jobs: int) -> Covering:
    """Return what the tests in `files` run; what was found before is read from the folder `kept`."""
    names = {file: kept / f"{_digest(file)}.json" for file in files}
    kept.mkdir(parents=True, exist_ok=True)
    tasks = [Task(file, lambda file=file: _watch(file), _LONGEST) for file, path in names.items() if not path.is_file()]  # type: ignore[misc]
    for file, report in run_all(tasks, jobs):
        if report is None:
            raise RuntimeError(f"{file}: its tests did not end")
        names[file].write_text(json.dumps(report), encoding="utf-8")
    reports = [json.loads(path.read_text(encoding="utf-8")) for path in names.values()]
    tests: dict[tuple[str, int], set[str]] = defaultdict(set)
    for report in reports:
        for module, lines in report["lines"].items():
            for line, found in lines.items():
                tests[module, int(line)] |= {report["tests"][at] for at in found}
    failing = {name for report in reports for name in report["failed"]}
    seconds = {name: took for report in reports for name, took in report["seconds"].items() if name not in failing}
    by_line = {line: frozenset(found - failing) for line, found in tests.items()}
    return Covering(by_line, seconds, tuple(sorted(failing)))


def _watch(file: str) -> Report:
    watched = coverage.Coverage(data_file=None, include=[f"{SCRIPTS}/dosje/*"], config_file=False)
    watch = _Watch(watched)
    watched.start()
    run_tests([file], watch)
    watched.stop()
    data = watched.get_data()
    tests = sorted(watch.seconds)
    at = {name: index for index, name in enumerate(tests)}
    lines = {
        Path(module).relative_to(SCRIPTS).as_posix(): {
            str(line): sorted(at[name] for name in names if name in at)
            for line, names in data.contexts_by_lineno(module).items()
            if any(names)
        }
        for module in sorted(data.measured_files())
    }
    return {"tests": tests, "seconds": watch.seconds, "failed": sorted(watch.failed), "lines": lines}


def _digest(file: str) -> str:
    """Return what changes whenever the tests in a file may run other lines."""
    text = (PROJECT / file).read_text(encoding="utf-8")
    beside = [*(PROJECT / "tests").glob("*.py"), *(PROJECT / "tests" / "cases").iterdir()]
    named = [path for path in beside if path.stem in text or path.stem == "conftest"]
    paths = [PROJECT / file, *sorted(named), *sorted((SCRIPTS / "dosje").rglob("*.py"))]
    digest = hashlib.sha256(file.encode())
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:20]

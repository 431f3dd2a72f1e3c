"""Builds editions of growing size and prints what it costs: `build.py N [N ...]`. A table, never a test.

For each N an edition is made in a temporary folder and built three times, each in a process of its own,
and that `--runs` times over, in turn; the table has the smallest of each number, the run that the
machine disturbed least. On a shared machine one run can be half as slow again as the next.

    cold    dosje build, nothing built before (no .build, no site)
    warm    dosje build once more, with nothing changed
    mkdocs  plain `mkdocs build --clean` of the pages that dosje rendered, for comparison

Of each build the table has three numbers.

cpu   Seconds of processor time, user and system, of the process and of all its descendants that
      were waited for (wait4(2)). Steadier than wall time on a machine that does other work too.
wall  Seconds from start to end.
MB    ru_maxrss of wait4(2): the resident memory of the *largest single process* in the tree, at its
      highest. Not the sum: a parent that waits while MkDocs runs is not added to it. A child starts
      with its parent's figure, so this script keeps nothing in memory and makes the edition in a
      process of its own.

"ratio" is cold over plain mkdocs; "ms/page" is cold over the number of rendered Markdown pages.

The pace of a shared machine drifts, within a minute too, by more than what is to be measured. So a fixed
piece of work is timed again and again beside each build, on another core, and "paced" figures are
processor time in units of that work: "ratio paced" is the ratio to look at, and "paced/page", of cold, in
thousandths, the figure for growth.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from types import FrameType

PROJECT = Path(__file__).resolve().parents[1]
MAKE_EDITION = [sys.executable, str(Path(__file__).with_name("make_edition.py"))]
DOSJE = [sys.executable, "-m", "dosje.cli"]
MKDOCS = [sys.executable, "-m", "mkdocs"]
PAGES_DIR = ".build/pages"
LOG_LINES = 20


class BuildError(Exception):
    """A build ended badly, or not within its time; the text has the end of what it printed."""


@dataclass(frozen=True)
class Cost:
    """What one build took."""

    cpu: float  # seconds, user and system, with descendants
    wall: float  # seconds
    megabytes: float  # of the largest process
    paced: float  # cpu, in the time that a fixed piece of work took beside it


@dataclass(frozen=True)
class Row:
    """The costs of one edition."""

    size: int
    pages: int
    cold: Cost
    warm: Cost
    mkdocs: Cost

    def ratios(self) -> dict[str, float]:
        """Return how cold compares with plain MkDocs, and milliseconds per page."""
        return {
            "ratio_cpu": self.cold.cpu / self.mkdocs.cpu,
            "ratio_paced": self.cold.paced / self.mkdocs.paced,
            "ratio_wall": self.cold.wall / self.mkdocs.wall,
            "ms_per_page_cpu": self.cold.cpu * 1000 / self.pages,
            "ms_per_page_wall": self.cold.wall * 1000 / self.pages,
            "paced_per_page": self.cold.paced * 1000 / self.pages,
        }


def measure(command: Sequence[str], folder: Path, timeout: float) -> Cost:
    """Run the command in `folder` and return what it cost, with all processes it started.

    Raises BuildError if it fails or is not done after `timeout` seconds; then all of them are ended.
    """
    with tempfile.TemporaryFile() as log:
        started = time.perf_counter()
        # A session of its own, so that a child of the child ends with it.
        process = subprocess.Popen(
            command, cwd=folder, env=_environment(), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            start_new_session=True,
        )  # fmt: skip
        timer = threading.Timer(timeout, _end, (process.pid,))
        timer.daemon = True
        timer.start()
        try:
            with sample_pace() as paces:
                # WNOWAIT: the id stays taken until the timer cannot end another process of that id.
                os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
            wall = time.perf_counter() - started
        finally:
            _end(process.pid)  # whatever it left behind, and itself if we were interrupted
            timer.cancel()
            timer.join()
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        is_late = wall >= timeout
        if is_late or process.returncode != 0:
            log.seek(0)
            printed = log.read().decode(errors="replace").splitlines()[-LOG_LINES:]
            reason = f"not done after {timeout:g} s" if is_late else f"exit {process.returncode}"
            raise BuildError("\n".join([f"{' '.join(command)}: {reason}", *printed]))
    # Linux counts ru_maxrss in KiB, macOS in bytes.
    megabytes = usage.ru_maxrss / (1024 if sys.platform == "linux" else 1024 * 1024)
    cpu = usage.ru_utime + usage.ru_stime
    return Cost(cpu, wall, megabytes, cpu * statistics.fmean(1 / pace for pace in paces))


def measure_edition(size: int, seed: int, runs: int, folder: Path, timeout: float) -> Row:
    """Make an edition of `size` records in `folder`, build it in all three ways, and return the costs."""
    edition, other = folder / f"edition-{size}", folder / f"mkdocs-{size}"
    _report(f"{size} records: making the edition")
    measure([*MAKE_EDITION, str(size), str(edition), "--seed", str(seed)], folder, timeout)
    build = [*DOSJE, "build", "--project", str(edition)]
    composed = edition / "composed.yml"  # what dosje has MkDocs read, with paths that count from the edition
    plain = [*MKDOCS, "build", "--clean", "--strict", "-f", str(composed), "-d", str(other)]
    costs: dict[str, list[Cost]] = {"cold": [], "warm": [], "mkdocs": []}
    pages = 0
    for run in range(1, runs + 1):
        for made in (".build", "site"):
            shutil.rmtree(edition / made, ignore_errors=True)
        for name, command in (("cold", build), ("warm", build), ("mkdocs", plain)):
            _report(f"{size} records, run {run} of {runs}: {name}")
            if name == "mkdocs":
                shutil.copy(edition / ".build" / "mkdocs.yml", composed)
            costs[name].append(measure(command, edition, timeout))
        pages = sum(1 for _ in (edition / PAGES_DIR).rglob("*.md"))
        if not pages:
            raise BuildError(f"dosje build rendered no pages into {edition / PAGES_DIR}")
    return Row(size, pages, **{name: least_of(found) for name, found in costs.items()})


@contextmanager
def sample_pace() -> Iterator[list[float]]:
    """Yield a list that fills, once in half a second, with the seconds that a fixed piece of work takes meanwhile."""
    paces = [measure_pace()]
    is_over = threading.Event()

    def sample() -> None:
        while not is_over.wait(0.5):
            paces.append(measure_pace())

    sampler = threading.Thread(target=sample, daemon=True)
    sampler.start()
    try:
        yield paces
    finally:
        is_over.set()
        sampler.join()


def measure_pace() -> float:
    """Return the processor seconds that a fixed piece of work takes now: text looked through and put together."""
    text = "One [link](to/a/page.md), *one* word. " * 40
    started = time.thread_time()
    for number in range(250):
        parts = [word.strip("*[](),.") for word in text.split()]
        "".join(f"{part} {number}" for part in parts)
    return time.thread_time() - started


def least_of(costs: Sequence[Cost]) -> Cost:
    """Return the smallest of each number by itself."""
    return Cost(*(min(getattr(cost, name) for cost in costs) for name in ("cpu", "wall", "megabytes", "paced")))


def format_table(rows: Sequence[Row]) -> str:
    """Return the rows as a table for a terminal, which is a Markdown table too."""
    costs = [f"{build} {what}" for build in ("cold", "warm", "mkdocs") for what in ("cpu s", "wall s", "MB")]
    lines = [
        ["N", "pages", *costs, "ratio cpu", "ratio paced", "ratio wall", "cpu ms/page", "wall ms/page", "paced/page"]
    ]
    for row in rows:
        cells = [str(row.size), str(row.pages)]
        for cost in (row.cold, row.warm, row.mkdocs):
            cells += [f"{cost.cpu:.2f}", f"{cost.wall:.2f}", f"{cost.megabytes:.0f}"]
        ratios = row.ratios()
        cells += [f"{ratios[name]:.2f}" for name in ("ratio_cpu", "ratio_paced", "ratio_wall")]
        cells += [f"{ratios['ms_per_page_cpu']:.1f}", f"{ratios['ms_per_page_wall']:.1f}"]
        cells += [f"{ratios['paced_per_page']:.1f}"]
        lines.append(cells)
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    padded = [[cell.rjust(width) for cell, width in zip(line, widths, strict=True)] for line in lines]
    padded.insert(1, [f"{'-' * (width - 1)}:" for width in widths])
    return "\n".join(f"| {' | '.join(line)} |" for line in padded)


def to_json(rows: Sequence[Row]) -> str:
    """Return the rows as JSON: a list of {size, pages, cold, warm, mkdocs, ratio_…, ms_per_page_…}."""
    return json.dumps([asdict(row) | row.ratios() for row in rows], indent=2)


def main() -> int:
    """Measure what the command line asks for and print the table; return 0, 1 if a build fails, 2 for wrong usage."""
    arguments = _read_arguments()
    signal.signal(signal.SIGTERM, _exit)  # so that `timeout` too leaves no folder behind
    rows: list[Row] = []
    code = 0
    with _make_folder(arguments.keep) as folder:
        try:
            # The first start of Python compiles the modules; that is no build's own cost.
            for command in ([*DOSJE, "--help"], [*MKDOCS, "--version"]):
                measure(command, folder, arguments.timeout)
            for size in arguments.sizes:
                rows.append(measure_edition(size, arguments.seed, arguments.runs, folder, arguments.timeout))
        except BuildError as error:
            print(f"build: {error}", file=sys.stderr)
            code = 1
    if rows:
        print(to_json(rows) if arguments.json else format_table(rows))
    return code


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Print what it costs to build editions of N records.")
    parser.add_argument("sizes", metavar="N", type=int, nargs="+", help="numbers of records, e.g. 100 1000")
    parser.add_argument("--seed", type=int, default=1, help="seed of the editions (default: 1)")
    parser.add_argument("--runs", type=int, default=1, help="how often each is measured (default: 1)")
    parser.add_argument("--timeout", type=float, default=1800, help="seconds that one build may take (default: 1800)")
    parser.add_argument("--keep", action="store_true", help="keep the temporary folder, and say where it is")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    return parser.parse_args()


@contextmanager
def _make_folder(is_kept: bool) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="dosje-benchmark-"))
    try:
        yield folder
    finally:
        if is_kept:
            _report(f"kept {folder}")
        else:
            shutil.rmtree(folder)


def _environment() -> Mapping[str, str]:
    # This checkout's package, whether or not one is installed.
    paths = [str(PROJECT / "scripts"), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


def _end(group: int) -> None:
    # Only ever the session that `measure` began and has not yet waited for.
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


def _exit(number: int, frame: FrameType | None) -> None:
    # timeout(1) sends its signal twice; the second must not break off the cleaning up.
    signal.signal(number, signal.SIG_IGN)
    raise SystemExit(128 + number)


def _report(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())

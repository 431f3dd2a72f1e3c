"""Says which small mistakes in the code no test would see: .venv/bin/python benchmarks/mutants.py

A seeded sample of mutants (`mutating`) of five packages, spread by lines. Each runs against the tests that run its line
(`covering`), those that take least first, until one fails: then it is killed. One that no test kills has survived, and
benchmarks/mutants.md names it with a reason, written by hand: that the mutant is equivalent, or what is left open.
Reasons are kept when the table is written anew; without one, a survivor is shown as open.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import json
import re
import subprocess
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from covering import Covering, cover
from forking_tests import (
    PROJECT,
    SCRIPTS,
    Chosen,
    Report,
    Task,
    cpu_seconds,
    import_all,
    put_in_place,
    run_all,
    run_tests,
)
from mutating import Mutant, draw, lines_of

PACKAGES = ("values", "citing", "lookup", "exporting", "checking")
# The tests that may kill: of these packages, and of the one through which they are used.
TESTED_BY = (*PACKAGES, "edition")
# And of the tests of the first edition, the two of lookup and exporting.
OF_FIRST_EDITION = ("test_exports", "test_lookup")
# These take minutes: the oracle asks pandoc, the fuzzer builds.
SLOW = {"test_oracle", "test_fuzz"}
TABLE = PROJECT / "benchmarks" / "mutants.md"
KEPT = PROJECT / ".cache" / "mutants"
OPEN = "open"
# Seconds of CPU, as the tests take them without a mutant: what one mutant's tests may cost together.
_BUDGET = 20.0
# Where few tests run a line, those that run another line of its module have a go too.
_FEW = 3.0


@dataclass(frozen=True)
class Verdict:
    """What became of a mutant: how many tests were to kill it, and which did, "" for none."""

    mutant: Mutant
    tests: int
    killed_by: str


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=400)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--package", action="append", choices=PACKAGES, help="only mutants of this package")
    parser.add_argument("--afresh", action="store_true", help="forget which mutants were killed before")
    parser.add_argument("--write", action="store_true", help=f"write {TABLE.name}")
    said = parser.parse_args()
    sample = draw((line for path in modules_of(PACKAGES) for line in lines_of(path)), said.count, said.seed)
    if said.afresh:
        (KEPT / "killed.json").unlink(missing_ok=True)
    sample = [mutant for mutant in sample if not said.package or package_of(mutant) in said.package]
    files = test_files()
    import_all(files)
    covering = cover(files, KEPT, said.jobs)
    for name in covering.failing:
        print(f"fails without a mutant, and kills none: {name}")
    verdicts = list(try_all(sample, covering, said.jobs))
    table = format_table(verdicts, read_reasons(TABLE), said.seed)
    if said.write:
        TABLE.write_text(table, encoding="utf-8")
    print(table)
    print(f"{cpu_seconds():.0f} s of CPU")
    return 0


def modules_of(packages: Sequence[str]) -> Iterator[Path]:
    """Yield the modules of packages of Dosje."""
    for package in packages:
        yield from sorted((SCRIPTS / "dosje" / package).rglob("*.py"))


def package_of(mutant: Mutant) -> str:
    return mutant.path.relative_to(SCRIPTS / "dosje").parts[0]


def name_of(mutant: Mutant) -> str:
    """Return what a mutant is called wherever its line stands: its module, and the code before and after."""
    return f"{package_of(mutant)}/{mutant.path.stem}: {_code(mutant.before)} → {_code(mutant.after)}"


def test_files() -> list[str]:
    folders = (PROJECT / "tests" / name for name in TESTED_BY)
    paths = [path for folder in folders for path in sorted(folder.glob("test_*.py"))]
    paths += [PROJECT / "tests" / "first_edition" / f"{name}.py" for name in OF_FIRST_EDITION]
    return [path.relative_to(PROJECT).as_posix() for path in paths if path.stem not in SLOW]


def try_all(sample: Sequence[Mutant], covering: Covering, jobs: int) -> Iterator[Verdict]:
    """Yield the verdict on each mutant, in order. Raises RuntimeError where the tests fail without a mistake."""
    kept = _Kept(KEPT / "killed.json")
    chosen = {str(at): choose(mutant, covering) for at, mutant in enumerate(sample)}
    control = Mutant(sample[0].path, 1, "", "", sample[0].original, sample[0].original + "\n")
    chosen["control"] = chosen["0"] | choose(sample[-1], covering)
    tasks = [_task("control", control, chosen["control"], covering)]
    killers = {str(at): killer for at, mutant in enumerate(sample) if (killer := kept.killer_of(mutant))}
    tasks += [
        _task(name, sample[int(name)], chosen[name], covering) for name in chosen if name not in {*killers, "control"}
    ]
    for done, (name, report) in enumerate(run_all(tasks, jobs), start=1):
        killers[name] = _killer(report)
        if name == "control" and killers[name]:
            raise RuntimeError(f"without a mutant the tests fail too: {report}")
        if name != "control":
            kept.keep(sample[int(name)], killers[name])
        print(f"{done} of {len(tasks)}", end="\r", flush=True)
    for at, mutant in enumerate(sample):
        yield Verdict(mutant, len(chosen[str(at)]), killers[str(at)])


class _Kept:
    """The mutants that were killed before: they are dead as long as their module and the test that killed them stay."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._killers: dict[str, list[str]] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}

    def killer_of(self, mutant: Mutant) -> str:
        killer, test = self._killers.get(_digest(mutant.text), ("", ""))
        return killer if test == self._digest_of(killer) else ""

    def keep(self, mutant: Mutant, killer: str) -> None:
        self._killers[_digest(mutant.text)] = [killer, self._digest_of(killer)]
        self._path.write_text(json.dumps(self._killers), encoding="utf-8")

    def _digest_of(self, killer: str) -> str:
        """Return the digest of the file of a test; "" for what no test killed, or nothing."""
        path = PROJECT / killer.partition("::")[0]
        return _digest(path.read_text(encoding="utf-8")) if path.is_file() else ""


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def _task(name: str, mutant: Mutant, tests: Mapping[str, int], covering: Covering) -> Task:
    seconds = sum(covering.seconds[test] for test in tests)
    return Task(name, lambda: _try(mutant, tests), 3 * seconds + 15)


def _try(mutant: Mutant, tests: Mapping[str, int]) -> Report:
    put_in_place(mutant.path, mutant.original, mutant.text)
    plugin = Chosen(dict(tests))
    files = list(dict.fromkeys(test.partition("::")[0] for test in tests))
    code = run_tests(files, plugin, "-x") if tests else 5
    return {"code": code, "failed": plugin.failed}


def _killer(report: Report | None) -> str:
    """Return what killed the mutant. pytest ends with 0 if all tests pass, and with 5 if there is none."""
    if report is None:
        return "it did not end"
    if report["code"] in (0, 5):
        return ""
    return str(report["failed"]) or "it cannot be imported"


def choose(mutant: Mutant, covering: Covering) -> dict[str, int]:
    """Return the tests that are to kill the mutant, each with its place in their order."""
    module = mutant.path.relative_to(SCRIPTS).as_posix()
    of_module = {test for (path, _), tests in covering.tests_by_line.items() if path == module for test in tests}
    direct: set[str] = set()
    for lines in ([mutant.line], _lines_of_statement(mutant)):
        direct = direct or {test for line in lines for test in covering.tests_by_line.get((module, line), ())}
    if not direct:  # it runs on import only, and a test of it may run no line of the module
        name = f"{package_of(mutant)}.{mutant.path.stem}"
        files = {file for file in test_files() if name in (PROJECT / file).read_text(encoding="utf-8")}
        direct = of_module | {test for test in covering.seconds if test.partition("::")[0] in files}
    chosen = _take(direct, covering, _BUDGET)
    left = _FEW - sum(covering.seconds[test] for test in chosen)
    chosen |= _take(of_module - direct, covering, left)
    # A file's tests stand together, because they share what is made for them.
    cost: Counter[str] = Counter()
    for test in chosen:
        cost[test.partition("::")[0]] += covering.seconds[test]  # type: ignore[assignment]
    known = {test: at for at, test in enumerate(covering.seconds)}
    order = sorted(chosen, key=lambda test: (cost[test.partition("::")[0]], known[test]))
    return {test: at for at, test in enumerate(order)}


def _take(tests: set[str], covering: Covering, seconds: float) -> set[str]:
    taken = set()
    for test in sorted(tests, key=lambda test: (covering.seconds[test], test)):
        seconds -= covering.seconds[test]
        if seconds < 0:
            break
        taken.add(test)
    return taken


def _lines_of_statement(mutant: Mutant) -> range:
    """Return the lines of the innermost statement, of one with a body only those before it."""
    found = range(mutant.line, mutant.line + 1)
    for node in ast.walk(ast.parse(mutant.original)):
        if isinstance(node, ast.stmt) and node.lineno <= mutant.line <= (node.end_lineno or 0):
            body = getattr(node, "body", None)
            found = range(node.lineno, body[0].lineno if body else (node.end_lineno or 0) + 1)
    return found


def format_table(verdicts: Sequence[Verdict], reasons: Mapping[str, str], seed: int) -> str:
    """Return benchmarks/mutants.md: counts by package, and each survivor with its reason."""
    survivors = [verdict for verdict in verdicts if not verdict.killed_by]
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=True).stdout
    lines = [
        "# Mutants that no test kills",
        "",
        f"Made by `benchmarks/mutants.py`, which says how: {len(verdicts)} mutants, seed {seed}, on {commit.strip()}.",
        f"{len(survivors)} survive, {100 * len(survivors) / max(len(verdicts), 1):.1f} %.",
        "",
        "| Package | Mutants | Killed | Survive |",
        "|:--------|--------:|-------:|--------:|",
    ]
    for package in PACKAGES:
        own = [verdict for verdict in verdicts if package_of(verdict.mutant) == package]
        killed = sum(bool(verdict.killed_by) for verdict in own)
        lines.append(f"| {package} | {len(own)} | {killed} | {len(own) - killed} |")
    lines += ["", "| Survivor | Tests that run it | Reason |", "|:--|--:|:--|"]
    for verdict in survivors:
        name = name_of(verdict.mutant)
        lines.append(f"| {name} | {verdict.tests} | {reasons.get(name, OPEN)} |")
    return "\n".join(lines) + "\n"


def read_reasons(table: Path) -> dict[str, str]:
    """Return the reasons that stand in the table, by the name of the survivor."""
    if not table.is_file():
        return {}
    rows = re.findall(r"^\| (.* → .*) \| \d+ \| (.*) \|$", table.read_text(encoding="utf-8"), re.MULTILINE)
    return dict(rows)


def _code(text: str) -> str:
    shown = " ".join(text.split()).replace("|", "¦").replace("`", "ˋ")
    return f"`{shown}`" if shown else "nothing"


if __name__ == "__main__":
    raise SystemExit(main())

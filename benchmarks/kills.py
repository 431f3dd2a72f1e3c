"""Kills the verbs that write at moments chosen by a seed, and prints what they left: `kills.py [N] [--verbs build …]`.

A tiny edition has two versions, "old" and "new". One is made whole; then the verb is started for the other, and ended
by SIGKILL (the process alone: what it had started lives on for a moment, as it does when the system is out of memory).
After each kill, what readers get must be one version, whole: the site and the published folder agree with their
manifest and with one version's, PDF, e-book and zip are one version's bytes. After every tenth, and at the end, the
verb runs undisturbed: it must end with 0, have made the version asked for, and leave no file that a quiet run does not.
Beside builds and publishing somebody reads all the time; each file read must be one version's.

Exit code 1 if anything was otherwise. The table:

kills   runs that were killed; those that ended before their moment are not counted
old     times that the version stood that was there before
new     times that the version stood that was being made
other   times that something else stood
stray   files that lay about after an undisturbed run
failed  undisturbed runs that did not end with 0, or made something else
reads   files read beside it, and how many were missing or of neither version
"""

from __future__ import annotations

import argparse
import hashlib
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dosje.system.manifest import NAME, hash_tree, read_manifest

SEED = 14
DOSJE = [sys.executable, "-m", "dosje.cli"]
VERBS = ("build", "publish", "pdf", "epub", "bundle")
VERSIONS = ("old", "new")
_WHOLE_EVERY = 10
_TIMEOUT = 300
# Written by each run anew, or by the system.
_ANY = (".build/spare/", "site/", ".build/cache/")

State = str


@dataclass
class Row:
    """What the kills of one verb left."""

    kills: int = 0
    old: int = 0
    new: int = 0
    other: int = 0
    stray: int = 0
    failed: int = 0
    reads: int = 0
    torn: int = 0

    @property
    def is_good(self) -> bool:
        return not (self.other or self.stray or self.failed or self.torn)


@dataclass(frozen=True)
class Bench:
    """Two projects whose editions differ, and what a verb makes of them."""

    verb: str
    top: Path

    def project(self, version: str) -> Path:
        # One that changes, but of publishing, which takes a built site, two.
        return self.top / (version if self.verb == "publish" else "edition")

    @property
    def target(self) -> Path:
        return self.top / "www" / "edition"

    @property
    def tree(self) -> Path | None:
        return {"build": self.top / "edition" / "site", "publish": self.target}.get(self.verb)

    def command(self, version: str) -> list[str]:
        more = ["--to", str(self.target)] if self.verb == "publish" else []
        return [*DOSJE, self.verb, *more, "--project", str(self.project(version))]

    def write(self, version: str) -> None:
        write_edition(self.project(version), version)

    def read(self) -> State:
        """Return a digest of what readers get, "torn" if it is not whole."""
        if self.tree is None:
            ending = {"pdf": "pdf", "epub": "epub", "bundle": "zip"}[self.verb]
            return digest((self.top / "edition" / ".build" / "downloads" / f"edition.{ending}").read_bytes())
        manifest = read_manifest(self.tree)
        if manifest is None or manifest.sums != hash_tree(self.tree):
            return "torn"
        return digest(repr(sorted(manifest.own.items())).encode())

    def stray(self) -> set[str]:
        found = {path.relative_to(self.top).as_posix() for path in self.top.rglob("*") if not path.is_dir()}
        return {name for name in found if not any(part in f"/{name}" for part in _ANY)}


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def write_edition(root: Path, version: str) -> None:
    """Write an edition of one person and one essay, whose title, and so every page, names the version."""
    files = {
        "mkdocs.yml": f"site_name: The {version} edition\ntheme: mkdocs\n",
        "content/persons/kapo.yml": f"name: {{family: Kapo, given: {version}}}\n",
        "content/essays/one.md": f"---\ntitle: The {version} one\n---\n[Kapo](person:kapo) spoke.\n",
        f"content/essays/{version}.md": "---\ntitle: Two\n---\n[Kapo](person:kapo) was silent.\n",
    }
    for gone in (root / "content" / "essays").glob("*.md"):
        gone.unlink()
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


def run(command: list[str]) -> bool:
    done = subprocess.run(command, capture_output=True, check=False, timeout=_TIMEOUT)
    if done.returncode:
        print(done.stderr.decode(errors="replace")[-2000:], file=sys.stderr)
    return done.returncode == 0


def kill_after(command: list[str], seconds: float) -> bool:
    """Start a command and kill it; return False if it ended before."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            return True
    return False


def bench_verb(verb: str, count: int, top: Path, tell: Callable[[str], None]) -> Row:
    """Kill a verb so many times, and return what that left."""
    bench, row, chance = Bench(verb, top), Row(), random.Random(f"{SEED} {verb}")
    states, quiet, took = prepare(bench)
    stands = VERSIONS[0]
    with reading(bench, row):
        while row.kills < count:
            wanted = VERSIONS[1 - VERSIONS.index(stands)]
            bench.write(wanted)
            is_killed = kill_after(bench.command(wanted), chance.uniform(0.3, 1.1) * took)
            row.kills += is_killed
            found = bench.read()
            row.old += is_killed and found == states[stands]
            row.new += is_killed and found == states[wanted]
            row.other += found not in states.values()
            stands = next((version for version in VERSIONS if states[version] == found), stands)
            if row.kills % _WHOLE_EVERY == 0 or row.kills == count:
                started = time.perf_counter()
                is_good = run(bench.command(wanted)) and bench.read() == states[wanted]
                # Beside a reader, and whatever else runs, it takes longer than it took alone.
                took = time.perf_counter() - started
                row.failed += not is_good
                stray = bench.stray() - quiet
                row.stray += len(stray)
                stands = wanted
                if not is_good or stray:
                    tell(f"{verb}, kill {row.kills}: {'' if is_good else 'the next run failed'} {sorted(stray)[:5]}")
    return row


def prepare(bench: Bench) -> tuple[Mapping[str, State], set[str], float]:
    """Make both versions, the old one last; return what readers get of each, all files there are, a run's seconds."""
    for version in VERSIONS:
        bench.write(version)
        if bench.verb == "publish":
            assert run([*DOSJE, "build", "--project", str(bench.project(version))])
    states: dict[str, State] = {}
    quiet: set[str] = set()
    # What is published has something of the version before, and so has the spare, in the end.
    for version in (*(VERSIONS * (2 if bench.verb == "publish" else 1)), VERSIONS[0]):
        bench.write(version)
        started = time.perf_counter()
        assert run(bench.command(version)), bench.command(version)
        took = time.perf_counter() - started
        states[version] = bench.read()
        quiet |= bench.stray()
    assert states["old"] != states["new"]
    return states, quiet, took


@contextmanager
def reading(bench: Bench, row: Row) -> Iterator[None]:
    """Read the tree that others read, file by file, until the block ends; count what is of neither version."""
    if bench.tree is None:
        yield
        return
    tree, has_ended = bench.tree, threading.Event()
    trees = [tree, *tree.parent.glob(".*.dosje/spare"), *tree.parent.glob(".build/spare")]
    sums = [manifest.own for manifest in map(read_manifest, trees) if manifest]
    assert len(sums) == 2
    allowed = {path: {one[path] for one in sums} for path in sums[0].keys() & sums[1].keys() if path != NAME}

    def read() -> None:
        while not has_ended.wait(0.02):
            for path, digests in allowed.items():
                try:
                    is_torn = digest((tree / path).read_bytes()) not in digests
                except OSError:
                    is_torn = True
                row.reads += 1
                row.torn += is_torn

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    try:
        yield
    finally:
        has_ended.set()
        thread.join()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", nargs="?", type=int, default=200, help="kills of each verb")
    parser.add_argument("--verbs", nargs="+", choices=VERBS, default=VERBS)
    asked = parser.parse_args()
    print("| verb | kills | old | new | other | stray | failed | reads | torn |\n|:--" + "|--:" * 8 + "|", flush=True)
    is_good = True
    for verb in asked.verbs:
        with tempfile.TemporaryDirectory() as name:
            row = bench_verb(verb, asked.count, Path(name), lambda text: print(text, file=sys.stderr))
        counts = (row.kills, row.old, row.new, row.other, row.stray, row.failed, row.reads, row.torn)
        print(f"| {verb} | {' | '.join(f'{count:,}' for count in counts)} |", flush=True)
        is_good = is_good and row.is_good
    sys.exit(0 if is_good else 1)


if __name__ == "__main__":
    main()

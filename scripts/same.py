"""Says whether a change leaves every byte of output as it was: `make same`, or `make same SINCE=COMMIT`.

The first edition and tests/mini are built by the program of a commit and by that of the working tree: site, PDF,
booklets, EPUB, zip, every export, and what `dosje check` says. The SHA-256 of each file and answer is compared, and
those that differ are named. What a commit makes is kept in .same/, so it is built once. Ends with 1 if anything
differs.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
EDITIONS = {"first edition": ".", "mini": "tests/mini"}
MAKING = (["pdf"], ["pdf", "all"], ["epub"], ["bundle"], ["build"])
FORMATS = ("bibtex", "biblatex", "ris", "csl-json", "json")
ANSWERS = (["check"], *(["export", form] for form in FORMATS))
_MADE = ("site", ".build/downloads")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("commit", nargs="?", default="HEAD", help="the commit to compare with (default: HEAD)")
    asked = parser.parse_args().commit
    try:
        commit = _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{asked}^{{commit}}")
    except subprocess.CalledProcessError:
        parser.error(f'there is no commit "{asked}"')
    before, now = digests_of_commit(commit), digests_of(PROJECT)
    differences = compare(before, now)
    for line in differences:
        print(line)
    print(f"{len(now)} files and answers, {len(differences)} differ from those of {commit[:7]}")
    return 1 if differences else 0


def compare(before: dict[str, str], now: dict[str, str]) -> list[str]:
    """Return a line for each name whose digest is gone, new or another, in the order of the names."""
    return [
        f"{'new' if name not in before else 'gone' if name not in now else 'differs'}: {name}"
        for name in sorted(before.keys() | now.keys())
        if before.get(name) != now.get(name)
    ]


def digests_of_commit(commit: str) -> dict[str, str]:
    """Return what the program and the editions of a commit make, as `digests_of` does."""
    kept = PROJECT / ".same" / f"{commit}.json"
    if not kept.is_file():
        with tempfile.TemporaryDirectory() as folder:
            tree = Path(folder) / "tree"
            _git("worktree", "add", "--detach", str(tree), commit)
            try:
                found = digests_of(tree)
            finally:
                _git("worktree", "remove", "--force", str(tree))
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(found, indent=1), encoding="utf-8")
    digests: dict[str, str] = json.loads(kept.read_text(encoding="utf-8"))
    return digests


def digests_of(tree: Path) -> dict[str, str]:
    """Return the SHA-256 of each file and answer that the program in a checkout makes of the editions in it."""
    found: dict[str, str] = {}
    for title, place in EDITIONS.items():
        with _copy_of(tree, place) as root:
            for arguments in MAKING:
                _run(tree, root, arguments)
            for folder in _MADE:
                for path in sorted((root / folder).rglob("*")):
                    if path.is_file():
                        found[f"{title}: {path.relative_to(root).as_posix()}"] = _digest(path.read_bytes())
            for arguments in ANSWERS:
                found[f"{title}: dosje {' '.join(arguments)}"] = _digest(_run(tree, root, arguments))
    return found


@contextmanager
def _copy_of(tree: Path, place: str) -> Iterator[Path]:
    """Yield a folder with an edition, and with the history of the records, which the feed tells."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "edition"
        if place == ".":
            subprocess.run(["git", "clone", "-q", "--no-checkout", "--shared", str(tree), str(root)], check=True)
        root.mkdir(exist_ok=True)
        for name in ("content", "bibliography"):
            shutil.copytree(tree / place / name, root / name)
        shutil.copy(tree / place / "mkdocs.yml", root)
        yield root


def _run(tree: Path, root: Path, arguments: list[str]) -> bytes:
    command = [sys.executable, "-m", "dosje.cli", *arguments, "--project", str(root)]
    environment = {**os.environ, "PYTHONPATH": str(tree / "scripts"), "PYTHONSAFEPATH": "1"}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, check=False)
    if done.returncode:
        sys.exit(f"dosje {' '.join(arguments)} ended with {done.returncode}:\n{done.stderr.decode()}")
    return done.stdout


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=PROJECT, capture_output=True, text=True, check=True)
    return done.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())

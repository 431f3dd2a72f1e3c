#!/usr/bin/env python3
"""Makes a release of the program: `scripts/release.py 1.2.3`, or `make release VERSION=1.2.3`.

`dosje release` is another thing: it releases an edition.

The version is written into the package, what is unreleased in CHANGELOG.md gets its heading, both are committed and
tagged, and wheel and sdist of the commit are put into dist/. All this is made in a working tree of its own; branch, tag
and dist/ get it at the end, or, whatever fails, nothing of it. Nothing is sent anywhere.

Exit codes: 0 good, 2 not possible as things are.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

PACKAGE = "scripts/dosje/__init__.py"
CHANGELOG = "CHANGELOG.md"
_USAGE = "usage: scripts/release.py VERSION, e.g. 1.2.3"
# Three numbers without leading zeros, as https://semver.org has them; nothing else has been needed yet.
_VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")
_ASSIGNED = re.compile(r'^__version__ = "([^"]*)"$', re.MULTILINE)
_UNRELEASED = re.compile(r"^## \[Unreleased\][^\n]*\n(.*?)(?=^## |^\[[^\]\n]+\]: |\Z)", re.MULTILINE | re.DOTALL)
# As https://keepachangelog.com has it at the end of the file: all that came since a tag.
_LINK = re.compile(r"^\[unreleased\]: *(\S+/compare/)(\S+?)\.\.\.HEAD$", re.MULTILINE | re.IGNORECASE)


class NotPossibleError(Exception):
    """A release cannot be made as things are; says why, and what to do."""


@dataclass(frozen=True)
class Release:
    """A release as text: what the two files that it changes will hold, and what the tag says."""

    version: str
    package: str
    changelog: str
    notes: str

    @property
    def tag(self) -> str:
        return f"v{self.version}"


def plan_release(package: str, changelog: str, version: str, today: date) -> Release:
    """Return the release of `version` from the texts of the two files. Raises NotPossibleError."""
    if not _VERSION.fullmatch(version):
        raise NotPossibleError(f'"{version}" is not a version of three numbers, such as 1.2.3')
    written = _ASSIGNED.search(package)
    if written is None:
        raise NotPossibleError(f'{PACKAGE} has no line __version__ = "…"')
    if _numbers(version) < _numbers(written[1]):
        raise NotPossibleError(f"{version} comes before {written[1]}, which {PACKAGE} has now")
    if f"## [{version}]" in changelog:
        raise NotPossibleError(f"{CHANGELOG} has a section [{version}] already")
    notes = _unreleased(changelog)
    return Release(
        version,
        _ASSIGNED.sub(f'__version__ = "{version}"', package),
        _close_section(changelog, version, today),
        notes,
    )


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def _unreleased(changelog: str) -> str:
    """Return what stands under "Unreleased". Headings alone are nothing."""
    section = _UNRELEASED.search(changelog)
    if section is None:
        raise NotPossibleError(f"{CHANGELOG} has no section ## [Unreleased]")
    if not any(line.strip() and not line.startswith("#") for line in section[1].splitlines()):
        raise NotPossibleError(f"{CHANGELOG} has nothing under ## [Unreleased]: say there what is new")
    return section[1].strip()


def _close_section(changelog: str, version: str, today: date) -> str:
    """Return the changelog with a new, empty section "Unreleased" above what is released, and a link to each."""
    start = _UNRELEASED.search(changelog)
    assert start is not None
    heading = f"## [Unreleased]\n\n## [{version}] - {today.isoformat()}\n"
    closed = changelog[: start.start()] + heading + changelog[start.start(1) :]
    return _LINK.sub(rf"[Unreleased]: \g<1>v{version}...HEAD" + "\n" + rf"[{version}]: \g<1>\g<2>...v{version}", closed)


def make_release(root: Path, version: str, today: date) -> Release:
    """Make the release of the commit that the repository `root` is at.

    Raises NotPossibleError; the repository is then as it was.
    """
    branch = _check_tree(root, version)
    release = plan_release(_read(root / PACKAGE), _read(root / CHANGELOG), version, today)
    with _working_tree(root) as tree:
        (tree / PACKAGE).write_text(release.package, encoding="utf-8", newline="")
        (tree / CHANGELOG).write_text(release.changelog, encoding="utf-8", newline="")
        # The hooks have run for what is released, and there are no tools in this tree.
        _git(tree, "commit", "-q", "--no-verify", "-m", f"Release {version}", "--", PACKAGE, CHANGELOG)
        commit = _git(tree, "rev-parse", "HEAD")
        built = _build(tree, tree.parent / "dist", version)
        _publish(root, branch, commit, release, built)
    return release


def _check_tree(root: Path, version: str) -> str:
    """Return the branch that is checked out. Raises NotPossibleError."""
    branch = _git(root, "branch", "--show-current")
    if not branch:
        raise NotPossibleError("no branch is checked out; git switch to the one that is to be released")
    if _git(root, "status", "--porcelain"):
        raise NotPossibleError("there are changes that are not committed (git status); commit or stash them")
    if _git(root, "tag", "--list", f"v{version}"):
        raise NotPossibleError(f"there is a tag v{version} already")
    return branch


@contextmanager
def _working_tree(root: Path) -> Iterator[Path]:
    """Yield a working tree of HEAD, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="dosje-release-") as folder:
        tree = Path(folder) / "tree"
        try:
            _git(root, "worktree", "add", "-q", "--detach", str(tree), "HEAD")
            yield tree
        finally:
            shutil.rmtree(tree, ignore_errors=True)
            _git(root, "worktree", "prune")


def _build(tree: Path, target: Path, version: str) -> list[Path]:
    """Return wheel and sdist of a tree; the wheel is built from the sdist, so that both are whole."""
    day = _git(tree, "log", "-1", "--format=%ct")
    command = [sys.executable, "-m", "uv", "build", "--offline", "--no-build-isolation", "--python", sys.executable]
    _run([*command, "--out-dir", str(target), str(tree)], tree, os.environ | {"SOURCE_DATE_EPOCH": day})
    built = sorted(path for path in target.iterdir() if path.name != ".gitignore")
    if [path.name for path in built] != [f"dosje-{version}-py3-none-any.whl", f"dosje-{version}.tar.gz"]:
        raise NotPossibleError(f"wheel and sdist of {version} were to be built, and {[p.name for p in built]} were")
    return built


def _publish(root: Path, branch: str, commit: str, release: Release, built: Sequence[Path]) -> None:
    """Put files, tag and commit where they belong, the commit last; take all back if that cannot be."""
    target = root / "dist"
    is_tagged = False
    try:
        target.mkdir(exist_ok=True)
        for path in built:
            shutil.copy(path, target / path.name)
        title = f"Dosje {release.version}\n\n{release.notes}\n"
        _git(root, "tag", "-a", "--cleanup=whitespace", "-F", "-", release.tag, commit, typed=title)
        is_tagged = True
        if _git(root, "branch", "--show-current") != branch:
            raise NotPossibleError(f"{branch} was left meanwhile")
        # Refused if somebody has committed meanwhile, or changed what it would write.
        _git(root, "merge", "-q", "--ff-only", commit)
    except BaseException:
        if is_tagged:
            _git(root, "tag", "-d", release.tag)
        for path in built:
            (target / path.name).unlink(missing_ok=True)
        if not any(target.iterdir()):
            target.rmdir()
        raise


def _read(path: Path) -> str:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return file.read()
    except OSError as error:
        raise NotPossibleError(f"{path.name} cannot be read: {error.strerror}") from error


def _git(root: Path, *arguments: str, typed: str = "") -> str:
    return _run(["git", *arguments], root, None, typed)


def _run(command: Sequence[str], folder: Path, environment: dict[str, str] | None = None, typed: str = "") -> str:
    done = subprocess.run(
        command, cwd=folder, env=environment, input=typed, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        said = (done.stderr or done.stdout).strip()
        raise NotPossibleError(f"{' '.join(command[:4])} … failed:\n{said}")
    return done.stdout.strip()


def main(arguments: Sequence[str]) -> int:
    """Make the release, say what is next, and return the exit code."""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        print(_USAGE, file=sys.stderr)
        return 2
    try:
        root = Path(_git(Path.cwd(), "rev-parse", "--show-toplevel"))
        release = make_release(root, arguments[0], datetime.now(UTC).date())
    except NotPossibleError as error:
        print(f"no release: {error}", file=sys.stderr)
        return 2
    print(f"released {release.version}: commit, tag {release.tag}, dist/")
    print(f"next: git push --atomic origin HEAD {release.tag}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""A release is made by one command, whole or not at all: tried in a small repository with our pyproject.toml."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from conftest import PROJECT

pytestmark = pytest.mark.whole

TODAY = datetime.now(UTC).date().isoformat()
PACKAGE = '"""A small program."""\n\n__version__ = "0.1.0"\n'
BEFORE = """\
# Changelog

What is new.

## [Unreleased]

### Added
- A button, which does
  [what it says](README.md).

### Fixed
- A comma.

## [0.1.0] - 2026-11-01

- All of it.

[Unreleased]: https://example.org/dosje/compare/v0.1.0...HEAD
[0.1.0]: https://example.org/dosje/releases/tag/v0.1.0
"""
AFTER = f"""\
# Changelog

What is new.

## [Unreleased]

## [0.2.0] - {TODAY}

### Added
- A button, which does
  [what it says](README.md).

### Fixed
- A comma.

## [0.1.0] - 2026-11-01

- All of it.

[Unreleased]: https://example.org/dosje/compare/v0.2.0...HEAD
[0.2.0]: https://example.org/dosje/compare/v0.1.0...v0.2.0
[0.1.0]: https://example.org/dosje/releases/tag/v0.1.0
"""
NOTES = "### Added\n- A button, which does\n  [what it says](README.md).\n\n### Fixed\n- A comma."


def run(root: Path, *command: str) -> tuple[int, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PYTHON"))}
    done = subprocess.run(
        command, cwd=root, env=clean | {"GIT_CONFIG_GLOBAL": os.devnull}, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def git(root: Path, *arguments: str) -> str:
    code, said = run(root, "git", *arguments)
    assert code == 0, said
    return said.strip()


def release(root: Path, *arguments: str) -> tuple[int, str]:
    return run(root, sys.executable, str(PROJECT / "scripts" / "release.py"), *arguments)


def commit(root: Path, **files: str) -> None:
    for name, text in files.items():
        (root / name.replace("_md", ".md").replace("_py", ".py")).write_text(text, encoding="utf-8")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "Change")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a repository in a folder whose name has a space and a foreign letter."""
    root = tmp_path / "Ë dosje"
    (root / "scripts" / "dosje").mkdir(parents=True)
    for name in ("pyproject.toml", ".gitignore", "LICENSE", "LICENSES.md"):
        shutil.copy(PROJECT / name, root)
    (root / "scripts/dosje/__init__.py").write_text(PACKAGE, encoding="utf-8")
    (root / "README.md").write_text("# A small program\n", encoding="utf-8")
    git(root, "-c", "init.defaultBranch=main", "init", "-q")
    git(root, "config", "user.name", "An Editor")
    git(root, "config", "user.email", "editor@example.org")
    commit(root, CHANGELOG_md=BEFORE)
    return root


def state(root: Path) -> tuple[str, ...]:
    """Return all that a release changes: commits, branches, tags, working trees, files."""
    files = sorted(path.name for path in root.iterdir())
    asked = (["log", "--all", "--format=%H %D"], ["tag"], ["worktree", "list"], ["status", "--porcelain", "--ignored"])
    return (*(git(root, *arguments) for arguments in asked), *files)


@pytest.mark.whole
def test_a_release_is_a_commit_with_a_tag_and_two_files_in_dist(root: Path) -> None:
    before = git(root, "rev-parse", "HEAD")
    code, said = release(root, "0.2.0")
    assert (code, said.splitlines()) == (
        0,
        ["released 0.2.0: commit, tag v0.2.0, dist/", "next: git push --atomic origin HEAD v0.2.0"],
    )
    assert git(root, "log", "--format=%s", f"{before}..HEAD") == "Release 0.2.0"
    assert git(root, "diff", "--name-only", before, "HEAD").splitlines() == [
        "CHANGELOG.md",
        "scripts/dosje/__init__.py",
    ]
    assert (root / "CHANGELOG.md").read_text(encoding="utf-8") == AFTER
    assert (root / "scripts/dosje/__init__.py").read_text() == PACKAGE.replace("0.1.0", "0.2.0")
    assert git(root, "rev-parse", "v0.2.0^{commit}") == git(root, "rev-parse", "main")
    assert git(root, "tag", "-l", "--format=%(contents)", "v0.2.0") == f"Dosje 0.2.0\n\n{NOTES}"
    assert sorted(path.name for path in (root / "dist").iterdir()) == [
        "dosje-0.2.0-py3-none-any.whl",
        "dosje-0.2.0.tar.gz",
    ]
    assert git(root, "status", "--porcelain") == ""
    assert len(git(root, "worktree", "list").splitlines()) == 1


@pytest.mark.whole
def test_wheel_and_sdist_have_the_version_and_the_program(root: Path) -> None:
    assert release(root, "0.2.0")[0] == 0
    wheel = zipfile.ZipFile(root / "dist/dosje-0.2.0-py3-none-any.whl")
    assert b"\nVersion: 0.2.0\n" in wheel.read("dosje-0.2.0.dist-info/METADATA")
    assert b'__version__ = "0.2.0"' in wheel.read("dosje/__init__.py")
    with tarfile.open(root / "dist/dosje-0.2.0.tar.gz") as sdist:
        assert {"dosje-0.2.0/pyproject.toml", "dosje-0.2.0/scripts/dosje/__init__.py"} <= set(sdist.getnames())


@pytest.mark.whole
def test_the_version_that_the_package_has_can_be_the_first_release(root: Path) -> None:
    commit(root, CHANGELOG_md="# Changelog\n\n## [Unreleased]\n\n- All of it.\n")
    assert release(root, "0.1.0")[0] == 0
    assert (root / "CHANGELOG.md").read_text() == (
        f"# Changelog\n\n## [Unreleased]\n\n## [0.1.0] - {TODAY}\n\n- All of it.\n"
    )


@pytest.mark.whole
def test_after_a_release_there_is_nothing_to_release(root: Path) -> None:
    assert release(root, "0.2.0")[0] == 0
    code, said = release(root, "0.2.1")
    assert (code, said) == (
        2,
        "no release: CHANGELOG.md has nothing under ## [Unreleased]: say there what is new\n",
    )


def refuse(root: Path, version: str, why: str) -> None:
    before = state(root)
    code, said = release(root, version)
    assert (code, why in said, said.startswith("no release: ")) == (2, True, True), said
    assert "Traceback" not in said
    assert state(root) == before


@pytest.mark.parametrize("version", ["1.2", "v1.2.3", "1.2.3rc1", "01.2.3", "", "1.2.3\n", "$(touch x)"])
def test_what_is_no_version_of_three_numbers_is_refused(version: str, root: Path) -> None:
    refuse(root, version, "is not a version of three numbers, such as 1.2.3")


def test_a_version_before_the_one_that_stands_is_refused(root: Path) -> None:
    refuse(root, "0.0.9", "0.0.9 comes before 0.1.0")


def test_a_version_whose_section_is_there_is_refused(root: Path) -> None:
    refuse(root, "0.1.0", "CHANGELOG.md has a section [0.1.0] already")


def test_a_tree_with_changes_is_refused(root: Path) -> None:
    (root / "README.md").write_text("# Changed\n")
    refuse(root, "0.2.0", "there are changes that are not committed")


def test_a_tree_with_files_that_git_does_not_know_is_refused(root: Path) -> None:
    (root / "scripts/dosje/forgotten.py").write_text("")
    refuse(root, "0.2.0", "there are changes that are not committed")


def test_a_tag_that_is_there_is_refused(root: Path) -> None:
    git(root, "tag", "v0.2.0")
    refuse(root, "0.2.0", "there is a tag v0.2.0 already")


def test_a_commit_without_a_branch_is_refused(root: Path) -> None:
    git(root, "checkout", "-q", "--detach")
    refuse(root, "0.2.0", "no branch is checked out")


def test_a_changelog_without_a_section_of_what_is_unreleased_is_refused(root: Path) -> None:
    commit(root, CHANGELOG_md=BEFORE.replace("## [Unreleased]", "## Unreleased"))
    refuse(root, "0.2.0", "CHANGELOG.md has no section ## [Unreleased]")


def test_a_section_of_headings_alone_is_refused(root: Path) -> None:
    commit(root, CHANGELOG_md="# Changelog\n\n## [Unreleased]\n\n### Added\n\n## [0.1.0] - 2026-11-01\n\n- All.\n")
    refuse(root, "0.2.0", "CHANGELOG.md has nothing under ## [Unreleased]")


@pytest.mark.whole
def test_nothing_is_left_of_a_release_that_cannot_be_built(root: Path) -> None:
    (root / "pyproject.toml").write_text("[project]\nname = 1\n")
    commit(root)
    refuse(root, "0.2.0", "uv build … failed")


@pytest.mark.whole
def test_nothing_is_left_of_a_release_of_another_name(root: Path) -> None:
    pyproject = (root / "pyproject.toml").read_text(encoding="utf-8")
    (root / "pyproject.toml").write_text(pyproject.replace('name = "dosje"', 'name = "other"'), encoding="utf-8")
    commit(root)
    refuse(root, "0.2.0", "wheel and sdist of 0.2.0 were to be built")


@pytest.mark.whole
def test_nothing_is_left_of_a_release_if_somebody_commits_meanwhile(root: Path) -> None:
    # Setuptools runs this while it builds: the moment in which somebody else commits.
    command = ["git", "commit", "-q", "--allow-empty", "-m", "Meanwhile"]
    script = f"import subprocess, setuptools\nsubprocess.run({command!r}, cwd={str(root)!r})\nsetuptools.setup()\n"
    commit(root, setup_py=script)
    code, said = release(root, "0.2.0")
    assert (code, "no release: git merge -q --ff-only" in said) == (2, True), said
    assert set(git(root, "log", "--all", "--format=%s").splitlines()) == {"Meanwhile", "Change"}
    assert git(root, "tag") == ""
    assert not (root / "dist").exists()
    assert git(root, "status", "--porcelain") == ""


def test_the_command_needs_one_version_and_a_repository(root: Path, tmp_path: Path) -> None:
    assert release(root) == (2, "usage: scripts/release.py VERSION, e.g. 1.2.3\n")
    code, said = release(tmp_path, "1.2.3")
    assert (code, "not a git repository" in said) == (2, True)


def test_make_release_runs_the_checks_and_then_this_command() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    assert 'release: check\n\t@$(BIN)/python scripts/release.py "$(VERSION)"\n' in makefile


def test_our_changelog_has_the_section_that_the_command_reads() -> None:
    lines = (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()
    assert lines.count("## [Unreleased]") == 1

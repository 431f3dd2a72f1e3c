"""What git holds developers to: the checks before a commit, and subjects that a line of the log shows."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from conftest import PROJECT

SUBJECTS = PROJECT / "scripts" / "subjects.py"
CONFIG = yaml.safe_load((PROJECT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))


def run(root: Path, *command: str, **environment: str) -> tuple[int, str]:
    # The tests may themselves run in a hook, whose variables name another repository.
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    known = clean | {"PREK_HOME": str(root.parent / "prek"), "GIT_CONFIG_GLOBAL": os.devnull} | environment
    done = subprocess.run(command, cwd=root, env=known, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def git(root: Path, *arguments: str) -> str:
    who = ["-c", "user.name=An Editor", "-c", "user.email=editor@example.org", "-c", "init.defaultBranch=main"]
    code, said = run(root, "git", *who, *arguments)
    assert code == 0, said
    return said.strip()


def commit(root: Path, *messages: str) -> str:
    git(root, "commit", "-q", "--allow-empty", "--no-verify", *(part for text in messages for part in ("-m", text)))
    return git(root, "rev-parse", "--short", "HEAD")


def check(root: Path, *arguments: str) -> tuple[int, list[str]]:
    code, said = run(root, sys.executable, str(SUBJECTS), *arguments)
    return code, said.splitlines()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a repository with one commit, in a folder whose name has a space and a foreign letter."""
    root = tmp_path / "Ë dosje"
    root.mkdir()
    git(root, "init", "-q")
    commit(root, "An old subject, longer than it should be, which is history and is left as it is " + "x" * 9)
    return root


REMEDY = "A subject has at most 72 characters: say the rest below it, behind an empty line"


def test_a_subject_of_72_characters_is_good_and_one_more_is_too_long(root: Path) -> None:
    base = git(root, "rev-parse", "HEAD")
    commit(root, "ë" * 72, "A body may have lines of whatever length. " * 9)
    assert check(root, base) == (0, [])
    long = commit(root, "ë" * 73)
    assert check(root, base) == (1, [f"{long}: 73 characters: {'ë' * 73}", REMEDY])


def test_what_the_upstream_has_is_history(root: Path, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    git(root, "clone", "-q", str(root), str(clone))
    assert check(clone) == (0, [])
    long = commit(clone, "y" * 80)
    assert check(clone) == (1, [f"{long}: 80 characters: {'y' * 80}", REMEDY])


def test_where_there_is_no_upstream_or_no_git_nothing_is_to_be_said(root: Path, tmp_path: Path) -> None:
    assert check(root) == (0, [])
    assert check(tmp_path) == (0, [])


def test_a_base_that_is_no_commit_is_an_error(root: Path) -> None:
    code, said = check(root, "no-such-branch")
    assert (code, "no-such-branch" in said[0]) == (2, True)
    assert check(root, "--wrong")[0] == 2


def test_a_merge_may_have_the_words_of_git(root: Path) -> None:
    base = git(root, "rev-parse", "HEAD")
    git(root, "checkout", "-q", "-b", "side")
    commit(root, "On the side")
    git(root, "checkout", "-q", "main")
    git(root, "merge", "-q", "--no-ff", "-m", "Merge branch " + "z" * 80, "side")
    assert check(root, base) == (0, [])


@pytest.mark.parametrize(
    ("message", "is_good"),
    [
        ("Short\n\nand " + "long " * 40, True),
        ("x" * 72 + "\n# a comment\n", True),
        ("x" * 73, False),
        ("x" * 36 + "\n" + "x" * 36, False),  # git puts lines without an empty one between them into one subject
        ("# a comment\n\n" + "x" * 73 + "\n", False),
        ("fixup! " + "x" * 72, True),
        ("fixup! fixup! " + "x" * 73, False),
        ("", True),  # git refuses it by itself
    ],
)
def test_a_message_is_read_as_git_reads_it(message: str, is_good: bool, root: Path) -> None:
    (root / "message").write_text(message, encoding="utf-8")
    assert check(root, "--message", "message")[0] == (not is_good)


@pytest.fixture
def hooked(root: Path) -> Path:
    """Return the repository with our hooks; its `make check` fails where a file `bad` is to be committed."""
    shutil.copy(PROJECT / ".pre-commit-config.yaml", root)
    (root / "scripts").mkdir()
    shutil.copy(SUBJECTS, root / "scripts")
    (root / "Makefile").write_text("check:\n\t@echo all is checked; test ! -e bad\n")
    git(root, "add", "-A")
    commit(root, "Begin")
    code, said = run(root, sys.executable, "-m", "prek", "install")
    assert code == 0, said
    return root


def try_commit(root: Path, message: str) -> tuple[bool, str]:
    git(root, "config", "user.name", "An Editor")
    git(root, "config", "user.email", "editor@example.org")
    before = git(root, "rev-parse", "HEAD")
    _, said = run(root, "git", "commit", "--allow-empty", "-m", message)
    return git(root, "rev-parse", "HEAD") != before, said


def test_a_commit_is_made_if_make_check_and_its_subject_are_good(hooked: Path) -> None:
    is_made, said = try_commit(hooked, "x" * 72)
    assert is_made
    assert [line.split(".")[0] for line in said.splitlines() if line.endswith("Passed")] == [
        "make check",
        "subject of the commit",
    ]


def test_a_commit_whose_subject_is_too_long_is_not_made(hooked: Path) -> None:
    is_made, said = try_commit(hooked, "x" * 73)
    assert not is_made
    assert f"73 characters: {'x' * 73}" in said


def test_a_commit_that_make_check_refuses_is_not_made(hooked: Path) -> None:
    (hooked / "bad").write_text("")
    git(hooked, "add", "bad")
    is_made, said = try_commit(hooked, "Add something bad")
    assert not is_made
    assert "all is checked" in said


def test_what_is_not_to_be_committed_is_not_checked(hooked: Path) -> None:
    (hooked / "Makefile").write_text("check:\n\t@false\n")  # changed, and not added to the index
    assert try_commit(hooked, "Change nothing")[0]
    assert "@false" in (hooked / "Makefile").read_text()


def test_the_hook_runs_make_check_and_which_checks_there_are_is_said_nowhere_else() -> None:
    hooks = [hook for repo in CONFIG["repos"] for hook in repo["hooks"]]
    assert [(hook["entry"], hook["stages"]) for hook in hooks] == [
        ("make check", ["pre-commit"]),
        ("scripts/subjects.py --message", ["commit-msg"]),
    ]
    assert CONFIG["default_install_hook_types"] == ["pre-commit", "commit-msg"]
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    recipe = re.search(r"^check:.*\n((?:\t.*\n)+)", makefile, re.MULTILINE)
    assert recipe
    for tool in (
        "ruff format --check .",
        "ruff check .",
        "mypy",
        "oxfmt --check '**/*.js'",
        "oxlint --deny-warnings",
        "dosje check",
        "python scripts/subjects.py",
    ):
        assert f"$(BIN)/{tool})" in recipe[1], tool
    # `make test`, which continuous integration runs, runs the same target.
    assert "$(MAKE) --no-print-directory check" in makefile


def test_no_hook_is_fetched_from_elsewhere() -> None:
    assert [repo["repo"] for repo in CONFIG["repos"]] == ["local"]
    hooks = [hook for repo in CONFIG["repos"] for hook in repo["hooks"]]
    assert {hook["language"] for hook in hooks} == {"system"}
    assert all("additional_dependencies" not in hook for hook in hooks)

"""What continuous integration may do, and what its scripts do, without the machines that run them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import MINI, PROJECT

WORKFLOWS = sorted((PROJECT / ".github" / "workflows").glob("*.yml"))
# Of the jobs that may do more than read, what they may.
WRITING = {("publish.yml", "publish"): {"pages": "write", "id-token": "write"}}
PINNED = re.compile(r"actions/[a-z-]+@(v\d+\.\d+\.\d+|[0-9a-f]{40})")
Job = Mapping[str, Any]


def jobs() -> Iterator[tuple[str, str, Job]]:
    for path in WORKFLOWS:
        for name, job in yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].items():
            yield path.name, name, job


def steps() -> Iterator[Mapping[str, Any]]:
    for _, _, job in jobs():
        yield from job["steps"]


def test_a_job_may_read_the_repository_and_no_more_but_the_one_that_publishes() -> None:
    for path in WORKFLOWS:
        assert yaml.safe_load(path.read_text(encoding="utf-8"))["permissions"] == {}, path.name
    for file, name, job in jobs():
        assert job["permissions"] == WRITING.get((file, name), {"contents": "read"}), name


def test_the_job_that_may_write_runs_nothing_but_one_action() -> None:
    for file, name, job in jobs():
        if (file, name) in WRITING:
            assert [sorted(step) for step in job["steps"]] == [["id", "uses"]]


def test_each_action_is_one_version_and_not_whatever_a_branch_holds() -> None:
    used = [step["uses"] for step in steps() if "uses" in step]
    assert used
    assert [name for name in used if not PINNED.fullmatch(name)] == []


def test_no_checkout_leaves_its_credentials_behind() -> None:
    checkouts = [step for step in steps() if step.get("uses", "").startswith("actions/checkout@")]
    assert len(checkouts) > 3
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


def test_the_program_is_tested_with_each_python_that_it_says_it_is_for() -> None:
    (job,) = (job for file, name, job in jobs() if (file, name) == ("publish.yml", "program"))
    tried = job["strategy"]["matrix"]["python"]
    (setup,) = (step for step in job["steps"] if step.get("uses", "").startswith("actions/setup-python@"))
    assert setup["with"]["python-version"] == "${{ matrix.python }}"
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert tried == [name.removeprefix("Programming Language :: Python :: ") for name in project["classifiers"]]
    assert project["requires-python"] == f">={tried[0]}"
    assert job["strategy"]["fail-fast"] is False


def test_each_job_ends_in_time() -> None:
    assert [name for _, name, job in jobs() if not job.get("timeout-minutes")] == []


def test_what_is_run_is_a_script_of_the_repository_without_words_from_outside() -> None:
    run = [step["run"] for step in steps() if "run" in step]
    for command in run:
        script = re.fullmatch(r'(?:program/)?(\.ci/[a-z-]+)(?: proposal| "\$BASE")?', command)
        assert script, command
        assert os.access(PROJECT / script[1], os.X_OK)
        # An expression is put into the command as text: a branch may be called `$(curl …)`.
        assert "${{" not in command


def test_no_workflow_runs_a_pull_request_with_the_rights_of_the_repository() -> None:
    for path in WORKFLOWS:
        text = path.read_text(encoding="utf-8")
        assert "pull_request_target" not in text
        assert "workflow_run" not in text
        assert "secrets." not in text


def test_the_content_of_a_pull_request_is_built_by_the_program_of_the_base() -> None:
    (job,) = (job for file, name, job in jobs() if (file, name) == ("publish.yml", "content"))
    program, proposal = (step["with"] for step in job["steps"] if step.get("uses", "").startswith("actions/checkout@"))
    assert (program["path"], program["ref"]) == ("program", "${{ github.event.pull_request.base.sha }}")
    assert (proposal["path"], "ref" in proposal) == ("proposal", False)
    assert [step["run"] for step in job["steps"] if "run" in step] == ["program/.ci/pull-request proposal"]


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """Return a checkout of the base branch, installed, in a folder whose name has a space and a foreign letter."""
    root = tmp_path / "Ë dosje" / "program"
    shutil.copytree(PROJECT / ".ci", root / ".ci")
    (root / ".venv" / "bin").mkdir(parents=True)
    (root / "Makefile").write_text(".venv/.installed:\n\t@true\n")
    command = root / ".venv" / "bin" / "dosje"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m dosje.cli "$@"\n')
    command.chmod(0o755)
    return root


@pytest.fixture
def proposal(tmp_path: Path) -> Path:
    root = tmp_path / "Ë dosje" / "proposal"
    shutil.copytree(MINI, root)
    return root


def build(program: Path, proposal: Path) -> tuple[int, str]:
    command = [str(program / ".ci" / "pull-request"), proposal.name]
    done = subprocess.run(command, cwd=proposal.parent, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.whole
def test_a_good_proposal_is_built(program: Path, proposal: Path) -> None:
    code, said = build(program, proposal)
    assert code == 0, said
    assert "built site/: " in said


def test_of_a_proposal_only_the_edition_is_taken(program: Path, proposal: Path, tmp_path: Path) -> None:
    marker = tmp_path / "was-run"
    for name in (
        "Makefile",
        ".ci/pull-request",
        ".venv/bin/dosje",
        "scripts/dosje/__init__.py",
        "templates/base.md.j2",
    ):
        path = proposal / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\ntouch '{marker}'\n")
        path.chmod(0o755)
    (proposal / "content" / "persons" / "enver-hoxha.yml").write_text("name: {family: Hoxha}\nborn: never\n")
    code, said = build(program, proposal)
    assert code == 1
    assert "::error file=content/persons/enver-hoxha.yml,line=2,col=7," in said
    assert not marker.exists()


def test_a_proposal_whose_mkdocs_yml_would_run_code_is_refused(program: Path, proposal: Path) -> None:
    config = proposal / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8") + "hooks: [content/evil.py]\n", encoding="utf-8")
    (proposal / "content" / "evil.py").write_text("raise SystemExit('it ran')\n")
    code, said = build(program, proposal)
    assert code == 1
    assert "it ran" not in said
    assert "::error file=mkdocs.yml" in said


def test_a_link_in_a_proposal_leads_nowhere(program: Path, proposal: Path) -> None:
    (proposal / "content" / "pages" / "notes.md").symlink_to("/etc/passwd")
    code, said = build(program, proposal)
    assert code == 1
    assert "root:" not in said
    assert "::error file=content/pages/notes.md" in said


def repository(root: Path) -> Path:
    """Make a repository with two scripts of ours, and a `make` that says what it is asked for."""
    shutil.copytree(PROJECT / ".ci", root / ".ci")
    (root / "scripts").mkdir()
    shutil.copy(PROJECT / "scripts" / "subjects.py", root / "scripts")
    (root / "content").mkdir()
    (root / "content" / "a.yml").write_text("a: 1\n")
    (root / "Makefile").write_text("test:\n\t@echo all is tested\n")
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "Begin")
    return root


def git(root: Path, *arguments: str) -> str:
    who = ["-c", "user.name=An Editor", "-c", "user.email=editor@example.org"]
    return subprocess.run(
        ["git", *who, *arguments], cwd=root, check=True, capture_output=True, text=True
    ).stdout.strip()


@pytest.mark.parametrize(("changed", "is_tested"), [("content/a.yml", False), ("Makefile", True), (".ci/run", True)])
def test_the_program_of_a_pull_request_is_tested_if_it_has_changed(
    changed: str, is_tested: bool, tmp_path: Path
) -> None:
    root = repository(tmp_path / "Ë dosje")
    base = git(root, "rev-parse", "HEAD")
    with (root / changed).open("a") as file:
        file.write("# more\n")
    git(root, "commit", "-qam", "Change")
    for arguments in ([], [base]):
        done = subprocess.run([str(root / ".ci" / "run"), *arguments], capture_output=True, text=True, check=True)
        assert ("all is tested" in done.stdout) == (is_tested or not arguments)


def test_a_pull_request_with_a_subject_that_is_too_long_fails_and_its_history_does_not(tmp_path: Path) -> None:
    root = repository(tmp_path / "Ë dosje")
    git(root, "commit", "-q", "--allow-empty", "-m", "An old subject " + "x" * 72)
    base = git(root, "rev-parse", "HEAD")
    command = [str(root / ".ci" / "run"), base]
    git(root, "commit", "-q", "--allow-empty", "-m", "x" * 72)
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    git(root, "commit", "-q", "--allow-empty", "-m", "x" * 73)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.splitlines()[0]) == (
        1,
        f"{git(root, 'rev-parse', '--short', 'HEAD')}: 73 characters: {'x' * 73}",
    )


def install(*tools: str) -> tuple[int, str]:
    # As somebody who is not root and may not become it: functions come before the system's `id` and `sudo`.
    code = 'id() { echo 1000; }; sudo() { false; }; export -f id sudo; exec .ci/install "$@"'
    command = ["bash", "-c", code, "bash", *tools]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


def test_what_is_there_is_not_installed() -> None:
    assert install("git=git", "no-such-program,git=some-package") == (0, "")


def test_who_may_not_install_is_told_what_to_install() -> None:
    assert install("git=git", "no-such-program=some-package", "another-package") == (
        2,
        "More is needed than is here: install some-package another-package, then try again\n",
    )

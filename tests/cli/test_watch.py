"""`dosje check --watch`: what is wrong at each save, until Ctrl-C."""

from __future__ import annotations

import signal
import subprocess
import sys
from typing import IO

from click.testing import CliRunner

from conftest import Edition
from dosje.cli import main
from waiting import PATIENCE


def read_until(stream: IO[str], words: str) -> str:
    """Return what is said up to the line that begins with `words`, with it."""
    said = [stream.readline()]
    while not said[-1].startswith(words):
        assert said[-1], "".join(said)
        said.append(stream.readline())
    return "".join(said)


def test_it_shows_findings_at_once_and_what_is_new_at_each_save_until_it_is_interrupted(edition: Edition) -> None:
    root = edition({"content/persons/a.yml": "name: {family: A}\n"})
    command = [sys.executable, "-m", "dosje.cli", "check", "--watch", "--project", str(root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as watching:
        assert watching.stderr
        first = read_until(watching.stderr, "watching")
        (root / "content/persons/b.yml").write_text("nam: {family: B}\n")
        second = read_until(watching.stderr, "checked")
        (root / "content/persons/b.yml").write_text("name: {family: B}\nbiography: He spoke.\n")
        third = read_until(watching.stderr, "checked")
        watching.send_signal(signal.SIGINT)
        stdout, rest = watching.communicate(timeout=PATIENCE)
    assert "content/persons/a.yml:1:1: unused-record" in first
    assert first.endswith("watching (Ctrl-C ends it)\n")
    assert "content/persons/b.yml:1:1: unknown-field" in second and "persons/a.yml" not in second
    assert "content/persons/b.yml:2:12: uncited-statement" in third and "persons/a.yml" not in third
    assert (watching.returncode, stdout, rest) == (0, "", "ended\n")


def test_it_is_for_people(edition: Edition) -> None:
    result = CliRunner().invoke(main, ["check", "--watch", "--format", "json", "--project", str(edition({}))])
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == "Error: --watch is for people: leave out --format"

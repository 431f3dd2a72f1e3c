"""`make same`: which bytes of output a change has changed."""

from __future__ import annotations

import subprocess
import sys

import pytest

from conftest import PROJECT
from dosje.exporting.formats import FORMATS as PROGRAM_FORMATS

sys.path.insert(0, str(PROJECT / "scripts"))
from same import FORMATS, compare


def test_what_differs_is_new_or_gone_is_named_in_order() -> None:
    before = {"site/a.html": "1", "site/b.html": "2", "site/c.html": "3"}
    now = {"site/d.html": "4", "site/c.html": "3", "site/b.html": "5"}
    assert compare(before, now) == ["gone: site/a.html", "differs: site/b.html", "new: site/d.html"]
    assert compare(before, dict(before)) == []


def test_every_format_of_the_program_is_compared() -> None:
    assert set(PROGRAM_FORMATS) <= set(FORMATS)


@pytest.mark.parametrize("commit", ["no-such-commit", "--help-me", ""])
def test_a_commit_that_is_not_there_is_said_in_one_line(commit: str) -> None:
    command = [sys.executable, str(PROJECT / "scripts" / "same.py"), "--", commit]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (2, f'same.py: error: there is no commit "{commit}"')

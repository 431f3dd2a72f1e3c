"""The benchmark of note styles finds all notes of a style usable: three styles in each run, a tenth in the long one."""

from __future__ import annotations

import subprocess
import sys

import pytest

from conftest import PROJECT


def table_of(*options: str) -> str:
    command = [sys.executable, str(PROJECT / "benchmarks" / "styles.py"), "--faults", *options]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(
    "styles",
    [
        pytest.param(("--style", "clio-medica", "--style", "law-citation-manual", "--style", "oscola"), id="three"),
        pytest.param(("--every", "10"), id="a tenth", marks=pytest.mark.long),
    ],
)
def test_every_note_of_a_style_that_is_not_refused_is_usable(styles: tuple[str, ...]) -> None:
    *_, last = table_of(*styles).rstrip().splitlines()
    usable, _, taken = last.removeprefix("styles without a fault: ").partition(" of ")
    assert usable == taken
    assert int(taken) >= 3


def test_a_style_that_is_refused_is_named_with_its_reason() -> None:
    told = table_of("--style", "pontifical-gregorian-university").splitlines()
    assert told[0] == "1 note styles, 1 refused"
    assert "(near-note), which is not supported: pontifical-gregorian-university" in told[1]

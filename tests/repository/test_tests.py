"""The tests themselves: what they read, and how long they wait."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import TESTS

# What reads an edition, given the folder of this repository, and files of its edition.
READS_FIRST_EDITION = re.compile(
    r"(?:check_edition|read_settings|read_shelf|copy_of|differing|link|check)\((?:Path\()?PROJECT\b"
    r"|PROJECT / \"(?:content|bibliography|mkdocs)"
)
OWN_BOUND = re.compile(r"timeout=\d|monotonic\(\) \+ \d|\.wait\(\d|set_default_timeout\(\d")


def find_lines(pattern: re.Pattern[str], paths: Iterator[Path]) -> list[str]:
    """Return the lines of files in which a pattern is found, each with the name of its file."""
    return [
        f"{path.name}: {line.strip()}"
        for path in paths
        if path != Path(__file__)
        for line in path.read_text(encoding="utf-8").splitlines()
        if pattern.search(line)
    ]


def test_only_the_tests_of_the_first_edition_read_it(request: pytest.FixtureRequest) -> None:
    others = (path for path in sorted(TESTS.rglob("test_*.py")) if path.parent.name != "first_edition")
    assert find_lines(READS_FIRST_EDITION, others) == []
    built = (
        item for item in request.session.items if isinstance(item, pytest.Function) and "built" in item.fixturenames
    )
    assert sorted({item.path.name for item in built if item.path.parent.name != "first_edition"}) == []


def test_how_long_a_test_waits_is_said_in_one_place() -> None:
    paths = (path for path in sorted(TESTS.rglob("*.py")) if path.name != "waiting.py")
    assert find_lines(OWN_BOUND, paths) == []


def test_a_line_that_reads_the_first_edition_or_has_a_bound_of_its_own_is_found(tmp_path: Path) -> None:
    path = tmp_path / "test_a.py"
    path.write_text('check_edition(PROJECT)\nrun(timeout=20)\n(PROJECT / "content" / x)\nwait(timeout=PATIENCE)\n')
    assert find_lines(READS_FIRST_EDITION, iter([path])) == [
        "test_a.py: check_edition(PROJECT)", 'test_a.py: (PROJECT / "content" / x)',
    ]  # fmt: skip
    assert find_lines(OWN_BOUND, iter([path])) == ["test_a.py: run(timeout=20)"]

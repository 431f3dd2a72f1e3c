"""The documents: each decision is in the index and has its parts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conftest import PROJECT

DECISIONS = PROJECT / "docs" / "decisions"
PARTS = ["Context", "Options", "Choice", "Consequence"]


def decisions() -> list[Path]:
    return sorted(path for path in DECISIONS.iterdir() if path.name != "README.md")


@pytest.mark.parametrize("path", decisions(), ids=lambda path: path.stem)
def test_a_decision_has_its_number_date_and_parts(path: Path) -> None:
    head, *parts = re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    named = re.fullmatch(r"(\d{4})-[a-z0-9-]+\.md", path.name)
    assert named
    assert re.fullmatch(rf"# {named[1]} · .+\n\n20\d\d-\d\d-\d\d\n\n", head)
    assert [part.partition("\n")[0] for part in parts] == PARTS
    assert all(part.partition("\n")[2].strip() for part in parts)


def test_decisions_are_numbered_without_a_gap_in_the_order_of_their_dates() -> None:
    assert [int(path.name[:4]) for path in decisions()] == list(range(1, len(decisions()) + 1))
    dates = [path.read_text(encoding="utf-8").splitlines()[2] for path in decisions()]
    assert dates == sorted(dates)


def test_the_index_names_each_decision_once_with_its_title() -> None:
    index = (DECISIONS / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^- \[(.+)\]\((.+)\)$", index, re.MULTILINE)
    titles = [path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ") for path in decisions()]
    assert sorted(listed) == sorted(zip(titles, [path.name for path in decisions()], strict=True))

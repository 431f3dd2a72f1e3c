"""The sample of mutants: the same for the same seed, spread by lines, and Python that differs from what it was."""

from __future__ import annotations

import ast
import importlib
import re
from pathlib import Path
from typing import Any

import pytest

from conftest import PROJECT

CODE = '''\
"""A module."""

from typing import TypeAlias, cast

Words: TypeAlias = tuple[str, ...]
Table = dict[str, int]
LIMITS = {"short": 3, "long": 9}


def take(words: "Words | None" = None) -> int:
    count = cast(int, LIMITS["short"])
    if words is not None and len(words) > 3:
        return (count +
            4)
    return count


class Box:
    @property
    def is_full(self) -> bool:
        return not self.left == 0
'''


@pytest.fixture
def mutating(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(PROJECT / "benchmarks"))
    return importlib.import_module("mutating")


def draw(mutating: Any, folder: Path, code: str, count: int, seed: int = 1) -> list[tuple[int, str, str]]:
    path = folder / "box.py"
    path.write_text(code, encoding="utf-8")
    return [(each.line, each.before, each.after) for each in mutating.draw(mutating.lines_of(path), count, seed)]


def test_the_same_seed_draws_the_same_mutants_and_no_line_twice(mutating: Any, tmp_path: Path) -> None:
    drawn = [draw(mutating, tmp_path, CODE, 5, seed) for seed in (1, 1, 2, 3)]
    assert drawn[0] == drawn[1]
    assert len({str(each) for each in drawn}) > 1
    for each in drawn:
        assert len({line for line, _, _ in each}) == 5


def test_what_is_for_types_alone_is_not_mutated_but_tables_and_properties_are(mutating: Any, tmp_path: Path) -> None:
    assert {line for line, _, _ in draw(mutating, tmp_path, CODE, 99)} == {7, 11, 12, 13, 14, 21}


def test_a_change_elsewhere_leaves_the_sample_as_it_was(mutating: Any, tmp_path: Path) -> None:
    before = [each[1:] for each in draw(mutating, tmp_path, CODE, 4)]
    after = [
        each[1:] for each in draw(mutating, tmp_path, CODE.replace('"""A module."""', '"""A module.\n\nMore."""'), 4)
    ]
    assert before == after


def test_each_mutant_is_python_with_one_change(mutating: Any, tmp_path: Path) -> None:
    path = tmp_path / "box.py"
    path.write_text(CODE, encoding="utf-8")
    for line in mutating.lines_of(path):
        for mutant in mutating._mutants_of(line, 1):
            places = [match.start() for match in re.finditer(re.escape(mutant.before), CODE)]
            texts = [CODE[:at] + mutant.after + CODE[at + len(mutant.before) :] for at in places]
            assert mutant.text in texts
            assert ast.dump(ast.parse(mutant.text)) != ast.dump(ast.parse(CODE))

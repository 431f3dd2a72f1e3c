"""Files of the first edition that are cut give findings or pages."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from breaking import break_files, copy_of
from conftest import PROJECT

pytestmark = pytest.mark.whole


def cut_first_edition(count: int, seed: int, folder: Path) -> int:
    """Cut files of the first edition, drawn by a seed, and return how many cuts were used."""
    draw = random.Random(seed)
    root = copy_of(PROJECT, folder)
    files = sorted(
        path.relative_to(root).as_posix() for path in root.rglob("*") if path.suffix in (".yml", ".md", ".bib")
    )
    used = 0
    for name in draw.choices(files, k=count):
        text = (root / name).read_text(encoding="utf-8")
        used += sum(break_files(root, name, iter([text[: draw.randrange(len(text))]])))
    return used


def test_files_of_the_first_edition_can_be_cut(tmp_path: Path) -> None:
    assert cut_first_edition(4, 14, tmp_path) == 4


@pytest.mark.long
def test_files_of_the_first_edition_can_be_cut_three_hundred_times(tmp_path: Path) -> None:
    assert cut_first_edition(300, 14, tmp_path) == 300

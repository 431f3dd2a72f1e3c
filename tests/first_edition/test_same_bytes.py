"""The first edition is built to the same bytes in two machines."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import PROJECT
from machines import differing, verbs_of


@pytest.mark.long
def test_two_machines_build_the_same_first_edition(tmp_path: Path) -> None:
    books = [("pdf",), ("pdf", "all"), ("epub",)]
    count, found = differing(PROJECT, ("content", "bibliography", "mkdocs.yml"), verbs_of(*books), tmp_path)
    assert found == []
    assert count > 1000

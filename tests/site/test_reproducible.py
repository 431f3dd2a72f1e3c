"""The same commit gives the same bytes: whatever the folder, the language, the hour and the habits of the machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import MINI
from machines import differing, verbs_of

pytestmark = pytest.mark.whole


def test_two_machines_build_the_same_bytes(tmp_path: Path) -> None:
    books = [("pdf",), ("pdf", "all"), ("epub",)]
    names = ("content", "bibliography", "mkdocs.yml")
    count, found = differing(MINI, names, verbs_of(*books), tmp_path)
    assert found == []
    assert count > 100

"""What an editor writes into a record is shown: on its page, in the book, the e-book, the JSON, and each export."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import load_cases
from every_field import EXPORTS, FACES, Shown, Walked, walk_fields
from printing import print_everything

UNSHOWN: dict[str, Any] = load_cases("unshown_fields.yml")


@pytest.fixture(scope="module")
def walked() -> Walked:
    return walk_fields()


@pytest.fixture(scope="module")
def shown(walked: Walked, tmp_path_factory: pytest.TempPathFactory) -> Shown:
    root = tmp_path_factory.mktemp("fields")
    for name, text in walked.files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return Shown(walked, print_everything(root))


def test_each_field_is_shown_in_every_output_or_said_where_not_and_why(shown: Shown) -> None:
    said: dict[str, set[str]] = {}
    for reason in UNSHOWN["reasons"]:
        for path in reason["fields"]:
            said.setdefault(path, set()).update(reason["not_in"])
    missing = {path: set(faces) for path, faces in shown.missing().items()}
    drift = {path: faces - said.get(path, set()) for path, faces in missing.items()}
    assert {path: faces for path, faces in drift.items() if faces} == {}
    assert {path: faces for path, faces in said.items() if not faces <= missing.get(path, set())} == {}


def test_nothing_that_an_editor_writes_for_readers_is_left_out_of_page_book_or_json(walked: Walked) -> None:
    # A label or a sign stands before the numbers of references, and says nothing alone.
    codes = {path for path in walked.free if path.startswith(("archive.labels.", "archive.separator"))}
    for reason in UNSHOWN["reasons"]:
        if not set(reason["not_in"]).isdisjoint(FACES):
            assert walked.free & set(reason["fields"]) <= codes, reason["why"]
        assert reason["why"] and {*reason["not_in"]} <= {*FACES, *EXPORTS}

"""Keys of the first edition, which are named thousands of times, become others and come back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from conftest import PROJECT
from dosje.reading.record_files import read_corpus
from dosje.reading.settings_file import read_settings
from dosje.stages import Listeners, rename_key


@pytest.mark.parametrize("name", ["source:marku-2019", "place:albania", "person:enver-hoxha", "archive:aqsh"])
def test_a_key_of_it_becomes_another_and_comes_back_to_the_very_bytes(tmp_path: Path, name: str) -> None:
    for folder in ("content", "bibliography"):
        shutil.copytree(PROJECT / folder, tmp_path / folder)
    for file in ("mkdocs.yml", "addresses.txt"):
        shutil.copy(PROJECT / file, tmp_path)
    kind, key = name.split(":")
    before = read_all(tmp_path)
    rename_key(tmp_path, name, "a-new-key", Listeners())
    settings, _ = read_settings(tmp_path)
    assert settings is not None
    corpus, findings = read_corpus(settings)
    assert findings == [] and corpus.has(kind, "a-new-key") and not corpus.has(kind, key)
    left = [record for record in corpus.records() if any(one.key == key for one in record.references)]
    assert [
        record.key for record in left if any(kind in one.kinds for one in record.references if one.key == key)
    ] == []
    rename_key(tmp_path, f"{kind}:a-new-key", key, Listeners())
    assert read_all(tmp_path) == before


def read_all(root: Path) -> dict[str, bytes]:
    found = (path for path in root.rglob("*") if path.is_file() and ".build" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}

"""Files that are written together, and files that go with them: all, or none."""

from __future__ import annotations

from pathlib import Path

import pytest

from dosje.system import writing
from dosje.system.renaming import replace_file
from dosje.system.writing import write_together


def read_all(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_files_are_written_and_others_go(tmp_path: Path) -> None:
    (tmp_path / "old").write_bytes(b"1")
    (tmp_path / "kept").write_bytes(b"2")
    write_together({tmp_path / "kept": b"3", tmp_path / "a" / "new": b"1"}, [tmp_path / "old"])
    assert read_all(tmp_path) == {"kept": b"3", "a/new": b"1"}


@pytest.mark.parametrize("fails_at", range(4))
def test_whichever_step_fails_all_is_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails_at: int) -> None:
    for name in ("a", "b", "old", "older"):
        (tmp_path / name).write_bytes(name.encode())
    before, steps = read_all(tmp_path), [0]

    def replace(source: Path, target: Path) -> None:
        steps[0] += 1
        if steps[0] == fails_at + 1:
            raise OSError(5, "Input/output error", str(target))
        replace_file(source, target)

    monkeypatch.setattr(writing, "replace_file", replace)
    with pytest.raises(OSError, match="Input/output"):
        write_together({tmp_path / "a": b"x", tmp_path / "b": b"y"}, [tmp_path / "old", tmp_path / "older"])
    assert read_all(tmp_path) == before

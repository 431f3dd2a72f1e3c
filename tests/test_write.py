"""Writing: only what changed, each file whole or not at all, and nothing stale left."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dosje.write import Written, write_tree


def read_tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_folder_holds_exactly_what_was_given(tmp_path: Path) -> None:
    written = write_tree(tmp_path / "pages", {"index.md": "Fjalë\n", "a/b/c.md": "", "logo.png": b"\x89PNG\r\n"})
    assert written == Written(("a/b/c.md", "index.md", "logo.png"), (), 0)
    assert read_tree(tmp_path / "pages") == {
        "index.md": "Fjalë\n".encode(),
        "a/b/c.md": b"",
        "logo.png": b"\x89PNG\r\n",
    }


def test_a_file_that_stays_the_same_is_not_touched(tmp_path: Path) -> None:
    write_tree(tmp_path, {"same.md": "one", "other.md": "two"})
    for name in ("same.md", "other.md"):
        os.utime(tmp_path / name, (1, 1))
    assert write_tree(tmp_path, {"same.md": "one", "other.md": "new"}) == Written(("other.md",), (), 1)
    assert (tmp_path / "same.md").stat().st_mtime == 1
    assert (tmp_path / "other.md").stat().st_mtime > 1


def test_what_is_no_longer_given_is_removed_with_the_folders_that_become_empty(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a/b/c.md": "1", "a/d.md": "2", "e/f/g.md": "3"})
    assert write_tree(tmp_path, {"a/d.md": "2"}) == Written((), ("e/f/g.md", "a/b/c.md"), 1)
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")) == ["a", "a/d.md"]


def test_a_file_may_become_a_folder_and_a_folder_a_file(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a": "file", "b/c.md": "in a folder"})
    write_tree(tmp_path, {"a/x.md": "in a folder", "b": "file"})
    assert read_tree(tmp_path) == {"a/x.md": b"in a folder", "b": b"file"}


def test_a_link_is_removed_and_what_it_leads_to_stays(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "note.md").write_text("an editor's own")
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "link").symlink_to(tmp_path / "mine")
    assert write_tree(tmp_path / "pages", {}) == Written((), ("link",), 0)
    assert read_tree(tmp_path / "mine") == {"note.md": b"an editor's own"}


def test_nothing_is_written_through_a_link_to_another_folder(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "sources").symlink_to(tmp_path / "mine")
    write_tree(tmp_path / "pages", {"sources/a.md": "a"})
    assert (read_tree(tmp_path / "mine"), read_tree(tmp_path / "pages")) == ({}, {"sources/a.md": b"a"})


def test_nothing_is_half_written_where_a_file_cannot_take_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_tree(tmp_path, {"a.md": "old a", "b.md": "old b"})
    replace = os.replace

    def fail(source: str, target: Path) -> None:
        if target.name == "b.md":
            raise OSError("no space left")
        replace(source, target)

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="no space left"):
        write_tree(tmp_path, {"a.md": "new a", "b.md": "new b", "c.md": "new c"})
    # No part of "new b", and no temporary file.
    assert read_tree(tmp_path) == {"a.md": b"new a", "b.md": b"old b"}


def test_what_an_interrupted_run_left_is_taken_away(tmp_path: Path) -> None:
    (tmp_path / ".abc.part").write_text("half")
    assert write_tree(tmp_path, {"a.md": "a"}) == Written(("a.md",), (".abc.part",), 0)


def test_everybody_may_read_what_is_written(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a.md": "a"})
    assert (tmp_path / "a.md").stat().st_mode & 0o777 == 0o644


names = st.sampled_from(["a.md", "b/a.md", "b/c/a.md", "d.md"])


@given(st.lists(st.dictionaries(names, st.binary(max_size=2), max_size=4), max_size=4))
def test_after_any_run_of_writes_the_last_one_stands(trees: list[dict[str, bytes]]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        for tree in trees:
            write_tree(Path(folder), tree)
        assert read_tree(Path(folder)) == (trees[-1] if trees else {})

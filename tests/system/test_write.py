"""Writing: only what changed, each file whole or not at all, and nothing stale left."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dosje.system.marker import NotOursError, mark_folder
from dosje.system.writing import Written, write_output, write_tree


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """Return where pages may be written: below a marked folder."""
    return mark_folder(tmp_path / ".build") / "pages"


def read_tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_folder_holds_exactly_what_was_given(pages: Path) -> None:
    written = write_tree(pages, {"index.md": "Fjalë\n", "a/b/c.md": "", "logo.png": b"\x89PNG\r\n"})
    assert written == Written(("a/b/c.md", "index.md", "logo.png"), (), 0)
    assert read_tree(pages) == {
        "index.md": "Fjalë\n".encode(),
        "a/b/c.md": b"",
        "logo.png": b"\x89PNG\r\n",
    }


def test_a_file_that_stays_the_same_is_not_touched(pages: Path) -> None:
    write_tree(pages, {"same.md": "one", "other.md": "two"})
    for name in ("same.md", "other.md"):
        os.utime(pages / name, (1, 1))
    assert write_tree(pages, {"same.md": "one", "other.md": "new"}) == Written(("other.md",), (), 1)
    assert (pages / "same.md").stat().st_mtime == 1
    assert (pages / "other.md").stat().st_mtime > 1


def test_what_is_no_longer_given_is_removed_with_the_folders_that_become_empty(pages: Path) -> None:
    write_tree(pages, {"a/b/c.md": "1", "a/d.md": "2", "e/f/g.md": "3"})
    assert write_tree(pages, {"a/d.md": "2"}) == Written((), ("e/f/g.md", "a/b/c.md"), 1)
    assert sorted(path.relative_to(pages).as_posix() for path in pages.rglob("*")) == ["a", "a/d.md"]


def test_a_file_may_become_a_folder_and_a_folder_a_file(pages: Path) -> None:
    write_tree(pages, {"a": "file", "b/c.md": "in a folder"})
    write_tree(pages, {"a/x.md": "in a folder", "b": "file"})
    assert read_tree(pages) == {"a/x.md": b"in a folder", "b": b"file"}


def test_a_link_is_removed_and_what_it_leads_to_stays(pages: Path) -> None:
    (pages.with_name("mine")).mkdir()
    (pages.with_name("mine") / "note.md").write_text("an editor's own")
    pages.mkdir()
    (pages / "link").symlink_to(pages.with_name("mine"))
    assert write_tree(pages, {}) == Written((), ("link",), 0)
    assert read_tree(pages.with_name("mine")) == {"note.md": b"an editor's own"}


def test_nothing_is_written_through_a_link_to_another_folder(pages: Path) -> None:
    (pages.with_name("mine")).mkdir()
    pages.mkdir()
    (pages / "sources").symlink_to(pages.with_name("mine"))
    write_tree(pages, {"sources/a.md": "a"})
    assert (read_tree(pages.with_name("mine")), read_tree(pages)) == ({}, {"sources/a.md": b"a"})


def test_nothing_is_half_written_where_a_file_cannot_take_its_place(
    pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_tree(pages, {"a.md": "old a", "b.md": "old b"})
    replace = os.replace

    def fail(source: str, target: Path) -> None:
        if target.name == "b.md":
            raise OSError("no space left")
        replace(source, target)

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="no space left"):
        write_tree(pages, {"a.md": "new a", "b.md": "new b", "c.md": "new c"})
    # No part of "new b", and no temporary file.
    assert read_tree(pages) == {"a.md": b"new a", "b.md": b"old b"}


def test_what_an_interrupted_run_left_is_taken_away(pages: Path) -> None:
    pages.mkdir()
    (pages / ".abc.part").write_text("half")
    assert write_tree(pages, {"a.md": "a"}) == Written(("a.md",), (".abc.part",), 0)


def test_everybody_may_read_what_is_written(pages: Path) -> None:
    write_tree(pages, {"a.md": "a"})
    assert (pages / "a.md").stat().st_mode & 0o777 == 0o644


names = st.sampled_from(["a.md", "b/a.md", "b/c/a.md", "d.md"])


@given(st.lists(st.dictionaries(names, st.binary(max_size=2), max_size=4), max_size=4))
def test_after_any_run_of_writes_the_last_one_stands(trees: list[dict[str, bytes]]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        mark_folder(Path(folder))
        for tree in trees:
            write_tree(Path(folder) / "pages", tree)
        assert read_tree(Path(folder) / "pages") == (trees[-1] if trees else {})


def test_in_a_folder_that_is_not_marked_nothing_is_written_or_removed(tmp_path: Path) -> None:
    (tmp_path / "will.txt").write_text("mine")
    with pytest.raises(NotOursError, match="was not made by dosje"):
        write_tree(tmp_path, {"a.md": "a"})
    assert read_tree(tmp_path) == {"will.txt": b"mine"}


@pytest.mark.parametrize("link", [".build", ".build/a", ".build/a/pages"])
def test_a_link_on_the_way_from_the_marked_folder_is_refused(link: str, tmp_path: Path) -> None:
    elsewhere = mark_folder(tmp_path / "elsewhere")
    (elsewhere / "a" / "pages").mkdir(parents=True)
    (elsewhere / "a" / "pages" / "record.yml").write_text("mine")
    outer = tmp_path / Path(link).parent
    outer.mkdir(parents=True, exist_ok=True)
    if link != ".build":
        mark_folder(tmp_path / ".build")
    (tmp_path / link).symlink_to(elsewhere / Path(link).relative_to(".build"))
    with pytest.raises(NotOursError, match="is a link to"):
        write_tree(tmp_path / ".build" / "a" / "pages", {"a.md": "a"})
    assert read_tree(elsewhere / "a") == {"pages/record.yml": b"mine"}


def test_an_output_takes_the_place_of_a_file_with_its_mode_and_is_written_into_a_device(tmp_path: Path) -> None:
    (tmp_path / "old.json").write_text("old")
    (tmp_path / "old.json").chmod(0o600)
    (tmp_path / "link.json").symlink_to("old.json")
    write_output(tmp_path / "link.json", b"new", tmp_path / "work")
    assert ((tmp_path / "old.json").read_text(), (tmp_path / "old.json").stat().st_mode & 0o777) == ("new", 0o600)
    assert (tmp_path / "link.json").is_symlink()
    write_output(Path("/dev/null"), b"new", tmp_path / "work")
    assert not Path("/dev/null").is_file()
    assert list((tmp_path / "work").iterdir()) == []


@pytest.mark.parametrize("path", ["../out.md", "a/../../out.md", "/tmp/out.md"])
def test_nothing_is_written_outside_the_folder(pages: Path, path: str) -> None:
    with pytest.raises(ValueError, match="leads out of the folder"):
        write_tree(pages, {"index.md": "", path: ""})
    assert not pages.exists()

"""The zip of a site."""

from __future__ import annotations

from pathlib import Path

from dosje.site.bundle import pack


def test_the_same_files_are_the_same_zip(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.html").write_text("a")
    assert pack(tmp_path / "in", tmp_path / "one.zip") == 1
    pack(tmp_path / "in", tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()

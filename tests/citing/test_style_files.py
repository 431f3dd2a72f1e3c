"""A style that lies in the edition: what cannot be read of it is said with the file's name."""

from __future__ import annotations

from pathlib import Path

import pytest

from dosje.citing.styles import StyleError, load_style


def test_a_style_that_is_no_text_is_named_with_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "own.csl").write_bytes(b"<style>\xff</style>")
    with pytest.raises(StyleError, match=r'^"own\.csl": .*UTF-8'):
        load_style("own.csl", tmp_path, "fl.")


@pytest.mark.parametrize("name", ["own.csl", "../own.csl"])
def test_a_style_that_is_not_there_or_lies_elsewhere_is_no_file(name: str, tmp_path: Path) -> None:
    (tmp_path / "edition").mkdir()
    (tmp_path / "own.csl").write_text("<style/>", encoding="utf-8")
    with pytest.raises(StyleError, match=f'^there is no file "{name}"$'):
        load_style(name, tmp_path / "edition", "fl.")


def test_a_name_that_is_nearly_a_style_s_gets_a_hint() -> None:
    with pytest.raises(StyleError, match=r'has none of the name "mhra-note"; did you mean "mhra-notes'):
        load_style("mhra-note", Path(), "fl.")


def test_a_style_with_a_doctype_is_refused(tmp_path: Path) -> None:
    (tmp_path / "own.csl").write_text('<!DOCTYPE style [<!ENTITY a "b">]>\n<style/>', encoding="utf-8")
    with pytest.raises(StyleError, match=r'^"own\.csl" has a DOCTYPE, which no style needs$'):
        load_style("own.csl", tmp_path, "fl.")

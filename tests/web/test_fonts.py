"""The fonts of an edition: cut from packages to the scripts that it uses, the same bytes each time."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont

from conftest import Edition
from dosje.reading.settings_file import read_settings
from dosje.site.page_files import fonts_of
from dosje.web.fonts import FONT_STYLES, letters_in, make_fonts


def test_the_letters_are_those_of_the_records_and_what_every_page_has() -> None:
    assert letters_in([]) > set("AZaz09–“”…")
    assert letters_in(["Молотов", "Moghioroș", "毛泽东"]) - letters_in([]) == set("Молтвș")  # Chinese is the system's


def test_a_font_has_the_letters_that_are_used_and_no_reserved_name(tmp_path: Path) -> None:
    files = make_fonts(letters_in(["Жук ș"]), tmp_path)
    font: Any = TTFont(io.BytesIO(files["assets/fonts/dosje-serif-normal-cyrillic.woff2"]))
    assert set(font.getBestCmap()) == set(map(ord, "Жук"))
    assert "Source" not in {str(r) for r in font["name"].names if r.nameID in (1, 4, 6, 16)}
    latin: Any = TTFont(io.BytesIO(files["assets/fonts/dosje-serif-normal-latin.woff2"]))
    assert {ord("ș"), ord("a"), ord("”")} <= set(latin.getBestCmap())
    assert ord("ț") not in latin.getBestCmap()
    assert {"onum", "smcp", "kern"} <= {
        record.FeatureTag for tag in ("GSUB", "GPOS") for record in latin[tag].table.FeatureList.FeatureRecord
    }
    assert sum(len(data) for name, data in files.items() if name.endswith("-latin.woff2")) < 65_000


def test_fonts_are_the_same_bytes_from_the_packages_and_from_the_store(tmp_path: Path) -> None:
    first = make_fonts("ab", tmp_path / "one")
    assert first == make_fonts("ba", tmp_path / "one") == make_fonts("ab", tmp_path / "two")


def test_another_letter_makes_another_font(tmp_path: Path) -> None:
    assert make_fonts("ab", tmp_path) != make_fonts("abc", tmp_path)


def test_the_style_sheet_names_only_files_that_are_there(tmp_path: Path) -> None:
    files = make_fonts("ab", tmp_path)
    sheet = files[FONT_STYLES].decode()
    named = {part.split('"')[1] for part in sheet.split("url(")[1:]}
    assert {f"assets/{name}" for name in named} <= set(files)
    assert sheet.count("font-display: ") == sheet.count("url(") == 3
    # The faces of all text, which pages ask for early; the italic may come later.
    assert sheet.count("font-display: optional") == 2
    assert "http" not in sheet


def test_an_edition_has_the_fonts_of_its_letters_unless_its_looks_are_another_themes(edition: Edition) -> None:
    ours, _ = read_settings(edition({"content/persons/a.yml": "name: {native: Ж}\n"}))
    assert ours is not None
    assert "assets/fonts/dosje-serif-normal-cyrillic.woff2" in fonts_of(ours)
    other, _ = read_settings(edition({"mkdocs.yml": "site_name: One\ntheme: readthedocs\n"}))
    assert other is not None
    assert fonts_of(other) == {}

"""Entries that a page offers of itself: the home page is the whole edition, and another page is a part of it."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import unquote

from dosje.exporting.export_links import PageExportLinks
from dosje.exporting.imprint import Imprint
from dosje.values.dates import parse_edtf
from dosje.values.metadata import Name
from english import ENGLISH

IMPRINT = Imprint(
    name="An Edition", authors=(Name("Doe", "Jane"),), version="1.2", date=parse_edtf("2026-11-22"),
    site_url="https://a.org/e/", licence="", locale="en-GB", phrases=ENGLISH, words=(), words_without_address=(),
    words_whole=(),
)  # fmt: skip


def ris(imprint: Imprint, title: str, path: str) -> list[str]:
    """Return the lines of the RIS entry that a page offers."""
    links = PageExportLinks(imprint).export_links_of(title, path)
    assert [link.label for link in links] == ["BibTeX", "RIS", "CSL-JSON"]
    (found,) = (link.target for link in links if link.label == "RIS")
    return unquote(found).partition(",")[2].split("\r\n")


def test_of_a_page_the_edition_is_the_whole() -> None:
    lines = ris(IMPRINT, "A  & B", "essays/a.md")
    assert "TI  - A & B" in lines and "T2  - An Edition" in lines
    assert "UR  - https://a.org/e/essays/a/" in lines


def test_the_home_page_is_the_edition_itself() -> None:
    lines = ris(IMPRINT, "Whatever", "index.md")
    assert "TI  - An Edition" in lines and "UR  - https://a.org/e/" in lines
    assert not any(line.startswith("T2") for line in lines)


def test_without_an_address_no_entry_has_one() -> None:
    assert not any(line.startswith("UR") for line in ris(replace(IMPRINT, site_url=""), "A", "essays/a.md"))

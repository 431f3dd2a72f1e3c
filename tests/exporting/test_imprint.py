"""How a page of the edition is cited: worded once by the style, filled for each page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dosje.citing.styles import load_style
from dosje.exporting.imprint import Imprint, make_imprint
from dosje.reading.settings import DEFAULT_STYLE, Settings
from dosje.values import words

FULL: dict[str, Any] = {"authors": ("Doe, Jane",), "version": "2.0", "date": "2026-11"}


def imprint(tmp_path: Path, style: str = DEFAULT_STYLE, url: str = "https://example.org", **more: Any) -> Imprint:
    settings = Settings(tmp_path, "The end of an alliance", url, **more)
    return make_imprint(settings, load_style(style, tmp_path, "fl."))


def cite(made: Imprint, title: str, path: str) -> str:
    return words.plain(made.cite_page(title, path))


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        (
            DEFAULT_STYLE,
            "Jane Doe, ‘A talk’, version 2.0, The end of an alliance, November 2026, https://example.org/events/talk/",
        ),
        # It has no word for a version of a page, and is given it as a description.
        (
            "mhra-notes",
            "Jane Doe, ‘A talk’, version 2.0, The end of an alliance, November 2026 <https://example.org/events/talk/>",
        ),
    ],
)
def test_a_page_is_cited_in_the_edition_s_style(style: str, expected: str, tmp_path: Path) -> None:
    assert cite(imprint(tmp_path, style, **FULL), "A talk", "events/talk.md") == expected


def test_an_edition_without_address_authors_or_date_is_cited_by_what_it_has(tmp_path: Path) -> None:
    assert cite(imprint(tmp_path, url=""), "A talk", "events/talk.md") == "‘A talk’, The end of an alliance"


def test_the_home_page_is_the_edition_itself(tmp_path: Path) -> None:
    assert cite(imprint(tmp_path, **FULL), "Welcome", "index.md") == (
        "Jane Doe, ‘The end of an alliance’, version 2.0, November 2026, https://example.org/"
    )


def test_a_quotation_in_a_title_and_a_question_keep_their_signs(tmp_path: Path) -> None:
    made = imprint(tmp_path, locale="en-US", **FULL)
    assert cite(made, "Who said “no”?", "a.md").startswith("Jane Doe, “Who said ‘no’?” version 2.0,")


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("index.md", "https://example.org/"),
        ("about.md", "https://example.org/about/"),
        ("meetings/index.md", "https://example.org/meetings/"),
        ("meetings/talk.md", "https://example.org/meetings/talk/"),
        ("sources/a.ris", "https://example.org/sources/a.ris"),
    ],
)
def test_a_page_has_the_address_that_mkdocs_gives_it(path: str, address: str, tmp_path: Path) -> None:
    assert imprint(tmp_path).address_of(path) == address
    assert imprint(tmp_path, url="").address_of(path) == ""


SILENT = """\
<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0">
  <info/><citation><layout suffix="."><text variable="archive"/></layout></citation>
</style>
"""


def test_a_style_without_words_for_web_pages_leaves_no_page_uncited(tmp_path: Path) -> None:
    (tmp_path / "own.csl").write_text(SILENT)
    made = imprint(tmp_path, "own.csl", **FULL)
    assert cite(made, "A talk", "a.md") == "A talk, The end of an alliance, https://example.org/a/"
    assert cite(imprint(tmp_path, "own.csl", url=""), "A talk", "a.md") == "A talk, The end of an alliance"


def test_a_version_that_stands_in_the_date_by_chance_is_no_version(tmp_path: Path) -> None:
    more = FULL | {"version": "26"}
    assert ", version 26, " in cite(imprint(tmp_path, "mhra-notes", **more), "A talk", "a.md")

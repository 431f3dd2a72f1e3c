"""What rests on a source, by page: all of it, in order, no more on a page than can be read."""

from __future__ import annotations

import re

import pytest

from conftest import Edition
from dosje.checking.edition import check_edition
from dosje.edition.backlinks import BacklinkPage, cut_into_pages
from dosje.edition.pages import path_of_backlink_page
from dosje.site.page_files import build_pages

SOURCE = {"content/sources/a.yml": "type: report\ntitle: A report\nfolios: 1-2000\nseen: original\n"}


def write_essay(cites: list[str]) -> dict[str, str]:
    """Return a chapter of one paragraph for each cite of the source."""
    body = "\n\n".join(f"Statement {number} [@a{', ' + cite if cite else ''}]." for number, cite in enumerate(cites))
    return {"content/essays/e.md": f"---\ntitle: E\n---\n{body}\n"}


def sheets_of(edition: Edition, cites: list[str]) -> tuple[BacklinkPage, ...]:
    linked = check_edition(edition({**SOURCE, **write_essay(cites)})).linked
    assert linked is not None
    return cut_into_pages(linked, "a")


@pytest.mark.parametrize(
    ("cites", "sizes"),
    [
        ([], []),
        (["fl. 1"] * 3, [3]),
        ([f"fl. {leaf}" for leaf in range(1, 901)], [400, 400, 100]),
        (["fl. 1"] * 500 + ["fl. 2"] * 10, [500, 10]),
        (["fl. 1"] * 700, [600, 100]),
        (["fl. 1"] * 300 + [""] * 300, [400, 200]),
    ],
)
def test_a_page_has_about_400_rows_and_a_place_is_torn_apart_only_where_it_is_larger_than_600(
    cites: list[str], sizes: list[int], edition: Edition
) -> None:
    sheets = sheets_of(edition, cites)
    assert [len(sheet.backlinks) for sheet in sheets] == sizes
    assert [path_of_backlink_page(sheet) for sheet in sheets] == ["sources/a.md", "sources/a/2.md", "sources/a/3.md"][
        : len(sizes)
    ]


def test_every_statement_stands_on_one_of_the_pages_and_each_page_leads_to_the_others(edition: Edition) -> None:
    root = edition({**SOURCE, **write_essay([f"fl. {leaf}" for leaf in range(1, 421)] + [""])})
    build_pages(check_edition(root), lambda _: None)
    folder = root / ".build" / "pages" / "sources"
    texts = [path.read_text(encoding="utf-8") for path in (folder / "a.md", folder / "a" / "2.md")]
    assert "421 citations in this edition, in the order of the places cited, on 2 pages:" in texts[0]
    other = '<a href="../sources/a/2.md">fl. 401 to fl. 420, and as a whole</a>'
    assert f"<strong>fl. 1 to fl. 400</strong> · {other}" in texts[0]
    other = '<a href="../../sources/a.md">fl. 1 to fl. 400</a>'
    assert f"{other} · <strong>fl. 401 to fl. 420, and as a whole</strong>" in texts[1]
    found = [int(number) for text in texts for number in re.findall(r"<td>Statement (\d+)\.</td>", text)]
    assert found == list(range(421))
    notes = [int(number) for text in texts for number in re.findall(r">note (\d+)</a>", text)]
    assert notes == list(range(1, 422))

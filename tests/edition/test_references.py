"""References as an archive writes them: codes, boxes, former codes, the place of a unit in the tree."""

from __future__ import annotations

import json
from typing import Any

import pytest

from conftest import Edition
from dosje.checking.edition import Checked, check_edition
from dosje.edition.references import fill_pattern
from dosje.values.findings import format_findings
from dosje.web.page_maker import PageMaker


def check(edition: Edition, archive: dict[str, Any], text: str = "Text.", **units: Any) -> Checked:
    files = {f"content/sources/{key}.yml": json.dumps({"type": "file", "title": key, "seen": "scan", **unit})
             for key, unit in units.items()}  # fmt: skip
    archives = {"arch": {"name": "Archive", "abbreviation": "A", **archive}}
    checked = check_edition(
        edition(
            files
            | {
                "content/archives.yml": json.dumps(archives),
                "content/essays/e.md": f"---\ntitle: E\n---\n{text}\n",
                "mkdocs.yml": "site_name: S\n",
            }
        )
    )
    assert checked.linked and checked.style, format_findings(checked.findings)
    return checked


def references(checked: Checked) -> dict[str, str]:
    linked = checked.linked
    assert linked is not None
    return {key: linked.holdings.reference_of(record) for key, record in linked.corpus.sources.items()}


def page_of(checked: Checked, key: str) -> str:
    path = f"sources/{key}.md"
    return PageMaker(checked.linked, checked.style).make_pages([path])[0][path]  # type: ignore[arg-type]


def test_another_box_changes_nothing_but_the_box(edition: Edition) -> None:
    tree = {"top": {"level": "collection", "code": "C 1", "repository": "arch"}}
    found = [
        references(
            check(edition, {}, "Text.", **tree, low={"level": "file", "part_of": "top", "containers": {"box": number}})
        )
        for number in ("12", "13")
    ]
    assert found == [{"top": "A, C 1", "low": f"A, C 1, box {number}"} for number in ("12", "13")]


def test_a_word_for_a_level_is_understood_by_its_place(edition: Edition) -> None:
    checked = check(
        edition,
        {},
        group={"level": "record group", "repository": "arch"},
        opis={"level": "opis", "part_of": "group"},
        piece={"level": "piece", "part_of": "opis"},
        letter={"type": "letter", "part_of": "piece"},
        enclosure={"type": "letter", "level": "enclosure", "part_of": "letter"},
        alone={"level": "carton", "folios": "1-9", "repository": "arch"},
    )
    assert checked.linked is not None
    sources, holdings = checked.linked.corpus.sources, checked.linked.holdings
    assert {key: holdings.role_of(record) for key, record in sources.items()} == {
        "group": "fonds",
        "opis": "series",
        "piece": "file",
        "letter": "item",
        "enclosure": "item",
        "alone": "file",
    }


def test_old_fields_and_codes_stand_together_and_a_reference_takes_the_place_of_what_is_above(edition: Edition) -> None:
    checked = check(
        edition,
        {"labels": {"year": "V.", "file": "D.", "levels": {"fonds": "F."}}},
        fonds={"level": "fonds", "code": "14", "repository": "arch"},
        ou={"level": "series", "reference": "F. 14, OU", "part_of": "fonds"},
        low={"level": "file", "year": "1960", "file": "6", "part_of": "ou"},
        item={"level": "item", "code": "3", "part_of": "low", "folios": "9"},
    )
    assert references(checked) == {
        "fonds": "A, F. 14",
        "ou": "A, F. 14, OU",
        "low": "A, F. 14, OU, V. 1960, D. 6",
        "item": "A, F. 14, OU, V. 1960, D. 6, 3, fl. 9",
    }


def test_an_empty_room_of_a_pattern_takes_its_signs_away() -> None:
    values = {"archive": "A", "name": "", "place": "", "reference": "R 1", "leaves": ""}
    assert fill_pattern("{place}: {archive}, {reference}; {name}, {leaves}.", values, ", ") == "A, R 1."
    assert fill_pattern("{reference}; {archive}, {place}", values | {"leaves": "fl. 3"}, ", ") == "R 1; A, fl. 3"
    assert fill_pattern("{reference}", values | {"leaves": "fl. 3"}, " {x} ") == "R 1 {x} fl. 3"


def test_pages_are_pages_in_heading_table_and_drawing(edition: Edition) -> None:
    text = "Said [@low, p. 3] and [@low, 4]."
    checked = check(edition, {}, text, low={"level": "file", "leaves": "pages", "repository": "arch"})
    page = page_of(checked, "low")
    assert "Its pages" in page and "<td>p. 3</td>" in page.replace("\n", "") and "Pages 3 to 4:" in page
    assert [finding.code for finding in checked.findings] == []


def test_where_nobody_knows_leaves_are_called_leaves_or_pages(edition: Edition) -> None:
    checked = check(edition, {"leaves": "unknown"}, "Said [@low, fl. 3].", low={"level": "file", "repository": "arch"})
    page = page_of(checked, "low")
    assert "Its leaves or pages" in page and "Leaves or pages 3 to 3:" in page


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("pattern", "{archive} {referense}", 'no part is called "referense"'),
        ("isil", "Kew", '"Kew" is no ISIL'),
        ("country", "uk", '"uk" is no code of a country'),
    ],
)
def test_what_an_archive_cannot_be_is_a_finding(field: str, value: str, message: str, edition: Edition) -> None:
    archives = json.dumps({"a": {"name": "A", field: value}})
    root = edition({"mkdocs.yml": "site_name: S\n", "content/archives.yml": archives})
    assert [finding.message for finding in check_edition(root).findings if finding.code == "wrong-type"] == [message]

"""What authors align in a table has classes, and looks as it was written."""

from __future__ import annotations

import re
from pathlib import Path

import markdown
import pytest

from conftest import PROJECT

_TABLE = "| a | b | c | d |\n|:--|:-:|--:|---|\n| 1 | 2 | 3 | 4 |\n"


def cells(text: str, *extensions: str) -> list[str]:
    html = markdown.markdown(text, extensions=["tables", *extensions, "dosje.site.cell_alignment"])
    return re.findall(r"<(t[hd]\b[^>]*)>", html)


@pytest.mark.parametrize("extensions", [(), ("extra",), ("md_in_html",)])
def test_an_aligned_cell_has_a_class_and_another_nothing(extensions: tuple[str, ...]) -> None:
    row = ['th class="dosje-left"', 'th class="dosje-center"', 'th class="dosje-right"', "th"]
    assert cells(_TABLE, *extensions) == row + [cell.replace("th", "td", 1) for cell in row]


def test_a_table_within_html_has_classes_too() -> None:
    assert cells(f'<div markdown="1">\n\n{_TABLE}\n</div>', "md_in_html")[2] == 'th class="dosje-right"'


def test_an_author_may_give_a_cell_a_class_of_its_own() -> None:
    assert cells("| a {.b} |\n|--:|\n", "attr_list")[0] == 'th class="b dosje-right"'


def test_the_attribute_that_html_no_longer_has_becomes_a_class() -> None:
    configured = markdown.markdown(
        "|a|\n|--:|\n", extensions=["tables", "dosje.site.cell_alignment"],
        extension_configs={"tables": {"use_align_attribute": True}},
    )  # fmt: skip
    assert '<th class="dosje-right">a</th>' in configured


def test_our_style_sheet_has_a_rule_for_each_class() -> None:
    sheet = Path(PROJECT, "scripts/dosje/web/theme/assets/dosje.css").read_text(encoding="utf-8")
    rules = re.findall(r"\.dosje-(left|center|right) \{\s*text-align: (\w+) !important;", sheet)
    assert rules == [("left", "start"), ("center", "center"), ("right", "end")]

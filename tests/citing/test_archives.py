"""Archives of other countries: what an editor enters, and what notes, pages and exports print of it.

The table names where each archive's own rule of citing stands, or says that none was found.
"""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest

from conftest import Edition, load_cases
from dosje.checking.edition import Checked, check_edition
from dosje.exporting.formats import FORMATS, export_sources
from dosje.values.findings import format_findings
from dosje.web.page_maker import PageMaker
from rendering import plain_notes_of

pytestmark = pytest.mark.whole

CASES: list[dict[str, Any]] = load_cases("archives.yml")
NAMES = [case["name"] for case in CASES]


def files_of(case: dict[str, Any]) -> dict[str, str]:
    """Return the edition of a case: its archive, its units, and an essay with its notes."""
    text = "\n\n".join(f"Text [{note}]." for note in case["notes"])
    units = {
        f"content/sources/{key}.yml": json.dumps({"type": "file", "seen": "original", **unit}, default=str)
        for key, unit in case["sources"].items()
    }
    return units | {
        "mkdocs.yml": f"site_name: A\nextra: {{dosje: {{{case.get('settings', '')}}}}}\n",
        "content/places.yml": "college-park: {name: 'College Park, MD'}\n",
        "content/archives.yml": json.dumps({"archive": case["archive"]}),
        "content/essays/e.md": f"---\ntitle: E\n---\n{text}\n",
    }


def check(case: dict[str, Any], edition: Edition) -> Checked:
    checked = check_edition(edition(files_of(case)))
    assert checked.linked and checked.style, format_findings(checked.findings)
    return checked


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_the_notes_of_an_archive_are_printed_as_its_rule_says(case: dict[str, Any], edition: Edition) -> None:
    checked = check(case, edition)
    assert [finding for finding in checked.findings if finding.code in ("unread-locator", "bad-folios")] == []
    page = PageMaker(checked.linked, checked.style).make_pages(["essays/e.md"])[0]["essays/e.md"]  # type: ignore[arg-type]
    assert plain_notes_of(page) == case["printed"]


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_the_page_of_a_unit_has_the_reference_that_its_notes_have(case: dict[str, Any], edition: Edition) -> None:
    checked = check(case, edition)
    paths = [f"sources/{key}.md" for key in case["references"]]
    pages = PageMaker(checked.linked, checked.style).make_pages(paths)[0]  # type: ignore[arg-type]
    name = re.escape(checked.linked.phrases("facts.reference"))  # type: ignore[union-attr]
    found = {
        key: [
            html.unescape(one) for one in re.findall(rf"<dt>{name}</dt>\s*<dd>(.*?)</dd>", pages[f"sources/{key}.md"])
        ]
        for key in case["references"]
    }
    assert found == {key: [reference] for key, reference in case["references"].items()}


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_exports_have_the_parts_of_a_reference_and_no_supplied_title_as_the_archive_s(
    case: dict[str, Any], edition: Edition
) -> None:
    checked = check(case, edition)
    linked = checked.linked
    assert linked is not None
    items = {item["id"]: item for item in json.loads(export_sources(linked, {}, FORMATS["csl-json"], case["csl"]))}
    for key, wanted in case["csl"].items():
        assert {name: items[key].get(name) for name in wanted} == wanted
        titles = re.findall(r"^TI  - (.*?)\r?$", export_sources(linked, {}, FORMATS["ris"], [key]), re.MULTILINE)
        assert titles == [wanted["title"]]


def test_each_case_names_the_rule_of_its_archive_or_says_that_none_was_found() -> None:
    assert [case["name"] for case in CASES if ("rule" in case) == ("no_rule_found" in case)] == []

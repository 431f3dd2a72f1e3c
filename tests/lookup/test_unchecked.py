"""What an import drafted is found, and never called exact: nobody has compared it with its source."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from dosje.lookup.javascript import write_engine
from english import ENGLISH
from foreign import ask_all, index_of

NOTES = ("AQSH, D. 1, fl. 3.", "Ann Far, Away (P, 1990), 7.")
WHY = "; but this entry was imported, and nobody has checked it"


def files(draft: str) -> dict[str, str]:
    yes = draft == "true"
    return {
        "mkdocs.yml": "site_name: A\n",
        "content/archives.yml": "aqsh: {name: Archive, abbreviation: AQSH, labels: {file: D., folio: fl.}}\n",
        "content/sources/f.yml": "{type: file, level: file, title: F, file: 1, repository: aqsh, seen: scan"
        + (", draft: true}\n" if yes else "}\n"),
        "bibliography/a.bib": "@book{far, author = {Far, Ann}, title = {Away}, publisher = {P}, date = {1990}"
        + (", draft = {true}}\n" if yes else "}\n"),
        "content/essays/e.md": "---\ntitle: E\n---\nSaid [@f, fl. 3; @far, 7].\n",
    }


def found(answer: Any) -> list[tuple[str, str, str]]:
    return [(one["key"], one["confidence"], one["why"]) for cite in answer["citations"] for one in cite["matches"]]


def test_a_draft_is_likely_at_most_and_the_reason_says_so(tmp_path: Path) -> None:
    checked = [found(one) for one in ask_all(index_of(files(""), tmp_path / "checked"), *NOTES)]
    drafts = [found(one) for one in ask_all(index_of(files("true"), tmp_path / "drafts"), *NOTES)]
    assert [[(key, sure) for key, sure, _ in one] for one in checked] == [[("f", "exact")], [("far", "exact")]]
    assert drafts == [[(key, "likely", f"{why}{WHY}") for key, _, why in one] for one in checked]


@pytest.mark.browser
def test_the_browser_says_the_same(browser: Browser, tmp_path: Path) -> None:
    shards = index_of(files("true"), tmp_path)
    page = browser.new_page()
    page.add_script_tag(content=write_engine(ENGLISH))
    ask = "([notes, shards]) => notes.map(note => dosjeLookup.look_up(note, null, shards))"
    answers: list[dict[str, Any]] = page.evaluate(ask, [NOTES, shards])
    page.close()
    assert [found(one) for one in answers] == [found(one) for one in ask_all(shards, *NOTES)]

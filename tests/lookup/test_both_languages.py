"""The rules answer in the browser as in Python: footnotes on a foreign edition, each in both."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from conftest import CASES
from dosje.lookup.javascript import write_engine
from english import ENGLISH
from foreign import FILES, ask_all, index_of

pytestmark = pytest.mark.browser
NOTES = (CASES / "foreign_notes.txt").read_text(encoding="utf-8").splitlines()


def test_a_footnote_has_the_same_answer_in_python_and_in_the_browser(browser: Browser, tmp_path: Path) -> None:
    shards = index_of(FILES, tmp_path)
    page = browser.new_page()
    page.add_script_tag(content=write_engine(ENGLISH))
    look_up = """([notes, shards]) => { let memory = null; return notes.map(note => {
        const answer = dosjeLookup.look_up(note, memory, shards); memory = answer.memory;
        return JSON.parse(JSON.stringify({...answer, memory: null})); }); }"""
    found: list[dict[str, Any]] = page.evaluate(look_up, [NOTES, shards])
    page.close()
    for note, here, there in zip(NOTES, ask_all(shards, *NOTES), found, strict=True):
        assert there == {**here, "memory": None}, note

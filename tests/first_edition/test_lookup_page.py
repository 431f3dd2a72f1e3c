"""The page /lookup/ in Debian's Chromium: the same answers as `dosje cite`, for readers of every kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from answers import read_table, say
from dosje.lookup.answers import cite_notes, open_index
from dosje.reading.settings_file import read_settings

pytestmark = pytest.mark.browser
LETTER = "Kapo to Hoxha, 25 June 1960, in AQSH, F.14/AP, OU, MPPKPB – June 1960, D. 1, fl. 48"


@pytest.fixture(scope="module")
def address(built: Path) -> str:
    """The page as it is opened from disk, without a server."""
    return (built / "site" / "lookup" / "index.html").as_uri()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    page = browser.new_page()
    page.goto(address)
    page.locator("#dosje-query").wait_for()
    yield page
    page.close()


def look_up_in(page: Page, text: str) -> None:
    page.locator("#dosje-query").fill(text)
    page.locator("#dosje-query").press("Enter")
    page.locator(".dosje-asked").first.wait_for()


def without_memory(answer: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name != "memory"}


def test_the_page_answers_every_case_of_the_table_and_as_the_command_does(page: Page, built: Path) -> None:
    settings, _ = read_settings(built)
    assert settings is not None
    index = open_index(settings)
    for case in read_table():
        lines = list(case.notes)
        found = page.evaluate("lines => dosjeAsk(lines).then(all => JSON.parse(JSON.stringify(all)))", lines)
        assert tuple(map(say, found)) == case.said
        expected = [without_memory(answer) for answer in cite_notes(lines, index)]
        assert [without_memory(answer) for answer in found] == expected, lines


def test_a_footnote_shows_the_document_its_words_and_the_statement_that_cites_it(page: Page) -> None:
    look_up_in(page, LETTER)
    first = page.locator(".dosje-match").first
    assert first.locator(".dosje-sure").inner_text() == "exact"
    assert "Hysni Kapo, telegram to Enver Hoxha, 25 June 1960" in first.locator(".dosje-reference").inner_text()
    assert "fl. 48–49" in first.locator(".dosje-cited--here").first.inner_text()
    first.locator(".dosje-cited a").first.click()
    page.wait_for_url("**#fnref:*")
    assert page.locator(":target").count() == 1


def test_a_query_is_shared_in_the_address(page: Page, browser: Browser, address: str) -> None:
    look_up_in(page, "Lüthi, The Sino-Soviet Split, 171")
    assert page.url.endswith("#q=" + quote("Lüthi, The Sino-Soviet Split, 171", safe="!~*'()"))
    for shared in (page.url, f"{address}?note={quote('Lüthi, The Sino-Soviet Split, 171')}"):
        other = browser.new_page()
        other.goto(shared)
        other.locator(".dosje-match h3", has_text="The Sino-Soviet Split").wait_for()
        assert other.locator("#dosje-query").input_value() == "Lüthi, The Sino-Soviet Split, 171"
        other.close()


def test_a_screen_reader_is_told_what_was_found_and_what_was_not(page: Page) -> None:
    status = page.get_by_role("status")
    assert status.get_attribute("aria-live") == "polite"
    look_up_in(page, LETTER)
    assert status.inner_text() == "exact: Kapo to Hoxha, with an ironic name for Khrushchev."
    look_up_in(page, "RGANI, f. 3, op. 12, d. 4")
    page.locator(".dosje-nothing").wait_for()
    assert status.inner_text() == "Nothing found for “RGANI, f. 3, op. 12, d. 4”."


def test_the_keyboard_is_enough(page: Page) -> None:
    page.get_by_label("Footnote").focus()
    page.keyboard.type("Griffith 1963, 40")
    page.locator(".dosje-match").wait_for()
    for _ in range(3):  # the button that clears, the title, the button that copies
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Copy"
    page.get_by_label("Footnote").focus()
    page.keyboard.press("Escape")
    assert page.get_by_label("Footnote").input_value() == ""
    page.locator(".dosje-match").wait_for(state="detached")


def test_the_citation_of_an_answer_is_copied(browser: Browser, address: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(address)
    look_up_in(page, LETTER)
    page.locator(".dosje-match .dosje-copy").first.click()
    page.get_by_role("button", name="Copied").wait_for()
    shown = page.locator(".dosje-reference").first.inner_text().removesuffix("Copied").strip()
    assert page.evaluate("navigator.clipboard.readText()") == shown != ""
    assert page.get_by_role("status").inner_text() == "The citation is copied."
    assert errors == []
    context.close()


def test_each_line_is_a_note_and_an_ibid_looks_back(page: Page) -> None:
    look_up_in(page, "Lüthi, The Sino-Soviet Split, 174.\nIbid., 183–84.")
    assert (
        page.locator(".dosje-match h3 a").all_inner_texts()
        == ["The Sino-Soviet Split: Cold War in the Communist World"] * 2
    )


def test_an_example_of_the_page_is_looked_up_when_it_is_pressed(page: Page) -> None:
    page.locator("button.dosje-example").first.click()
    page.locator(".dosje-match").first.wait_for()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_answers_are_no_wider_than_the_screen(browser: Browser, address: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(f"{address}#q={quote(LETTER)}")
    page.locator(".dosje-match").first.wait_for()
    widths = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert widths[0] <= widths[1]
    page.close()


def test_without_javascript_the_page_explains_and_leads_to_the_sources(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert "needs JavaScript" in page.locator("article").inner_text()
    assert not page.locator("#dosje-query").count()
    assert page.get_by_role("link", name="index of sources").get_attribute("href") == "../sources/"
    context.close()


def test_the_page_of_a_file_leads_to_what_rests_on_its_leaves(browser: Browser, built: Path) -> None:
    text = (built / "site/sources/kapo-hoxha-1960-06-20/index.html").read_text(encoding="utf-8")
    assert 'href="../../lookup/?note=kapo-hoxha-1960-06-20:4"' in text


def test_a_shared_query_opens_no_search(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}?note={quote('Kapo to Hoxha, 20 June 1960, fl. 4')}")
    page.locator(".dosje-match h3", has_text="Kapo").first.wait_for()
    assert not page.locator("#__search").is_checked()
    assert page.locator("#dosje-answers, #dosje-lookup").first.inner_text().count("fl. 4")
    page.close()

"""The search of the first edition, in a browser and below a path."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from conftest import serve
from waiting import wait_for_answer

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site below a path, as a project's GitHub Pages have it."""
    folder = tmp_path_factory.mktemp("host")
    (folder / "edition").symlink_to(built / "site", target_is_directory=True)
    with serve(folder) as root:
        yield f"{root}edition/"


def test_the_box_in_the_header_leads_to_the_search_and_a_result_to_its_place(browser: Browser, address: str) -> None:
    page = browser.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{address}meetings/bucharest-1960/")
    page.locator(".dosje-box input").fill("Venizelos minority")
    page.keyboard.press("Enter")
    page.wait_for_url("**/edition/search/index.html?q=Venizelos+minority")
    wait_for_answer(page, "pages for “Venizelos minority”")
    result = page.locator("#dosje-results > li").filter(has_text="Khrushchev receives Sophokles Venizelos").first
    assert "Meeting, about June 1960" in result.inner_text()
    assert result.locator("mark").count()
    result.locator("a.dosje-title").click()
    page.wait_for_url("**/edition/meetings/khrushchev-venizelos-1960-06/")
    assert errors == []
    page.close()


@pytest.mark.parametrize("spelling", ["Hodja", "Ходжа", "ходжа"])
def test_a_name_is_found_by_each_of_its_spellings(browser: Browser, address: str, spelling: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}search/?q={spelling}")
    assert wait_for_answer(page, "pages for").endswith("here also written “Hoxha”")
    assert page.locator("#dosje-results a.dosje-title").first.inner_text() == "Enver Hoxha"
    page.close()


def test_the_bearer_of_a_name_stands_before_those_that_have_it_in_their_titles(browser: Browser, address: str) -> None:
    page = browser.new_page()
    first = {}
    for query in ("Khrushchev", "moscow", "Kapo", "PLA", "Khrushchev’s visit", "Moghioros"):
        page.goto(f"{address}search/?q={query}")
        wait_for_answer(page, " for “")
        first[query] = page.locator("#dosje-results a.dosje-title").first.inner_text()
    assert first == {
        "Khrushchev": "Nikita Khrushchev",
        "moscow": "Moscow",
        "Kapo": "Hysni Kapo",
        "PLA": "Party of Labour of Albania",
        "Khrushchev’s visit": "Khrushchev’s visit to Albania",
        "Moghioros": "Alexandru Moghioroş",
    }
    page.goto(f"{address}search/?q=Khrushchev&type=Meeting")
    wait_for_answer(page, " for “")
    assert "Nikita Khrushchev" not in page.locator("#dosje-results a.dosje-title").all_inner_texts()
    page.close()


def test_facets_narrow_down_and_the_address_keeps_them(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}search/?q=Moghioros")
    before = int(wait_for_answer(page, "pages for").split()[0])
    box = page.get_by_role("checkbox", name="Meeting")
    count = int(box.locator("xpath=..").locator(".dosje-count").inner_text())
    box.check()
    page.wait_for_url("**&type=meeting")
    wait_for_answer(page, f"{count} page")
    assert 0 < count < before
    assert page.locator("#dosje-results small").all_inner_texts() == [
        text for text in page.locator("#dosje-results small").all_inner_texts() if text.startswith("Meeting")
    ]
    page.reload()
    wait_for_answer(page, f"{count} page")
    page.go_back()
    wait_for_answer(page, f"{before} pages")
    page.close()


def test_without_javascript_the_search_says_so_and_links_the_lists(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}search/?q=Hoxha")
    assert page.get_by_text("This search needs JavaScript").is_visible()
    assert not page.locator("#dosje-search").is_visible()
    page.locator("article").get_by_role("link", name="Persons").click()
    assert page.locator("article").get_by_role("link", name="Hoxha, Enver").is_visible()
    context.close()


def test_a_list_is_sorted_filtered_and_taken_along(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}persons/")
    for _ in range(2):
        page.get_by_role("button", name="Meetings").click()
    first = page.locator("tbody tr").first
    assert first.inner_text().startswith("Hoxha, Enver")
    assert page.locator("th[aria-sort=descending]").inner_text().strip() == "Meetings"
    page.get_by_label("Only with").fill("kapo hysni")
    assert page.locator("tbody tr:visible").count() == 1
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV of what is shown").click()
    text = Path(download.value.path()).read_bytes().decode("utf-8")
    assert text.startswith('\ufeffName,Offices,Meetings,Wrote,Received,Named on\r\n"Kapo, Hysni",')
    assert text.count("\r\n") == 2
    page.close()


def test_a_page_that_is_not_there_offers_the_search(built: Path) -> None:
    text = (built / "site" / "404.html").read_text(encoding="utf-8")
    assert "This page is not here" in text
    assert 'action="/search/index.html"' in text

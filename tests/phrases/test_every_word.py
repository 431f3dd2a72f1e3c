"""Every word of ours that a reader sees comes from the phrases: in a made-up language none of another is left.

The edition says all in Greek letters, the phrases in Cyrillic ones; Material, the citation style and the months speak
Russian. So a Latin letter that is read anywhere stands in our code.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser

from conftest import serve
from dosje import stages
from dosje.checking.edition import check_edition
from dosje.lookup.answers import cite_notes, open_index
from dosje.phrases import phrase_files
from pseudo import has_latin, speak_pseudo, words_of_ours, write_greek

pytestmark = pytest.mark.whole


@pytest.fixture(scope="module")
def greek(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Yield the edition in Greek, with its site, book and e-book in the made-up language."""
    root = tmp_path_factory.mktemp("greek")
    write_greek(root)
    with pytest.MonkeyPatch.context() as patch:
        speak_pseudo(patch)
        quiet = stages.Listeners()
        list(stages.make_books(root, [], quiet))
        stages.make_ebook(root, quiet)
        stages.build_edition(root, quiet)
        yield root
    phrase_files.read_phrases.cache_clear()


def test_no_page_says_a_word_that_is_not_in_the_phrases(greek: Path) -> None:
    pages = sorted((greek / "site").rglob("*.html"))
    assert len(pages) > 20
    found = {path.relative_to(greek).as_posix(): set(words_of_ours(path.read_text(encoding="utf-8"))) for path in pages}
    assert {path: words for path, words in found.items() if words} == {}


def test_no_page_of_the_book_says_a_word_that_is_not_in_the_phrases(greek: Path) -> None:
    document = pypdfium2.PdfDocument(greek / ".build" / "downloads" / "edition.pdf")
    lines = [line for page in document for line in page.get_textpage().get_text_bounded().splitlines()]
    assert len(lines) > 100
    assert [line for line in lines if has_latin(line)] == []


def test_no_file_of_the_e_book_says_a_word_that_is_not_in_the_phrases(greek: Path) -> None:
    with zipfile.ZipFile(greek / ".build" / "downloads" / "edition.epub") as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xhtml")}
    assert len(files) > 10
    found = {name: set(words_of_ours(text)) for name, text in files.items()}
    assert {name: words for name, words in found.items() if words} == {}


@pytest.mark.parametrize(
    "note", ["Καπω το Ηωχηα, 24 June 1960", "ΑΣΣΗ, F. 3", "Λύθι, Το σχίσμα, 171", "Ibid.", "@file-1"]
)
def test_no_answer_of_the_lookup_has_a_word_that_is_not_in_the_phrases(greek: Path, note: str) -> None:
    checked = check_edition(greek)
    assert checked.linked is not None
    (answer,) = cite_notes([note], open_index(checked.linked.corpus.settings))
    reasons = [said["why"] for cite in answer["citations"] for said in (*cite["matches"], *cite["near"])]
    reasons += [cite["looked_for"] for cite in answer["citations"]]
    assert [said for said in reasons if has_latin(said.replace(note, ""))] == []


@pytest.mark.browser
@pytest.mark.parametrize(
    "way", ["search/?q=Καπω", "search/?q=Καπωω", "lookup/#q=Λύθι, Το σχίσμα, 171", "lookup/#q=ΑΣΣΗ, F. 3",
            "lookup/#q=Ωωω", "persons/", "sources/", "chronology/", "meetings/bucharest-1960/", "sources/file-1/",
            "404.html"],
)  # fmt: skip
def test_no_script_says_a_word_that_is_not_in_the_phrases(greek: Path, browser: Browser, way: str) -> None:
    with serve(greek / "site") as address:
        page = browser.new_page()
        page.goto(f"{address}{way}", wait_until="networkidle")
        said = words_of_ours(page.content())
        page.close()
    # What Material itself says in Russian has no Latin letters; footnotes that were typed are not ours.
    assert sorted({words for words in said if words not in way}) == []


def test_no_table_beside_a_page_says_a_word_that_is_not_in_the_phrases(greek: Path) -> None:
    heads = [path.read_text(encoding="utf-8").split("\n")[0] for path in sorted((greek / "site").rglob("*.csv"))]
    assert len(heads) > 5
    assert [head for head in heads if has_latin(head)] == []

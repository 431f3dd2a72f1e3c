"""In each language of ours pages, e-book and print say which language they are in."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml
from jinja2 import Environment, PackageLoader

from dosje.books.book import Book, BookMaker
from dosje.books.epub import write_epub
from dosje.books.typst import write_book
from dosje.checking.edition import Checked, check_edition
from dosje.phrases.phrase_files import phrase_languages
from dosje.site.composed import compose
from dosje.site.page_files import build_pages
from dosje.starter.starter import make_starter, write_starter
from rendering import read_tree
from sharing import share

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture(scope="module", params=phrase_languages())
def checked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Checked]:
    """Return a language, and the starter in it as it was read."""

    def make(folder: Path) -> None:
        write_starter(folder, make_starter(request.param))

    return request.param, check_edition(share(tmp_path_factory, f"starter-tags-{request.param}", make))


LOCALES = {
    "de": "de-DE", "en": "en-GB", "es": "es-ES", "fr": "fr-FR", "it": "it-IT",
    "ru": "ru-RU", "sq": "sq-AL", "zh": "zh-CN",
}  # fmt: skip


def test_the_starter_is_in_the_locale_of_its_language(checked: tuple[str, Checked]) -> None:
    language, edition = checked
    assert edition.linked is not None
    assert edition.linked.corpus.settings.locale == LOCALES[language]


def test_each_page_of_the_site_says_its_language(checked: tuple[str, Checked]) -> None:
    language, edition = checked
    assert edition.linked is not None
    settings = edition.linked.corpus.settings
    composed = yaml.load(compose(settings, []), yaml.BaseLoader)
    environment = Environment(autoescape=True, loader=PackageLoader("material", "templates"))
    words = environment.get_template(f"partials/languages/{composed['theme']['language']}.html")
    assert vars(words.module)["t"]("language").split("-")[0] == language


def test_each_document_of_the_e_book_says_its_language(checked: tuple[str, Checked]) -> None:
    language, edition = checked
    with zipfile.ZipFile(io.BytesIO(write_epub(book_of(edition)))) as archive:
        files = {name: archive.read(name) for name in archive.namelist() if name.endswith((".xhtml", ".opf"))}
    package = ElementTree.fromstring(files.pop("EPUB/package.opf"))
    locale = LOCALES[language]
    said = [element.text for element in package.iter("{http://purl.org/dc/elements/1.1/}language")]
    assert (package.get(XML_LANG), said) == (locale, [locale])
    roots = [ElementTree.fromstring(text) for text in files.values()]
    assert len(roots) > 5
    assert {(root.get("lang"), root.get(XML_LANG)) for root in roots} == {(locale, locale)}


def test_print_is_set_in_its_language(checked: tuple[str, Checked]) -> None:
    language, edition = checked
    region = LOCALES[language].partition("-")[2]
    (said,) = re.findall(r"^show: book\.with\(.*$", write_book(book_of(edition)), re.MULTILINE)
    assert said.endswith(f'"{language}", "{region}")')


def test_no_page_and_no_book_marks_its_own_language_or_english_words_of_ours(checked: tuple[str, Checked]) -> None:
    language, edition = checked
    build_pages(edition, lambda _: None)
    assert edition.linked is not None
    pages = read_tree(edition.linked.corpus.settings.root / ".build" / "pages")
    marked = {
        tag for path, page in pages.items() if path.endswith(".md") for tag in re.findall(r'\blang="([^"]*)"', page)
    }
    assert {tag for tag in marked if tag.split("-")[0] == language} == set()
    assert not any('<span lang="en" dir="ltr">' in page for page in pages.values())


def book_of(checked: Checked) -> Book:
    assert checked.linked and checked.style
    return BookMaker(checked.linked, checked.style).make()

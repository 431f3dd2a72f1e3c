"""Words that the edition's language lacks stand in English, and pages and books say that they are English."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from pathlib import Path

import pytest
import yaml

from conftest import MINI
from dosje.books.book import BookMaker
from dosje.books.epub import write_epub
from dosje.books.typst import write_book
from dosje.checking.edition import check_edition
from dosje.markup.html import HtmlWriter
from dosje.markup.tree import Facts, Foreign, Inline, Table
from dosje.phrases.phrase_files import read_phrases
from dosje.phrases.phrases import Borrowed, Lent, Phrases
from dosje.reading.settings_file import read_settings
from dosje.site.composed import compose
from dosje.values.words import Run
from dosje.web.said import print_phrase, say, unmark_attributes
from rendering import render

# Where each stands: the name of a fact, a heading, the head of a column, a template, and a phrase with values; then an
# attribute and the name of an option, which can hold no element.
LACKING = (
    "facts.dates",
    "facts.place",
    "note.all",
    "columns.meeting",
    "copy.button",
    "lists.persons-by-name",
    "lists.this",
    "chronology.all",
)
PHRASES = Phrases(
    "sv",
    {"a.word": "A <b>", "a.of": "Of {name}, {n}", "a.own": "Av {kind}", "a.two": "{a}{b}"},
    frozenset(["a.word", "a.of"]),
)
MARKED = '<span lang="en" dir="ltr">'


def test_borrowed_words_are_marked_and_escaped_and_values_are_not_marked() -> None:
    assert say(PHRASES, "a.word") == f"{MARKED}A &#60;b&#62;</span>"
    assert say(PHRASES, "a.of", name="Åke <i>", n=2) == f"{MARKED}Of </span>Åke &#60;i&#62;{MARKED}, </span>2"
    assert say(PHRASES, "a.own", kind=say(PHRASES, "a.word")) == f"Av {MARKED}A &#60;b&#62;</span>"


def test_a_text_keeps_which_of_its_words_are_borrowed() -> None:
    said = PHRASES("a.own", kind=PHRASES("a.of", name="Åke", n=2))
    assert said == "Av Of Åke, 2"
    assert isinstance(said, Lent)
    assert [(part, type(part) is Borrowed) for part in said.pieces] == [
        ("Av ", False), ("Of ", True), ("Åke", False), (", ", True), ("2", False)
    ]  # fmt: skip
    assert print_phrase(said) == f"Av {MARKED}Of </span>Åke{MARKED}, </span>2"
    assert type(PHRASES("a.own", kind="b")) is str


def test_no_mark_stands_in_an_attribute_or_an_option() -> None:
    word = f"{MARKED}A</span>"
    assert unmark_attributes(f'<p title="{word} b {word}">{word}</p>') == f'<p title="A b A">{word}</p>'
    assert unmark_attributes(f'<option value="">{word}</option>') == '<option value="">A</option>'


@pytest.fixture(scope="module")
def swedish(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("swedish")
    shutil.copytree(MINI, root, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".build", "site"))
    text = (root / "mkdocs.yml").read_text(encoding="utf-8")
    settings = re.sub(r"^( *)dosje:$", r"\1dosje:\n\1  locale: sv", text, flags=re.MULTILINE)
    assert settings != text
    (root / "mkdocs.yml").write_text(settings, encoding="utf-8")
    (root / "phrases").mkdir()
    said = {key: form for key, form in read_phrases("en-GB").forms.items() if key not in LACKING}
    (root / "phrases" / "sv.yml").write_text(yaml.safe_dump(said, allow_unicode=True), encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def pages(swedish: Path) -> dict[str, str]:
    return render(swedish)


def test_books_mark_what_they_borrow(swedish: Path) -> None:
    checked = check_edition(swedish)
    assert checked.linked and checked.style
    book = BookMaker(checked.linked, checked.style).make()
    assert set(re.findall(r'foreign\("en", *"([^"]*)"', write_book(book))) == {"Meeting", "Place"}
    with zipfile.ZipFile(io.BytesIO(write_epub(book))) as archive:
        text = "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".xhtml"))
    assert set(re.findall(r'<dt><span lang="en" xml:lang="en">([^<]*)</span></dt>', text)) == {"Place"}


def test_pages_mark_what_they_borrow_and_nothing_else(pages: dict[str, str]) -> None:
    marked = {
        said for page in pages.values() for said in re.findall(r'<span lang="en"(?: dir="ltr")?>([^<]*)</span>', page)
    }
    assert marked == {" persons, by name.", "Copy", "Meeting", "Notes", "Place"}
    # What nothing can mark stands as it is.
    assert 'aria-label="This list"' in pages["persons/index.md"].replace(
        read_phrases("en-GB")("lists.this"), "This list"
    )
    unfit = re.compile(r'="[^"<>]*<span|<option[^<>]*><span')
    assert [path for path, page in pages.items() if unfit.search(page)] == []


def test_a_tree_marks_borrowed_names_of_facts_and_heads_of_columns() -> None:
    place = PHRASES("a.word")
    facts, table = Facts(((place, (Run("Ö"),)),)), Table((place, "Å"), (((Run("1"),), (Run("2"),)),), (1, 1))

    def write(inline: Inline) -> str:
        assert isinstance(inline, Foreign)
        return f"<i lang={inline.language}>{inline.text}</i>"

    writer = HtmlWriter(write)
    assert "<dt><i lang=en>A <b></i></dt>" in writer.block(facts, 2)
    assert '<th scope="col"><i lang=en>A <b></i></th><th scope="col">Å</th>' in writer.block(table, 2)


def test_the_file_for_mkdocs_says_them_as_plain_text() -> None:
    settings, _ = read_settings(MINI)
    assert settings is not None
    home = read_phrases("sv")("nav.home")
    assert isinstance(home, Borrowed)
    assert yaml.safe_load(compose(settings, [{home: "index.md"}]))["nav"] == [{"Home": "index.md"}]

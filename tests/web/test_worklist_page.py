"""The page of worklists: the preview has it, the site does not."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from conftest import Edition
from dosje.checking.edition import check_edition, with_settings
from dosje.edition.pages import WORKLIST_PAGE
from dosje.web.navigation import make_nav
from dosje.web.page_maker import PageMaker

FILES = {
    "mkdocs.yml": "site_name: An edition\n",
    "bibliography/w.bib": "@book{owl, title = {Long Bills}, author = {Owl}, draft = {true}}\n"
    "@book{mole, title = {Deep Dishes}, author = {Mole}}\n",
    "content/essays/book.md": "---\ntitle: Book\n---\nOne [@owl, 3]{note=1}. Two.[^n2]\n\n[^n2]: Mole says so.\n",
    "imports/book.yml": """\
manuscript: book.docx
notes: 3
essays: [book]
sources:
- source: "mole says so"
  text: "Mole <i>says</i> *so* [@mole]"
  notes: [2]
  became: unsure
  why: "two could be meant"
  candidates: [mole, owl]
  answer:
- source: "long bills"
  text: "Owl, Long Bills, 3"
  notes: [1]
  became: drafted
  record: owl
- source: "a third"
  notes: [3]
  became: left
  answer: leave
  remark: "no source"
""",
}


@pytest.fixture
def root(edition: Edition) -> Path:
    return edition(FILES)


def make(root: Path) -> str:
    checked = with_settings(check_edition(root), has_worklist=True)
    assert checked.linked and checked.style
    assert WORKLIST_PAGE in str(make_nav(checked.linked))
    pages, _ = PageMaker(checked.linked, checked.style).make_pages([WORKLIST_PAGE])
    return pages[WORKLIST_PAGE]


def words(page: str) -> list[str]:
    text = html.unescape(re.sub(r"<[^>]*>", " ", page.split("---\n", 2)[2]))
    lines = (re.sub(r"^#+ (.*) \{:.*$", r"\1", " ".join(line.split())) for line in text.splitlines())
    return [line for line in lines if line]


def test_the_page_says_by_source_what_became_of_it_and_where_an_answer_stands(root: Path) -> None:
    said = words(make(root))
    assert said[2:] == [
        "book.docx",
        "3 notes · imports/book.yml · Notes that stand in no essay: 3",
        "Waits for an answer (1)",
        "Mole <i>says</i> *so* [@mole]",
        "1 note", "2",
        "What became of it", "unsure, printed in the words of the manuscript",
        "Why", "two could be meant",
        "May be meant", "Deep Dishes ; Long Bills [unchecked]",
        "Answer", "none yet · imports/book.yml:5:3",
        "Drafted, to be checked (1)",
        "Owl, Long Bills, 3",
        "1 note", "1",
        "What became of it", "a draft was made: Long Bills [unchecked]",
        "Answer", "none yet · imports/book.yml:12:3",
        "Answered (1)",
        "a third",
        "1 note", "3",
        "What became of it", "nothing was found, printed in the words of the manuscript",
        "Answer", "the words stay words · no source · imports/book.yml:17:3",
    ]  # fmt: skip


def test_each_note_leads_to_its_place_in_the_essay_and_words_of_a_manuscript_are_no_markup(root: Path) -> None:
    page = make(root)
    assert re.findall(r'href="([^"]*#fnref[^"]*)"', page) == [
        "essays/book.md#fnref:note-n2", "essays/book.md#fnref:owl-page-3_one",
    ]  # fmt: skip
    assert "<i>says</i>" not in page
    assert not re.search(r"<script|<style|style=", page)


def test_the_site_that_is_built_has_no_such_page(root: Path) -> None:
    checked = check_edition(root)
    assert checked.linked and checked.style
    assert WORKLIST_PAGE not in PageMaker(checked.linked, checked.style).paths
    assert WORKLIST_PAGE not in str(make_nav(checked.linked))

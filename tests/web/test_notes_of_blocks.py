"""Notes within notes, and notes of several paragraphs, lists and code: on the page, in the PDF and in the e-book."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conftest import Edition
from dosje.books.book import Book, BookMaker
from dosje.books.typst import write_book
from dosje.books.xhtml import Writer
from dosje.checking.edition import check_edition
from rendering import render

BIB = """\
@book{a, author = {Smith, John}, title = {A Long History}, publisher = {Pub}, date = {2000}}
@book{b, author = {Roe, Ann}, title = {Other Things}, publisher = {Pub}, date = {2001}}
"""
TEXT = """\
---
title: P
summary: S.
---
Text[^1]. And [@a, 3].

[^1]: One [@a, 3], as said[^2].

    Second [@b, 4].

    - item
    - item two[^3]

    > quoted

        code [not a cite]

[^2]: Two [@b].

[^3]: Three.
"""


@pytest.fixture
def root(edition: Edition) -> Path:
    return edition({"content/essays/p.md": TEXT, "bibliography/lit.bib": BIB})


def items_of(page: str) -> dict[str, str]:
    found = re.findall(r'^<li id="fn:([^"]+)">\n(.*?)\n</li>$', page, re.MULTILINE | re.DOTALL)
    bare = ((label, re.sub(r' <span class="dosje-f.*?(?=&#160;)', "", text)) for label, text in found)
    return {label: re.sub(r"<a [^>]*>&#8617;</a>|</?a\b[^>]*>| id=\"[^\"]*\"", "", text) for label, text in bare}


def test_a_note_keeps_its_blocks_and_the_notes_in_it_stand_behind_it(root: Path) -> None:
    assert items_of(render(root)["essays/p.md"]) == {
        "note-1": """\
<p>One John Smith, <em>A Long History</em> (Pub, 2000), 3, as said.<sup>2</sup></p>
<p>Second Ann Roe, <em>Other Things</em> (Pub, 2001), 4.</p>
<ul>
<li>item</li>
<li>item two<sup>3</sup></li>
</ul>
<blockquote>
<p>quoted</p>
</blockquote>
<div class="highlight"><pre><span></span><code>code [not a cite]
</code></pre></div>
<p></p>""",
        "note-2": "<p>Two Roe, <em>Other Things</em>.&#160;</p>",
        "note-3": "<p>Three.&#160;</p>",
        "a-page-3_and": "<p>Smith, <em>A Long History</em>, 3.&#160;</p>",
    }


def test_no_line_of_a_note_is_empty_so_that_markdown_leaves_it_alone(root: Path) -> None:
    page = render(root)["essays/p.md"]
    inside = page[page.index('<div class="footnote">') : page.rindex("</ol>")]
    assert "\n\n" not in inside


def book_of(root: Path) -> Book:
    checked = check_edition(root)
    assert checked.linked and checked.style
    return BookMaker(checked.linked, checked.style).make(None)


def test_a_book_has_the_same_notes_with_the_same_numbers(root: Path) -> None:
    book = book_of(root)
    assert {label: note.number for (page, label), note in book.notes.items() if page.key == "p"} == {
        "note-1": 1, "note-2": 2, "note-3": 3, "a-page-3_and": 4
    }  # fmt: skip
    source = write_book(book)
    called = [source.index(f"n:essay/p#{label}") for label in ("note-1", "note-2", "note-3", "a-page-3_and")]
    assert called == sorted(called)
    for part in ("note-blocks({", "items(none,", "quotation({", 'listing("code [not a cite]")'):
        assert part in source


def test_an_ebook_has_each_note_as_an_aside_with_its_blocks(root: Path) -> None:
    book = book_of(root)
    entry = next(entry for part in book.parts for entry in part.entries if entry.page.key == "p")
    writer = Writer(book.notes, book.named, lambda page, target: "", book.settings.phrases)
    notes = writer.notes_of(entry.blocks, entry.page)
    assert re.findall(r'doc-footnote" id="([^"]+)"', notes) == [
        "n-essay-p-note-1", "n-essay-p-note-2", "n-essay-p-note-3", "n-essay-p-a-page-3_and"
    ]  # fmt: skip
    assert "<ul>\n<li>item</li>" in notes
    assert "<pre>code [not a cite]</pre>" in notes


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Text[^1].\n\n[^1]: One[^2].\n\n[^2]: Two.\n", []),
        ("Text[^1].\n\n[^1]: One[^1].\n", []),
        ("Text.\n\n[^1]: One[^2].\n\n[^2]: Two[^1].\n", ["note [^1] is nowhere called", "note [^2] is nowhere called"]),
    ],
)
def test_a_note_that_only_notes_without_a_call_name_is_found(edition: Edition, text: str, found: list[str]) -> None:
    root = edition({"content/essays/p.md": f"---\ntitle: P\nsummary: S.\n---\n{text}"})
    findings = check_edition(root).findings
    assert [finding.message for finding in findings if finding.code == "unknown-note"] == found
    if not found:
        assert render(root)["essays/p.md"]

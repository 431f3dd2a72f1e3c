"""The .bib files: which entries there are, and where their fields stand."""

from __future__ import annotations

import pytest

from dosje.reading.bibliography import Work, read_bib
from dosje.values.findings import Span, format_findings

TWO_WORKS = """\
% Exported by Zotero
@string{hup = "Harvard"}
@Book{luthi-2008,
  Title = {The {Sino-Soviet}
           Split},
  booktitle = "B",
  date = 2008, publisher = hup
}
@comment{jabref-meta: x@y}
@misc{marku-2019, seen = {via}, title={T}}
"""


def test_an_entry_has_a_type_a_key_its_fields_and_the_place_of_each() -> None:
    bib, findings = read_bib(TWO_WORKS, "bibliography/a.bib")
    first, second = bib.works

    def at(line: int, column: int) -> Span:
        return Span("bibliography/a.bib", line, column)

    assert findings == []
    assert first == Work(
        "luthi-2008",
        "book",
        at(3, 7),
        {"title": "The {Sino-Soviet} Split", "booktitle": "B", "date": "2008", "publisher": "hup"},
        {"title": at(4, 3), "booktitle": at(6, 3), "date": at(7, 3), "publisher": at(7, 16)},
    )
    assert (second.key, second.span, second.field_spans["title"]) == ("marku-2019", at(10, 7), at(10, 33))
    assert (bib.text, bib.unread) == (TWO_WORKS, frozenset())


def test_literature_is_seen_unless_it_says_not() -> None:
    assert [work.seen for work in read_bib(TWO_WORKS, "a.bib")[0].works] == ["edition", "via"]


def test_the_titles_under_which_others_print_a_work_are_read_without_who_says_so() -> None:
    entry = "@book{a, title={Leaning}, variants = {{Learning}: A\n Book [@b, n. 17, 20]; Leaving}}"
    assert read_bib(entry, "a.bib")[0].works[0].variants == ("Learning: A Book", "Leaving")
    assert read_bib("@book{a, title={T}}", "a.bib")[0].works[0].variants == ()


def test_a_key_is_found_even_if_its_letters_stand_in_the_entry_s_type() -> None:
    assert read_bib("@article{a, title={T}}", "a.bib")[0].works[0].span == Span("a.bib", 1, 10)


@pytest.mark.parametrize(
    ("text", "works", "unread", "expected"),
    [
        ("", [], [], ""),
        ("Only words, and me@example.org.", [], [], ""),
        (
            "@book{a, title={A}\n@book{b, title={B}}",
            ["b"],
            ["a"],
            "a.bib:1:1: bib-syntax: the entry is not closed, or lacks its key or a comma\n"
            "  hint: an entry is @type{key, field = {value}, …}",
        ),
        (
            "@book{a title={A}}",
            [],
            ["a"],
            "a.bib:1:1: bib-syntax: the entry is not closed, or lacks its key or a comma\n"
            "  hint: an entry is @type{key, field = {value}, …}",
        ),
        (
            "@book{a,\n title={A} year={1960}}",
            ["a"],
            [],
            'a.bib:2:2: bib-syntax: "title" does not end\n  hint: put a comma between two fields',
        ),
        (
            "@book{a, title={A}, title={B}}",
            [],
            ["a"],
            "a.bib:1:1: duplicate-key: the entry has two fields title\n  hint: keep one of both",
        ),
        (
            "@book{a, title={A}}\n\n@book{a, title={A}}",
            ["a"],
            [],
            'a.bib:3:7: key-clash: "a" is already the key of another entry\n  hint: rename one of both',
        ),
    ],
)
def test_an_entry_that_cannot_be_read_is_a_finding_and_its_key_is_kept(
    text: str, works: list[str], unread: list[str], expected: str
) -> None:
    bib, findings = read_bib(text, "a.bib")
    assert [work.key for work in bib.works] == works
    assert sorted(bib.unread) == unread
    assert format_findings(findings) == expected

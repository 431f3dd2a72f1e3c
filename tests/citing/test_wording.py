"""A note always says what it cites, also in a style that has no words for archives."""

from __future__ import annotations

import pytest

from conftest import Edition
from dosje.checking.edition import check_edition
from dosje.citing.form_words import set_off_date
from dosje.citing.forms import Form
from dosje.citing.wording import SourceWords
from dosje.values import words
from dosje.values.findings import format_findings
from dosje.values.stand_ins import ONE
from small_archive import FILES

STYLE = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0">
  <info><title>T</title><id>http://a/t</id><updated>2020-01-01T00:00:00+00:00</updated></info>
  <citation><layout suffix="." delimiter="; ">
    <choose><if type="book"><text variable="title"/></if></choose>
    <text variable="locator" prefix=", "/>
  </layout></citation>
</style>
"""


def test_what_a_style_knows_nothing_of_is_described_in_each_form(edition: Edition) -> None:
    config = FILES["mkdocs.yml"] + "extra: {dosje: {citation_style: own.csl}}\n"
    checked = check_edition(edition(FILES | {"mkdocs.yml": config, "own.csl": STYLE}))
    assert checked.linked and checked.style, format_findings(checked.findings)
    sources = SourceWords(checked.linked, checked.style)
    forms = [
        Form("letter", "first"), Form("letter", "subsequent"), Form("letter", "first", "folio"),
        Form("loose", "first"), Form("book", "first"), Form("book", "first", "page"), Form("article", "first"),
    ]  # fmt: skip
    wording = sources.word_forms(set(forms))
    whole = "Kapo reports, 24 June 1960, AQSH, Tirana, F. 14, V. 1960, D. 5"
    assert [words.plain(wording.words_by_form[form]) for form in forms] == [
        f"{whole}, fl. 3–5, 9",
        "Kapo reports",
        f"{whole}, {ONE}",
        "Loose notes, 1960s",
        "The split, 2008",
        f"The split, 2008, {ONE}",
        "A paper, 2015",
    ]
    assert sources.word_in_full(["letter", "book"]) == {"letter": f"{whole}, fl. 3–5, 9", "book": "The split, 2008"}


@pytest.mark.parametrize("style", ["chicago-notes-bibliography", "chicago-notes-bibliography-subsequent-ibid"])
def test_before_an_uncertain_date_stands_a_comma_whatever_stands_before_it(style: str, edition: Edition) -> None:
    item = "repository: aqsh, reference: F. 1, seen: scan"
    own = {
        "mkdocs.yml": f"site_name: A\nextra: {{dosje: {{citation_style: {style}}}}}\n",
        "content/archives.yml": "aqsh: {name: Archive, abbreviation: AQSH}\n",
        "content/sources/deal.yml": f"{{type: agreement, title: Deal, author: Ministry, date: 1960?, {item}}}\n",
        "content/sources/talks.yml": f"{{type: minutes, title: Talks, date: 1960-06?, {item}}}\n",
        "content/sources/note.yml": f"{{type: letter, title: N, author: Ann, recipient: Bob, date: 1961?, {item}}}\n",
        "content/sources/raport.yml": (
            f"{{type: report, title: Report, original_title: Raport, language: sq, author: Ann, date: 1961?, {item}}}\n"
        ),
    }
    checked = check_edition(edition(own))
    assert checked.linked and checked.style, format_findings(checked.findings)
    sources = SourceWords(checked.linked, checked.style)
    assert sources.word_in_full(["deal", "talks", "note", "raport"]) == {
        "deal": "Ministry, Deal, [1960?], F. 1, AQSH",
        "talks": "Talks, [June 1960?], F. 1, AQSH",
        "note": "Ann to Bob, [1961?], F. 1, AQSH",
        "raport": "Ann, ‘Raport’ [Report], [1961?], F. 1, AQSH",
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Deal [1960?], A", "Deal, [1960?], A"),
        ("“Deal” [June 1960?]", "“Deal”, [June 1960?]"),
        ("Deal, [1960?]", "Deal, [1960?]"),
        ("Deal. [1960?].", "Deal. [1960?]."),
        ("(P, [1960?])", "(P, [1960?])"),
        ("Deal ([1960?])", "Deal ([1960?])"),
        ("Raport [Report on 1960], 1961", "Raport [Report on 1960], 1961"),
        ("Why [why?] 1960", "Why [why?] 1960"),
    ],
)
def test_only_a_date_in_brackets_that_is_not_set_off_yet_gets_a_comma(text: str, expected: str) -> None:
    assert words.plain(set_off_date(words.of_text(text))) == expected


def test_the_comma_stands_outside_the_title_in_italics_before_it() -> None:
    text = (words.Run("Deal", ("em",)), words.Run(" [1960?], A"))
    assert set_off_date(text) == (words.Run("Deal", ("em",)), words.Run(", [1960?], A"))

"""A note always says what it cites, also in a style that has no words for archives."""

from __future__ import annotations

from conftest import Edition
from dosje.checking.edition import check_edition
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

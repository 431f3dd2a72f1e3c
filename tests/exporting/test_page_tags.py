"""What a page says of a source to reference managers: tags of its head, and spans of published works."""

from __future__ import annotations

import html
from typing import Any
from urllib.parse import parse_qsl

import pytest

from dosje.exporting.coins import span_of
from dosje.exporting.zotero import date_of, format_tags, tags_of_source
from english import ENGLISH


def coins(kind: str, **variables: Any) -> list[str]:
    """Return what a span says of a work, as "name value", but for what all say."""
    span = span_of({"type": kind, **variables})
    assert span.startswith('<span class="Z3988" title="') and span.endswith('"></span>')
    said = [f"{name} {value}" for name, value in parse_qsl(html.unescape(span[27:-9]), keep_blank_values=True)]
    assert said[0] == "ctx_ver Z39.88-2004"
    return said[1:]


def tags(kind: str = "book", **variables: Any) -> list[str]:
    """Return the tags of a source, as "name value"."""
    return [
        f"{name} {value}"
        for name, value in tags_of_source({"id": "k", "type": kind, **variables}, "https://a/k/", ENGLISH)
    ]


FACTS = {
    "title": "A <i>Title</i>", "container-title": "Whole", "publisher": "Press", "publisher-place": "Tirana",
    "collection-title": "Series", "volume": "2", "issue": "3", "edition": "4", "ISBN": "5", "ISSN": "6",
}  # fmt: skip
COMMON = [
    "rft.series Series", "rft.volume 2", "rft.issue 3", "rft.edition 4", "rft.place Tirana", "rft.isbn 5", "rft.issn 6",
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("article-journal", ["journal", "rft.genre article", "rft.atitle A Title", "rft.jtitle Whole"]),
        ("article-magazine", ["journal", "rft.genre article", "rft.atitle A Title", "rft.jtitle Whole"]),
        ("article-newspaper", ["journal", "rft.genre article", "rft.atitle A Title", "rft.jtitle Whole"]),
        ("chapter", ["book", "rft.genre bookitem", "rft.atitle A Title", "rft.btitle Whole"]),
        ("report", ["book", "rft.genre report", "rft.atitle A Title", "rft.btitle Whole"]),
        ("paper-conference", ["book", "rft.genre proceeding", "rft.atitle A Title", "rft.btitle Whole"]),
    ],
)
def test_a_part_is_told_with_its_whole(kind: str, said: list[str]) -> None:
    first, *rest = said
    assert coins(kind, **FACTS) == [f"rft_val_fmt info:ofi/fmt:kev:mtx:{first}", *rest, *COMMON, "rft.pub Press"]


def test_a_whole_a_thesis_and_anything_else_have_names_of_their_own() -> None:
    kept = {"title": "T", "publisher": "Press"}
    form = "rft_val_fmt info:ofi/fmt:kev:mtx:"
    assert coins("book", **kept) == [f"{form}book", "rft.genre book", "rft.btitle T", "rft.pub Press"]
    assert coins("thesis", **kept) == [f"{form}dissertation", "rft.title T", "rft.inst Press"]
    assert coins("map", **kept) == [f"{form}dc", "rft.type map", "rft.title T", "rft.publisher Press"]


def test_dates_pages_names_language_and_address_follow() -> None:
    names = [{"family": "Doe", "given": "J."}, {"literal": "Office"}]
    more = {"issued": {"date-parts": [[1960, 6]]}, "page": "3–9", "language": "en", "DOI": "10.1/a", "URL": "https://a"}
    assert coins("map", author=names, **more)[2:] == [
        "rft.date 1960-06", "rft.pages 3-9", "rft.spage 3", "rft.epage 9", "rft.aulast Doe", "rft.aufirst J.",
        "rft.au J. Doe", "rft.au Office", "rft.language en", "rft_id info:doi/10.1/a",
    ]  # fmt: skip
    assert coins("map", editor=names[1:], page="3", URL="https://a")[2:] == [
        "rft.pages 3", "rft.spage 3", "rft.au Office", "rft_id https://a",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "item_type"),
    [
        ("personal_communication", "letter"), ("manuscript", "manuscript"), ("document", "document"),
        ("collection", "document"), ("article-journal", "journalArticle"), ("article-magazine", "magazineArticle"),
        ("article-newspaper", "newspaperArticle"), ("book", "book"), ("chapter", "bookSection"),
        ("thesis", "thesis"), ("report", "report"), ("paper-conference", "conferencePaper"), ("webpage", "webpage"),
        ("entry-encyclopedia", "encyclopediaArticle"), ("entry-dictionary", "dictionaryEntry"), ("map", "document"),
    ],
)  # fmt: skip
def test_each_type_is_one_of_zotero_s(kind: str, item_type: str) -> None:
    assert tags(kind)[0] == f"z:itemType {item_type}"
    assert tags(kind, recipient=[{"family": "Kapo"}])[0] == "z:itemType letter"


def test_a_letter_has_tags_for_all_that_its_record_says() -> None:
    assert tags(
        "personal_communication", title="Raport", genre="telegram", author=[{"family": "Kapo", "given": "Hysni"}],
        recipient=[{"literal": "Mao Zedong"}], archive="AQSH", archive_location="F. 14", language="sq",
        custom={"title": "A report", "type": "telegram", "date": "1960-06-24"},
    ) == [
        "z:itemType letter", "DC.title Raport", "DCTERMS.alternative A report", "DC.creator Kapo, Hysni",
        "z:recipients Mao Zedong", "DC.date 1960-06-24", "DC.type telegram", "z:archive AQSH",
        "z:archiveLocation F. 14", "DC.language sq", "DC.identifier https://a/k/",
    ]  # fmt: skip


def test_a_work_has_tags_for_all_that_its_entry_says() -> None:
    assert tags(
        "chapter", editor=[{"family": "Roe"}], translator=[{"family": "Poe"}], page="3-9", DOI="10.1/a b",
        **{name: value for name, value in FACTS.items() if name != "title"},
    ) == [
        "z:itemType bookSection", "DC.title k", "z:editors Roe", "z:translators Poe", "DC.date n.d.",
        "z:bookTitle Whole", "DC.publisher Press", "z:place Tirana", "z:volume 2", "z:issue 3", "z:pages 3-9",
        "z:series Series", "z:edition 4", "z:DOI 10.1/a b", "z:ISBN 5", "z:ISSN 6",
        "DC.identifier https://doi.org/10.1/a%20b",
    ]  # fmt: skip
    assert tags("article-journal", **{"container-title": "J"})[3] == "z:publicationTitle J"
    assert tags(DOI="1")[-1] == "DC.identifier https://doi.org/1"
    assert tags(URL="https://b")[-1] == "DC.identifier https://b"


@pytest.mark.parametrize(
    ("item", "date"),
    [
        ({"issued": {"literal": "Autumn"}}, "Autumn"), ({"issued": {"date-parts": [[1960, 6, 4]]}}, "1960-06-04"),
        ({"issued": {"date-parts": [[1960]]}, "custom": {"date": "1960?"}}, "1960 (uncertain)"),
        ({"custom": {"date": "1960-06"}}, "1960-06"), ({}, "n.d."),
    ],
)  # fmt: skip
def test_a_date_is_in_figures_or_in_words(item: dict[str, Any], date: str) -> None:
    assert date_of(item, ENGLISH) == date


def test_a_tag_is_html_on_one_line() -> None:
    assert format_tags([("a", '<i>b</i> "c"\n &'), ("d", "\x07\ufeff")]) == (
        '<meta name="a" content="b &quot;c&quot; &amp;">\n<meta name="d" content="&#7;&#65279;">'
    )

"""What a page says of a source to reference managers: tags of its head, and spans of published works."""

from __future__ import annotations

import html
from typing import Any
from urllib.parse import parse_qsl

import pytest

from dosje.exporting.coins import span_of
from dosje.exporting.imprint import Imprint
from dosje.exporting.zotero import comma_name, date_of, format_tags, tags_of_source
from english import ENGLISH

IMPRINT = Imprint(
    name="An Edition", authors=(), version="", date=None, site_url="https://a", licence="CC BY", locale="en-GB",
    phrases=ENGLISH, words=(), words_without_address=(), words_whole=(),
)  # fmt: skip


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
        f"{name} {value}" for name, value in tags_of_source({"id": "k", "type": kind, **variables}, IMPRINT, "k.md")
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
        "rft.au Doe, J.", "rft.au Office,", "rft.language en", "rft_id info:doi/10.1/a", "rft_id https://a",
    ]  # fmt: skip
    assert coins("map", editor=names[1:], page="3", URL="https://a")[2:] == [
        "rft.pages 3", "rft.spage 3", "rft.contributor Office,", "rft_id https://a",
    ]  # fmt: skip


def test_a_body_that_comes_first_is_told_as_one_and_a_later_one_is_one_piece() -> None:
    peng = {"family": "Peng", "given": "Zhen", "literal": "Peng Zhen"}
    assert coins("map", author=[{"literal": "The Dosje founders"}, {"literal": "Central Committee"}, peng])[2:] == [
        "rft.aucorp The Dosje founders", "rft.au Central Committee,", "rft.au Peng, Zhen",
    ]  # fmt: skip
    assert coins("map", author=[peng])[2:] == ["rft.aulast Peng", "rft.aufirst Zhen", "rft.au Peng, Zhen"]


def test_an_archival_unit_is_told_in_dublin_core_with_where_it_lies() -> None:
    assert coins(
        "document", title="<i>Minutes</i>", archive="AQSH", archive_location="F. 14", URL="https://a/k/",
        custom={"type": "minutes"}, recipient=[{"literal": "Central Committee"}], language="sq",
    ) == [
        "rft_val_fmt info:ofi/fmt:kev:mtx:dc", "rft.type letter", "rft.title Minutes", "rft.description AQSH, F. 14",
        "rft.contributor Central Committee,", "rft.language sq", "rft_id https://a/k/",
    ]  # fmt: skip
    assert coins("document", title="T", custom={"type": "file"})[1:] == ["rft.type document", "rft.title T"]


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ({"family": "Kapo", "given": "Hysni"}, "Kapo, Hysni"),
        ({"family": "Kapo"}, "Kapo,"),
        ({"literal": "Ministry of War, Section 2"}, "Ministry of War – Section 2,"),
        ({"family": "Peng", "given": "Zhen", "literal": "Peng Zhen"}, "Peng, Zhen"),
        ({"family": "King", "given": "Martin", "suffix": "Jr."}, "King, Martin Jr."),
        ({"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"}, "van Gogh, Vincent"),
        ({"family": "Humboldt", "given": "A.", "dropping-particle": "von"}, "Humboldt, A. von"),
    ],
)
def test_the_only_comma_of_a_name_is_where_it_is_split(name: dict[str, str], tag: str) -> None:
    assert comma_name(name) == tag


@pytest.mark.parametrize(
    ("kind", "item_type"),
    [
        ("personal_communication", "letter"), ("manuscript", "manuscript"), ("document", "document"),
        ("collection", "document"), ("article-journal", "journalArticle"), ("article-magazine", "magazineArticle"),
        ("article-newspaper", "newspaperArticle"), ("book", "book"), ("chapter", "bookSection"),
        ("thesis", "thesis"), ("report", "report"), ("paper-conference", "conferencePaper"), ("webpage", "webpage"),
        ("entry-encyclopedia", "encyclopediaArticle"), ("entry-dictionary", "dictionaryEntry"), ("map", "map"),
        ("software", "computerProgram"), ("pamphlet", "document"),
    ],
)  # fmt: skip
def test_each_type_is_one_of_zotero_s(kind: str, item_type: str) -> None:
    assert tags(kind)[0] == f"z:itemType {item_type}"
    assert tags(kind, recipient=[{"family": "Kapo"}])[0] == "z:itemType letter"


def test_a_letter_has_tags_for_all_that_its_record_says() -> None:
    assert tags(
        "personal_communication", title="Raport", genre="telegram", author=[{"family": "Kapo", "given": "Hysni"}],
        recipient=[{"literal": "Mao Zedong"}], archive="AQSH", archive_location="F. 14", language="sq",
        issued={"date-parts": [[1960, 6, 24]]}, custom={"title": "A report", "type": "telegram", "date": "1960-06-24"},
    ) == [
        "z:itemType letter", "DC.title Raport", "DCTERMS.alternative A report", "DC.creator Kapo, Hysni",
        "z:recipients Mao Zedong,", "DC.date 1960-06-24", "DC.type telegram", "z:archive AQSH",
        "z:archiveLocation F. 14", "DC.language sq", "DCTERMS.abstract Telegram to Mao Zedong, 24 June 1960, AQSH.",
        "DC.rights Description: CC BY", "DC.identifier https://a/k/",
    ]  # fmt: skip


def test_a_work_has_tags_for_all_that_its_entry_says() -> None:
    assert tags(
        "chapter", editor=[{"family": "Roe"}], translator=[{"family": "Poe"}], page="3-9", DOI="10.1/a b",
        **{name: value for name, value in FACTS.items() if name != "title"},
    ) == [
        "z:itemType bookSection", "DC.title k", "bib:editors Roe,", "z:translators Poe,", "DC.date n.d.",
        "z:bookTitle Whole", "DC.publisher Press", "z:place Tirana", "z:volume 2", "z:issue 3", "z:pages 3-9",
        "z:series Series", "z:edition 4", "DCTERMS.abstract  ", "DC.identifier DOI 10.1/a b", "DC.identifier ISBN 5",
        "DC.identifier ISSN 6",
    ]  # fmt: skip
    assert tags("article-journal", **{"container-title": "J"})[3] == "z:publicationTitle J"
    assert tags(URL="https://b")[-1] == "z:url https://b"
    assert tags(abstract="On peace")[-1] == "DCTERMS.abstract On peace"


def test_what_is_not_known_of_a_unit_is_not_taken_from_the_page() -> None:
    unit = tags("document", title="T", abstract="It says <i>no</i>.", custom={"type": "file"})
    assert unit[3:] == [
        "DC.type file", "DC.language und", "DCTERMS.abstract It says <i>no</i>.", "DC.rights Description: CC BY",
        "DC.identifier https://a/k/",
    ]  # fmt: skip
    assert tags("document", title="T", custom={"type": "file"})[5] == "DCTERMS.abstract File."


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
    assert format_tags([("a", '<i>b</i> "c"\n &'), ("d", "\x07\ufeff"), ("e", " ")]) == (
        '<meta name="a" content="b &quot;c&quot; &amp;">\n<meta name="d" content="&#7;&#65279;">\n'
        '<meta name="e" content=" ">'
    )

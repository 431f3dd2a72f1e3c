"""Published works as CSL-JSON: their dates and titles come from the entry where pandoc leaves them out."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from dosje.exporting.csl_json import date_of_work, item_of_source, print_titles
from dosje.exporting.formats import FORMATS
from dosje.exporting.items import Item
from dosje.reading.bibliography import Work, read_bib
from english import ENGLISH

UNPUBLISHED = SimpleNamespace(site_name="", site_url="")


def work(fields: str, kind: str = "book") -> Work:
    file, findings = read_bib(f"@{kind}{{k, {fields}}}", "a.bib")
    assert findings == []
    return file.works[0]


def item(fields: str, **meta: Any) -> Item:
    """Return the item of a work of which pandoc says only what is given, without its key and type."""
    linked: Any = SimpleNamespace(
        phrases=ENGLISH, corpus=SimpleNamespace(sources={}, works={"k": work(fields)}, settings=UNPUBLISHED)
    )
    made = item_of_source(linked, {"k": {name: {"t": "MetaString", "c": value} for name, value in meta.items()}}, "k")
    assert (made.pop("id"), made.pop("type")) == ("k", meta.get("type", "document"))
    return made


@pytest.mark.parametrize(
    ("fields", "made"),
    [
        ("date = {1960-06}", {"issued": {"date-parts": [[1960, 6]]}}),
        ("date = {1960-23}", {"custom": {"date": "1960-23"}, "issued": {"literal": "Autumn 1960"}}),
        ("date = {in spring}", {"issued": {"literal": "in spring"}}),
        ("year = {1960}, month = {June}", {"issued": {"date-parts": [[1960, 6]]}}),
        ("year = {1960}, month = 7", {"issued": {"date-parts": [[1960, 7]]}}),
        ("title = {T}", {}),
    ],
)
def test_a_date_is_the_entry_s(fields: str, made: Item) -> None:
    assert item(fields, type="book") == made
    assert item(fields) == made


def test_words_that_pandoc_took_for_a_date_are_words() -> None:
    assert item("year = {in spring}", issued="in spring") == {"issued": {"literal": "in spring"}}


def test_a_month_belongs_to_a_year_and_not_to_a_date() -> None:
    assert str(date_of_work(work("date = {1960-06}, month = {jul}"))) == "1960-06"
    assert str(date_of_work(work("year = {1960}, month = {december}"))) == "1960-12"
    assert date_of_work(work("year = {1960}, month = {nonsense}")) is None


@pytest.mark.parametrize(
    ("fields", "item", "title"),
    [
        ("title = {The {Split}}, subtitle = {A Case}", {"title": "The split: a case"}, "The Split: A Case"),
        ("title = {T}, titleaddon = {Two {Volumes}}", {"title": "t"}, "T. Two Volumes"),
        ("title = {T}, titleaddon = {Two}", {"title": "T"}, "T"),
        ("title = {T}, titleaddon = {\\emph{Two}}", {"title": "t"}, "T"),
        ("title = {\\emph{T}}", {"title": "<i>t</i>"}, "<i>t</i>"),
        ("title = {A -- B}", {"title": "a – b"}, "a – b"),
        ("maintitle = {M}, title = {T}", {"title": "m", "volume-title": "t"}, "M: T"),
        ("maintitle = {\\emph{M}}, title = {T}", {"title": "m", "volume-title": "t"}, "m: t"),
    ],
)
def test_a_title_is_printed_as_the_entry_has_it_where_it_holds_no_tex(fields: str, item: Item, title: str) -> None:
    assert print_titles(item, work(fields))["title"] == title


@pytest.mark.parametrize(
    ("fields", "name", "printed"),
    [
        ("title = {T}, journaltitle = {J}, journalsubtitle = {K}", "container-title", "J: K"),
        ("title = {T}, booktitle = {B}, maintitle = {M}, booksubtitle = {C}", "container-title", "M: B: C"),
        ("title = {T}, series = {S}", "collection-title", "S"),
    ],
)
def test_so_are_the_titles_of_its_whole(fields: str, name: str, printed: str) -> None:
    assert print_titles({"title": "t", name: "x"}, work(fields))[name] == printed
    assert name not in print_titles({"title": "t"}, work(fields))


def test_each_format_has_its_label_ending_and_type() -> None:
    assert [(form.name, form.label, form.ending, form.media_type) for form in FORMATS.values()] == [
        ("bibtex", "BibTeX", "bibtex.bib", "application/x-bibtex"),
        ("biblatex", "biblatex", "biblatex.bib", "application/x-bibtex"),
        ("ris", "RIS", "ris", "application/x-research-info-systems"),
        ("csl-json", "CSL-JSON", "csl.json", "application/json"),
    ]
    assert list(FORMATS) == [form.name for form in FORMATS.values()]

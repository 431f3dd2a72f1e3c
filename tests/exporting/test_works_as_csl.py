"""Published works as CSL-JSON: their dates and titles come from the entry where pandoc leaves them out."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from dosje.exporting.csl_json import item_of_source, print_titles
from dosje.exporting.formats import FORMATS
from dosje.exporting.items import Item
from dosje.reading.bibliography import Work, read_bib
from dosje.values.metadata import Meta, meta_inlines, meta_map
from english import ENGLISH

UNPUBLISHED = SimpleNamespace(site_name="", site_url="", via_in_notes=False)


def work(fields: str, kind: str = "book") -> Work:
    file, findings = read_bib(f"@{kind}{{k, {fields}}}", "a.bib")
    assert findings == []
    return file.works[0]


def item_with(fields: str, meta: Meta) -> Item:
    """Return the item of a work of which pandoc says only what is given."""
    linked: Any = SimpleNamespace(
        phrases=ENGLISH, corpus=SimpleNamespace(sources={}, works={"k": work(fields)}, settings=UNPUBLISHED)
    )
    return item_of_source(linked, {"k": meta}, "k")


@pytest.mark.parametrize(
    ("fields", "words", "made"),
    [
        ("date = {1960-23}", "Autumn 1960", {"date-parts": [[1960]], "season": 3}),
        ("year = {1776-1789}", "1776–1789", {"date-parts": [[1776], [1789]]}),
        ("year = {c. 1850}", "c. 1850", {"date-parts": [[1850]], "circa": True}),
        ("date = {185X}", "1850s", {}),
        ("date = {1850/..}", "from 1850", {}),
        ("date = {1850-06/1851-22}", "June 1850 – Summer 1851", {"date-parts": [[1850], [1851]]}),
        ("date = {1850-06-01/1851-02}", "x", {"date-parts": [[1850, 6, 1], [1851, 2]]}),
    ],
)
def test_a_date_in_words_has_its_numbers_beside_it(fields: str, words: str, made: Item) -> None:
    edtf = work(fields).date
    assert edtf and edtf.edtf
    meta = {"issued": meta_map(literal=meta_inlines(words))}
    expected = {"custom": {"date": edtf.edtf.text}, "issued": {**made, "literal": words}}
    assert item_with(fields, meta) == {"id": "k", "type": "document", **expected}


def test_words_without_a_year_are_words_alone() -> None:
    meta = {"issued": meta_map(literal=meta_inlines("forthcoming"))}
    assert item_with("year = {forthcoming}", meta)["issued"] == {"literal": "forthcoming"}


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

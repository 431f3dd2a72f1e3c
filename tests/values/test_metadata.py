"""Tests of pandoc's metadata: what is made of names, dates and texts, and what is read back."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dosje.phrases.date_words import words_of_date
from dosje.values.dates import parse_edtf
from dosje.values.metadata import (
    Meta,
    MetaName,
    MetaValue,
    Name,
    csl_value_of_meta,
    meta_bool,
    meta_inlines,
    meta_list,
    meta_map,
    meta_of_date,
    meta_of_name,
    meta_of_reference,
    meta_string,
    names_in_meta,
    read_references,
    text_of_meta,
)
from english import ENGLISH

PACKAGE = Path(__file__).parent.parent.parent / "scripts" / "dosje"


def test_no_other_module_knows_how_pandoc_writes_its_metadata() -> None:
    written = re.compile(r'"Meta(?:String|Bool|Inlines|Blocks|List|Map)"')
    found = [path.stem for path in sorted(PACKAGE.rglob("*.py")) if written.search(path.read_text(encoding="utf-8"))]
    assert found == ["metadata"]


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\t\r\n ")), st.text("ab* _[]"))
def test_a_text_comes_back_as_it_went_in(word: str, more: str) -> None:
    text = " ".join(f"{word} {more}".split(" "))
    assert text_of_meta(meta_inlines(text)) == re.sub(" +", " ", text)
    assert text_of_meta(meta_string(text)) == text


@pytest.mark.parametrize("value", [None, meta_bool(True), meta_list([meta_string("a")]), meta_map(a=meta_string("b"))])
def test_what_is_no_text_has_none(value: MetaValue | None) -> None:
    assert text_of_meta(value) == ""


def test_names_come_back_in_their_parts_and_order() -> None:
    leyen = meta_map(
        family=meta_inlines("Leyen"), given=meta_inlines("Ursula"), non_dropping_particle=meta_inlines("von der")
    )
    meta: Meta = {
        "author": meta_list([leyen, meta_of_name(Name(literal="Politburo")), meta_inlines("The Secretary")]),
        "editor": meta_string("no list"),
    }
    assert names_in_meta(meta, "author") == [
        MetaName("Leyen", "Ursula", "von der"),
        MetaName(literal="Politburo"),
        MetaName(literal="The Secretary"),
    ]
    assert names_in_meta(meta, "editor") == []
    assert names_in_meta(meta, "translator") == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1960-06-24", {"date-parts": [[1960, 6, 24]]}),
        ("1960/1961-03", {"date-parts": [[1960], [1961, 3]]}),
        ("1962?", {"date-parts": [[1962]], "circa": True}),
        ("196X", {"literal": "1960s"}),
    ],
)
def test_a_date_comes_back_as_numbers_or_as_words(text: str, value: dict[str, Any]) -> None:
    meta = meta_of_date(parse_edtf(text), words_of_date(parse_edtf(text), ENGLISH))
    assert csl_value_of_meta(meta) == value


def test_references_come_back_by_their_id_without_it() -> None:
    meta: Meta = {"title": meta_inlines("On Bucharest"), "type": meta_string("book")}
    document: Meta = {"references": meta_list([meta_of_reference("Kapo:1960", meta)]), "lang": meta_string("en")}
    assert read_references(document) == {"Kapo:1960": meta}
    assert read_references({}) == {}


def test_csl_json_has_tags_for_emphasis_and_marks_for_quotations() -> None:
    nodes: list[dict[str, Any]] = [
        {"t": "Emph", "c": [{"t": "Str", "c": "Pravda"}]},
        {"t": "Space"},
        {"t": "Quoted", "c": [{"t": "DoubleQuote"}, [{"t": "Str", "c": "so"}]]},
        {"t": "Span", "c": [["", ["nocase"], []], [{"t": "Str", "c": "von"}]]},
        {"t": "Span", "c": [["", ["nocase"], []], [{"t": "Str", "c": "NATO"}]]},
        {"t": "SmallCaps", "c": [{"t": "Str", "c": "x"}]},
        {"t": "Code", "c": [["", [], []], "y"]},
    ]
    expected = '<i>Pravda</i> “so”<span class="nocase">von</span>NATO<span style="font-variant:small-caps;">x</span>y'
    assert csl_value_of_meta({"t": "MetaInlines", "c": nodes}) == expected
    assert csl_value_of_meta({"t": "MetaBlocks", "c": [{"t": "Para", "c": nodes}, {"t": "HorizontalRule"}]}) == expected

"""The citation syntax: what is read as prefix, key, locator and suffix."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dosje.values.citations import (
    CITATION,
    Citation,
    CitationError,
    Cite,
    format_citation,
    parse_citation,
)
from dosje.values.locator_labels import LOCATOR_LABELS
from dosje.values.locators import FurtherPlace, Locator


def cites_of(text: str) -> list[Cite]:
    return [replace(cite, offset=0) for cite in parse_citation(text).cites]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[@key]", Cite("key")),
        ("[@key, 171]", Cite("key", Locator("page", "171"))),
        ("[@key, fl. 9–20]", Cite("key", Locator("folio", "9–20"))),
        ("[@key, fl. 9-20]", Cite("key", Locator("folio", "9–20"))),  # a hyphen is printed as a dash
        ("[@key, fl. 9 — 20]", Cite("key", Locator("folio", "9–20"))),
        ("[@key fl. 3]", Cite("key", Locator("folio", "3"))),  # pandoc needs no comma either
        ("[@key p. 3]", Cite("key", Locator("page", "3"))),
        ("[@key 33 ff.]", Cite("key", Locator("page", "33 ff."))),
        ("[@key, p.5]", Cite("key", Locator("page", "5"))),
        ("[@key, fol. 3r–4v]", Cite("key", Locator("folio", "3r–4v"))),
        ("[@key, n. 50]", Cite("key", Locator("note", "50"))),
        ("[@key, chapters 3–5]", Cite("key", Locator("chapter", "3–5"))),
        ("[@key, volumes 2 and 3]", Cite("key", Locator("volume", "2 and 3"))),
        ("[@key, §§ 3, 5]", Cite("key", Locator("section", "3, 5"))),
        ("[@key, 12a]", Cite("key", Locator("page", "12a"))),
        ("[@key, fl. 5/a]", Cite("key", Locator("folio", "5/a"))),
        ("[@key, xii]", Cite("key", Locator("page", "xii"))),  # as pandoc has it
        ("[@key, p. xii–xv]", Cite("key", Locator("page", "xii–xv"))),
        ("[@key, p. v and vi]", Cite("key", Locator("page", "v and vi"))),
        ("[@key, fl. 3 and fl. 9]", Cite("key", Locator("folio", "3 and 9"))),
        ("[@key, fl. 3,5 & 9]", Cite("key", Locator("folio", "3, 5 & 9"))),
        # Not a locator, and so the words of the author.
        ("[@key, vi si legge]", Cite("key", suffix=", vi si legge")),
        ("[@key, 3rd ed.]", Cite("key", suffix=", 3rd ed.")),
        ("[@key, in 1960]", Cite("key", suffix=", in 1960")),
        ("[@key in 1960]", Cite("key", suffix="in 1960")),
        ("[@key, fl. ?]", Cite("key", suffix=", fl. ?")),
        # What stands around it.
        ("[see also @key, fl. 9, on this]", Cite("key", Locator("folio", "9"), "see also", ", on this")),
        ("[@key, 33, note 5]", Cite("key", Locator("page", "33", (FurtherPlace(", ", "note", "note", "5"),)))),
        ("[@key, 12 and more]", Cite("key", Locator("page", "12"), suffix="and more")),
        ("[-@key, 12]", Cite("key", Locator("page", "12"), hides_author=True)),
        ("[@key.]", Cite("key", suffix=".")),
        ("[@key: yes]", Cite("key", suffix=": yes")),
        ("[@key, write to me@example.org]", Cite("key", suffix=", write to me@example.org")),
        ("[@Smith:2010, 3]", Cite("Smith:2010", Locator("page", "3"))),
        ("[@{Smith:2010}, 3]", Cite("Smith:2010", Locator("page", "3"))),
        ("[see -@{smith_????}, fl. 3]", Cite("smith_????", Locator("folio", "3"), "see", hides_author=True)),
        ("[@{毛:1950}: yes]", Cite("毛:1950", suffix=": yes")),
        ("[@key,\nfl.\n3]", Cite("key", Locator("folio", "3"))),
    ],
)
def test_a_cite_is_read_as(text: str, expected: Cite) -> None:
    assert cites_of(text) == [expected]


def test_several_cites_keep_their_order_and_say_where_their_keys_stand() -> None:
    text = "[see @one, 5; @two; and @three, fl. 3]"
    braced = parse_citation("[see @{one?}, 5; -@{b}]")
    assert [(cite.offset, cite.key_offset) for cite in braced.cites] == [(5, 7), (18, 20)]
    assert parse_citation(text) == Citation(
        text,
        (
            Cite("one", Locator("page", "5"), "see", "", 5),
            Cite("two", None, "", "", 14),
            Cite("three", Locator("folio", "3"), "and", "", 24),
        ),
    )
    assert [text[cite.offset] for cite in parse_citation(text).cites] == ["@", "@", "@"]


@pytest.mark.parametrize(
    ("text", "offset", "message"),
    [
        ("[@]", 1, '"@" has no @key'),
        ("[see @]", 1, '"see @" has no @key'),
        ("[@a; see]", 5, '"see" has no @key'),
        ("[@a;]", 4, "a ; stands here without a source"),
        ("[; @a]", 1, "a ; stands here without a source"),
        ("[@a @b]", 4, "two sources without a ; between them"),
        ("[@a @{b}]", 4, "two sources without a ; between them"),
        ("[@{}]", 1, '"@{}" has no @key'),
        ("[@a, 5, @b]", 8, "two sources without a ; between them"),
    ],
)
def test_a_malformed_citation_is_an_error_in_its_place(text: str, offset: int, message: str) -> None:
    with pytest.raises(CitationError) as caught:
        parse_citation(text)
    assert (caught.value.offset, str(caught.value)) == (offset, message)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("so [@a]: and [@b][@c] yes![@d][^1]", ["[@a]", "[@b]", "[@c]", "[@d]"]),
        ("[see @] [@]", ["[see @]", "[@]"]),
        (r"\[@a] [me@example.org] [@a](x) [@a][label] [a]", []),
    ],
)
def test_a_citation_is_in_square_brackets_and_no_link(text: str, found: list[str]) -> None:
    assert [match[0] for match in CITATION.finditer(text)] == found


numbers = st.integers(1, 999).map(str) | st.sampled_from(["3r", "12v", "5/a", "7b"])
ranges = st.builds("{}–{}".format, numbers, numbers)
values = st.lists(numbers | ranges, min_size=1, max_size=3).map(", ".join)
keys = st.from_regex(r"[a-z0-9](-?[a-z0-9]){0,8}", fullmatch=True) | st.sampled_from(
    ["Smith:2010", "DBLP:conf/a/B10", "a.b", "smith_history_????", "Müller2010", "毛1950", "+a", "o'neill", "a(b)"]
)
built = st.builds(
    Cite,
    key=keys,
    locator=st.none() | st.builds(Locator, st.sampled_from(sorted(LOCATOR_LABELS)), values),
    prefix=st.sampled_from(["", "see", "see also", "vgl.", "("]),
    suffix=st.sampled_from(["", ", on this", ", and more", "passim", ")", ", note of 1960"]),
)
pieces = [
    "@a", "@b-1", " ", ", ", ",", ";", "fl. ", "p. ", "note ", "3", "9–20", "3r", "12a", "xii", "and", "&", ".", "(",
    "ff.", "-", "é", "/a", ":", "\n",
]  # fmt: skip


@given(st.lists(built, min_size=1, max_size=4))
def test_a_citation_is_read_as_it_was_made(cites: list[Cite]) -> None:
    assert cites_of(format_citation(Citation("", tuple(cites)))) == cites


@given(st.lists(st.sampled_from(pieces), max_size=12).map("".join))
def test_a_citation_is_printed_so_that_it_is_read_again(inner: str) -> None:
    try:
        citation = parse_citation(f"[{inner}]")
    except CitationError:
        return
    assert cites_of(format_citation(citation)) == cites_of(citation.text)

"""Brackets in the text of a link are what editors put around insertions: `[Henry \\[Kissinger\\]](person:…)`."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Edition
from dosje.reading.text_parsing import parse_text
from dosje.reading.texts import Cited, Image, Link, NoteCall
from rendering import render

PERSON = "name: {family: Kissinger, given: Henry}\n"


@pytest.mark.parametrize(
    "label", ["Henry \\[Kissinger\\]", "Henry [Kissinger]", "[Henry] [K.]", "\\[Henry", "a\\]b", "H."]
)
def test_a_link_is_read_whatever_brackets_stand_in_its_text(label: str, edition: Edition) -> None:
    text = f"He is [{label}](person:hk) here."
    assert [piece for piece in parse_text(text).blocks[0].pieces if isinstance(piece, Link)] == [
        Link(label, "person", "hk", len(f"He is [{label}](person:"))
    ]
    essay = f"---\ntitle: E\n---\n\n{text}\n"
    made = render(edition({"content/persons/hk.yml": PERSON, "content/essays/e.md": essay}))["essays/e.md"]
    shown = label.replace("\\", "")
    link = re.search(r'<p>He is <a href="../persons/hk.md">(.*?)</a> here.</p>', made)
    assert link and link[1].replace("&#91;", "[").replace("&#93;", "]").replace("&#46;", ".") == shown


@pytest.mark.parametrize("label", ["Henry \\[Kissinger\\]", "Henry [Kissinger]"])
def test_a_picture_is_read_whatever_brackets_stand_in_its_words(label: str) -> None:
    found = parse_text(f"![{label}](assets/a.png)").blocks[0].images
    assert found == (Image("Henry [Kissinger]", "assets/a.png", f"![{label}](assets/a.png)", len(f"![{label}](")),)


def test_a_citation_or_note_is_not_swallowed_by_the_text_of_a_link() -> None:
    text = parse_text("[A [@b, 3]](person:hk) and [A [^1]](person:hk)\n\n[^1]: C")
    pieces = text.blocks[0].pieces
    assert [type(piece) for piece in pieces if isinstance(piece, Cited | NoteCall | Link)] == [Cited, NoteCall]


PARTS = st.lists(
    st.sampled_from(["[", "]", "\\[", "\\]", "\\", "(person:a)", "a", "@b", "[^1]", "!", " "]), max_size=14
)


@given(PARTS)
def test_no_sign_of_a_text_is_lost_or_read_twice(parts: list[str]) -> None:
    text = f"x{''.join(parts)}x"
    position = 0
    for piece in parse_text(text).blocks[0].pieces:
        assert piece.offset >= position
        position = piece.offset + (1 if isinstance(piece, Link) else 0)


def test_many_open_brackets_are_read_in_linear_time() -> None:
    for text in ("[" * 20_000, "[a [b] " * 5_000, "[[a](" * 5_000, "\\[[" * 8_000, "![[a]" * 5_000):
        parse_text(text)

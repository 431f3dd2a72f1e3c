"""What the file of a word processor says and pandoc does not hand on: signs of notes, field codes, comments, language.

All lists are in the order of the text, with its notes where they are called, and with tracked changes as accepted.
Sources: ECMA-376, part 1, 17.11 (notes), 17.13.4 (comments), 17.16 (fields); OpenDocument 1.3, part 3, 6.3.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from ..values.roman import write_roman

NoteKind = Literal["footnote", "endnote", "text"]


@dataclass(frozen=True)
class NoteSign:
    """How a file calls a note. `is_typed`: its author typed the sign, which then also stands in the text.

    `paragraphs`: the words of each of its paragraphs, for what pandoc does not hand on. `citations`: likewise the words
    of each citation of a reference manager in it, with its items.
    """

    kind: NoteKind
    mark: str
    is_typed: bool = False
    paragraphs: tuple[str, ...] = ()
    citations: tuple[tuple[str, tuple[dict[str, Any], ...]], ...] = ()


@dataclass(frozen=True)
class MarginComment:
    """A comment in the margin: who wrote it, when, what, on which words, in which paragraph, counted from 1."""

    author: str
    date: str
    text: str
    words: str
    paragraph: int


@dataclass(frozen=True)
class FileFacts:
    """What a file says beside its text.

    `citations`: the items of each field code, as the reference manager wrote them. `start`: the styles of the first
    paragraphs, as long as they are those of a title, an author, an abstract. `formulas`: the
    paragraphs that hold one which pandoc does not read, counted from 1.
    """

    signs: tuple[NoteSign, ...] = ()
    citations: tuple[tuple[dict[str, Any], ...], ...] = ()
    comments: tuple[MarginComment, ...] = ()
    start: tuple[str, ...] = ()
    formulas: tuple[int, ...] = ()
    language: str = ""


def parse_xml(raw: bytes) -> Element | None:
    """Return the root of an XML part, None if it cannot be read. Pandoc says what is wrong with it."""
    try:
        return ElementTree.fromstring(raw)
    except ElementTree.ParseError:
        return None


def tag_of(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def value_of(element: Element | None, name: str = "val") -> str:
    """Return an attribute, whatever its namespace; "" if there is none."""
    found = element.attrib if element is not None else {}
    return next((value for key, value in found.items() if key.rpartition("}")[2] == name), "")


def find_in(element: Element | None, name: str) -> Element | None:
    """Return the first element of a name at any depth."""
    return next((one for one in element.iter() if tag_of(one) == name), None) if element is not None else None


def words_in(elements: Iterable[Element]) -> str:
    """Return texts on one line."""
    return " ".join("".join(text for one in elements for text in one.itertext()).split())


def items_of_code(text: str) -> tuple[dict[str, Any], ...]:
    """Return the items of the field code of a citation by Zotero or Mendeley, none for other fields."""
    if "CSL_CITATION" not in text:
        return ()
    try:
        found = json.loads(text[text.index("{") : text.rindex("}") + 1])
    except ValueError:
        return ()
    items = found.get("citationItems") if isinstance(found, dict) else None
    return tuple(item for item in items if isinstance(item, dict)) if isinstance(items, list) else ()


_CHICAGO = "*†‡§"


def write_count(number: int, form: str) -> str:
    """Return a number as a word processor shows it. `form`: in the words of ECMA-376, 17.18.59, or of OpenDocument."""
    if form in ("lowerRoman", "i", "upperRoman", "I"):
        text = write_roman(number)
        return text if form in ("upperRoman", "I") else text.lower()
    if form in ("lowerLetter", "a", "upperLetter", "A"):
        sign = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return sign.upper() if form in ("upperLetter", "A") else sign
    if form == "chicago":
        return _CHICAGO[(number - 1) % 4] * ((number - 1) // 4 + 1)
    return str(number)

"""Finds macros of a CSL style that call one another without end, or so often that pandoc would take hours.

Source: CSL 1.0.2, `macro`, and `choose`: only one of its branches is followed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from graphlib import TopologicalSorter
from xml.parsers import expat

from ..values.cycles import find_rings

# How many elements pandoc may pass for one source. Of the 2,851 styles of the CSL project those of Chicago have the
# most, 4,143. Ten times as many take pandoc a quarter of a second.
MOST_ELEMENTS = 41_430
# The name of what stands in no macro: citation, bibliography.
_OUTSIDE = ""


class MacroError(ValueError):
    """A macro calls itself, or macros call one another too often. `line` and `column` say where, from 1."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.line, self.column = line, column


@dataclass
class _Macro:
    """A macro: its place, its elements in order (name and macro that is called, None for an end), and its calls."""

    line: int = 1
    column: int = 1
    elements: list[tuple[str, str] | None] = field(default_factory=list)
    called: list[str] = field(default_factory=list)


def check_macros(xml: str) -> None:
    """Raise MacroError for a style whose macros pandoc would follow without end, or for hours. In linear time."""
    macros = _read(xml)
    for ring in find_rings({name: macro.called for name, macro in macros.items()}):
        message = f'the macro "{ring[0]}" of the style calls itself: {" → ".join([*ring, ring[0]])}'
        raise MacroError(message, macros[ring[0]].line, macros[ring[0]].column)
    for name, count in _count(macros):
        if count > MOST_ELEMENTS:
            what = f'the macro "{name}" of the style calls' if name else "the macros of the style call"
            message = f"{what} others so often that it has more than {MOST_ELEMENTS:,} elements"
            raise MacroError(message, macros[name].line, macros[name].column)


def _read(xml: str) -> dict[str, _Macro]:
    macros = {_OUTSIDE: _Macro()}
    inside = [_OUTSIDE]
    parser = expat.ParserCreate("utf-8")

    def begin(tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "macro":
            inside.append(attributes.get("name", _OUTSIDE))
            macros.setdefault(inside[-1], _Macro())
        if tag in ("macro", "citation"):
            macro = macros[inside[-1]]
            macro.line, macro.column = parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
        called = "" if tag == "macro" else attributes.get("macro", "")
        macros[inside[-1]].elements.append((tag, called))
        if called:
            macros[inside[-1]].called.append(called)

    def end(tag: str) -> None:
        macros[inside[-1]].elements.append(None)
        if tag.rpartition(":")[2] == "macro":
            inside.pop()

    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.Parse(xml.encode(), True)
    return macros


def _count(macros: Mapping[str, _Macro]) -> Iterator[tuple[str, int]]:
    """Yield each macro after those that it calls, with the count of its elements and theirs, up to a bound."""
    counts: dict[str, int] = {}
    for name in TopologicalSorter({name: macro.called for name, macro in macros.items()}).static_order():
        if name in macros:
            counts[name] = _count_one(macros[name].elements, counts)
            yield name, counts[name]


def _count_one(elements: Iterable[tuple[str, str] | None], counts: Mapping[str, int]) -> int:
    open_ones = [("", 0)]
    for element in elements:
        if element is not None:
            tag, called = element
            open_ones.append((tag, 1 + (counts.get(called, 0) if called else 0)))
            continue
        count = open_ones.pop()[1]
        tag, before = open_ones[-1]
        both = max(before, count) if tag == "choose" else before + count
        open_ones[-1] = (tag, min(both, MOST_ELEMENTS + 1))  # because numbers of a thousand digits are slow as well
    return open_ones[0][1]

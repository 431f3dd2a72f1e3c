"""Writes the TeX that pandoc leaves in the variables of works as text: formulas, and commands that it does not know.

A style would print "$x^2$" as it stands, and a program that reads our exports too. Pandoc's writer of HTML knows how a
formula is written in letters; what it cannot write so, and commands unknown to it, are read by pylatexenc.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pylatexenc import latex2text

from ..values.metadata import Meta, meta_inlines, pandoc_text, text_of_meta

# Asks pandoc: its arguments and the text, for what it prints.
_Ask = Callable[[list[str], str], str]
_Node = dict[str, Any]


def write_tex_as_text(works: Mapping[str, Meta], ask: _Ask) -> dict[str, Meta]:
    """Return the variables of works with their formulas and unknown commands as text, and all else as it is."""
    formulas = sorted({str(node["c"][1]) for node in _nodes_in(works) if node.get("t") == "Math"})
    written = dict(zip(formulas, _write_formulas(formulas, ask), strict=True)) if formulas else {}
    changed: dict[str, Meta] = _replace(works, written)
    return {key: _with_genre(meta) for key, meta in changed.items()}


def _with_genre(meta: Meta) -> Meta:
    """Return the variables with the kind of a thesis as text: it is the only one of which pandoc leaves the TeX."""
    genre = text_of_meta(meta.get("genre"))
    return {**meta, "genre": meta_inlines(_plain(genre))} if re.search(r"[{}\\$~]", genre) else meta


def _nodes_in(value: Any) -> Iterator[_Node]:
    if isinstance(value, Mapping):
        if "t" in value:
            yield dict(value)
        for part in value.values():
            yield from _nodes_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from _nodes_in(part)


def _write_formulas(formulas: list[str], ask: _Ask) -> Iterator[list[_Node]]:
    """Yield each formula as pandoc's inlines."""
    blocks = [{"t": "Para", "c": [{"t": "Math", "c": [{"t": "InlineMath"}, formula]}]} for formula in formulas]
    document = {"pandoc-api-version": [1, 23, 1], "meta": {}, "blocks": blocks}
    page = ask(["-f", "json", "-t", "html", "--quiet", "--wrap=none"], json.dumps(document, ensure_ascii=False))
    # Few fonts have the spaces of a third and a quarter.
    page = re.sub("[\u2004-\u2006\u2009]", "\u00a0", page)
    read = json.loads(ask(["-f", "html", "-t", "json"], page))["blocks"]
    for formula, block in zip(formulas, read, strict=True):
        inlines: list[_Node] = block["c"][0]["c"][1] if block["c"] and block["c"][0]["t"] == "Span" else block["c"]
        is_left = any(node.get("t") == "Str" and "\\" in node["c"] for node in _nodes_in(inlines))
        yield _raise_signs(_plain(formula, is_formula=True)) if is_left else inlines


def _raise_signs(formula: str) -> list[_Node]:
    """Return a formula in letters with its exponents and indices: "x^2" as x and a raised 2."""
    nodes: list[_Node] = []
    for piece in re.split(r"([\^_](?:\([^()]*\)|\w))", formula):
        if piece[:1] in ("^", "_"):
            kind = "Superscript" if piece[0] == "^" else "Subscript"
            nodes.append({"t": kind, "c": pandoc_text(piece[1:].strip("()"))})
        elif piece:
            nodes += pandoc_text(piece)
    return nodes


def _plain(tex: str, *, is_formula: bool = False) -> str:
    # It opens no file, whatever the TeX asks for.
    reader: Any = latex2text
    text = reader.LatexNodes2Text(math_mode="text").latex_to_text(f"${tex}$" if is_formula else tex)
    return " ".join(str(text).split())


def _replace(value: Any, written: Mapping[str, list[_Node]]) -> Any:
    if isinstance(value, Mapping):
        return {name: _replace(part, written) for name, part in value.items()}
    if not isinstance(value, list):
        return value
    found = []
    for part in value:
        kind = part.get("t") if isinstance(part, Mapping) else ""
        if kind == "Math":
            found += written[part["c"][1]]
        elif kind == "RawInline":
            found += pandoc_text(_plain(part["c"][1])) if part["c"][0] in ("latex", "tex") else []
        else:
            found.append(_replace(part, written))
    return found

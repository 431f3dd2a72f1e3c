"""Finds notes that are only links in HTML: a sign in the text that leads to a paragraph below, which leads back.

So Word, LibreOffice and many websites write them. Pandoc hands them on as links and paragraphs. Here each becomes a
note of pandoc's, where it is called.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..values.metadata import PandocNode
from ..values.words import plain, read_pandoc

# What calls a note: "1", "[12]", "(iv)", "*", "a".
_SIGN = re.compile(r"[\[(]?\s*(?:\d{1,4}|[ivxlc]{1,7}|[a-z]|[*†‡§]{1,3})\s*[\])]?[.:]?", re.IGNORECASE)
# What leads back from a note: its sign, or an arrow.
_BACK = re.compile(rf"(?:{_SIGN.pattern}|[↩↑^⏎←⤴]\ufe0e?|back|return)\s*", re.IGNORECASE)
_LISTS = ("BulletList", "OrderedList")


@dataclass
class _Part:
    """What may be a note: its blocks, the names by which links lead to it, and where it stands in the text."""

    blocks: list[PandocNode]
    names: frozenset[str]
    place: int


def join_linked_notes(blocks: list[PandocNode]) -> list[PandocNode]:
    """Return a text in which notes that are links are notes."""
    places = {id(node): at for at, node in enumerate(_nodes(blocks))}
    parts = [part for part in _parts(blocks, places) if part.names]
    part_by_name = {name: part for part in reversed(parts) for name in part.names}
    taken: dict[int, _Part] = {}
    for node in _nodes(blocks):
        part = part_by_name.get(_target(node))
        is_call = part is not None and places[id(node)] < part.place and _SIGN.fullmatch(_words([node]).strip())
        if is_call and part is not None and not any(part is other for other in taken.values()):
            taken[id(node)] = part
    if not taken:
        return blocks
    gone = {id(block) for part in taken.values() for block in part.blocks}
    joined: list[PandocNode] = _put(list(_drop(blocks, gone)), taken)
    return joined


def _nodes(value: Any) -> Iterator[PandocNode]:
    """Yield all nodes in a value of pandoc's JSON, in the order of the text."""
    if isinstance(value, list):
        for part in value:
            yield from _nodes(part)
    elif isinstance(value, dict) and "t" in value:
        yield value
        yield from _nodes(value.get("c"))


def _target(node: PandocNode) -> str:
    """Return the name to which a link within the text leads, "" for everything else."""
    address = str(node["c"][2][0]) if node["t"] == "Link" else ""
    return address[1:] if address.startswith("#") else ""


def _words(nodes: list[PandocNode]) -> str:
    return plain(read_pandoc(nodes))


def _parts(blocks: list[PandocNode], places: dict[int, int]) -> Iterator[_Part]:
    """Yield what may be a note: a block, or an item of a list, that has one link back, at its start or end."""
    for block in blocks:
        kind = block["t"]
        if kind in _LISTS:
            for item in block["c"] if kind == "BulletList" else block["c"][1]:
                yield from _as_part(item, places)
        elif kind == "Div" and not (found := list(_as_part([block], places))):
            yield from _parts(block["c"][1], places)
        elif kind == "Div":
            yield from found
        elif kind in ("Para", "Plain"):
            yield from _as_part([block], places)


def _as_part(blocks: list[PandocNode], places: dict[int, int]) -> Iterator[_Part]:
    links = [node for node in _nodes(blocks) if _target(node)]
    if len(links) == 1 and _BACK.fullmatch(_words(links)) and blocks:
        names = {str(node["c"][0][0]) for node in _nodes(blocks) if node["t"] in ("Div", "Span", "Link")}
        yield _Part(blocks, frozenset(names - {""}), places[id(blocks[0])])


def _put(value: Any, taken: dict[int, _Part]) -> Any:
    """Return a value with notes in the place of the links that call them. A sign set high is no more than its link."""
    if isinstance(value, list):
        return [_put(part, taken) for part in value]
    if not isinstance(value, dict) or "t" not in value:
        return value
    if part := taken.get(id(value)):
        return {"t": "Note", "c": _without_back(part.blocks)}
    inner = value.get("c")
    if value["t"] in ("Superscript", "Span"):
        content = inner if value["t"] == "Superscript" else inner[1] if inner else []
        if content and len(content) == 1 and id(content[0]) in taken:
            return _put(content[0], taken)
    return {**value, "c": _put(inner, taken)} if inner is not None else value


def _without_back(value: Any) -> Any:
    """Return the blocks of a note without the link back."""
    if isinstance(value, list):
        return [_without_back(part) for part in value if not _leads_back(part)]
    if isinstance(value, dict) and value.get("c") is not None:
        return {**value, "c": _without_back(value["c"])}
    return value


def _leads_back(part: Any) -> bool:
    """Say whether this is the link back, also where it is set high."""
    if not isinstance(part, dict) or "t" not in part:
        return False
    if part["t"] == "Superscript":
        return len(part["c"]) == 1 and _leads_back(part["c"][0])
    return bool(_target(part))


def _drop(blocks: list[PandocNode], gone: set[int]) -> Iterator[PandocNode]:
    """Yield the blocks without those that are notes now, and without what held nothing else."""
    for block in blocks:
        kind: str = block["t"]
        content: Any = block.get("c")
        if id(block) in gone:
            continue
        if kind == "Div":
            inner = list(_drop(content[1], gone))
            if inner or not content[1]:
                yield {**block, "c": [content[0], inner]}
        elif kind in _LISTS:
            items = content if kind == "BulletList" else content[1]
            left = [item for item in items if not item or id(item[0]) not in gone]
            if left:
                yield {**block, "c": left if kind == "BulletList" else [content[0], left]}
        else:
            yield block

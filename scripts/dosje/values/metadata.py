"""Pandoc's metadata: the typed values with which we describe a source to pandoc, and pandoc to us.

Everything that makes or reads such values is here. Knows nothing of records.
Source: the types MetaValue, Inline and Block of pandoc-types 1.23.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypedDict

from . import words
from .dates import Edtf, Moment

# A node of pandoc's text: an inline, or a block that holds inlines.
PandocNode = dict[str, Any]


class MetaString(TypedDict):
    t: Literal["MetaString"]
    c: str


class MetaBool(TypedDict):
    t: Literal["MetaBool"]
    c: bool


class MetaInlines(TypedDict):
    t: Literal["MetaInlines"]
    c: list[PandocNode]


class MetaBlocks(TypedDict):
    t: Literal["MetaBlocks"]
    c: list[PandocNode]


class MetaList(TypedDict):
    t: Literal["MetaList"]
    c: list[MetaValue]


class MetaMap(TypedDict):
    t: Literal["MetaMap"]
    c: dict[str, MetaValue]


MetaValue = MetaString | MetaBool | MetaInlines | MetaBlocks | MetaList | MetaMap
# The CSL variables of one source, by name.
Meta = Mapping[str, MetaValue]

_TAG_BY_NODE = {"Emph": "i", "Strong": "b", "Superscript": "sup", "Subscript": "sub"}
_QUOTES = {"SingleQuote": "‘’", "DoubleQuote": "“”"}


@dataclass(frozen=True)
class Name:
    """A person's name in parts, or a plain name in `literal`."""

    family: str = ""
    given: str = ""
    literal: str = ""
    family_first: bool = False


@dataclass(frozen=True)
class MetaName:
    """A name as pandoc read it from a .bib file: its parts as text, "" for those that it does not have."""

    family: str = ""
    given: str = ""
    particle: str = ""  # always stands before the family name: "von" of "von der Leyen"
    dropping_particle: str = ""  # stands before it in a note alone
    literal: str = ""


def pandoc_text(text: str) -> list[PandocNode]:
    """Return `text` as pandoc inlines: plain text, in which nothing is markup."""
    nodes: list[PandocNode] = []
    for index, word in enumerate(re.split(r"[ \t\r\n]+", text)):
        if index:
            nodes.append({"t": "Space"})
        if word:
            nodes.append({"t": "Str", "c": word})
    return nodes


def meta_inlines(text: str) -> MetaInlines:
    return {"t": "MetaInlines", "c": pandoc_text(text)}


def meta_string(text: str) -> MetaString:
    return {"t": "MetaString", "c": text}


def meta_bool(value: bool) -> MetaBool:
    return {"t": "MetaBool", "c": value}


def meta_list(items: Iterable[MetaValue]) -> MetaList:
    return {"t": "MetaList", "c": list(items)}


def meta_map(**values: MetaValue) -> MetaMap:
    return {"t": "MetaMap", "c": {key.replace("_", "-"): value for key, value in values.items()}}


def meta_of_reference(key: str, meta: Meta) -> MetaMap:
    """Return the CSL variables of a source as an entry of pandoc's `references`."""
    return {"t": "MetaMap", "c": {**meta, "id": meta_string(key)}}


def meta_of_name(name: Name, *, in_note: bool = False) -> MetaMap:
    """Return a name as CSL has it, in parts or as one word."""
    if name.literal or not name.given:
        return meta_map(literal=meta_string(name.literal or name.family))
    if name.family_first and not in_note:
        # A name in its own order has no comma.
        return meta_map(literal=meta_string(f"{name.family} {name.given}"))
    if name.family_first:
        # CSL reverses every name in Latin letters: "Zedong Mao". But a suffix stays behind the family name,
        # and a short form leaves it out: "Mao Zedong", then "Mao".
        return meta_map(family=meta_string(name.family), suffix=meta_string(name.given))
    return meta_map(family=meta_string(name.family), given=meta_string(name.given))


def meta_of_date(value: Edtf, in_words: str) -> MetaMap:
    """Return a date in parts, or in words, which are given, if CSL has no such date: one with brackets has none."""
    moments = [value.start] if not value.is_interval else [value.start, value.end]
    has_no_parts = any(m is None or "X" in m.year or (m.month or 0) > 12 for m in moments)
    if value.is_supplied or value.choices or has_no_parts:
        return meta_map(literal=meta_inlines(in_words))
    doubts = {bool(m and (m.is_approximate or m.is_uncertain)) for m in moments}
    if len(doubts) > 1:
        return meta_map(literal=meta_inlines(in_words))  # the words say which end is in doubt
    parts = meta_list(meta_list(meta_string(part) for part in _date_parts(m)) for m in moments if m)
    # CSL has one word for "about" and "perhaps". Styles print it as [1962?] or c. 1962.
    return meta_map(date_parts=parts, circa=meta_string("true")) if doubts == {True} else meta_map(date_parts=parts)


def _date_parts(moment: Moment) -> list[str]:
    return [str(part) for part in (int(moment.year), moment.month, moment.day) if part is not None]


def read_references(meta: Mapping[str, MetaValue]) -> dict[str, Meta]:
    """Return the CSL variables of each entry of a document's `references`, by the entry's id."""
    references = meta.get("references")
    found: dict[str, Meta] = {}
    for reference in references["c"] if references and references["t"] == "MetaList" else ():
        if reference["t"] == "MetaMap":
            variables = {name: value for name, value in reference["c"].items() if name != "id"}
            found[text_of_meta(reference["c"].get("id"))] = variables
    return found


def text_of_meta(value: MetaValue | None) -> str:
    """Return a text without its emphasis, or "" if it is not a text of one line."""
    if value is None:
        return ""
    if value["t"] == "MetaString":
        return value["c"]
    return words.plain(words.read_pandoc(value["c"])) if value["t"] == "MetaInlines" else ""


def lines_of_meta(value: MetaValue | None) -> list[list[PandocNode]]:
    """Return a value as pandoc inlines by lines: the name or text of a map, the paragraphs of blocks."""
    if value is None:
        return []
    if value["t"] == "MetaList":
        return [line for part in value["c"] for line in lines_of_meta(part)]
    if value["t"] == "MetaMap":
        return lines_of_meta(value["c"].get("name") or value["c"].get("text"))
    if value["t"] == "MetaBlocks":
        return [block["c"] for block in value["c"] if block["t"] in ("Para", "Plain")]
    return [value["c"] if value["t"] == "MetaInlines" else [{"t": "Str", "c": str(value["c"])}]]


def blocks_of_meta(value: MetaValue | None) -> list[PandocNode]:
    """Return a value as pandoc blocks: its own, or its lines as paragraphs."""
    if value is not None and value["t"] == "MetaBlocks":
        return value["c"]
    return [{"t": "Para", "c": line} for line in lines_of_meta(value)]


def names_in_meta(meta: Meta, role: str) -> list[MetaName]:
    """Return the names of everybody in a role, e.g. "author", in their order."""
    people = meta.get(role)
    return [_read_name(person) for person in people["c"]] if people and people["t"] == "MetaList" else []


def names_in_full(meta: Meta, role: str) -> list[str]:
    """Return the names of everybody in a role, each as one text in the order of a sentence."""
    parts = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix", "literal")
    people = meta.get(role)
    found = []
    for person in people["c"] if people and people["t"] == "MetaList" else []:
        named = [text_of_meta(person["c"].get(part)) for part in parts] if person["t"] == "MetaMap" else []
        found.append(" ".join(filter(None, named)) or text_of_meta(person))
    return found


def _read_name(person: MetaValue) -> MetaName:
    if person["t"] != "MetaMap":
        return MetaName(literal=text_of_meta(person))
    part = {name: text_of_meta(value) for name, value in person["c"].items()}
    return MetaName(
        part.get("family", ""),
        part.get("given", ""),
        part.get("non-dropping-particle", ""),
        part.get("dropping-particle", ""),
        part.get("literal", ""),
    )


def csl_value_of_meta(value: MetaValue) -> Any:
    """Return a value as CSL-JSON: a text with tags, a list, or an object. Source: CSL 1.0.2, csl-data.json."""
    if value["t"] == "MetaInlines":
        return _rich_text(value["c"])
    if value["t"] == "MetaBlocks":
        return " ".join(_rich_text(block["c"]) for block in value["c"] if block["t"] in ("Para", "Plain"))
    if value["t"] == "MetaList":
        return [csl_value_of_meta(part) for part in value["c"]]
    if value["t"] == "MetaMap":
        return _csl_date({name: csl_value_of_meta(part) for name, part in value["c"].items()})
    return value["c"]


def _csl_date(value: dict[str, Any]) -> dict[str, Any]:
    """Return a date with numbers as its parts. A map that is not a date comes back unchanged."""
    if "date-parts" not in value:
        return value
    value["date-parts"] = [[int(part) for part in moment] for moment in value["date-parts"]]
    if "circa" in value:
        value["circa"] = value["circa"] in (True, "true")
    return value


def _rich_text(nodes: list[PandocNode]) -> str:
    return "".join(_rich(node) for node in nodes)


def _rich(node: PandocNode) -> str:
    kind, content = node["t"], node.get("c")
    if kind == "Str":
        return str(content)
    if kind in ("Space", "SoftBreak", "LineBreak"):
        return " "
    if content is None:
        return ""
    if kind in _TAG_BY_NODE:
        return f"<{_TAG_BY_NODE[kind]}>{_rich_text(content)}</{_TAG_BY_NODE[kind]}>"
    if kind == "SmallCaps":
        return f'<span style="font-variant:small-caps;">{_rich_text(content)}</span>'
    if kind == "Quoted":
        quotes = _QUOTES[content[0]["t"]]
        return f"{quotes[0]}{_rich_text(content[1])}{quotes[1]}"
    if kind == "Span" and "nocase" in content[0][1] and _rich_text(content[1])[:1].islower():
        # A style that capitalizes titles could change only what begins with a small letter.
        return f'<span class="nocase">{_rich_text(content[1])}</span>'
    if kind in ("Span", "Link", "Cite"):
        return _rich_text(content[1])
    if kind in ("Code", "Math", "RawInline"):
        return str(content[1])
    return _rich_text(content) if isinstance(content, list) else ""

"""Finds keys and fields of entries in the text of a .bib file, as places in it: our reader keeps only lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..reading.bibliography import BibFile

# Fields that hold keys of other entries (biblatex 3.19, 2.2.3; BibTeX's crossref), with commas between them.
_NAMING = frozenset({"crossref", "xref", "xdata", "related", "entryset"})
_ENTRY = re.compile(r"@[ \t\r\n]*(\w+)\s*[{(]\s*([^\s,=]+)\s*,")
_FIELD = re.compile(r"(?<![\w-])([A-Za-z][\w-]*)\s*=\s*")


@dataclass(frozen=True)
class FieldPlaces:
    """A field of an entry: its name in lower-case, where it begins, and where its text stands, without its braces."""

    name: str
    start: int
    text_start: int
    text_end: int


@dataclass(frozen=True)
class EntryPlaces:
    """An entry of a .bib file: where its key stands, and its fields."""

    key: str
    key_start: int
    fields: tuple[FieldPlaces, ...]

    @property
    def key_end(self) -> int:
        return self.key_start + len(self.key)


def entries_of(bib: BibFile) -> Iterator[EntryPlaces]:
    """Yield the entries whose key and fields our reader has found, in their order."""
    known = {(work.key, work.span.line) for work in bib.works}
    line, counted = 1, 0
    for match in _ENTRY.finditer(bib.text):
        line += bib.text.count("\n", counted, match.start(2))
        counted = match.start(2)
        if match[1].lower() == "xdata" or (match[2], line) in known:
            yield EntryPlaces(match[2], match.start(2), tuple(_fields_of(bib.text, match.end())))


def keys_named(text: str, entry: EntryPlaces, key: str) -> Iterator[tuple[int, int]]:
    """Yield where fields of an entry that hold keys of other entries hold `key`."""
    for field in entry.fields:
        if field.name in _NAMING:
            pattern = re.compile(rf"(?<![^\s,{{\"]){re.escape(key)}(?![^\s,}}\"])")
            for match in pattern.finditer(text, field.text_start, field.text_end):
                yield match.start(), match.end()


def _fields_of(text: str, start: int) -> Iterator[FieldPlaces]:
    """Yield the fields of an entry. `start`: behind the comma after its key."""
    at = start
    while True:
        between = re.compile(r"[\s,]*").match(text, at)
        at = between.end() if between else at
        field = _FIELD.match(text, at)
        if field is None:
            return
        end = _end_of_value(text, field.end())
        is_bare = text[field.end() : field.end() + 1] not in ("{", '"')
        yield FieldPlaces(field[1].lower(), field.start(), field.end() + (not is_bare), end - (not is_bare))
        # "a" # b joins texts: the rest of it is not looked at.
        rest = re.compile(r"[^,{}\"]*").match(text, end)
        at = rest.end() if rest else end


def _end_of_value(text: str, start: int) -> int:
    """Return where a value ends: behind its closing brace or quotation mark, or before the comma behind a bare word."""
    sign = text[start : start + 1]
    if sign not in ("{", '"'):
        bare = re.compile(r"[^\s,{}]*").match(text, start)
        return bare.end() if bare else start
    depth = 0
    for at in range(start, len(text)):
        if text[at - 1 : at] == "\\":
            continue
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        if (sign == "{" and depth == 0) or (sign == '"' and text[at] == '"' and at > start and depth == 0):
            return at + 1
    return len(text)


def add_former_key(text: str, entry: EntryPlaces, key: str) -> str:
    """Return the text of a .bib file with `key` as the last of the former keys of an entry."""
    field = _former_field(entry)
    if field is not None:
        comma = ", " if text[field.text_start : field.text_end].strip() else ""
        return f"{text[: field.text_end]}{comma}{key}{text[field.text_end :]}"
    at = text.index(",", entry.key_end) + 1
    if not entry.fields:
        return f"{text[:at]} formerly = {{{key}}},{text[at:]}"
    first = entry.fields[0]
    space = text[at : first.start]
    width = text.index("=", first.start) - first.start
    return f"{text[: first.start]}{'formerly'.ljust(width - 1)} = {{{key}}},{space}{text[first.start :]}"


def remove_former_key(text: str, entry: EntryPlaces, key: str) -> str:
    """Return the text without `key` among the former keys of an entry, and without the field if it was the only one."""
    field = _former_field(entry)
    if field is None:
        return text
    keys = [one.strip() for one in text[field.text_start : field.text_end].split(",")]
    left = [one for one in keys if one not in (key, "")]
    if left:
        return f"{text[: field.text_start]}{', '.join(left)}{text[field.text_end :]}"
    following = next((other.start for other in entry.fields if other.start > field.start), None)
    if following is not None:
        return text[: field.start] + text[following:]
    rest = re.compile(r'["}]?\s*,?').match(text, field.text_end)
    return text[: field.start].rstrip() + text[rest.end() if rest else field.text_end :]


def _former_field(entry: EntryPlaces) -> FieldPlaces | None:
    return next((field for field in entry.fields if field.name == "formerly"), None)

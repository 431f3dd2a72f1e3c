"""What entries of .bib files take from other entries and from @string, also from those of other files.

Pandoc reads one file at a time, and says nothing of what is not there: the whole of a chapter is left out, and the name
of a macro is printed. So what a file takes from others is lent to it, and what no file has is a finding.
Source: biblatex manual 3.20, 2.4.1.1 (inheritance) and 3.13.6 (xdata).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..values.cycles import find_rings
from ..values.findings import Finding, Span, did_you_mean

# With these an entry takes the fields of others. Pandoc follows cycles for ever.
_TAKING = ("crossref", "xdata")
# The macros that every .bib file has (BibTeX's months).
_MONTHS = frozenset(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"])
# A value in its parts: texts in braces or quotation marks, and bare words.
_PART = re.compile(r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}|\"(?:[^\"{}]|\{[^{}]*\})*\"|[^\s#{}\"]+")
# What says when a work appeared.
DATE_FIELDS = ("date", "year", "month", "day")


@dataclass(frozen=True)
class Heir:
    """An entry that takes the fields of others, whose keys it names. `span`: the place of the field that says so."""

    key: str
    sources: tuple[str, ...]
    span: Span


@dataclass(frozen=True)
class Macro:
    """The name of a text that an entry uses, as `journal = jhist` does, and where."""

    name: str
    span: Span


def heirs_of(
    key: str, fields: Mapping[str, str], spans: Mapping[str, Span], texts: Mapping[str, str]
) -> Iterator[Heir]:
    """Yield what an entry takes from others. `fields`: as they stand; `texts`: those of @string, by name."""
    for name in _TAKING:
        if name in fields:
            # "a" # b joins texts and the names of texts (@string).
            parts = [texts.get(part.strip().lower(), part) for part in fields[name].split("#")]
            sources = re.sub(r'[{}"\s]', "", "".join(parts)).split(",")
            yield Heir(key, tuple(source for source in sources if source), spans[name])


def macros_in(fields: Mapping[str, str], spans: Mapping[str, Span]) -> Iterator[Macro]:
    """Yield the macros that the fields of an entry use, in small letters, but for those of months."""
    for name, value in fields.items():
        if value.startswith("{") and value.count("#") == 0:
            continue  # nearly all are so
        for part in _PART.findall(value):
            if part[0] not in '{"' and not part.isdigit() and part.lower() not in _MONTHS:
                yield Macro(part.lower(), spans[name])


def dates_taken(
    key: str, fields_by_key: Mapping[str, Mapping[str, str]], heirs: Mapping[str, tuple[str, ...]]
) -> dict[str, str]:
    """Return the fields that say an entry's date: its own, else those of the nearest entry from which it takes fields.

    A date is taken whole: who has a year of its own takes no month (biber 2.20, "inheritance of dates").
    """
    seen: set[str] = set()
    waiting = [key]
    while waiting:
        one = waiting.pop(0)
        fields = fields_by_key.get(one, {})
        if "date" in fields or "year" in fields:
            return dict(fields)
        seen.add(one)
        waiting += [source for source in heirs.get(one, ()) if source not in seen]
    return {}


def check_cycles(heirs: Iterable[Heir]) -> Iterator[Finding]:
    """Yield a finding for each entry that takes fields from itself, also through others and in other files."""
    places: dict[str, dict[str, Span]] = {}
    for heir in heirs:
        places.setdefault(heir.key, {}).update(dict.fromkeys(heir.sources, heir.span))
    for ring in find_rings({key: list(sources) for key, sources in places.items()}):
        message = f'"{ring[0]}" takes fields from itself: {" → ".join([*ring, ring[0]])}'
        hint = "take crossref or xdata out of one of these entries"
        yield Finding(places[ring[-1]][ring[0]], "crossref-cycle", message, hint)


def check_taken(heirs: Iterable[Heir], keys: Iterable[str]) -> Iterator[Finding]:
    """Yield a finding for each entry that takes fields from one that is in no file. `keys`: of all entries."""
    known = set(keys)
    for heir in heirs:
        for source in heir.sources:
            if source not in known:
                hint = did_you_mean(source, sorted(known)) or "export the whole collection, so that this entry is in it"
                message = f'"{heir.key}" takes fields from "{source}", which no entry is called'
                yield Finding(heir.span, "unknown-entry", message, hint)


def check_strings(macros: Iterable[Macro], known: Iterable[str]) -> Iterator[Finding]:
    """Yield a finding for each macro that no @string defines. `known`: the names of all, in small letters."""
    names = set(known)
    for macro in macros:
        if macro.name not in names:
            hint = did_you_mean(macro.name, sorted(names)) or f"@string{{{macro.name} = {{…}}}}, or braces around it"
            message = f'no @string defines "{macro.name}", and its name is printed'
            yield Finding(macro.span, "unknown-string", message, hint)

"""Pandoc's metadata: the typed values in which a source, its names and its dates are handed to pandoc.

Knows nothing of records.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from .date_words import words_of_date
from .dates import Edtf, Moment

Meta = dict[str, Any]


@dataclass(frozen=True)
class Name:
    """A person's name in parts, or a plain name in `literal`."""

    family: str = ""
    given: str = ""
    literal: str = ""
    family_first: bool = False


def inlines(text: str) -> Meta:
    """Return `text` as pandoc inlines: data, in which no sign has a meaning."""
    nodes: list[Meta] = []
    for index, word in enumerate(re.split(r"[ \t\r\n]+", text)):
        if index:
            nodes.append({"t": "Space"})
        if word:
            nodes.append({"t": "Str", "c": word})
    return {"t": "MetaInlines", "c": nodes}


def meta_string(text: str) -> Meta:
    return {"t": "MetaString", "c": text}


def meta_list(items: list[Meta]) -> Meta:
    return {"t": "MetaList", "c": items}


def meta_map(**values: Meta) -> Meta:
    return {"t": "MetaMap", "c": {key.replace("_", "-"): value for key, value in values.items()}}


def meta_of_name(name: Name, *, in_note: bool = False) -> Meta:
    """Return a name as CSL has it, in parts or as one word."""
    if name.literal or not name.given:
        return meta_map(literal=meta_string(name.literal or name.family))
    if name.family_first and not in_note:
        return meta_map(
            literal=meta_string(f"{name.family} {name.given}")
        )  # no comma in a name that is not turned round
    if name.family_first:
        # CSL turns every name in Latin letters round: "Zedong Mao". A suffix stays behind the family name,
        # and a short form leaves it out: "Mao Zedong", then "Mao".
        return meta_map(family=meta_string(name.family), suffix=meta_string(name.given))
    return meta_map(family=meta_string(name.family), given=meta_string(name.given))


def meta_of_date(value: Edtf) -> Meta:
    """Return a date in parts, or in words where CSL's dates cannot say it."""
    moments = [value.start] if not value.is_interval else [value.start, value.end]
    if any(m is None or "X" in m.year or (m.month or 0) > 12 for m in moments):
        return meta_map(literal=inlines(words_of_date(value)))
    parts = [meta_list([meta_string(part) for part in _date_parts(m)]) for m in moments if m]
    date = meta_map(date_parts=meta_list(parts))
    doubts = {bool(m and (m.is_approximate or m.is_uncertain)) for m in moments}
    if len(doubts) > 1:
        return meta_map(literal=inlines(words_of_date(value)))  # says which end is in doubt
    # CSL has one word for "about" and "perhaps"; a style prints it as [1962?] or c. 1962.
    if doubts == {True}:
        date["c"]["circa"] = meta_string("true")
    return date


def _date_parts(moment: Moment) -> list[str]:
    return [str(part) for part in (int(moment.year), moment.month, moment.day) if part is not None]

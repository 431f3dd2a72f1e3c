"""What the inventing modules share: how many records there are, who lives, and how YAML is written."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

SMALLEST, LARGEST = 20, 100_000
FIRST_YEAR, YEARS = 1955, 11
FILES_IN_SERIES = 20
# The sixteen towns lie in four countries by turns: twenty places.
TOWNS = (
    "aldmoor", "birkholm", "casterne", "dunvale", "elmsund", "fennick", "greyport", "highmere",
    "inverlan", "kestrow", "larkfield", "millhaven", "norbeck", "oakensund", "pellworth", "quarnby",
)  # fmt: skip


@dataclass(frozen=True)
class Counts:
    """How many records of each sort an edition of N has."""

    meetings: int
    persons: int
    items: int
    files: int
    series: int
    fonds: int
    works: int


@dataclass(frozen=True)
class Someone:
    """A person's key, name as printed, and organisation."""

    key: str
    name: str
    organisation: str

    @property
    def link(self) -> str:
        return f"[{self.name}](person:{self.key})"


def count_records(size: int) -> Counts:
    """Return how `size` records are shared out: 2 : 1 : 2, and among sources about 60 : 15 : 25."""
    meetings, persons = round(size * 2 / 5), size // 5
    sources = size - meetings - persons
    works = round(sources * 0.25)
    units = max(round(sources * 0.15), 3)  # files, with the series and fonds above them
    series = -(-units // (FILES_IN_SERIES + 1))  # one more than twenty files: the series is counted too
    fonds = min(series, 2)
    return Counts(meetings, persons, sources - works - units, units - series - fonds, series, fonds, works)


def year_of(number: int, of: int) -> int:
    return FIRST_YEAR + number * YEARS // of


def wrap(text: str) -> str:
    return "\n".join(textwrap.wrap(text, 100, break_long_words=False, break_on_hyphens=False))


def to_yaml(record: Mapping[str, Any]) -> str:
    return "\n".join(_yaml_lines(record)) + "\n"


def _yaml_lines(value: Mapping[str, Any]) -> Iterator[str]:
    """Yield the mapping as an editor would write it: blocks, and quotes only where they are needed."""
    for name, part in value.items():
        if isinstance(part, Mapping):
            yield f"{name}:"
            yield from (f"  {line}" for line in _yaml_lines(part))
        elif isinstance(part, list) and isinstance(part[0], str):
            yield f"{name}: [{', '.join(part)}]"
        elif isinstance(part, list):
            yield f"{name}:"
            for row in part:
                first, *rest = _yaml_lines(row)
                yield f"  - {first}"
                yield from (f"    {line}" for line in rest)
        elif "\n" in part:
            yield f"{name}: |"
            yield from (f"  {line}" if line else "" for line in part.split("\n"))
        else:
            is_plain = re.fullmatch(r"[\w–](?:[\w .,–()/-]|'\b)*", part)
            yield f"{name}: {part if is_plain else json.dumps(part, ensure_ascii=False)}"

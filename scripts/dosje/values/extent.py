"""Which days a date covers: the days that are possible, and the days that are certain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from .dates import Edtf


@dataclass(frozen=True)
class Extent:
    """The days that a date covers: the first and last that are possible, and those that are certain.

    `core` is None if the date only says in which month, season or year something happened.
    """

    first: date
    last: date
    core: tuple[date, date] | None
    goes_back: bool = False
    goes_on: bool = False
    is_uncertain: bool = False
    is_approximate: bool = False


@lru_cache(maxsize=1 << 14)
def extent_of(value: Edtf) -> Extent:
    """Return the days that a date covers. An open end reaches no further than the known end."""
    start, end = value.start or value.end, value.end or value.start
    assert start is not None and end is not None  # no EDTF date is open at both ends
    first, start_last = start.bounds()
    end_first, last = end.bounds()
    is_core = start_last <= end_first and (value.is_interval or start_last == first)
    if value.start is None or value.end is None:
        is_core = first == last
    if value.choices:  # one of them, and nothing says which
        is_core = False
    return Extent(
        first,
        last,
        (start_last, end_first) if is_core else None,
        goes_back=value.start is None,
        goes_on=value.end is None,
        is_uncertain=start.is_uncertain or end.is_uncertain,
        is_approximate=start.is_approximate or end.is_approximate,
    )

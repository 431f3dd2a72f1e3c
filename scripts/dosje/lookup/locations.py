"""Finds the series and the file that a shelfmark means, in the lookup's index.

Everything in a shelfmark must fit: another abbreviation, fonds or year is no match. The browser runs these rules as
well (`javascript.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ..values.spelling import is_near
from .reasons import Reason
from .rows import Core, FileEntry, UnitEntry
from .shards import Shards, get_shard
from .shelfmarks import Shelfmark, number_of_file

_NUMBERS: Final = 0
_YEARS: Final = 1


@dataclass(frozen=True)
class Location:
    """Where a shelfmark leads: units of the archive's tree, files of that number, and files that come near."""

    units: list[int]
    files: list[FileEntry]
    near: list[FileEntry]
    why_not: Reason
    is_whole: bool  # whether it names series and file without doubt


def locate(mark: Shelfmark, words: list[str], shards: Shards, missing: list[str]) -> Location:
    """Return where the shelfmark leads. `words`: the other words of the cite, which may name a series."""
    core: Core = shards["core"]
    if mark.foreign:
        known = ", ".join(archive["title"] for archive in core["archives"])
        return Location([], [], [], ["foreign-archive", "archive", mark.foreign, "known", known], False)
    units = _find_units(mark, words, core)
    if not units:
        return Location([], [], [], _say_unknown(mark, core), False)
    if not mark.file:
        return Location(units, [], [], [], False)
    below = units + [
        other for other in range(len(core["units"])) if other not in units and _is_below(other, units, core)
    ]
    own = _files_of(units, shards, missing)
    others = _files_of([unit for unit in below if unit not in units], shards, missing)
    number = number_of_file(mark.file.partition("(")[0])
    fitting = [file for file in own if number in file[_NUMBERS]]
    is_own = bool(fitting)
    fitting = fitting or [file for file in others if number in file[_NUMBERS]]
    files = [file for file in fitting if _fits_year(file, mark)]
    near = [file for file in fitting if not _fits_year(file, mark)]
    if not files and not near:
        near = [file for file in own if not mark.year or int(mark.year) in file[_YEARS]][:3]
    where = ["or", *[core["units"][unit]["title"] for unit in units[:3]]]
    why_not: Reason = []
    if not files and mark.year:
        why_not = ["no-file-of-year", "file", mark.file, "year", mark.year, "where", where]
    elif not files:
        why_not = ["no-file", "file", mark.file, "where", where]
    return Location(units, files, near, why_not, is_own and len(files) == 1)


def _fits_year(file: FileEntry, mark: Shelfmark) -> bool:
    years = file[_YEARS]
    return not mark.year or not years or int(mark.year) in years


def is_year_unsure(file: FileEntry) -> bool:
    """Say whether the year of a file is uncertain: "1960?"."""
    return 0 in file[_YEARS]


def _files_of(units: list[int], shards: Shards, missing: list[str]) -> list[FileEntry]:
    files: list[FileEntry] = []
    for unit in units:
        for bucket in shards["core"]["units"][unit]["shards"]:
            shard = get_shard(shards, missing, f"files-{bucket}")
            if shard is not None:
                files.extend(shard.get(str(unit), []))
    return files


def _is_below(unit: int, units: list[int], core: Core) -> bool:
    parent = core["units"][unit]["parent"]
    while parent >= 0:
        if parent in units:
            return True
        parent = core["units"][parent]["parent"]
    return False


def _find_units(mark: Shelfmark, words: list[str], core: Core) -> list[int]:
    """Return the lowest units that the shelfmark names, or all units of an archive if it names only that."""
    fitting: list[int] = []
    named: list[int] = []
    best = 0
    strengths: dict[int, int] = {}
    for index, unit in enumerate(core["units"]):
        if (mark.archive >= 0 and unit["archive"] != mark.archive) or not all(
            _is_known(sign, unit) for sign in mark.signs
        ):
            continue
        fitting.append(index)
        own = sum(1 for sign in unit["own_signs"] if _has_sign(sign, mark.signs))
        likeness = max([_share(name, mark.names) for name in unit["names"]] + [0])
        if not own and not mark.signs:
            likeness = max([likeness] + [_share(name, words) for name in unit["names"] if len(name) > 1])
        if own or likeness >= 60:
            named.append(index)
            shared = sum(1 for sign in mark.signs if _has_sign(sign, unit["signs"]))
            strengths[index] = 200 * shared + 100 * own + 3 * likeness
            best = max(best, strengths[index])
    named = [index for index in named if strengths[index] >= best - 90]
    deepest = [index for index in named if not any(_is_below(other, [index], core) for other in named)]
    if deepest or mark.signs or mark.archive < 0:
        return deepest
    return fitting


def _is_known(sign: str, unit: UnitEntry) -> bool:
    return _has_sign(sign, unit["signs"]) or any(sign in name for name in unit["names"])


def _has_sign(sign: str, signs: list[str]) -> bool:
    return sign in signs or (len(sign) > 4 and any(is_near(sign, other) for other in signs if len(other) > 4))


def _share(name: list[str], words: list[str]) -> int:
    """Return the percentage of the words of the name that are said."""
    if not name:
        return 0
    return 100 * sum(1 for word in name if word in words or any(is_near(word, other) for other in words)) // len(name)


def _say_unknown(mark: Shelfmark, core: Core) -> Reason:
    signs = [sign for sign in mark.signs if not any(_is_known(sign, unit) for unit in core["units"])]
    where = ["name", "name", core["archives"][mark.archive]["title"]] if mark.archive >= 0 else ["any-archive"]
    if signs:
        return ["no-sign", "where", where, "signs", ["or", *[sign.upper() for sign in signs]]]
    if mark.signs or mark.archive >= 0:
        return ["no-series", "where", where, "signs", ", ".join(sign.upper() for sign in mark.signs)]
    return ["file-alone"]

"""Finds the documents of a file that a footnote means by leaf, names, date and words.

The browser runs these rules as well (`javascript.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from .hits import Hit
from .leaves import fit_folios, joined, read_folios
from .likeness import Evidence, Said, find_evidence
from .locations import Location
from .queries import Reading
from .reasons import Reason
from .rows import FileEntry
from .shards import Shards, row_at

_OTHER_NAMES = -2
_ENOUGH = 50  # the score from which a document counts as described


@dataclass(frozen=True)
class ComparedItem:
    """A document of a file, compared with a cite: how its leaves fit and what that says, its score, how its date fits.

    `is_unsure`: it may be another document that is described, because its own date is wide or it is by others.
    """

    row: int
    fit: int
    say: Reason
    score: int
    date: int
    is_unsure: bool
    speaks: Reason


def find_in_file(  # noqa: PLR0917
    file: FileEntry, reading: Reading, said: Said, location: Location, shards: Shards, missing: list[str]
) -> tuple[list[Hit], list[Hit]]:
    """Return the documents of a file that are meant and the file itself, then the documents with the nearest leaves."""
    wanted = read_folios(reading.value) if reading.label == "folio" else []
    place = _say_file(file, location)
    items = _compare_items(file, reading, said, wanted, shards, missing)
    best = max([item.score for item in items if item.fit >= 0] + [0])
    hits: list[Hit] = []
    if best >= _ENOUGH:
        hits = _choose_described([item for item in items if item.score >= max(best - 12, _ENOUGH)], place)
    elif wanted and _is_whole_file(file, wanted, items, shards, missing):
        return [Hit(file[2], 3, ["whole-file", "first", place, "folio", reading.value], 50)], []
    elif wanted:
        hits = _choose_by_leaf(items, place, location.is_whole)
    if any(hit.sureness == 3 for hit in hits):
        return hits, []
    near = _nearest(wanted, file, shards, missing) if wanted and not hits else []
    if not hits and len(file[3]) == 1 and not (wanted and len(file[3][0]) > 1):
        # What is described is another document, of which we know only the place.
        is_other = len(items) > 0 and items[0].score < 0
        only = Hit(file[3][0][0], 1 if is_other else 2, ["only-document", "first", place], 10)
        return [only, Hit(file[2], 3, place, 20)], near
    if wanted and not hits and any(len(item) > 1 for item in file[3]):
        place = ["no-document-on", "first", place, "folio", reading.value]
    # If a document is found, the file is only its place.
    is_alone = all(hit.sureness == 1 for hit in hits)
    is_named = is_alone and (location.is_whole or len(location.files) == 1)
    hits.append(Hit(file[2], 3 if is_named else 2 if is_alone else 1, place, 0))
    return hits, near


def _is_whole_file(
    file: FileEntry, wanted: list[list[int]], items: list[ComparedItem], shards: Shards, missing: list[str]
) -> bool:
    """Say whether the leaves that are said are all leaves of the file, and those of no document in it."""
    row = row_at(file[2], shards, missing)
    leaves = row["leaves"] if row is not None else []
    own = [[leaves[at], leaves[at + 1]] for at in range(0, len(leaves), 2)]
    return own == wanted and not any(item.fit > 2 for item in items)


def _compare_items(  # noqa: PLR0917
    file: FileEntry, reading: Reading, said: Said, wanted: list[list[int]], shards: Shards, missing: list[str]
) -> list[ComparedItem]:
    """Return the documents of a file, each compared with the cite."""
    is_described = bool(reading.dates) or len(said) > 2 or bool(reading.writers)
    compared: list[ComparedItem] = []
    for item in file[3]:
        row = row_at(item[0], shards, missing)
        if row is None:
            continue
        runs = [[item[at], item[at + 1]] for at in range(1, len(item), 2)]
        fit, say = fit_folios(wanted, runs, reading.value)
        evidence = find_evidence(row, reading, said)
        score = _score(evidence) if is_described else 0
        is_unsure = evidence.is_unsure or evidence.is_by_another
        compared.append(
            ComparedItem(item[0], fit, say, score, _contradict(evidence), is_unsure, _say_evidence(evidence))
        )
    return compared


def _choose_described(chosen: list[ComparedItem], place: Reason) -> list[Hit]:
    """Return the best of those documents that the cite describes."""
    top = max(item.fit for item in chosen)
    chosen = [item for item in chosen if item.fit >= max(top - 1, 0)]
    hits: list[Hit] = []
    for item in chosen:
        sureness = 3 if len(chosen) == 1 or item.fit == 4 else 2
        if item.is_unsure and item.fit < 3:
            sureness = 1  # it may be another document of that file, of the day that is said
        why: Reason = ["place-and", "place", place, "speaks", item.speaks]
        hits.append(Hit(item.row, sureness, joined(item.say, why), 100 + item.score + 10 * item.fit))
    return hits


def _choose_by_leaf(items: list[ComparedItem], place: Reason, is_whole: bool) -> list[Hit]:
    """Return those documents that have the leaf that is said."""
    hits: list[Hit] = []
    for item in items:
        if item.fit >= 2 and item.date >= 0:
            hits.append(Hit(item.row, 3 if item.fit == 4 else 2, joined(item.say, place), 10 * item.fit))
        elif item.fit == 4:
            why = "other-names" if item.date == _OTHER_NAMES else "other-date"
            hits.append(Hit(item.row, 2, [why, "first", joined(item.say, place)], 9 * item.fit))
    if len(hits) == 1 and hits[0].rank == 30 and is_whole:
        return [replace(hits[0], sureness=3)]
    if any(hit.sureness == 3 for hit in hits):
        return [hit if hit.sureness == 3 else replace(hit, sureness=1) for hit in hits]
    return hits


def _contradict(evidence: Evidence) -> int:
    """Return how the date fits (`compare_dates`), and _OTHER_NAMES if others wrote or received the document."""
    return _OTHER_NAMES if evidence.names < 0 else evidence.date


def _score(evidence: Evidence) -> int:
    if evidence.names < 0 or evidence.date < 0:
        return -50
    names = 30 if evidence.names == 2 else 5 * evidence.names
    return names + 20 * evidence.date + evidence.cover + min(4 * evidence.hits, 40)


def _say_evidence(evidence: Evidence) -> Reason:
    parts: list[str] = []
    if evidence.names == 2:
        parts.append("names")
    if evidence.date > 0:
        parts.append("date")
    if evidence.cover >= 40 or not parts:
        parts.append("description")
    return ["fit-" + "-".join(parts)]


def _say_file(file: FileEntry, location: Location) -> Reason:
    years = file[1]
    key = "file-of-series" if location.is_whole else "file"
    return [key + "-year", "file", file[4], "year", years[0]] if years else [key, "file", file[4]]


def _nearest(wanted: list[list[int]], file: FileEntry, shards: Shards, missing: list[str]) -> list[Hit]:
    """Return the documents of the file whose leaves are the nearest before and after."""
    leaf = wanted[0][0]
    before: list[tuple[int, int]] = []
    behind: list[tuple[int, int]] = []
    for item in file[3]:
        for at in range(1, len(item), 2):
            if item[at + 1] < leaf:
                before.append((leaf - item[at + 1], item[0]))
            elif item[at] > leaf:
                behind.append((item[at] - leaf, item[0]))
    found = sorted(before)[:1] + sorted(behind)[:1]
    return [Hit(row, 0, ["leaves-away", "n", distance], -distance) for distance, row in found]

"""Finds the documents and the file that a footnote means by a shelfmark.

The browser runs these rules as well (`javascript.py`).
"""

from __future__ import annotations

from dataclasses import replace

from ..values.spelling import words_of
from .by_words import MOST_SHOWN, find_by_words, understand
from .hits import Hit, SearchResult
from .leaves import fit_folios, joined, read_folios
from .likeness import Evidence, Said, find_evidence
from .locations import Location, locate
from .queries import Reading
from .reasons import Reason
from .rows import Core, FileEntry, UnitEntry
from .shards import Shards, row_at
from .shelfmarks import Shelfmark, is_name_of_archive

_OTHER_NAMES = -2


def find_by_shelfmark(reading: Reading, shards: Shards, missing: list[str]) -> tuple[SearchResult, Location]:
    """Return the documents and the file that a shelfmark means, and where it leads."""
    mark = reading.shelfmark
    if mark is None:
        return SearchResult([], [], []), Location([], [], [], [], False)
    words = reading.words or []
    location = locate(mark, words, shards, missing)
    core: Core = shards["core"]
    if location.units and not mark.file:
        return _find_units(reading, location, shards, missing), location
    if not location.files:
        near = [Hit(file[2], 0, ["nearest-file"], 0) for file in location.near[:3]]
        elsewhere = _find_elsewhere(reading, mark, location, shards, missing)
        return SearchResult(elsewhere, [] if elsewhere else near, location.why_not), location
    known = [word for unit in location.units for name in core["units"][unit]["names"] for word in name]
    said, _, _ = understand([word for word in words if word not in known], shards, missing)
    hits: list[Hit] = []
    near_folios: list[Hit] = []
    for file in location.files:
        own, near = _find_in_file(file, reading, said, location, shards, missing)
        hits.extend(own)
        near_folios.extend(near)
    if len(location.files) > 1:
        described = [hit for hit in hits if hit.rank >= 100]
        if described:
            hits = described
        else:
            count = len(location.files)
            hits = [replace(hit, sureness=1, why=["files-fit", "first", hit.why, "n", count]) for hit in hits]
    stranger = _find_stranger(mark, shards, missing)
    if stranger:
        hits = [replace(hit, sureness=1, why=["but-nothing-of", "first", hit.why, "words", stranger]) for hit in hits]
    hits.sort(key=lambda hit: (-hit.sureness, -hit.rank, hit.row))
    return SearchResult(hits[:MOST_SHOWN], near_folios[:3], location.why_not), location


def _find_stranger(mark: Shelfmark, shards: Shards, missing: list[str]) -> str:
    """Return the name before a shelfmark without an archive that nothing in the edition has, "" for none.

    It may be the archive: the same fonds and file can lie in another one.
    """
    for name in mark.before:
        said, rows, _ = understand(words_of(name), shards, missing)
        known = [word for word in said if any(other in rows for other in word)]
        if len(known) < len(said) or is_name_of_archive(name):
            return name
    return ""


def _find_elsewhere(
    reading: Reading, mark: Shelfmark, location: Location, shards: Shards, missing: list[str]
) -> list[Hit]:
    """Return what the cite describes although its place is not known: less surely, and with the reason.

    A copy may lie in another archive, or a fonds may have got another number. A place alone describes nothing.
    """
    place = words_of(mark.foreign) + mark.names + mark.signs + list(reading.acronyms or [])
    words = [word for word in reading.words or [] if word not in place]
    described = replace(reading, shelfmark=None, words=words, acronyms=[])
    found = find_by_words(described, [], shards, missing)
    hits: list[Hit] = []
    for hit in found.hits:
        row = row_at(hit.row, shards, missing)
        if row is not None and row["level"] == "item" and hit.sureness > 1:
            why: Reason = ["but-place", "first", hit.why, "place", location.why_not]
            hits.append(Hit(hit.row, 2 if hit.sureness == 3 and not mark.foreign else 1, why, hit.rank))
    return hits


def _find_units(reading: Reading, location: Location, shards: Shards, missing: list[str]) -> SearchResult:
    """Return what a shelfmark without a file means: a document that the cite describes, or the series."""
    core: Core = shards["core"]
    mark = reading.shelfmark
    rows = [core["units"][unit]["row"] for unit in location.units]
    if len(reading.words or []) > 1 or reading.dates:
        found = find_by_words(reading, [], shards, missing)
        if found.hits and found.hits[0].sureness > 1:
            return found
    if mark is None or not (mark.signs or mark.names) or len(rows) > 3:
        return SearchResult([], [], ["archive-alone"])
    sureness = 3 if len(rows) == 1 and _is_named(mark, core["units"][location.units[0]]) else 2
    return SearchResult([Hit(row, sureness, ["series"], 0) for row in rows if row >= 0], [], [])


def _is_named(mark: Shelfmark, unit: UnitEntry) -> bool:
    """Say whether the shelfmark is all of a series, and no more: its archive and its own signs."""
    own = unit["own_signs"]
    return mark.archive >= 0 and not mark.year and len(own) > 0 and all(sign in mark.signs for sign in own)


def _find_in_file(  # noqa: PLR0917
    file: FileEntry, reading: Reading, said: Said, location: Location, shards: Shards, missing: list[str]
) -> tuple[list[Hit], list[Hit]]:
    """Return the documents of a file that are meant and the file itself, then the documents with the nearest leaves."""
    wanted = read_folios(reading.value) if reading.label == "folio" else []
    place = _say_file(file, location)
    hits: list[Hit] = []
    near: list[Hit] = []
    is_described = bool(reading.dates) or len(said) > 2 or bool(reading.writers)
    scored: list[tuple[int, int, int, int, Reason, Reason]] = []
    for item in file[3]:
        row = row_at(item[0], shards, missing)
        if row is None:
            continue
        runs = [[item[at], item[at + 1]] for at in range(1, len(item), 2)]
        fit, say = fit_folios(wanted, runs, reading.value)
        evidence = find_evidence(row, reading, said)
        scored.append(
            (item[0], fit, _score(evidence) if is_described else 0, _contradict(evidence), say, _say_evidence(evidence))
        )
    best = max([score for _, fit, score, _, _, _ in scored if fit >= 0] + [0])
    if best >= 50:
        chosen = [entry for entry in scored if entry[2] >= best - 12 and entry[2] >= 50]
        top = max(entry[1] for entry in chosen)
        for at, fit, score, _, say, speaks in chosen:
            if fit < top - 1 or fit < 0:
                continue
            is_only = sum(1 for entry in chosen if entry[1] >= top - 1 and entry[1] >= 0) == 1
            sureness = 3 if is_only or (fit == 4 and top == 4) else 2
            hits.append(
                Hit(at, sureness, joined(say, ["place-and", "place", place, "speaks", speaks]), 100 + score + 10 * fit)
            )
    elif wanted:
        for at, fit, _, date, say, _ in scored:
            if fit >= 2 and date >= 0:
                hits.append(Hit(at, 3 if fit == 4 else 2, joined(say, place), 10 * fit))
            elif fit == 4:
                why = "other-names" if date == _OTHER_NAMES else "other-date"
                hits.append(Hit(at, 2, [why, "first", joined(say, place)], 9 * fit))
        if len(hits) == 1 and hits[0].rank == 30 and location.is_whole:
            hits = [replace(hits[0], sureness=3)]
        if any(hit.sureness == 3 for hit in hits):
            hits = [replace(hit, sureness=hit.sureness if hit.sureness == 3 else 1) for hit in hits]
    sure = any(hit.sureness == 3 for hit in hits)
    if not sure:
        said_leaves = place
        if wanted and not hits:
            near = _nearest(wanted, file, shards, missing)
            if any(len(item) > 1 for item in file[3]):
                said_leaves = ["no-document-on", "first", place, "folio", reading.value]
        if not hits and len(file[3]) == 1 and not (wanted and len(file[3][0]) > 1):
            # What is described is another document, of which we know only the place.
            is_other = is_described and len(scored) > 0 and scored[0][2] < 0
            hits.append(Hit(file[3][0][0], 1 if is_other else 2, ["only-document", "first", place], 10))
            hits.append(Hit(file[2], 3, place, 20))
        else:
            # If a document is found, the file is only its place.
            is_named = not hits and (location.is_whole or len(location.files) == 1)
            hits.append(Hit(file[2], 3 if is_named else 2 if not hits else 1, said_leaves, 0))
    return hits, near


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

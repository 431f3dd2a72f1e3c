"""Doubts a shelfmark beside which another archive, country or town is named than the one that the edition knows.

The browser runs these rules as well (`javascript.py`).
"""

from __future__ import annotations

from dataclasses import replace

from ..values.spelling import words_of
from .by_words import understand
from .hits import Hit
from .likeness import flatten, words_of_row
from .locations import Location
from .names_beside import is_name_of_archive, is_proper_name
from .rows import Core
from .shards import Shards, row_at
from .shelfmarks import Shelfmark

_KNOWN_BY = 24  # how many rows are looked at to know a person


def doubt_place(hits: list[Hit], mark: Shelfmark, location: Location, shards: Shards, missing: list[str]) -> list[Hit]:
    """Return hits as no more than possible if a name beside the shelfmark belongs to nothing at its place."""
    stranger = _find_stranger(mark, location, shards, missing)
    if not stranger:
        return hits
    return [replace(hit, sureness=1, why=["but-nothing-of", "first", hit.why, "words", stranger]) for hit in hits]


def _find_stranger(mark: Shelfmark, location: Location, shards: Shards, missing: list[str]) -> str:
    """Return the name beside a shelfmark that nothing at its place has, "" for none.

    It may be the archive, its country or its town: the same fonds and file can lie in another one. Persons of the
    edition may stand there, although we have nothing of theirs in that file.
    """
    own = _words_at(location, shards, missing) if mark.before else []
    for name in mark.before:
        said, rows, _ = understand(words_of(name), shards, missing)
        strange = [word for word in said if not any(other in own for other in word)]
        is_unknown = any(not any(other in rows for other in word) for word in strange)
        if is_unknown or (strange and is_name_of_archive(name)):
            return name
        if is_proper_name(name) and not all(_is_person(word, rows, shards, missing) for word in strange):
            return name
    return ""


def _words_at(location: Location, shards: Shards, missing: list[str]) -> list[str]:
    """Return the words of archives, units, files and documents at a place."""
    core: Core = shards["core"]
    words: list[str] = []
    rows: list[int] = []
    for archive in core["archives"]:
        for text in [*archive["names"], *archive["words"]]:
            words.extend(words_of(text))
    for unit in location.units:
        at = unit
        while at >= 0:
            entry = core["units"][at]
            words.extend(words_of(entry["title"]) + entry["words"] + entry["signs"] + flatten(entry["names"]))
            rows.append(entry["row"])
            at = entry["parent"]
    for file in location.files:
        rows.extend([file[2]] + [item[0] for item in file[3]])
    for at in rows:
        row = row_at(at, shards, missing) if at >= 0 else None
        if row is not None:
            words.extend(words_of_row(row))
    return words


def _is_person(word: list[str], rows: dict[str, list[int]], shards: Shards, missing: list[str]) -> bool:
    """Say whether a word is in the name of a writer or recipient of a document that the edition has."""
    for other in word:
        for at in rows.get(other, [])[:_KNOWN_BY]:
            row = row_at(at, shards, missing)
            if row is None or row["level"] != "item":
                continue
            if other in flatten(row["authors"] + row["recipients"]) or other in row["given"].split(" "):
                return True
    return False

"""Compares a cite, as it was read, with a document: title, date, writer and recipient.

Counts in whole numbers, so that the browser (`javascript.py`) comes to the same result.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from .queries import Reading
from .reasons import Reason
from .rows import SourceRow

Said: TypeAlias = list[list[str]]  # for each word of a cite, the words of the index that it may be


@dataclass(frozen=True)
class Likeness:
    """How sure a match is (3 exact, 2 likely, 1 possible, 0 none), why, and its rank among equally sure matches."""

    sureness: int
    rank: int
    why: Reason


NO_LIKENESS = Likeness(0, 0, [])
_WIDE = 900  # nine months, as the difference of two dates written as numbers


def words_of_row(row: SourceRow) -> list[str]:
    """Return all words by which a source is described."""
    words: list[str] = []
    for text in row["titles"]:
        words.extend(text.split(" "))
    for family in row["authors"] + row["recipients"] + row["editors"]:
        words.extend(family)
    words.extend(row["given"].split(" "))
    words.extend(row["context"].split(" "))
    words.append(str(row["year"]))
    return words


def knows_all(row: SourceRow, words: list[str]) -> bool:
    """Say whether each word is among those of the source."""
    own = words_of_row(row)
    return all(word in own for word in words)


def flatten(said: Said) -> list[str]:
    """Return lists of words as one list."""
    flat: list[str] = []
    for words in said:
        flat.extend(words)
    return flat


def cover_title(title: list[str], said: Said) -> int:
    """Return the percentage of the words of a title that are said in their order and near one another."""
    wanted = len(title)
    present = sum(1 for word in title if any(word in words for words in said))
    if 10 * present < 3 * wanted or wanted == 0:
        return 0
    best = 0
    width = 2 * wanted + 1
    for start in range(len(said)):
        if any(word in title for word in said[start]):
            best = max(best, _count_in_order(title, said[start : start + width]))
            if best == present:
                break
    return 100 * best // wanted


def _count_in_order(title: list[str], said: Said) -> int:
    before = [0] * (len(title) + 1)
    for words in said:
        row = [0]
        for at, word in enumerate(title):
            row.append(before[at] + 1 if word in words else max(before[at + 1], row[at]))
        before = row
    return before[len(title)]


@dataclass(frozen=True)
class Evidence:
    """What supports a document: names (2 both, 1 one, -1 other names), date (2 the same, 1 within, -1 another)."""

    names: int
    date: int
    cover: int
    hits: int
    other_hits: int  # those hits that are not names of writer or recipient
    is_turned: bool
    is_wide: bool  # a day is said, and the document is a bundle of a year
    is_unsure: bool  # a date is said, and the document's own is too wide or too uncertain to be compared
    is_by_another: bool  # who wrote to whom is said, and the document has authors of other names


def find_evidence(row: SourceRow, reading: Reading, said: Said) -> Evidence:
    """Return what in a cite supports an archival document, or contradicts it."""
    own = words_of_row(row)
    names, is_turned = _compare_names(row, own, reading, said)
    cover = 0
    for text in row["titles"]:
        title = text.split(" ")
        present = sum(1 for word in title if any(word in words for words in said))
        if len(title) > 1:
            cover = max(cover, 100 * present // len(title))
    hits = sum(1 for words in said if any(word in own for word in words))
    people = (reading.writers or []) + (reading.readers or [])
    others = [words for words in said if words[0] not in people]
    other_hits = sum(1 for words in others if any(word in own for word in words))
    date = compare_dates(row, reading)
    is_unsure = date == 0 and len(row["dates"]) > 0 and any(begin >= 10000 for begin, _ in reading.dates or [])
    is_directed = reading.is_directed and bool(reading.writers) and bool(reading.readers)
    has_authors = names < 2 and len(row["authors"]) > 0
    is_by_another = has_authors and is_directed and not _any_of(reading.writers or [], row["authors"], said)
    # A full name before the title that nothing of the document has.
    lead = reading.lead or []
    is_named = any(word in own for word in lead) or any(words[0] in lead and _knows(own, words) for words in said)
    is_by_another = is_by_another or (has_authors and len(lead) > 1 and not is_named)
    is_wide = is_unsure and row["is_sure"] > 0
    return Evidence(names, date, cover, hits, other_hits, is_turned, is_wide, is_unsure, is_by_another)


def _knows(own: list[str], words: list[str]) -> bool:
    return any(word in own for word in words)


def _compare_names(row: SourceRow, own: list[str], reading: Reading, said: Said) -> tuple[int, bool]:
    writers, readers = reading.writers or [], reading.readers or []
    flat = flatten(said)
    if not writers or not readers:
        is_by = any(name in flat for family in row["authors"] for name in family)
        return (1 if is_by or (readers and _any_of(readers, row["recipients"], said)) else 0), False
    # "Central Committee" stands in the names of both, and so tells neither.
    authors, recipients = flatten(row["authors"]), flatten(row["recipients"])
    telling = [word for word in [*authors, *recipients] if not (word in authors and word in recipients)]
    writers = [word for word in writers if word in telling] or writers
    readers = [word for word in readers if word in telling] or readers
    from_ok, to_ok = _any_of(writers, row["authors"], said), _any_of(readers, row["recipients"], said)
    if from_ok and to_ok:
        return 2, False
    back, forth = _any_of(writers, row["recipients"], said), _any_of(readers, row["authors"], said)
    if back and forth:
        return (-1, True) if reading.is_directed else (2, True)
    both = [_is_among(writers, own, said), _is_among(readers, own, said)]
    if row["authors"] and row["recipients"]:
        if not reading.is_directed and both[0] and both[1]:
            return 1, False  # somebody wrote about his talk with a third person
        return (-1, False) if from_ok or to_ok or back or forth else (0, False)
    # If two persons are named, the document must know both.
    return (1 if (from_ok or forth) and both[0] and both[1] else 0), False


def _is_among(words: list[str], own: list[str], said: Said) -> bool:
    return any(word in own for word in words) or any(
        others[0] in words and any(word in own for word in others) for others in said if others
    )


def _any_of(words: list[str], families: list[list[str]], said: Said) -> bool:
    """Say whether one of the names is among the words, also in a near spelling."""
    may_be = words + flatten([others for others in said if any(word in others for word in words)])
    for others in said:
        if others and others[0] in words:
            may_be = may_be + others
    return any(name in may_be for family in families for name in family)


def compare_dates(row: SourceRow, reading: Reading) -> int:
    """Return 2 for the same date, 1 if one date lies in the other, -1 for another date, 0 for none."""
    if not row["dates"]:
        return 0
    first, last = row["dates"]
    best = 0
    for begin, end in reading.dates or []:
        if begin < 10000:
            fits = first % 10000 <= begin <= last % 10000 and first // 10000 == last // 10000
            best = max(best, 1) if fits else best or -1
        elif begin == first and end in (last, begin):
            best = 2
        elif _first_day(begin) <= _last_day(last) and _first_day(first) <= _last_day(end):
            best = max(best, _fit_within(first, last, begin, end) if row["is_sure"] else 1)
        else:
            best = best or (-1 if row["is_sure"] else 0)
    if not reading.dates:
        for year in reading.years or []:
            fits = first // 10000 <= year <= last // 10000
            best = max(best, 1) if fits else best or (-1 if row["is_sure"] else 0)
    return best


def _fit_within(first: int, last: int, begin: int, end: int) -> int:
    """Return 2 for a day of a meeting of some days, 1 for another overlap, 0 for a day in a bundle of a year."""
    is_day = begin == end and begin % 100 > 0
    if is_day and last - first > _WIDE:
        return 0
    return 2 if is_day and first != last and first % 100 and last - first < 100 else 1


def _first_day(day: int) -> int:
    return day


def _last_day(day: int) -> int:
    """Return the last day that a date may mean. It may have no day or month."""
    if day % 100:
        return day
    return day + 99 if day % 10000 else day + 9999


def compare_document(row: SourceRow, evidence: Evidence, said: Said, has_slips: bool) -> Likeness:
    """Return how well a cite that names no file fits a document."""
    like = _weigh_document(evidence, said, has_slips)
    if evidence.is_by_another and like.sureness > 1:
        return Likeness(1, like.rank, ["other-names", "first", like.why])
    return Likeness(1, like.rank, ["date-within", "first", like.why]) if evidence.is_wide and like.sureness else like


def _weigh_document(evidence: Evidence, said: Said, has_slips: bool) -> Likeness:
    names, date, cover, hits = evidence.names, evidence.date, evidence.cover, evidence.hits
    rank = 60 * max(names, 0) + 60 * max(date, 0) + cover + 4 * hits - 3 * (len(said) - hits)
    if names < 0 or date < 0:
        return NO_LIKENESS
    if names == 2:
        # The names count only once, even if the title repeats them.
        rank = 60 * (names + date) + 20 * evidence.other_hits - (4 if evidence.is_turned else 0)
        if date == 2:
            return Likeness(3, rank, ["names-date"])
        if date == 1:
            return Likeness(2, rank, ["names-fitting-date"])
        return Likeness(1, rank, ["names"])
    if date == 2:
        if cover >= 75 and hits >= 2 and not has_slips:
            return Likeness(3, rank, ["date-words"])
        is_like = cover >= 40 and hits >= 2 and (2 * hits >= len(said) or hits > 2)
        if is_like or (names == 1 and hits >= 2):
            return Likeness(2, rank, ["date-some-words"])
        if hits >= 2 and hits == len(said) and not has_slips:
            return Likeness(2, rank, ["date-no-other"])
        if hits >= 3 and 2 * hits >= len(said):
            return Likeness(1, rank, ["date-few-words"])
        return NO_LIKENESS
    if cover >= 80 and hits >= 4 and 2 * hits >= len(said):
        return Likeness(2, rank, ["words-year" if date else "words"])
    if date == 1 and cover >= 70 and hits >= 2:
        return Likeness(2, rank, ["words-fitting-date"])
    if evidence.is_wide and cover >= 75 and hits >= 2:
        return Likeness(1, rank, ["words"])
    if cover >= 60 and hits >= 3 and 3 * hits >= 2 * len(said):
        return Likeness(1, rank, ["most-words"])
    return NO_LIKENESS

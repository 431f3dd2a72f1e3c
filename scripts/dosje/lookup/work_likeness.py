"""Compares a cite, as it was read, with a published work: author, title, year, volume, kind.

Counts in whole numbers, so that the browser (`javascript.py`) comes to the same result.
"""

from __future__ import annotations

from ..values.spelling import spell
from .likeness import NO_LIKENESS, Likeness, Said, cover_title, flatten, words_of_row
from .queries import Reading
from .reasons import Reason
from .rows import SourceRow
from .said_works import SaidWork

# What joins two authors.
_LINKS = ["and", "&", "und", "et", "dhe", "e", "y", "i"]


def compare_work(row: SourceRow, reading: Reading, said: Said, has_slips: bool) -> Likeness:
    """Return how well a cite fits a published work. A volume, edition or title that is said and differs excludes it."""
    like = _compare_title(row, reading, said, has_slips)
    work = reading.work
    if work is None or like.sureness == 0:
        return like
    other = _say_other_work(row, work)
    if other:
        return Likeness(0, like.rank, other)
    if work.title and not _is_titled(row, work, said):
        is_volume = row["kind"] == "book" and _cover_by(row["titles"], work.within) >= 80
        return Likeness(1, like.rank, ["work-within"]) if is_volume else NO_LIKENESS
    return _doubt_work(row, reading, work, like)


def _say_other_work(row: SourceRow, work: SaidWork) -> Reason:
    """Return what is said of a work and differs from what this one is, nothing if nothing differs."""
    is_part = bool(work.title) and work.kind in ("article", "chapter")
    if is_part and row["kind"] == "book" and _cover_by(row["titles"], work.title) >= 80:
        return ["other-kind"]
    for name, said, own in (
        ("volume", work.volume, row["volume"]),
        ("number", work.number, row["number"]),
        ("edition", work.edition, row["edition"]),
        ("part", work.part, row["part"]),
    ):
        if said and own and said != own:
            return ["other-" + name, "said", said, "own", own]
    return []


def _doubt_work(row: SourceRow, reading: Reading, work: SaidWork, like: Likeness) -> Likeness:
    """Return a likeness, less sure where what is said of the work is not known of it."""
    if _is_by_strangers(row, reading, like):
        return Likeness(1, like.rank, ["other-author-said", "first", like.why])
    years = reading.years or []
    if work.edition and work.edition != "1" and not row["edition"] and row["year"] not in years:
        return Likeness(1, like.rank, ["but-edition", "first", like.why, "said", work.edition])
    if work.volume and not row["volume"] and row["kind"] != "article":
        return Likeness(min(like.sureness, 2), like.rank, ["but-volume", "first", like.why, "said", work.volume])
    container = row["container"].split(" ")
    is_elsewhere = bool(work.within) and not any(word in container for word in work.within)
    if work.kind == "article" and row["kind"] == "article" and row["container"] and is_elsewhere:
        return Likeness(min(like.sureness, 2), like.rank, ["but-journal", "first", like.why])
    is_part = row["kind"] in ("article", "chapter") and row["container"] != ""
    if work.kind == "book" and is_part and not any(word in container for word in reading.words or []):
        return Likeness(1, like.rank, ["but-book", "first", like.why])
    return like


def _is_by_strangers(row: SourceRow, reading: Reading, like: Likeness) -> bool:
    """Say whether a full name before the title is that of nobody of the work, or one beside its author.

    "Rosalind Whitcombe, review of Iron Curtain, by Applebaum", "Applebaum and Whitcombe 2013".
    """
    own = words_of_row(row)
    lead = [word for word in reading.lead or [] if not word.isdigit()]
    strange = [word for word in lead if word not in own]
    if len(strange) > 1 and not any(_is_of(row, word) for word in lead):
        return True
    text = spell(reading.text)[0].lower()
    joined = any(f" {link} {word}" in text for word in strange for link in _LINKS)
    return like.why[0] == "author-year" and joined and len(strange) < len(lead)


def _is_titled(row: SourceRow, work: SaidWork, said: Said) -> bool:
    """Say whether the title in quotation marks is that of the work, or a short form of it."""
    titled: list[list[str]] = []
    for words in said:
        # What stands behind the title may have words of it again.
        if words[0] in work.title and len(titled) < len(work.title) and words not in titled:
            titled.append(words)
    title = row["titles"][-1].split(" ")
    own = sum(1 for words in titled if any(word in title for word in words))
    if titled and 10 * own >= 8 * len(titled):
        return True
    if row["kind"] == "book" and _cover_by(row["titles"], work.within) >= 80:
        return False  # it is the volume, and the title of the part only has words of its title
    return any(cover_title(text.split(" "), titled) >= 60 for text in row["titles"])


def _cover_by(titles: list[str], words: list[str]) -> int:
    return max([cover_title(title.split(" "), [[word] for word in words]) for title in titles] + [0])


def _compare_title(row: SourceRow, reading: Reading, said: Said, has_slips: bool) -> Likeness:
    flat = flatten(said)
    authors = [family for family in row["authors"] if any(name in flat for name in family)]
    title = cover_title(row["titles"][0].split(" "), said)
    whole = max([cover_title(name.split(" "), said) for name in row["titles"][1:] or row["titles"]] + [0])
    length = len(row["titles"][0].split(" "))
    own_words = words_of_row(row)
    strange = [words for words in said if not any(word in own_words for word in words)]
    years = reading.years or []
    has_year = row["year"] in years
    lead = reading.lead or []
    is_others = (
        bool(lead) and not any(_is_of(row, word) for word in lead) and not all(word in own_words for word in lead)
    )
    if is_others:
        # "Rosalind Whitcombe, Memoirs of Nikita Khrushchev" names Khrushchev in the title alone.
        authors = [family for family in authors if not any(name in row["titles"][-1].split(" ") for name in family)]
    # A year within a title is not the year of print.
    other_year = (
        bool(years) and row["year"] > 0 and not has_year and any(str(year) not in row["titles"][-1] for year in years)
    )
    rank = title + whole + 40 * len(authors) + (30 if has_year else 0) - 2 * len(strange)
    if authors:
        is_full = title >= 100 and (length > 1 or whole >= 60 or has_year or len(strange) == 0)
        if is_full and not other_year and not has_slips:
            # Of a work that is still to appear no year is known that could be another.
            is_dated = bool(years) and row["year"] == 0 and not any(str(year) in row["titles"][-1] for year in years)
            return Likeness(2 if is_dated else 3, rank, ["author-title"])
        if is_full:
            if other_year:
                return Likeness(1, rank, ["author-title-year", "year", row["year"]])
            return Likeness(2, rank, ["author-title-slip"])
        if other_year and title < 100:
            return NO_LIKENESS
        if max(title, whole) >= 60 and not other_year:
            return Likeness(2, rank, ["author-most-words"])
        if has_year and len(strange) < 3:
            return Likeness(2, rank, ["author-year"])
        if title >= 30 and len(strange) < 2 and length * title >= 200:
            return Likeness(2, rank, ["author-words"])
        families = flatten(row["authors"])
        is_titled = any(word in flat and word not in families for word in row["titles"][-1].split(" ") if len(word) > 3)
        if len(strange) == 0 and is_titled:
            return Likeness(2, rank, ["author-word"])
        if len(strange) == 0:
            return Likeness(1, rank, ["author-alone"])
        return NO_LIKENESS
    if is_others and not (whole >= 90 and len(row["titles"][-1].split(" ")) > 4):
        return NO_LIKENESS
    if is_others:
        return Likeness(1, rank, ["other-author"])
    if title >= 100 and length > 2 and not other_year:
        return Likeness(2, rank, ["title"])
    if whole >= 80 and not other_year and (len(row["titles"][-1].split(" ")) > 4 or length > 3):
        return Likeness(2, rank, ["title-most-words"])
    if title >= 100 and length == 2 and (has_year or len(strange) == 0):
        return Likeness(1, rank, ["title-short"])
    return NO_LIKENESS


def _is_of(row: SourceRow, word: str) -> bool:
    return any(word in family for family in row["authors"]) or word in row["given"].split(" ")

"""Finds the works and documents that a footnote means by title, names and date.

The browser runs these rules as well (`javascript.py`).
"""

from __future__ import annotations

from dataclasses import replace

from ..values.spelling import find_words, near_synonyms, spell
from .hits import Hit, NamedWork, SearchResult
from .leaves import fit_folios, joined, read_folios
from .likeness import (
    Evidence,
    Likeness,
    Said,
    compare_document,
    find_evidence,
    flatten,
    knows_all,
)
from .queries import Reading
from .reasons import Reason
from .rows import SourceRow
from .shards import Shards, row_at, rows_with, words_near
from .work_likeness import compare_work

# How many rows are looked at closely, and how many are shown.
_LOOKED_AT, MOST_SHOWN = 24, 6


def understand(words: list[str], shards: Shards, missing: list[str]) -> tuple[Said, dict[str, list[int]], bool]:
    """Return for each word the words that it may be, their rows, and whether a slip was mended."""
    said: Said = []
    rows: dict[str, list[int]] = {}
    has_slips = False
    for word in words[:80]:
        found = rows_with(word, shards, missing)
        if found:
            said.append([word])
            rows[word] = found
            continue
        near = words_near(word, shards, missing) + near_synonyms(word)
        said.append([word, *near])
        has_slips = has_slips or bool(near)
        for other in near:
            rows[other] = rows_with(other, shards, missing)
    return said, rows, has_slips


def _candidates(reading: Reading, rows: dict[str, list[int]], shards: Shards, missing: list[str]) -> list[int]:
    """Return the rows that share most words with the reading. Rare words weigh more."""
    size = shards["core"]["count"]
    weights: dict[int, int] = {}
    lists = list(rows.values())
    for begin, _ in reading.dates or []:
        if begin >= 10000:
            for day in (str(begin), str(begin // 100), str(begin // 10000)):
                lists.append(rows_with("@" + day, shards, missing))
    for year in reading.years or []:
        lists.append(rows_with(f"@{year}", shards, missing))
    for found in lists:
        weight = 1
        rare = size // (len(found) + 1)
        while rare > 1:
            rare = rare // 2
            weight += 1
        for row in found:
            weights[row] = weights.get(row, 0) + weight
    order = sorted(weights, key=lambda row: (-weights[row], row))
    return order[:_LOOKED_AT]


def find_by_words(reading: Reading, works_before: list[NamedWork], shards: Shards, missing: list[str]) -> SearchResult:
    """Return the works and documents that are meant by title, names and date.

    `works_before`: the works that were named before, for an op. cit. The last comes first.
    """
    words = reading.words or []
    said, rows, has_slips = understand(words, shards, missing)
    spelled = [[word] for word in words[:80]]
    # Acronyms of parties or offices that the edition does not know. It has none of their papers, whatever the titles.
    is_loud = reading.text == reading.text.upper()
    known = set(words)
    strangers = [] if is_loud else [word for word in reading.acronyms or [] if word in known and word not in rows]
    hits: list[Hit] = []
    near: list[Hit] = []
    for at in _candidates(reading, rows, shards, missing):
        row = row_at(at, shards, missing)
        if row is None:
            continue
        if row["level"] == "work":
            like = compare_work(row, reading, spelled, False)
            if has_slips and like.sureness < 3:
                like = _surer(like, compare_work(row, reading, said, True))
        elif row["level"] in ("item", "file") and strangers:
            evidence = find_evidence(row, reading, spelled)
            if evidence.date == 2 and evidence.hits > 1:
                why_not: Reason = ["says-nothing-of", "words", " ".join(word.upper() for word in strangers)]
                near.append(Hit(at, 0, why_not, evidence.cover))
            continue
        elif row["level"] in ("item", "file"):
            evidence = find_evidence(row, reading, spelled)
            like = compare_document(row, evidence, spelled, False)
            if has_slips:
                evidence = find_evidence(row, reading, said)
                like = _surer(like, compare_document(row, evidence, said, True))
            if like.sureness > 1 and evidence.names < 2 and not knows_all(row, reading.acronyms or []):
                like = Likeness(
                    1, like.rank, ["but-nothing-of", "first", like.why, "words", " ".join(reading.acronyms or [])]
                )
            why_not = _say_difference(evidence)
            if evidence.names == 2 or evidence.is_turned or (evidence.cover >= 60 and evidence.hits > 2):
                near.append(Hit(at, 0, why_not, 60 * evidence.names + evidence.cover))
        else:
            like = _compare_unit(row, reading, said)
        if like.sureness:
            hits.append(Hit(at, like.sureness, like.why, like.rank))
        elif row["level"] == "work" and (like.why or _is_by(row, words)):
            near.append(Hit(at, 0, like.why or ["same-author"], like.rank))
    hits = _prefer(hits, reading)
    if reading.back == "op" and (not hits or hits[0].sureness < 3):
        hits = _find_work_before(flatten(said), works_before, hits, shards, missing)
    hits = _fit_leaves(hits, reading, shards, missing)
    if reading.label == "note" and len(hits) > 1:
        hits = _with_note(hits, reading.value, shards, missing) or hits
    if reading.label == "note" and hits:
        hits = add_note_sources(hits, reading, shards, missing)
    near.sort(key=lambda hit: (-hit.rank, hit.row))
    return SearchResult(hits, [] if hits else near[:3], [] if hits else _say_looked_for(reading))


def _find_work_before(
    words: list[str], works_before: list[NamedWork], hits: list[Hit], shards: Shards, missing: list[str]
) -> list[Hit]:
    """Return the last work that was named before. If the note names an author, it is a work of this author.

    Nothing if that work was not found; `hits` if none was named.
    """
    for named in works_before:
        if named.row < 0:
            if not words or any(word in words for word in named.lead):
                return []
            continue
        row = row_at(named.row, shards, missing)
        if row is not None and (not words or _is_by(row, words)):
            return [Hit(named.row, 2, ["op-cit", "title", row["title"]], 0)]
    return hits if words else []


def _fit_leaves(hits: list[Hit], reading: Reading, shards: Shards, missing: list[str]) -> list[Hit]:
    """Return those of equally good documents that have the leaf that is said, under whatever label."""
    wanted = read_folios(reading.value) if reading.value and reading.label != "note" else []
    if not wanted or not hits:
        return hits
    fitting: list[Hit] = []
    for hit in hits:
        row = row_at(hit.row, shards, missing)
        leaves = row["leaves"] if row is not None else []
        runs = [[leaves[at], leaves[at + 1]] for at in range(0, len(leaves), 2)]
        fit, say = fit_folios(wanted, runs, reading.value)
        if fit >= 2:
            fitting.append(replace(hit, why=joined(say, hit.why[2] if hit.why[0] == "equal" else hit.why)))
        elif fit < 0 and reading.label == "folio" and len(hits) == 1 and hit.sureness == 3:
            return [replace(hit, sureness=2, why=joined(say, hit.why))]
    if len(hits) == 1 or not fitting:
        return hits
    if len(fitting) == 1 and fitting[0].sureness == 2 and hits[0].why[0] == "equal":
        first = fitting[0]
        return [replace(first, sureness=3)]
    return fitting


def _with_note(hits: list[Hit], value: str, shards: Shards, missing: list[str]) -> list[Hit]:
    """Return those of the works of which we know what the note cites."""
    kept: list[Hit] = []
    for hit in hits:
        row = row_at(hit.row, shards, missing)
        if row is not None and any(number in row["notes"] for number in value.split(", ")):
            kept.append(hit)
    return kept


def _surer(one: Likeness, other: Likeness) -> Likeness:
    is_better = other.sureness > one.sureness or (other.sureness == one.sureness and other.rank > one.rank)
    return other if is_better else one


def _compare_unit(row: SourceRow, reading: Reading, said: Said) -> Likeness:
    # Who says a day means a document.
    sureness = 1 if any(begin % 100 for begin, _ in reading.dates or []) else 2
    for text in row["titles"]:
        title = text.split(" ")
        if (
            len(title) > 2
            and len(said) <= len(title) + 1
            and all(any(word in words for words in said) for word in title)
        ):
            return Likeness(sureness, 100, ["name-of-" + row["level"]])
    return Likeness(0, 0, [])


def _is_by(row: SourceRow, words: list[str]) -> bool:
    return any(name in words for family in row["authors"] for name in family)


def _say_difference(evidence: Evidence) -> Reason:
    if evidence.is_turned and evidence.names < 0:
        return ["turned"]
    if evidence.date < 0:
        return ["another-date"]
    return ["not-described"] if evidence.names < 2 else ["same-names"]


def _prefer(hits: list[Hit], reading: Reading) -> list[Hit]:
    """Return the hits that are about as good as the best, by sureness and rank."""
    hits.sort(key=lambda hit: (-hit.sureness, -hit.rank, hit.row))
    if not hits:
        return hits
    best = hits[0]
    if best.sureness > 1:
        hits = [hit for hit in hits if hit.sureness > 1 and hit.rank >= best.rank - 70]
    equal = [hit for hit in hits if hit.sureness == 3 and hit.rank >= best.rank - 12]
    if best.sureness == 3 and len(equal) > 1:
        why: Reason = ["equal", "first", best.why, "n", len(equal)]
        return [replace(hit, sureness=2, why=why) for hit in equal][:MOST_SHOWN]
    if best.sureness == 3:
        return [best]
    close = [hit for hit in hits if hit.rank >= best.rank - 40]
    return close[:MOST_SHOWN]


def add_note_sources(hits: list[Hit], reading: Reading, shards: Shards, missing: list[str]) -> list[Hit]:
    """Return the sources that the note of a work cites, then the work itself."""
    row = row_at(hits[0].row, shards, missing)
    if row is None or not row["notes"]:
        return hits
    cited: list[Hit] = []
    for number in reading.value.split(", "):
        for at in row["notes"].get(number, []):
            cited.append(Hit(at, hits[0].sureness, ["note-cites", "number", number, "title", row["title"]], 0))
    return cited[:12] + hits[:1]


def _say_looked_for(reading: Reading) -> Reason:
    parts: list[Reason] = []
    if reading.writers and reading.readers:
        writers = _as_written(reading.text, reading.writers)
        parts.append(["who-to-whom", "writers", writers, "readers", _as_written(reading.text, reading.readers)])
    if reading.dates:
        parts.append(["the-date", "date", ["and", *[_say_date(begin, end) for begin, end in reading.dates]]])
    if reading.words:
        parts.append(["the-words", "words", _as_written(reading.text, reading.words[:12])])
    return ["then", *parts] if parts else []


def _as_written(text: str, words: list[str]) -> str:
    """Return words as the cite writes them, so that a Greek note is answered in Greek."""
    plain, origin = spell(text)
    found: list[str] = []
    for word, start, end in find_words(plain):
        own = text[origin[start] : origin[end]]
        if word in words and own not in found:
            found.append(own)
    return " ".join(found) if found else " ".join(words)


def _say_date(begin: int, end: int) -> Reason:
    first = _say_day(begin)
    return ["name", "name", first] if begin == end else ["dates", "first", first, "last", _say_day(end)]


def _say_day(day: int) -> str:
    parts = [str(day // 10000) if day >= 10000 else "", str(day // 100 % 100), str(day % 100) if day % 100 else ""]
    return "-".join(part if len(part) != 1 else "0" + part for part in parts if part)

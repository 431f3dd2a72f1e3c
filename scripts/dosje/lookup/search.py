"""Finds the sources that a pasted footnote means, in an index that a build made: the rules of `dosje cite`.

The same functions answer on the page /lookup/, where they run as JavaScript (`javascript.py`). They know
nothing of files. If an answer names shards that are missing, load them and ask again.
"""

from __future__ import annotations

from dataclasses import replace

from ..phrases.phrases import Phrases
from ..values.spelling import bare_address
from .answered import Answer, AnsweredCite
from .by_shelfmark import find_by_shelfmark
from .by_words import MOST_SHOWN, find_by_words
from .hits import Hit, Memory, NamedWork, SearchResult
from .matches import answer_cite
from .named_sources import find_named, remember_named
from .own_words import documents_on, find_by_own_words
from .queries import Reading, read_note
from .rows import Core
from .said_cross import number_of_note
from .said_pages import AuthorDate
from .shards import Shards, row_at, rows_with
from .shelfmarks import Shelfmark

# How many cites of a note are looked through for the series of a file's number.
_LOOKED_BACK = 50


def answer_note(text: str, before: Memory, shards: Shards, phrases: Phrases) -> Answer:
    """Return the sources that `text` cites.

    If `missing` names shards, load them and ask again. `before`: the memory of the answer to the line before;
    `phrases` word the reasons.
    Never raises, whatever the text.
    """
    missing: list[str] = []
    core: Core = shards["core"]
    citations: list[AnsweredCite] = []
    memory = replace(before, number=number_of_note(text) or before.number + 1)
    readings: list[Reading] = []
    for reading in read_note(text, core):
        found, seen = _find(_join_file(reading, readings), memory, shards, missing)
        seen = _place_by_number(seen, found, shards, missing)
        readings.append(seen)
        memory = _remember(seen, found, memory, shards, missing)
        citations.append(answer_cite(replace(seen, parts=reading.parts), found, shards, missing, phrases))
    return {"missing": missing, "query": text, "citations": citations, "memory": memory}


def _place_by_number(seen: Reading, found: SearchResult, shards: Shards, missing: list[str]) -> Reading:
    """Return the reading with "no. 12" as its place if the work that is meant is no number of a journal or series."""
    if seen.value or seen.work is None or not seen.work.written or not found.hits:
        return seen
    row = row_at(found.hits[0].row, shards, missing)
    if row is None or row["kind"] != "book" or row["number"]:
        return seen
    return replace(seen, label="other", value=seen.work.written)


def _remember(seen: Reading, found: SearchResult, memory: Memory, shards: Shards, missing: list[str]) -> Memory:
    """Return what the next cite may look back to. What stands in "cited in …" is passed over."""
    works = memory.works
    row = row_at(found.hits[0].row, shards, missing) if found.hits else None
    if row is not None and row["level"] == "work":
        works = [NamedWork(found.hits[0].row, []), *works][:50]
    elif not found.hits and seen.shelfmark is None and seen.lead and not seen.back:
        works = [NamedWork(-1, seen.lead), *works][:50]
    # "…; see ibid." looks back over a sentence of the author's own, which cites nothing.
    is_prose = not found.hits and not seen.lead and len(seen.words or []) > 9 and seen.shelfmark is None
    named = remember_named(found, memory)
    if (seen.is_within or (is_prose and not seen.value)) and memory.reading is not None:
        return Memory(memory.reading, memory.hits, works, named, memory.number)
    return Memory(seen, found.hits, works, named, memory.number)


def _join_file(reading: Reading, readings: list[Reading]) -> Reading:
    """Return the reading of "and D. 7/a, fl. 245" with the series of the file before it in the same note."""
    mark = reading.shelfmark
    if mark is None or reading.back:
        return reading
    if mark.archive >= 0 or mark.signs or mark.foreign or not mark.file:
        return reading
    for before in reversed(readings[max(len(readings) - _LOOKED_BACK, 0) :]):
        other = before.shelfmark
        if other is not None and (other.signs or other.names or other.archive >= 0):
            joined = replace(other, year=mark.year or other.year, file=mark.file)
            return replace(reading, shelfmark=joined)
    return reading


def _find(reading: Reading, memory: Memory, shards: Shards, missing: list[str]) -> tuple[SearchResult, Reading]:
    if reading.back == "ibid":
        return _look_back(reading, memory, shards, missing)
    if reading.back == "author":
        return _find_same_author(reading, memory, shards, missing)
    if reading.key:
        row = _find_key(reading.key, shards, missing)
        if row >= 0:
            return _find_leaf(row, reading, shards, missing)
    if reading.address:
        return _find_address(reading, shards, missing), reading
    found, seen = _find_described(reading, memory, shards, missing)
    named = find_named(reading, memory, shards, missing) if reading.cross else []
    if named and not (found.hits and found.hits[0].sureness == 3):
        return SearchResult(named, [], []), seen
    if found.hits and found.hits[0].sureness == 3 and reading.shelfmark is None:
        return found, seen
    own = find_by_own_words(reading, shards, missing)
    sure = [hit.row for hit in found.hits if hit.sureness == 3]
    if own.hits and own.hits[0].row not in sure:
        # An Ibid. behind it looks back to the source, not to words such as "File 6 of 1960".
        return own, replace(reading, shelfmark=None)
    rows = [hit.row for hit in found.hits]
    others = [hit for hit in own.hits if hit.sureness == 1 and hit.row not in rows]
    return SearchResult(found.hits + others, found.near, found.looked_for), seen


def _find_described(
    reading: Reading, memory: Memory, shards: Shards, missing: list[str]
) -> tuple[SearchResult, Reading]:
    """Return what a shelfmark means, or author, title, names and date."""
    if reading.shelfmark is not None:
        found, _ = find_by_shelfmark(reading, shards, missing)
        if found.hits or not _may_be_work(reading):
            return found, reading
        other = find_by_words(reading, memory.works, shards, missing)
        return (other if other.hits and other.hits[0].sureness > 1 else found), reading
    found = find_by_words(reading, memory.works, shards, missing)
    if found.hits or reading.author_date is None or reading.back:
        return found, reading
    return _find_author_date(reading, reading.author_date, found, shards, missing)


def _find_author_date(
    reading: Reading, author_date: AuthorDate, found: SearchResult, shards: Shards, missing: list[str]
) -> tuple[SearchResult, Reading]:
    """Return what "as Griffith (1963: 44) maintains" means, and `found` if no author wrote in that year."""
    words = author_date.words
    seen = replace(
        reading,
        words=words,
        lead=words,
        years=[author_date.year],
        work=None,
        dates=[],
        value=author_date.value or reading.value,
        label="page" if author_date.value else reading.label,
    )
    other = find_by_words(seen, [], shards, missing)
    if not other.hits or other.hits[0].sureness < 2:
        return found, reading
    lead = reading.lead or []
    if lead and not any(word in words for word in lead):
        # "Whitcombe, Memoirs of Nikita Khrushchev, 2004": the name may be the end of a title that another wrote.
        doubted = [replace(hit, sureness=1, why=["other-author-said", "first", hit.why]) for hit in other.hits]
        return SearchResult(doubted, other.near, other.looked_for), seen
    return other, seen


def _find_same_author(
    reading: Reading, memory: Memory, shards: Shards, missing: list[str]
) -> tuple[SearchResult, Reading]:
    """Return what "idem, The Cold Sea" means: a work of the author of the cite before."""
    lead: list[str] = []
    row = row_at(memory.hits[0].row, shards, missing) if memory.hits else None
    if row is not None:
        lead = row["authors"][0] if row["authors"] else []
    elif memory.reading is not None:
        lead = memory.reading.lead or []
    seen = replace(reading, lead=lead, words=lead + (reading.words or []))
    return find_by_words(seen, memory.works, shards, missing), seen


def _find_leaf(at: int, reading: Reading, shards: Shards, missing: list[str]) -> tuple[SearchResult, Reading]:
    """Return the source of a key, and the documents of a file that have the leaf that is asked for."""
    hits = [Hit(at, 3, ["its-key"], 0)]
    row = row_at(at, shards, missing)
    if row is None or row["level"] == "work" or not reading.value:
        return SearchResult(hits, [], []), reading
    hits.extend(documents_on(at, reading.value, shards, missing))
    return SearchResult(hits, [], []), replace(reading, label="folio")


def _may_be_work(reading: Reading) -> bool:
    mark = reading.shelfmark
    return mark is not None and not mark.foreign and not mark.file and not mark.signs


def _look_back(reading: Reading, memory: Memory, shards: Shards, missing: list[str]) -> tuple[SearchResult, Reading]:
    """Return what an Ibid. means: the cite before, another document of its file, or another file of its series."""
    before = memory.reading
    if before is None:
        return SearchResult([], [], ["ibid-nothing-before"]), reading
    if reading.label == "page":
        memory = _works_alone(memory, shards, missing)
    mark, other = reading.shelfmark, before.shelfmark
    words = reading.words or []
    if other is None and memory.hits and memory.hits[0].sureness > 1:
        other = _shelfmark_of(memory.hits[0].row, shards, missing)
    if not memory.hits:
        return SearchResult([], [], ["ibid-not-found", "text", before.text]), reading
    if mark is not None and mark.file:
        if other is None:
            return SearchResult([], [], ["ibid-no-archive"]), reading
        joined = replace(other, year=mark.year or other.year, file=mark.file, signs=mark.signs or other.signs)
        seen = replace(reading, shelfmark=joined)
        return find_by_shelfmark(seen, shards, missing)[0], seen
    if other is not None and not other.file and not words:
        other = None  # its file has no number that could be read
    if other is not None and (words or reading.value):
        # It means another document or leaf of the file. What described the last document does not count.
        seen = replace(reading, shelfmark=other)
        found = find_by_shelfmark(seen, shards, missing)[0]
        return SearchResult([_say_back(hit) for hit in found.hits], found.near, found.looked_for), seen
    row = row_at(memory.hits[0].row, shards, missing)
    if reading.label == "folio" and row is not None and row["level"] == "work":
        near = [replace(hit, sureness=0) for hit in memory.hits[:1]]
        return SearchResult([], near, ["ibid-no-leaf", "text", before.text]), reading
    value = reading.value or before.value
    seen = replace(before, text=reading.text, value=value, label=reading.label if reading.value else before.label)
    why = ["ibid", "text", before.text]
    return SearchResult([replace(hit, why=why) for hit in memory.hits], [], []), seen


def _works_alone(memory: Memory, shards: Shards, missing: list[str]) -> Memory:
    """Return the memory without the documents that a work's note cites: "Mole, n. 4" is followed by "Ibid., 31"."""
    works: list[Hit] = []
    for hit in memory.hits:
        row = row_at(hit.row, shards, missing)
        if row is not None and row["level"] == "work":
            works.append(hit)
    return replace(memory, hits=works) if works else memory


def _shelfmark_of(at: int, shards: Shards, missing: list[str]) -> Shelfmark | None:
    """Return the shelfmark of a document that was named without one, None for a work."""
    row = row_at(at, shards, missing)
    if row is None or row["level"] == "work" or not row["reference"]:
        return None
    return read_note(row["reference"], shards["core"])[0].shelfmark


def _say_back(hit: Hit) -> Hit:
    return replace(hit, why=["ibid-file", "why", hit.why])


def _find_key(key: str, shards: Shards, missing: list[str]) -> int:
    rows = rows_with("=" + key, shards, missing)
    return rows[0] if rows else -1


def _find_address(reading: Reading, shards: Shards, missing: list[str]) -> SearchResult:
    rows: list[int] = []
    for address in _forms_of_address(bare_address(reading.address)):
        rows = rows or rows_with("=" + address, shards, missing)
    if rows:
        return SearchResult([Hit(row, 3, ["its-address"], 0) for row in rows[:MOST_SHOWN]], [], [])
    found = find_by_words(reading, [], shards, missing) if len(reading.words or []) > 2 else None
    if found is not None and found.hits:
        return found
    return SearchResult([], [], ["no-address", "address", reading.address])


def _forms_of_address(address: str) -> list[str]:
    """Return an address as it stands, and without what leads to another form of the same page."""
    plain = address.partition("#")[0].partition("?")[0].rstrip("/.")
    return [address, plain, plain[: len(plain) - 4] if plain.endswith(".pdf") else plain]

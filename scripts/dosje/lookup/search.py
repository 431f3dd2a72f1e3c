"""Finds the sources that a pasted footnote means, in an index that a build made: the rules of `dosje cite`.

The same functions answer on the page /lookup/, where they run as JavaScript (`javascript.py`). They know
nothing of files: shards that are wanted and not there are named in the answer, to be asked again with them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from ..values.spelling import bare_address, is_near, sound_of
from .likeness import Evidence, Likeness, Row, Said, compare_document, compare_work, find_evidence, flatten, knows_all
from .queries import Core, Reading, read_note
from .shelfmarks import File, Shards, Shelf, find_shelf, get_shard

Answer: TypeAlias = dict[str, Any]
# How many rows are looked at closely, and how many are shown.
_LOOKED_AT, _SHOWN = 24, 6
# How many cites of a note a file's number looks back to for its series.
_LOOKED_BACK = 50
_CONFIDENCE = ["", "possible", "likely", "exact"]


@dataclass(frozen=True)
class Hit:
    """A source that a reading means: its row, how sure that is (3 to 1), why, and its rank among its equals."""

    row: int
    sureness: int
    why: str
    rank: int


@dataclass(frozen=True)
class Found:
    """What was found for one reading, or the nearest that is known (rows and why they are not meant)."""

    hits: list[Hit]
    near: list[Hit]
    looked_for: str


@dataclass(frozen=True)
class Memory:
    """The cite before, to which an Ibid. looks back: what was read, what it meant, the works named so far."""

    reading: Reading | None
    hits: list[Hit]
    works: list[int]


NOTHING_BEFORE = Memory(None, [], [])


def look_up(text: str, before: Memory, shards: Shards) -> Answer:
    """Return the sources that `text` cites: {"missing", "query", "citations", "memory"}.

    If `missing` names shards, load them and ask again. `before` is the memory of the answer to the line
    before. Never raises, whatever the text.
    """
    missing: list[str] = []
    core: Core = shards["core"]
    citations: list[Any] = []
    memory = before
    readings = read_note(text, core)
    for index, reading in enumerate(readings):
        found, seen = _find(_join_file(reading, readings, index), memory, shards, missing)
        works = [hit.row for hit in found.hits[:1]]
        memory = Memory(seen, found.hits, (works + memory.works)[:50])
        citations.append(_cite(seen, found, shards, missing))
    return {"missing": missing, "query": text, "citations": citations, "memory": memory}


def _join_file(reading: Reading, readings: list[Reading], index: int) -> Reading:
    """Return the reading of "and D. 7/a, fl. 245" with the series of the file named before in the same note."""
    mark = reading.shelfmark
    if mark is None or reading.back or index == 0:
        return reading
    if mark.archive >= 0 or mark.signs or mark.foreign or not mark.file:
        return reading
    for before in reversed(readings[max(index - _LOOKED_BACK, 0) : index]):
        other = before.shelfmark
        if other is not None and (other.signs or other.names or other.archive >= 0):
            joined = replace(other, year=mark.year or other.year, file=mark.file)
            return replace(reading, shelfmark=joined)
    return reading


def _find(reading: Reading, memory: Memory, shards: Shards, missing: list[str]) -> tuple[Found, Reading]:
    if reading.back == "ibid":
        return _look_back(reading, memory, shards, missing)
    if reading.key:
        row = _find_key(reading.key, shards, missing)
        if row >= 0:
            return _find_leaf(row, reading, shards, missing)
    if reading.address:
        return _find_address(reading, shards, missing), reading
    if reading.shelfmark is not None:
        found, _ = _find_on_shelf(reading, shards, missing)
        if found.hits or not _may_be_work(reading):
            return found, reading
        other = _find_by_words(reading, memory, shards, missing)
        return (other if other.hits and other.hits[0].sureness > 1 else found), reading
    return _find_by_words(reading, memory, shards, missing), reading


def _find_leaf(at: int, reading: Reading, shards: Shards, missing: list[str]) -> tuple[Found, Reading]:
    """Return what a key names, and of a file the documents that have the leaf that is asked for."""
    hits = [Hit(at, 3, "this is its key", 0)]
    row = _row(at, shards, missing)
    if row is None or row["level"] == "work" or not reading.value:
        return Found(hits, [], ""), reading
    wanted = _read_folios(reading.value)
    near: list[Hit] = []
    for item in row["items"]:
        fit, say = _fit_folios(wanted, [[item[at], item[at + 1]] for at in range(1, len(item), 2)], reading.value)
        if fit >= 2:
            near.append(Hit(item[0], 2, f"a document of this file{say}", fit))
    near.sort(key=lambda hit: (-hit.rank, hit.row))
    return Found(hits + near[: _SHOWN - 1], [], ""), replace(reading, label="folio")


def _may_be_work(reading: Reading) -> bool:
    mark = reading.shelfmark
    return mark is not None and not mark.foreign and not mark.file and not mark.signs


def _look_back(reading: Reading, memory: Memory, shards: Shards, missing: list[str]) -> tuple[Found, Reading]:
    """Return what an Ibid. means: the cite before, its file with another document, or its series with another file."""
    before = memory.reading
    if before is None:
        return Found([], [], "Ibid. looks back, and nothing stands before it"), reading
    mark, other = reading.shelfmark, before.shelfmark
    words = reading.words or []
    if other is None and memory.hits and memory.hits[0].sureness > 1:
        other = _shelfmark_of(memory.hits[0].row, shards, missing)
    if not memory.hits:
        return Found([], [], f"Ibid. looks back to “{before.text}”, which was not found"), reading
    if mark is not None and mark.file:
        if other is None:
            return Found([], [], "Ibid. looks back to a work that lies in no archive"), reading
        joined = replace(other, year=mark.year or other.year, file=mark.file, signs=mark.signs or other.signs)
        seen = replace(reading, shelfmark=joined)
        return _find_on_shelf(seen, shards, missing)[0], seen
    if other is not None and (words or reading.value):
        # Another document of the file, or another leaf of it: what described the last one is left out.
        seen = replace(reading, shelfmark=other)
        found = _find_on_shelf(seen, shards, missing)[0]
        return Found([_say_back(hit) for hit in found.hits], found.near, found.looked_for), seen
    value = reading.value or before.value
    seen = replace(before, text=reading.text, value=value, label=reading.label if reading.value else before.label)
    why = f"Ibid. looks back to “{before.text}”"
    return Found([replace(hit, why=why) for hit in memory.hits], [], ""), seen


def _shelfmark_of(at: int, shards: Shards, missing: list[str]) -> Any:
    """Return where a document lies that was named without its place; None for a work."""
    row = _row(at, shards, missing)
    if row is None or row["level"] == "work" or not row["reference"]:
        return None
    return read_note(row["reference"], shards["core"])[0].shelfmark


def _say_back(hit: Hit) -> Hit:
    return replace(hit, why="Ibid. is the file before: " + hit.why)


def _row(at: int, shards: Shards, missing: list[str]) -> Any:
    """Return a row of the index, or None where its shard is still to come."""
    return _entry("rows", at, shards, missing)


def _entry(kind: str, at: int, shards: Shards, missing: list[str]) -> Any:
    starts = shards["core"][kind]
    number = _place_in(starts, at)
    shard = get_shard(shards, missing, f"{kind}-{number}")
    return None if shard is None else shard[at - starts[number]]


def _place_in(starts: list[Any], value: Any) -> int:
    """Return the last place whose start is not behind `value`."""
    low, high = 0, len(starts) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if starts[middle] <= value:
            low = middle
        else:
            high = middle - 1
    return low


def _rows_with(word: str, shards: Shards, missing: list[str]) -> list[int]:
    """Return the rows in which a word stands, in order."""
    number = _place_in(shards["core"]["words"], sound_of(word) + word)
    shard = get_shard(shards, missing, f"words-{number}")
    if shard is None or word not in shard:
        return []
    rows: list[int] = []
    at = 0
    for step in shard[word]:
        at += step
        rows.append(at)
    return rows


def _words_near(word: str, shards: Shards, missing: list[str]) -> list[str]:
    """Return the words of the index that `word` may be a slip for."""
    if len(word) < 4 or word[0].isdigit():
        return []
    starts = shards["core"]["words"]
    sound = sound_of(word)
    near: list[str] = []
    for number in range(_place_in(starts, sound), len(starts)):
        if starts[number] > sound + "~":
            break
        shard = get_shard(shards, missing, f"words-{number}")
        if shard is not None:
            near.extend(other for other in shard if is_near(word, other) and sound_of(other) == sound)
    return sorted(near)[:6]


def _find_key(key: str, shards: Shards, missing: list[str]) -> int:
    rows = _rows_with("=" + key, shards, missing)
    return rows[0] if rows else -1


def _find_address(reading: Reading, shards: Shards, missing: list[str]) -> Found:
    rows = _rows_with("=" + bare_address(reading.address), shards, missing)
    if rows:
        return Found([Hit(row, 3, "this is its address", 0) for row in rows[:_SHOWN]], [], "")
    found = _find_by_words(reading, NOTHING_BEFORE, shards, missing) if len(reading.words or []) > 2 else None
    if found is not None and found.hits:
        return found
    return Found([], [], f"no source has the address {reading.address}")


def _understand(words: list[str], shards: Shards, missing: list[str]) -> tuple[Said, dict[str, list[int]], bool]:
    """Return of each word what it may be, the rows of each of these, and whether a slip was mended."""
    said: Said = []
    rows: dict[str, list[int]] = {}
    has_slips = False
    for word in words[:80]:
        found = _rows_with(word, shards, missing)
        if found:
            said.append([word])
            rows[word] = found
            continue
        near = _words_near(word, shards, missing)
        said.append([word, *near])
        has_slips = has_slips or bool(near)
        for other in near:
            rows[other] = _rows_with(other, shards, missing)
    return said, rows, has_slips


def _candidates(reading: Reading, rows: dict[str, list[int]], shards: Shards, missing: list[str]) -> list[int]:
    """Return the rows that share most with the reading, those with rarer words first."""
    size = shards["core"]["count"]
    weights: dict[int, int] = {}
    lists = list(rows.values())
    for begin, _ in reading.dates or []:
        if begin >= 10000:
            for day in (str(begin), str(begin // 100), str(begin // 10000)):
                lists.append(_rows_with("@" + day, shards, missing))
    for year in reading.years or []:
        lists.append(_rows_with(f"@{year}", shards, missing))
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


def _find_by_words(reading: Reading, memory: Memory, shards: Shards, missing: list[str]) -> Found:
    """Return the works and documents that are meant by title, names and date."""
    words = reading.words or []
    said, rows, has_slips = _understand(words, shards, missing)
    spelled = [[word] for word in words[:80]]
    # A party or office that the edition does not know: its papers are not here, however like their titles.
    is_loud = reading.text == reading.text.upper()
    known = set(words)
    strangers = [] if is_loud else [word for word in reading.acronyms or [] if word in known and word not in rows]
    hits: list[Hit] = []
    near: list[Hit] = []
    for at in _candidates(reading, rows, shards, missing):
        row = _row(at, shards, missing)
        if row is None:
            continue
        if row["level"] == "work":
            like = compare_work(row, reading, spelled, False)
            if has_slips and like.sureness < 3:
                like = _surer(like, compare_work(row, reading, said, True))
            why_not = f"not {_describe(row)}"
        elif row["level"] in ("item", "file") and strangers:
            evidence = find_evidence(row, reading, spelled)
            if evidence.date == 2 and evidence.hits > 1:
                why_not = f"it says nothing of {' '.join(word.upper() for word in strangers)}"
                near.append(Hit(at, 0, why_not, evidence.cover))
            continue
        elif row["level"] in ("item", "file"):
            evidence = find_evidence(row, reading, spelled)
            like = compare_document(row, evidence, spelled, False)
            if has_slips and like.sureness < 3:
                evidence = find_evidence(row, reading, said)
                like = _surer(like, compare_document(row, evidence, said, True))
            if like.sureness > 1 and evidence.names < 2 and not knows_all(row, reading.acronyms or []):
                like = Likeness(1, like.rank, f"{like.why}; but it says nothing of {' '.join(reading.acronyms or [])}")
            why_not = _say_difference(evidence)
            if evidence.names == 2 or evidence.is_turned or (evidence.cover >= 60 and evidence.hits > 2):
                near.append(Hit(at, 0, why_not, 60 * evidence.names + evidence.cover))
        else:
            like = _compare_unit(row, said)
            why_not = ""
        if like.sureness:
            hits.append(Hit(at, like.sureness, like.why, like.rank))
        elif row["level"] == "work" and _is_by(row, words):
            near.append(Hit(at, 0, "another work of the same author", like.rank))
    hits = _prefer(hits, reading)
    if reading.back == "op" and (not hits or hits[0].sureness < 3):
        hits = _find_work_before(flatten(said), memory, shards, missing) or hits
    if reading.label == "note" and len(hits) > 1:
        hits = _with_note(hits, reading.value, shards, missing) or hits
    if reading.label == "note" and hits:
        hits = _add_note_sources(hits, reading, shards, missing)
    near.sort(key=lambda hit: (-hit.rank, hit.row))
    return Found(hits, [] if hits else near[:3], _say_looked_for(reading))


def _find_work_before(words: list[str], memory: Memory, shards: Shards, missing: list[str]) -> list[Hit]:
    """Return the last work that was named before, by this author if one is said."""
    for at in memory.works:
        row = _row(at, shards, missing)
        if row is not None and row["level"] == "work" and (not words or _is_by(row, words)):
            return [Hit(at, 2, f"op. cit. looks back to “{row['title']}”", 0)]
    return []


def _with_note(hits: list[Hit], value: str, shards: Shards, missing: list[str]) -> list[Hit]:
    """Return the works of which it is known what the note cites."""
    kept: list[Hit] = []
    for hit in hits:
        row = _row(hit.row, shards, missing)
        if row is not None and any(number in row["notes"] for number in value.split(", ")):
            kept.append(hit)
    return kept


def _surer(one: Likeness, other: Likeness) -> Likeness:
    return other if other.sureness > one.sureness else one


def _compare_unit(row: Row, said: Said) -> Likeness:
    for text in row["titles"]:
        title = text.split(" ")
        if (
            len(title) > 2
            and len(said) <= len(title) + 1
            and all(any(word in words for words in said) for word in title)
        ):
            return Likeness(2, 100, f"the name of this {row['level']}")
    return Likeness(0, 0, "")


def _is_by(row: Row, words: list[str]) -> bool:
    return any(name in words for family in row["authors"] for name in family)


def _describe(row: Row) -> str:
    return str(row["title"])


def _say_difference(evidence: Evidence) -> str:
    if evidence.is_turned:
        return "written the other way round"
    if evidence.date < 0:
        return "of another date"
    return "not what is described" if evidence.names < 2 else "the same writer and recipient"


def _prefer(hits: list[Hit], reading: Reading) -> list[Hit]:
    """Return the hits by sureness and rank; what is as good as the best stays, the rest goes."""
    hits.sort(key=lambda hit: (-hit.sureness, -hit.rank, hit.row))
    if not hits:
        return hits
    best = hits[0]
    if best.sureness > 1:
        hits = [hit for hit in hits if hit.sureness > 1 and hit.rank >= best.rank - 70]
    equal = [hit for hit in hits if hit.sureness == 3 and hit.rank >= best.rank - 12]
    if best.sureness == 3 and len(equal) > 1:
        why = f"{best.why}; {len(equal)} fit as well as one another"
        return [replace(hit, sureness=2, why=why) for hit in equal][:_SHOWN]
    if best.sureness == 3:
        return [best]
    close = [hit for hit in hits if hit.rank >= best.rank - 40]
    return close[:_SHOWN]


def _add_note_sources(hits: list[Hit], reading: Reading, shards: Shards, missing: list[str]) -> list[Hit]:
    """Return the sources that the note of a work cites, before the work itself."""
    row = _row(hits[0].row, shards, missing)
    if row is None or not row["notes"]:
        return hits
    cited: list[Hit] = []
    for number in reading.value.split(", "):
        for at in row["notes"].get(number, []):
            cited.append(Hit(at, hits[0].sureness, f"note {number} of “{row['title']}” cites it", 0))
    return cited[:12] + hits[:1]


def _say_looked_for(reading: Reading) -> str:
    parts: list[str] = []
    if reading.writers and reading.readers:
        parts.append(f"what {' '.join(reading.writers)} wrote to {' '.join(reading.readers)}")
    if reading.dates:
        parts.append("the date " + " and ".join(_say_date(begin, end) for begin, end in reading.dates))
    if reading.words:
        parts.append("the words " + " ".join(reading.words[:12]))
    return ", ".join(parts)


def _say_date(begin: int, end: int) -> str:
    first = _say_day(begin)
    return first if begin == end else f"{first} to {_say_day(end)}"


def _say_day(day: int) -> str:
    parts = [str(day // 10000) if day >= 10000 else "", str(day // 100 % 100), str(day % 100) if day % 100 else ""]
    return "-".join(part if len(part) != 1 else "0" + part for part in parts if part)


def _find_on_shelf(reading: Reading, shards: Shards, missing: list[str]) -> tuple[Found, Shelf]:
    """Return the documents and the file that a shelfmark means."""
    mark = reading.shelfmark
    if mark is None:
        return Found([], [], ""), Shelf([], [], [], "", False)
    words = reading.words or []
    shelf = find_shelf(mark, words, shards, missing)
    core: Core = shards["core"]
    if shelf.units and not mark.file:
        return _find_units(reading, shelf, shards, missing), shelf
    if not shelf.files:
        near = [Hit(file[2], 0, "the nearest file that is known", 0) for file in shelf.near[:3]]
        return Found([], near, shelf.why_not), shelf
    known = [word for unit in shelf.units for name in core["units"][unit]["names"] for word in name]
    said, _, _ = _understand([word for word in words if word not in known], shards, missing)
    hits: list[Hit] = []
    near_folios: list[Hit] = []
    for file in shelf.files:
        own, near = _find_in_file(file, reading, said, shelf, shards, missing)
        hits.extend(own)
        near_folios.extend(near)
    if len(shelf.files) > 1:
        described = [hit for hit in hits if hit.rank >= 100]
        if described:
            hits = described
        else:
            count = len(shelf.files)
            hits = [replace(hit, sureness=1, why=f"{hit.why}; {count} files of that number fit") for hit in hits]
    hits.sort(key=lambda hit: (-hit.sureness, -hit.rank, hit.row))
    return Found(hits[:_SHOWN], near_folios[:3], shelf.why_not), shelf


def _find_units(reading: Reading, shelf: Shelf, shards: Shards, missing: list[str]) -> Found:
    """Return what a shelfmark without a file means: a document that is described in it, or the series."""
    core: Core = shards["core"]
    mark = reading.shelfmark
    rows = [core["units"][unit]["row"] for unit in shelf.units]
    if len(reading.words or []) > 1 or reading.dates:
        found = _find_by_words(reading, NOTHING_BEFORE, shards, missing)
        if found.hits and found.hits[0].sureness > 1:
            return found
    if mark is None or not (mark.signs or mark.names) or len(rows) > 3:
        return Found([], [], "an archive alone names no document: add fonds and file")
    return Found([Hit(row, 2, "the series; no file is said", 0) for row in rows if row >= 0], [], "")


def _find_in_file(  # noqa: PLR0917
    file: File, reading: Reading, said: Said, shelf: Shelf, shards: Shards, missing: list[str]
) -> tuple[list[Hit], list[Hit]]:
    """Return the documents of a file that are meant, then the file itself; and those with the nearest leaves."""
    wanted = _read_folios(reading.value) if reading.label == "folio" else []
    place = _say_file(file, shelf, shards)
    hits: list[Hit] = []
    near: list[Hit] = []
    is_described = bool(reading.dates) or len(said) > 2 or bool(reading.writers)
    scored: list[tuple[int, int, int, int, str, str]] = []
    for item in file[3]:
        row = _row(item[0], shards, missing)
        if row is None:
            continue
        runs = [[item[at], item[at + 1]] for at in range(1, len(item), 2)]
        fit, say = _fit_folios(wanted, runs, reading.value)
        evidence = find_evidence(row, reading, said)
        scored.append(
            (item[0], fit, _score(evidence) if is_described else 0, evidence.date, say, _say_evidence(evidence))
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
            hits.append(Hit(at, sureness, f"{place}; {speaks}{say}", 100 + score + 10 * fit))
    elif wanted:
        for at, fit, _, date, say, _ in scored:
            if fit >= 2 and date >= 0:
                hits.append(Hit(at, 3 if fit == 4 else 2, f"{place}{say}", 10 * fit))
            elif fit == 4:
                hits.append(Hit(at, 2, f"{place}{say}; but its date is another", 9 * fit))
        if len(hits) == 1 and hits[0].rank == 30 and shelf.is_whole:
            hits = [replace(hits[0], sureness=3)]
        if any(hit.sureness == 3 for hit in hits):
            hits = [replace(hit, sureness=hit.sureness if hit.sureness == 3 else 1) for hit in hits]
    sure = any(hit.sureness == 3 for hit in hits)
    if not sure:
        said_leaves = ""
        if wanted and not hits:
            near = _nearest(wanted, file, shards, missing)
            said_leaves = (
                f"; no document is known on folio {reading.value}" if any(len(item) > 1 for item in file[3]) else ""
            )
        if not hits and len(file[3]) == 1 and not (wanted and len(file[3][0]) > 1):
            hits.append(Hit(file[3][0][0], 2, f"{place}; the only document that is known in it", 10))
            hits.append(Hit(file[2], 3, place, 20))
        else:
            # Where a document is found, the file is only what it lies in.
            is_named = not hits and (shelf.is_whole or len(shelf.files) == 1)
            hits.append(Hit(file[2], 3 if is_named else 2 if not hits else 1, place + said_leaves, 0))
    return hits, near


def _score(evidence: Evidence) -> int:
    if evidence.names < 0 or evidence.date < 0:
        return -50
    names = 30 if evidence.names == 2 else 5 * evidence.names
    return names + 20 * evidence.date + evidence.cover + min(4 * evidence.hits, 40)


def _say_evidence(evidence: Evidence) -> str:
    parts: list[str] = []
    if evidence.names == 2:
        parts.append("writer and recipient")
    if evidence.date > 0:
        parts.append("the date")
    if evidence.cover >= 40 or not parts:
        parts.append("the description")
    return " and ".join(parts) + (" fits" if len(parts) == 1 and evidence.names < 2 else " fit")


def _say_file(file: File, shelf: Shelf, shards: Shards) -> str:
    years = file[1]
    year = f", {years[0]}" if years else ""
    return f"file {file[4]} of this series{year}" if shelf.is_whole else f"file {file[4]}{year}"


def _read_folios(value: str) -> list[list[int]]:
    """Return the runs of leaves in a locator's value; what is no number is passed over."""
    runs: list[list[int]] = []
    for part in value.split(", "):
        ends = [_digits(end) for end in part.split("–")]
        if ends[0] > 0:
            last = ends[-1]
            # 183–84 is 183 to 184.
            if 0 < last < ends[0] and len(str(last)) < len(str(ends[0])):
                last = int(str(ends[0])[: -len(str(last))] + str(last))
            runs.append([ends[0], max(last, ends[0])])
    return runs


def _digits(text: str) -> int:
    digits = "".join(letter for letter in text if "0" <= letter <= "9")
    return int(digits[:7]) if digits else 0


def _fit_folios(wanted: list[list[int]], runs: list[list[int]], value: str) -> tuple[int, str]:
    """Return how leaves that are asked for fit those of a document, 4 the same to -1 outside, and how to say it."""
    if not wanted or not runs:
        return 0, ""
    leaves = ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)
    if any(run in runs for run in wanted):
        return 4, f", on folio {leaves}" if len(wanted) == 1 else f", on folio {leaves}, one of those named"
    if any(first <= run[0] and run[1] <= last for run in wanted for first, last in runs):
        return 3, f"; folio {value} lies within its leaves, {leaves}"
    if any(run[0] <= last and first <= run[1] for run in wanted for first, last in runs):
        return 2, f"; folio {value} overlaps its leaves, {leaves}"
    return -1, f"; but folio {value} lies outside its leaves, {leaves}"


def _nearest(wanted: list[list[int]], file: File, shards: Shards, missing: list[str]) -> list[Hit]:
    """Return the documents of the file whose leaves lie nearest before and behind."""
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
    return [
        Hit(row, 0, f"{distance} {'leaf' if distance == 1 else 'leaves'} away", -distance) for distance, row in found
    ]


def _cite(reading: Reading, found: Found, shards: Shards, missing: list[str]) -> Answer:
    """Return what is answered for one cite."""
    locator = {"label": reading.label, "value": reading.value} if reading.value else None
    wanted = _read_folios(reading.value) if reading.value and reading.label != "note" else []
    matches = [_match(hit, wanted, reading.label, shards, missing) for hit in found.hits]
    near = [_point_at(hit, shards, missing) for hit in found.near]
    return {"text": reading.text, "locator": locator, "matches": matches, "near": near, "looked_for": found.looked_for}


def _point_at(hit: Hit, shards: Shards, missing: list[str]) -> Answer:
    row = _row(hit.row, shards, missing) if hit.row >= 0 else None
    if row is None:
        return {}
    return {
        "key": row["key"],
        "title": row["title"],
        "reference": row["reference"],
        "why": hit.why,
        "url": _url_of(row, shards),
    }


def _url_of(row: Row, shards: Shards) -> str:
    return f"{shards['core']['base']}sources/{row['key']}/"


def _match(hit: Hit, wanted: list[list[int]], label: str, shards: Shards, missing: list[str]) -> Answer:
    """Return a match with all that rests on it: what is cited of the leaves or pages asked for comes first."""
    row = _row(hit.row, shards, missing)
    card = _card(hit.row, shards, missing)
    if row is None or card is None:
        return {}
    cited = []
    for page, number, statement, url, own_label, own_value in card["cited"]:
        runs = _read_folios(own_value) if own_label == (label or own_label) else []
        overlaps = any(run[0] <= last and first <= run[1] for run in wanted for first, last in runs)
        cited.append(
            {
                "page": page,
                "note": number,
                "statement": statement,
                "url": shards["core"]["base"] + url,
                "locator": {"label": own_label, "value": own_value} if own_value else None,
                "overlaps": overlaps,
            }
        )
    if wanted:
        cited = [cite for cite in cited if cite["overlaps"]] + [cite for cite in cited if not cite["overlaps"]]
    return {
        "key": row["key"],
        "title": row["title"],
        "confidence": _CONFIDENCE[hit.sureness],
        "why": hit.why,
        "url": _url_of(row, shards),
        "cited_in": cited,
        "words": card["words"],
        "reference": row["reference"],
        "before": _neighbour(card["before"], shards),
        "after": _neighbour(card["after"], shards),
    }


def _card(at: int, shards: Shards, missing: list[str]) -> Any:
    """Return what is shown of a source: its words in full, its neighbours, what cites it."""
    return _entry("cards", at, shards, missing)


def _neighbour(pair: list[str], shards: Shards) -> Any:
    if not pair:
        return None
    return {"key": pair[0], "title": pair[1], "url": f"{shards['core']['base']}sources/{pair[0]}/"}

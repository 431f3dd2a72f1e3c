"""Counts what an import made of a manuscript whose truth is known: of its cites, its words, and what was drafted."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from dosje.checking.edition import Checked
from dosje.edition.links import LinkedCorpus
from dosje.importing.decisions import CiteDecision, ReadNotes
from dosje.importing.incoming import IncomingRecord
from dosje.importing.manuscript import Manuscript
from dosje.values.citations import Cite
from dosje.values.locators import format_locator
from footnote_facts import Book, Unit, read_facts
from house_styles import HouseManuscript, HouseNote, words_in

_PLACE = re.compile(r"\D+")


def count_cites(made: HouseManuscript, read: ReadNotes, linked: LinkedCorpus, total: Counter[str]) -> Iterator[str]:
    """Add what became of each cite to `total`, and yield what is not sure and right, in a line each."""
    by_note = _by_note(read)
    for note in made.notes:
        decisions = by_note[note.number]
        meant = {cite.key for cite, _ in note.cites}
        for one in decisions:
            if one.outcome == "found" and one.key not in meant:
                total["wrong"] += 1
                yield f"wrong: {one.text!r} is {one.key}, not {sorted(meant)} in {made.name} {note.number}: {note.text}"
        for cite, words in note.cites:
            if not linked.corpus.has("source", cite.key):
                continue  # what is drafted of it is counted elsewhere
            total["cites"] += 1
            state, decision = _state_of(cite, decisions)
            total[state] += 1
            if cite.locator and state == "sure":
                total["places"] += 1
                total["place"] += is_same_place(format_locator(cite.locator), decision.locator if decision else "")
            if state != "sure":
                why = decision.why if decision else "not read as a cite"
                yield f"{state}: {cite.key} as {words!r} ({why}) in note {note.number}: {note.text}"


def _by_note(read: ReadNotes) -> dict[int, list[CiteDecision]]:
    found: dict[int, list[CiteDecision]] = defaultdict(list)
    for decision in read.decisions:
        found[decision.note].append(decision)
    return found


def _state_of(cite: Cite, decisions: Iterable[CiteDecision]) -> tuple[str, CiteDecision | None]:
    decisions = list(decisions)
    places = [one for one in decisions if one.outcome == "found" and one.key == cite.key]
    if places:
        wanted = format_locator(cite.locator) if cite.locator else ""
        return "sure", next((one for one in places if is_same_place(wanted, one.locator)), places[0])
    offered = next((one for one in decisions if not one.key and cite.key in one.candidates), None)
    return ("worklist", offered) if offered else ("left", next((one for one in decisions if not one.key), None))


def is_same_place(one: str, other: str) -> bool:
    """Say whether two places have the same numbers, whatever their labels: "fl. 9–20" and "ff. 9-20", "217–28"."""
    return _numbers(one) == _numbers(other)


def _numbers(place: str) -> list[str]:
    numbers = _PLACE.split(_PLACE.sub(" ", place).strip())
    # The end of a range may lack the digits that it shares with its beginning.
    ends = [before[: len(before) - len(after)] + after for before, after in itertools.pairwise(numbers)]
    return [*numbers[:1], *ends]


def count_lost(made: HouseManuscript, manuscript: Manuscript, read: ReadNotes, total: Counter[str]) -> Iterator[str]:
    """Add the words of text and notes that are nowhere in the edition any more, and yield where they stood."""
    text = " ".join(f"{chapter.title} {chapter.markdown}" for chapter in manuscript.chapters)
    lost = Counter(made.words) - Counter(words_in(text.replace("_", " ")))
    total["words"] += len(made.words)
    total["lost"] += lost.total()
    if lost:
        yield f"lost: {sorted(lost)[:9]} of the text of {made.name}"
    by_note = _by_note(read)
    for note in manuscript.notes:
        kept, at = [], 0
        for decision in sorted(by_note[note.number], key=lambda one: one.start):
            if decision.key and decision.start >= at:
                kept.append(note.text[at : decision.start])
                at = decision.end
        words = words_in(" ".join([*kept, note.text[at:]]))
        missing = Counter(words) - Counter(words_in(read.printed.get(note.number, "").replace("_", " ")))
        total["words"] += len(words)
        total["lost"] += missing.total()
        if missing:
            yield f"lost: {sorted(missing)} of note {note.number}: {note.text} -> {read.printed.get(note.number)}"


@dataclass
class Drafted:
    """What became of a source that the edition does not have: the drafts that its cites lead to, with how often.

    `said`: the note that names it first.
    """

    said: HouseNote
    words: str
    cite: Cite
    keys: Counter[str] = field(default_factory=Counter)
    open: int = 0


def count_drafts(
    made: HouseManuscript, read: ReadNotes, truth: Checked, linked: LinkedCorpus, total: Counter[str]
) -> Iterator[str]:
    """Add what was drafted of the sources that the edition lacks, field by field, and yield what is not right."""
    sources = _gather(made, read, linked)
    assert truth.linked is not None
    facts = read_facts(truth.linked)
    owners = defaultdict(set)
    for key, drafted in sources.items():
        for draft in drafted.keys:
            owners[draft].add(key)
    total["merged"] += sum(len(keys) > 1 for keys in owners.values())
    for draft, keys in owners.items():
        if len(keys) > 1:
            yield f"merged: {draft} stands for {sorted(keys)} in {made.name}"
    # Drafts may lie in files, fonds and archives that the edition has.
    own = (IncomingRecord(one.page, one.model.model_dump(mode="json"), "") for one in linked.corpus.records())
    records = {record.page.key: record for record in (*own, *read.records)}
    works = {work.key: work.item for work in read.works}
    for key, drafted in sources.items():
        unit = facts.units.get(key)
        kind = "unit" if unit else "work"
        total[f"{kind}s"] += 1
        total[f"{kind} cites"] += drafted.keys.total() + drafted.open
        total[f"{kind} cites drafted"] += drafted.keys.total()
        total["twice"] += max(len(drafted.keys) - 1, 0)
        if not drafted.keys:
            yield f"undrafted: {key} as {drafted.words!r} in {made.name}"
            continue
        draft = drafted.keys.most_common(1)[0][0]
        if unit:
            wanted = dict(_unit_says(unit, drafted, truth.linked))
            has = read_unit(draft, records)
        else:
            wanted = dict(_work_says(facts.books[key], drafted))
            has = read_work(works.get(draft, {}))
        wrong = [name for name, value in wanted.items() if not agrees(name, value, has.get(name, ""))]
        for name in wanted:
            total[f"{kind}: {name} said"] += 1
            total[f"{kind}: {name}"] += name not in wrong
        total[f"{kind}s right"] += not wrong
        for name in wrong:
            yield f"{kind} {name}: {wanted[name]!r} is {has.get(name, '')!r} in the draft {draft} of {drafted.words!r}"


def _gather(made: HouseManuscript, read: ReadNotes, linked: LinkedCorpus) -> dict[str, Drafted]:
    by_note = _by_note(read)
    sources: dict[str, Drafted] = {}
    for note in made.notes:
        for (cite, words), decision in zip(note.cites, _aligned(note, by_note[note.number]), strict=True):
            if linked.corpus.has("source", cite.key):
                continue
            drafted = sources.setdefault(cite.key, Drafted(note, words, cite))
            if decision is not None and decision.outcome == "drafted":
                drafted.keys[decision.key] += 1
            else:
                drafted.open += 1
    return sources


def _aligned(note: HouseNote, decisions: Iterable[CiteDecision]) -> list[CiteDecision | None]:
    """Return the decision of each cite of a note: the one that shares most letters with its words."""
    decisions, found, at = list(decisions), [], 0
    for _, words in note.cites:
        start = note.text.find(words.strip(), at)
        end = start + len(words.strip())
        at = max(at, end if start >= 0 else at)
        shares = [(min(one.end, end) - max(one.start, start), number) for number, one in enumerate(decisions)]
        share, number = max(shares, default=(0, 0))
        found.append(decisions[number] if start >= 0 and share > 0 else None)
    return found


def _unit_says(unit: Unit, drafted: Drafted, linked: LinkedCorpus) -> Iterator[tuple[str, str]]:
    """Yield the fields of a unit that the words of its first cite have, with their values."""
    words = drafted.words
    said = _normal(words)
    archive = next((name for name in unit.names.values() if _normal(name) in said), "")
    place = format_locator(drafted.cite.locator) if drafted.cite.locator else ""
    values = {
        "archive": archive,
        "fonds": unit.above[0] if unit.above else "",
        "year": unit.year,
        "file": unit.file,
        "leaf": _PLACE.sub(" ", place).strip() and unit.leaves,
        "author": unit.writer[0],
        "recipient": unit.reader[0],
        "title": unit.title,
    }
    for name, value in values.items():
        if value and _normal(value) in said:
            yield name, value
    if unit.is_dated and unit.date and unit.date.start and unit.date.start.year in words:
        month = bool(re.search(r"[^\W\d]{3,}", words)) and unit.date.start.day is not None
        if month and re.search(rf"\b{unit.date.start.day}\b", words):
            yield "date", unit.date.text


def _work_says(book: Book, drafted: Drafted) -> Iterator[tuple[str, str]]:
    said = _normal(drafted.words)
    values = {
        "title": book.title,
        "author": "" if book.is_edited else ", ".join(family for family, _ in book.names),
        "editor": ", ".join(f for f, _ in (book.names if book.is_edited else book.editors)),
        "container": book.journal or book.volume_title,
        "volume": book.volume,
        "place": book.place,
        "publisher": book.publisher,
        "year": book.year,
    }
    for name, value in values.items():
        parts = value.split(", ") if name in ("author", "editor") else [value]
        if value and all(_normal(part) in said for part in parts):
            yield name, value


def read_unit(key: str, records: Mapping[str, IncomingRecord]) -> dict[str, str]:
    """Return what a draft and the units above it say, by the names of the benchmark."""
    has: dict[str, str] = {}
    above: list[str] = []
    while key in records:
        fields = records[key].fields
        level = fields.get("level", "item")
        if level in ("item", "document"):
            has |= {name: _said(fields.get(name), records) for name in ("author", "recipient", "date", "title", "type")}
            has["leaf"] = str(fields.get("folios", ""))
        if fields.get("reference"):
            above.insert(0, str(fields["reference"]))
        for name in ("year", "file"):
            has[name] = has.get(name, "") or str(fields.get(name, ""))
        if level == "file" and not has.get("file"):
            has["file"] = str(fields.get("file") or fields.get("code") or fields.get("reference") or "")
        if isinstance(fields.get("containers"), Mapping):
            has["box"] = " ".join(map(str, fields["containers"].values()))
        if fields.get("repository"):
            has["archive"] = _archive(str(fields["repository"]), records)
        key = str(fields.get("part_of", ""))
    has["fonds"] = ", ".join(above)
    return has


def _archive(key: str, records: Mapping[str, IncomingRecord]) -> str:
    record = records.get(key)
    names = record.fields if record else {}
    return " | ".join(str(names.get(name, "")) for name in ("abbreviation", "name")) + f" | {key}"


def _said(value: Any, records: Mapping[str, IncomingRecord]) -> str:
    """Return a name or value as text: a key as the name of its record."""
    if isinstance(value, list | tuple):
        return "; ".join(_said(one, records) for one in value)
    record = records.get(str(value))
    name = record.fields.get("name") if record else None
    if isinstance(name, Mapping):
        return f"{name.get('given', '')} {name.get('family', '')}".strip()
    return str(name or value or "")


def read_work(item: Mapping[str, Any]) -> dict[str, str]:
    """Return what an item of CSL-JSON says, by the names of the benchmark."""

    def names(role: str) -> str:
        return ", ".join(
            f"{one.get('given', '')} {one.get('family', one.get('literal', ''))}" for one in item.get(role, ())
        )

    issued = item.get("issued", {})
    parts = issued.get("date-parts", [[""]]) if isinstance(issued, Mapping) else [[""]]
    return {
        "type": str(item.get("type", "")),
        "title": str(item.get("title", "")),
        "author": names("author"),
        "editor": names("editor"),
        "container": str(item.get("container-title", "")),
        "volume": str(item.get("volume", "")),
        "place": str(item.get("publisher-place", "")),
        "publisher": str(item.get("publisher", "")),
        "year": str(parts[0][0]) or str(issued.get("raw", issued.get("literal", ""))),
        "pages": str(item.get("page", "")),
    }


def agrees(name: str, wanted: str, has: str) -> bool:
    """Say whether a draft has what the note says: the same letters, whatever stands between; a name in any order."""
    if name in ("author", "editor", "recipient"):
        return all(_normal(part) in _normal(has) for part in wanted.replace(" and ", ", ").split(", "))
    if name in ("archive", "title", "fonds", "container"):
        return _normal(wanted) in _normal(has) and bool(_normal(has))
    return _normal(wanted) == _normal(has)


def _normal(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())

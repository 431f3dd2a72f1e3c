"""Reads the notes of a manuscript: what each cite means, what is to be drafted, what is to be printed.

The notes are read by the lookup, in an index that also has what is drafted. So an Ibid. and a short form lead to a
draft by the same rules as to any other record. That takes a few rounds: what a round has drafted, the next one finds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..edition.links import LinkedCorpus
from ..lookup.hits import NOTHING_BEFORE, Hit, Memory
from ..lookup.search import answer_note
from ..lookup.shards import rows_with
from .cross_references import CrossReferences, find_cross_references
from .decisions import CiteDecision, ReadNotes, WorklistAnswer
from .drafting import DraftMaker, emphasised_in, short_names_in
from .incoming import IncomingRecord
from .kept_words import WordKeeper
from .manuscript import Manuscript
from .memory_index import MemoryIndex, make_memory_index
from .named_by_note import blank_numbers
from .note_decisions import Around, CiteReader, name_source
from .printing import print_note
from .said_cites import THROUGH

_MOST_ROUNDS = 4
_LOOKED_BACK = 9  # so many cites before a note are looked through for what its Ibid. means


def read_notes(
    linked: LinkedCorpus, manuscript: Manuscript, answers: Mapping[str, WorklistAnswer], seen: str
) -> ReadNotes:
    """Return the notes of a manuscript, read.

    `answers`: of an editor, by `CiteDecision.source`; `seen`: how the author has seen the sources, "unknown" where
    nothing was said.
    """
    drafter = DraftMaker(linked, seen, short_names_in(manuscript.abbreviations, manuscript.archives))
    listed: set[str] = set()
    for number, entry in enumerate(manuscript.works, 1):
        reference = drafter.read_work(entry.replace("*", ""), tuple(emphasised_in(entry)))
        if reference is not None and reference.is_full:
            listed.add(drafter.works.add(reference.item, f"{manuscript.path}, {number}"))
    reader = CiteReader(drafter, answers)
    reader.named_works |= listed
    references = find_cross_references(manuscript)
    decisions: list[CiteDecision] = []
    for number in range(_MOST_ROUNDS):
        before = reader.count_filed
        index = make_memory_index(linked, drafter.records, drafter.drafted_works)
        decisions = _decide_all(manuscript, references, index, reader, drafts_incomplete=number > 0)
        if number and reader.count_filed == before:
            break
    keeper, texts = WordKeeper(index), {note.number: note.text for note in manuscript.notes}
    # Where a reference manager or an editor says what a cite is, all words of it are of that.
    exact = {(note.number, cite.start) for note in manuscript.notes for cite in note.field_cites}
    decisions = [
        one if (one.note, one.start) in exact or _is_answered(one, answers) else keeper.keep(one, texts[one.note])
        for one in decisions
    ]
    printed = _print_all(manuscript, references, decisions)
    return replace(printed, records=_named(drafter.records, decisions), works=drafter.drafted_works)


def _is_answered(decision: CiteDecision, answers: Mapping[str, WorklistAnswer]) -> bool:
    return not answers.keys().isdisjoint((decision.source, name_source(decision.text, decision.locator)))


def _named(records: tuple[IncomingRecord, ...], decisions: list[CiteDecision]) -> tuple[IncomingRecord, ...]:
    """Return the drafts that a cite names, and those that these name. An answer may have left one without a cite."""
    by_key = {record.page.key: record for record in records}
    wanted = [one.key for one in decisions if one.key in by_key]
    named: set[str] = set()
    while wanted:
        key = wanted.pop()
        if key not in named:
            named.add(key)
            wanted += [str(value) for value in by_key[key].fields.values() if str(value) in by_key]
    return tuple(record for record in records if record.page.key in named)


def _decide_all(
    manuscript: Manuscript,
    references: CrossReferences,
    index: MemoryIndex,
    reader: CiteReader,
    *,
    drafts_incomplete: bool,
) -> list[CiteDecision]:
    decisions: list[CiteDecision] = []
    memory = NOTHING_BEFORE
    for note in manuscript.notes:
        answer = answer_note(blank_numbers(note.text), memory, index.shards, index.linked.phrases)
        own_numbers = references.numbers.get(note.number, {})
        meant = [one for one in decisions[-_LOOKED_BACK:] if not THROUGH.search(one.prefix)]
        around = Around(index, meant[-1] if meant else None, drafts_incomplete, own_numbers)
        own = reader.decide(note, answer["citations"], references.by_note[note.number], around)
        decisions += own
        meant = [one for one in own if not THROUGH.search(one.prefix)]
        memory = _correct(answer["memory"], meant[-1] if meant else None, index)
    return decisions


def _correct(memory: Memory, last: CiteDecision | None, index: MemoryIndex) -> Memory:
    """Return a memory in which an Ibid. means what was decided for the last cite, and nothing where that is open."""
    if last is None or memory.reading is None:
        return memory
    if not last.key:
        return replace(memory, hits=[])
    rows = rows_with(f"={last.key}", index.shards, [])
    return replace(memory, hits=[Hit(row, 3, [], 0) for row in rows[:1]]) if rows else memory


def _print_all(manuscript: Manuscript, references: CrossReferences, decisions: list[CiteDecision]) -> ReadNotes:
    by_note: dict[int, list[CiteDecision]] = {note.number: [] for note in manuscript.notes}
    for decision in decisions:
        by_note[decision.note].append(decision)
    shown = {
        number: [
            one
            for one in found
            if not any(d.key and d.start <= one.start < d.end for d in by_note[number]) and references.write(one)
        ]
        for number, found in references.by_note.items()
    }
    named = {one.number for found in shown.values() for one in found}
    printed: dict[int, str] = {}
    prose: set[int] = set()
    for note in manuscript.notes:
        text, is_prose = print_note(note, by_note[note.number], shown[note.number], references.write)
        printed[note.number] = text
        if is_prose or note.number in named:
            prose.add(note.number)
    return ReadNotes(tuple(decisions), printed, frozenset(prose))

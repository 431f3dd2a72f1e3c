"""Reads the notes of a manuscript: what each cite means, what is to be drafted, what is to be printed.

The notes are read by the lookup, in an index that also has what is drafted. So an Ibid. and a short form lead to a
draft by the same rules as to any other record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..edition.links import LinkedCorpus
from ..lookup.hits import NOTHING_BEFORE, Hit, Memory
from ..lookup.search import answer_note
from ..lookup.shards import rows_with
from ..values.locators import Locator, format_locator
from ..values.spelling import words_of
from .cross_references import count_marks, find_references, write_reference
from .deciding import choose, say_why
from .decisions import CiteDecision, Outcome, ReadNotes, WorklistAnswer
from .manuscript import Manuscript, ManuscriptNote
from .memory_index import MemoryIndex, make_memory_index
from .printing import print_note
from .said_cites import SaidCite, cut_cites


def read_notes(
    linked: LinkedCorpus, manuscript: Manuscript, answers: Mapping[str, WorklistAnswer], seen: str
) -> ReadNotes:
    """Return the notes of a manuscript, read.

    `answers`: of an editor, by `CiteDecision.source`; `seen`: how the author has seen the sources, "unknown" where
    nothing was said.
    """
    index = make_memory_index(linked)
    decisions = _decide_all(manuscript, index, answers)
    return _print_all(manuscript, decisions)


def _decide_all(
    manuscript: Manuscript, index: MemoryIndex, answers: Mapping[str, WorklistAnswer]
) -> list[CiteDecision]:
    decisions: list[CiteDecision] = []
    memory = NOTHING_BEFORE
    for note in manuscript.notes:
        answer = answer_note(note.text, memory, index.shards, index.linked.phrases)
        own = [_decide(note, cite, index, answers) for cite in cut_cites(note.text, answer["citations"])]
        decisions += own
        memory = _correct(answer["memory"], own[-1] if own else None, index)
    return decisions


def _correct(memory: Memory, last: CiteDecision | None, index: MemoryIndex) -> Memory:
    """Return a memory in which an Ibid. means what was decided for the last cite, and nothing where that is open."""
    if last is None or memory.reading is None:
        return memory
    if not last.key:
        return replace(memory, hits=[])
    rows = rows_with(f"={last.key}", index.shards, [])
    return replace(memory, hits=[Hit(row, 3, [], 0) for row in rows[:1]]) if rows else memory


def _decide(
    note: ManuscriptNote, cite: SaidCite, index: MemoryIndex, answers: Mapping[str, WorklistAnswer]
) -> CiteDecision:
    text = note.text[cite.start : cite.end]
    choice = choose(cite.answer, index.linked)
    outcome: Outcome = "found" if choice.key else "unsure" if choice.candidates else "left"
    said = cite.answer["locator"]
    locator = format_locator(Locator(said["label"], said["value"])) if said else ""
    source = choice.key or name_source(text, locator)
    key, why = choice.key, choice.why
    answered = answers.get(source)
    if answered is not None:
        key = "" if answered.answer == "leave" else answered.key or key or next(iter(choice.candidates), "")
        outcome, why = ("found" if key else "left"), say_why(index.linked.phrases, "answered")
    suffix = cite.remark if not cite.remark or cite.remark[0] in "([" else f", {cite.remark}"
    return CiteDecision(
        note.number, cite.start, cite.end, text, outcome, source, key, locator, cite.signal, suffix, why,
        choice.candidates,
    )  # fmt: skip


def name_source(text: str, locator: str) -> str:
    """Return what names the source of a cite in all notes: its words, without the place in it."""
    places = set(words_of(locator))
    words = words_of(text)
    while words and words[-1] in places:
        words.pop()
    return " ".join(words)


def _print_all(manuscript: Manuscript, decisions: list[CiteDecision]) -> ReadNotes:
    numbers = count_marks(manuscript)
    by_note: dict[int, list[CiteDecision]] = {note.number: [] for note in manuscript.notes}
    for decision in decisions:
        by_note[decision.note].append(decision)
    references = {
        note.number: [
            one
            for one in find_references(note, numbers.get(note.number, {}))
            if not any(d.key and d.start <= one.start < d.end for d in by_note[note.number])
            and write_reference(manuscript, one)
        ]
        for note in manuscript.notes
    }
    named = {one.number for found in references.values() for one in found}
    printed: dict[int, str] = {}
    prose: set[int] = set()
    for note in manuscript.notes:
        text, is_prose = print_note(
            note, by_note[note.number], references[note.number], lambda one: write_reference(manuscript, one)
        )
        printed[note.number] = text
        if is_prose or note.number in named:
            prose.add(note.number)
    return ReadNotes(tuple(decisions), printed, frozenset(prose))

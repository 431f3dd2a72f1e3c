"""Where the notes of an imported manuscript stand in its essays: each citation and footnote keeps its number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..reading.corpus import Corpus
from ..reading.texts import Cited, NoteCall, Piece
from ..reading.worklist_records import Worklist
from ..values.page_id import PageId
from .links import LinkedCorpus

# The name of a note in its author's own words, by its number in the manuscript: "[^n12]".
_NAME = re.compile(r"n([1-9][0-9]*)")


def number_in_manuscript(piece: Piece) -> int:
    """Return which note of a manuscript a citation or the call of a footnote was, 0 if it says nothing."""
    if not isinstance(piece, Cited | NoteCall):
        return 0
    named = _NAME.fullmatch(piece.name) if isinstance(piece, NoteCall) and not piece.marks.note else None
    return int(named[1]) if named else piece.marks.note


def essays_of(corpus: Corpus, worklist: Worklist) -> Iterator[PageId]:
    """Yield the essays that a worklist names, by their keys of today or of before."""
    for key in worklist.essays:
        former = (essay.key for essay in corpus.essays.values() if key in essay.former_keys)
        if found := key if key in corpus.essays else next(former, ""):
            yield PageId("essay", found)


def notes_there(corpus: Corpus, worklist: Worklist) -> frozenset[int]:
    """Return the notes of a manuscript that stand in its essays, or that need no place there."""
    found = {*worklist.left_out, *worklist.in_words}
    for page in essays_of(corpus, worklist):
        for _, _, text in corpus.essays[page.key].texts:
            found |= {number_in_manuscript(piece) for block in text.blocks for piece in block.pieces}
    return frozenset(found - {0})


def calls_of_notes(linked: LinkedCorpus, worklist: Worklist) -> Mapping[int, tuple[PageId, str]]:
    """Return the essay and the label of the note that each note of a manuscript became."""
    return {
        number: (page, call.label)
        for page in essays_of(linked.corpus, worklist)
        for call in linked.calls_by_page.get(page, ())
        if (number := number_in_manuscript(call.pieces[0]))
    }

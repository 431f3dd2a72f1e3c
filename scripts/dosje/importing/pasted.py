"""Reads a pasted footnote as the notes of a manuscript are read, so that what it cites can be drafted."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..edition.links import LinkedCorpus
from ..values.errors import OperationError
from ..values.page_id import PageId
from .decisions import ReadNotes
from .incoming import Brought
from .manuscript import Manuscript, ManuscriptNote
from .notes import read_notes
from .plan import Plan
from .planning import path_of_record, path_of_works

_FROM = "footnote"


class NothingCitedError(OperationError):
    """Nothing that could be filed was read in a footnote. Nothing was written."""


@dataclass(frozen=True)
class DraftedFootnote:
    """What a footnote became: the citations that stand for it, and where each record that it cites is.

    `cited`: path of the file and key, in the order of the footnote. `made`: paths of all files with something new.
    """

    citations: tuple[str, ...]
    cited: tuple[tuple[str, str], ...]
    made: tuple[str, ...]


def read_footnote(linked: LinkedCorpus, text: str, seen: str) -> tuple[Brought, ReadNotes]:
    """Return what footnotes, one a line, bring to an edition. Raises NothingCitedError if that is nothing."""
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    notes = tuple(
        ManuscriptNote(number, str(number), "footnote", line, line, _FROM) for number, line in enumerate(lines, 1)
    )
    read = read_notes(linked, Manuscript(_FROM, notes=notes), {}, seen)
    if not any(one.key for one in read.decisions):
        why = next((one.why for one in read.decisions if one.why), "")
        raise NothingCitedError(f"nothing in it could be filed{f': {why}' if why else ''}")
    works = tuple(replace(work, is_draft=True) for work in read.works)
    return Brought(read.records, works), read


def describe_footnote(linked: LinkedCorpus, read: ReadNotes, plan: Plan) -> DraftedFootnote:
    """Return where the records that a footnote cites stand, those of the edition and new ones."""
    corpus = linked.corpus
    works = {work.key for work in read.works}
    cited: dict[str, str] = {}
    for decision in read.decisions:
        key = decision.key
        if key in corpus.sources:
            cited[key] = corpus.sources[key].located.path
        elif key in corpus.works:
            cited[key] = corpus.works[key].span.path
        elif key:
            cited[key] = path_of_works(corpus) if key in works else path_of_record(PageId("source", key))
    return DraftedFootnote(
        tuple(read.printed.values()), tuple((path, key) for key, path in cited.items()), tuple(plan.files)
    )

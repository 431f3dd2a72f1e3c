"""Reads the files of an import by their kinds, into all that they bring."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from ..checking.edition import Checked
from .decisions import OUTCOMES, CiteDecision
from .documents import read_manuscript
from .essays import make_essays, with_free_keys
from .incoming import Brought, NotUnderstood
from .manuscript import Manuscript
from .manuscript_files import DOCUMENT_ENDINGS
from .notes import read_notes
from .work_files import WORK_READERS, read_work_file
from .worklist import read_answers, write_worklist

IMPORTED = (*DOCUMENT_ENDINGS, *WORK_READERS)


def known_ending(path: Path) -> str:
    """Return why a file of this name cannot be imported, "" if its ending is known."""
    if path.suffix.lower() in IMPORTED:
        return ""
    return f'nothing reads "{path.name}": a file to import ends in {", ".join(sorted(IMPORTED))}'


@dataclass(frozen=True)
class ImportOptions:
    """What is said of an import beside its files.

    `seen`: what of archival documents one has seen, "" where nobody has said it. `with_comments`: comments in the
    margin of a manuscript are read.
    """

    seen: str = ""
    with_comments: bool = False


def bring_files(
    checked: Checked, paths: Iterable[Path], options: ImportOptions, tell: Callable[[str], None]
) -> Brought:
    """Return all that files bring to an edition that has no errors. Writes nothing. Raises OperationError, OSError."""
    brought = Brought()
    for path in paths:
        bring = _bring_manuscript if path.suffix.lower() in DOCUMENT_ENDINGS else _bring_works
        brought += bring(checked, path, options, tell)
    return brought


def _bring_works(checked: Checked, path: Path, options: ImportOptions, tell: Callable[[str], None]) -> Brought:
    assert checked.corpus is not None
    read = read_work_file(path, checked.corpus.settings, tell)
    return Brought((), read.works, {}, read.not_understood)


def _bring_manuscript(checked: Checked, path: Path, options: ImportOptions, tell: Callable[[str], None]) -> Brought:
    """Return what a manuscript brings: essays, drafts of what its notes cite, pictures."""
    assert checked.corpus is not None and checked.linked is not None
    limits = checked.corpus.settings.means.limits
    manuscript = read_manuscript(path, limits, with_comments=options.with_comments, tell=tell)
    manuscript = with_free_keys(checked.corpus, manuscript)
    for finding in manuscript.findings:
        tell(f"{finding.span}: {finding.message}")
    tell(f"{path.name}: {len(manuscript.chapters)} chapters, {len(manuscript.notes)} notes; the lookup reads them")
    answers = read_answers(checked.corpus, manuscript.path)
    read = read_notes(checked.linked, manuscript, answers, options.seen or "unknown")
    counts = Counter(decision.outcome for decision in read.decisions)
    tell(f"{path.name}: {', '.join(f'{counts[outcome]} {outcome}' for outcome in OUTCOMES)}")
    left = tuple(
        NotUnderstood(_place_of(manuscript, one), one.text, one.why or one.outcome, "note")
        for one in read.decisions
        if one.outcome in ("unsure", "left")
    )
    works = tuple(replace(work, is_draft=True) for work in read.works)
    essays = make_essays(manuscript, read)
    worklist, raw = write_worklist(checked.corpus, manuscript, read, [essay.page.key for essay in essays])
    return Brought((*essays, *read.records), works, manuscript.pictures, left, {worklist: raw})


def _place_of(manuscript: Manuscript, decision: CiteDecision) -> str:
    places = {note.number: note.place for note in manuscript.notes}
    return f"{manuscript.path}, {places[decision.note]}"

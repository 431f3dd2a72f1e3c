"""Reads the files of an import by their kinds, into all that they bring."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from ..edition.links import LinkedCorpus
from ..reading.corpus import Corpus
from ..reading.files import encode_like, read_text
from ..values.errors import OperationError
from .answering import put_answers
from .archival_items import file_items
from .decisions import OUTCOMES, CiteDecision, ReadNotes
from .documents import read_manuscript
from .essays import make_essays, with_free_keys
from .incoming import Brought, IncomingRecord, NotUnderstood, Rewritten
from .manuscript import Manuscript
from .manuscript_files import DOCUMENT_ENDINGS
from .mapping import read_mapping
from .notes import read_notes
from .own_tables import map_by_heads, propose_mapping
from .sheets import SHEET_ENDINGS, SheetForm, read_sheet
from .source_tables import is_source_table, read_source_table
from .table_records import read_rows
from .work_files import WORK_READERS, not_understood, read_work_file
from .worklist import read_answers, write_worklist

IMPORTED = (*DOCUMENT_ENDINGS, *WORK_READERS, *SHEET_ENDINGS)


def known_ending(path: Path) -> str:
    """Return why a file of this name cannot be imported, "" if its ending is known."""
    if path.suffix.lower() in IMPORTED:
        return ""
    return f'nothing reads "{path.name}": a file to import ends in {", ".join(sorted(IMPORTED))}'


@dataclass(frozen=True)
class ImportOptions:
    """What is said of an import beside its files.

    `seen`: what of archival documents one has seen, "" where nobody has said it. `with_comments`: comments in the
    margin of a manuscript are read. `mapping`: the file that says what the columns of tables are.
    """

    seen: str = ""
    mapping: Path | None = None
    with_comments: bool = False


def is_table(path: Path) -> bool:
    """Say whether a file is a table, by its ending."""
    return path.suffix.lower() in SHEET_ENDINGS


def bring_files(
    linked: LinkedCorpus, paths: Iterable[Path], options: ImportOptions, tell: Callable[[str], None]
) -> Brought:
    """Return all that files bring to an edition that has no errors. Writes nothing. Raises OperationError, OSError."""
    brought = Brought()
    for path in paths:
        ending = path.suffix.lower()
        if ending in SHEET_ENDINGS:
            brought += _bring_table(linked, path, options, brought, tell)
        else:
            bring = _bring_manuscript if ending in DOCUMENT_ENDINGS else _bring_works
            brought += bring(linked, path, options, tell)
    return brought


def _bring_table(
    linked: LinkedCorpus, path: Path, options: ImportOptions, before: Brought, tell: Callable[[str], None]
) -> Brought:
    """Return the records of a table. `before`: what the files before it bring."""
    corpus, mapping = linked.corpus, None
    if options.mapping is not None:
        mapping, findings = read_mapping(options.mapping)
        if mapping is None or findings:
            return Brought(not_understood=tuple(not_understood(finding) for finding in findings))
    tell(f"reading {path.name}")
    sheet, wrong = read_sheet(path, mapping.form if mapping else SheetForm())
    if sheet is None:
        return Brought(not_understood=wrong)
    tell(f"{path.name}: {len(sheet.rows)} rows")
    if mapping is None and is_source_table(linked, path, sheet):
        items, refused = read_source_table(linked, sheet)
        records, unread = file_items(linked, items, options.seen or "unknown")
        return Brought(records, not_understood=(*refused, *unread))
    found = mapping or map_by_heads(corpus, path, sheet)
    if isinstance(found, str):
        return Brought(not_understood=(NotUnderstood(sheet.place(sheet.header), "", found),))
    read = read_rows(corpus, sheet, found, before, tell)
    return replace(read, records=tuple(_with_seen(record, options.seen) for record in read.records))


def _with_seen(record: IncomingRecord, seen: str) -> IncomingRecord:
    """Return a record that says what of a source was seen: what its file says, or what the import does."""
    if record.page.kind != "source" or record.fields.get("seen"):
        return record
    return replace(record, fields={**record.fields, "seen": seen or "unknown"})


def write_proposal(corpus: Corpus, path: Path) -> str:
    """Return the text of a mapping file for a table, to be changed by hand. Raises OperationError; OSError."""
    sheet, wrong = read_sheet(path, SheetForm())
    if sheet is None:
        raise OperationError("; ".join(f"{one.place}: {one.why}" for one in wrong))
    return propose_mapping(corpus, path, sheet)


def _bring_works(linked: LinkedCorpus, path: Path, options: ImportOptions, tell: Callable[[str], None]) -> Brought:
    read = read_work_file(path, linked.corpus.settings, linked.corpus.sources, tell)
    records, unread = file_items(linked, read.units, options.seen or "unknown")
    return Brought(records, read.works, {}, (*read.not_understood, *unread))


def _bring_manuscript(linked: LinkedCorpus, path: Path, options: ImportOptions, tell: Callable[[str], None]) -> Brought:
    """Return what a manuscript brings: essays, drafts of what its notes cite, pictures."""
    limits = linked.corpus.settings.means.limits
    manuscript = read_manuscript(path, limits, with_comments=options.with_comments, tell=tell)
    manuscript = with_free_keys(linked.corpus, manuscript)
    for finding in manuscript.findings:
        tell(f"{finding.span}: {finding.message}")
    tell(f"{path.name}: {len(manuscript.chapters)} chapters, {len(manuscript.notes)} notes; the lookup reads them")
    answers = read_answers(linked.corpus, manuscript.path)
    read = read_notes(linked, manuscript, answers, options.seen or "unknown")
    counts = Counter(decision.outcome for decision in read.decisions)
    tell(f"{path.name}: {', '.join(f'{counts[outcome]} {outcome}' for outcome in OUTCOMES)}")
    left = tuple(
        NotUnderstood(_place_of(manuscript, one), one.text, one.why or one.outcome, "note")
        for one in read.decisions
        if one.outcome in ("unsure", "left") and one.source not in answers
    )
    works = tuple(replace(work, is_draft=True) for work in read.works)
    essays = make_essays(manuscript, read)
    answered = _put_answers(linked, manuscript, read, options) if answers else ()
    worklist = write_worklist(linked.corpus, manuscript, read, [essay.page.key for essay in essays])
    changed = {one.key for one in answered}
    records = (*(essay for essay in essays if essay.page.key not in changed), *read.records)
    return Brought(records, works, manuscript.pictures, left, (*answered, worklist))


def _put_answers(
    linked: LinkedCorpus, manuscript: Manuscript, now: ReadNotes, options: ImportOptions
) -> tuple[Rewritten, ...]:
    """Return the essays that an earlier import wrote, with the answers in them that they do not have yet."""
    corpus = linked.corpus
    before = read_notes(linked, manuscript, {}, options.seen or "unknown")
    found = []
    for chapter in manuscript.chapters:
        essay = corpus.essays.get(chapter.key)
        body, numbers = put_answers(essay.model.body, manuscript, before, now) if essay else ("", ())
        if essay is None or not numbers:
            continue
        path = corpus.settings.root / essay.located.path
        text, _ = read_text(path, corpus.settings.root)
        assert text is not None  # it was read before
        raw = encode_like(path, text.removesuffix(essay.model.body) + body)
        notes = ", ".join(map(str, numbers))
        said = f"answers put in: note{'s' if len(numbers) > 1 else ''} {notes}"
        found.append(Rewritten("essay", chapter.key, essay.located.path, raw, manuscript.path, said))
    return tuple(found)


def _place_of(manuscript: Manuscript, decision: CiteDecision) -> str:
    places = {note.number: note.place for note in manuscript.notes}
    return f"{manuscript.path}, {places[decision.note]}"

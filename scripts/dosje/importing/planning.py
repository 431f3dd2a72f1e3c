"""Makes the plan of an import: what is new, the same, different, or not understood, and the files that it writes.

Nothing that an edition has is changed: a new record is a new file, or an entry behind the last one of its list.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ..checking.keys import explain_new_key
from ..citing.works import read_all_works
from ..editing.list_entries import ListError, add_entries
from ..edition.pages import name_of_page
from ..exporting.biblatex import BibEntry, entry_of_item, format_entry
from ..exporting.csl_json import item_of_work
from ..exporting.items import Item
from ..reading.bibliography import Work
from ..reading.corpus import Corpus, Record
from ..reading.fields import Model
from ..reading.files import MAX_BIB, MAX_TEXT, encode_like, read_bytes, read_text, way_out
from ..reading.keys import is_reserved, is_valid_key
from ..reading.kinds import KINDS, Kind
from ..reading.record_files import understand_file
from ..values.errors import OperationError
from ..values.page_id import PageId
from .differences import differences_of_record, differences_of_work, find_same_work, work_of_entry
from .incoming import Brought, IncomingRecord, IncomingWork, NotUnderstood, Rewritten
from .plan import Plan, PlanRow, RowState
from .record_text import write_fields

# The file of works that were imported, in the folder of works.
IMPORTED_WORKS = "imported.bib"
# How often progress is told, in records.
_STEP = 5_000
_UNKNOWN = "unknown"  # what `seen` says then


class ImportPlanError(OperationError):
    """The import cannot be planned, or would leave an edition that no longer builds. Nothing was written."""


class UnsaidSeenError(OperationError):
    """Archival documents are to be written, and nobody has said what of them was seen. Nothing was written."""


@dataclass
class _Draft:
    """What is planned so far. `taken`: names of pages that new records get -> the places that bring them, and texts."""

    corpus: Corpus
    rows: list[PlanRow] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    entries: dict[str, dict[str, str]] = field(default_factory=dict)  # of lists, by path
    works: list[str] = field(default_factory=list)
    taken: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """The works of the edition, by key, as objects of CSL-JSON."""
        settings, works = self.corpus.settings, self.corpus.works
        metas = read_all_works(self.corpus.bib_files, settings.locale, settings.means, settings.phrases)
        return {key: item_of_work(works[key], meta) for key, meta in metas.items()}

    def add_row(self, state: RowState, page: PageId, place: str, note: str = "") -> None:
        self.rows.append(PlanRow(state, page.kind, page.key, place, note))

    @cached_property
    def names(self) -> frozenset[tuple[str, str]]:
        """What new records may not be called, because others are."""
        pages = [record.page for record in self.corpus.records()]
        pages += [PageId("source", key) for key in self.corpus.works]
        return frozenset(_name_taken(page) for page in pages)

    @cached_property
    def once_taken(self) -> frozenset[str]:
        """Keys that records had, or that addresses had which were published."""
        former = [key for record in self.corpus.records() for key in record.former_keys]
        former += [key for work in self.corpus.works.values() for key in work.former_keys]
        published = [entry.address.rstrip("/").rpartition("/")[2] for entry in self.corpus.ledger.entries]
        return frozenset([*former, *published])

    @cached_property
    def former(self) -> Mapping[PageId, str]:
        """The keys that records have now, by those that they had."""
        return {PageId(record.kind, key): record.key for record in self.corpus.records() for key in record.former_keys}

    def state_of_key(self, page: PageId, text: str, *, is_work: bool = False) -> tuple[RowState, str]:
        """Return whether a record or work with this text can have its key, and why not; "same" if it was brought."""
        # To explain a key costs a look at all others. So it is done only for one that may be taken.
        may_be_taken = is_work or _name_taken(page) in self.names or page.key in self.once_taken
        is_plain = is_valid_key(page.key) and not is_reserved(page.key) and page.kind != "page" and page.key != "index"
        problem = ""
        if may_be_taken or not is_plain:
            problem = explain_new_key(self.corpus, page, page.key, is_new_work=is_work)
        if problem:
            return "different" if is_work or is_valid_key(page.key) else "not understood", problem
        place, before = self.taken.get(_name_taken(page), ("", ""))
        if place and before == text:
            return "same", ""
        return ("different", f'"{page.key}" is also the key of what stands in {place}') if place else ("new", "")

    def take_key(self, page: PageId, place: str, text: str) -> None:
        self.taken[_name_taken(page)] = (place, text)


def _name_taken(page: PageId) -> tuple[str, str]:
    """Return what two records may not share: the names of their pages, among kinds that share keys in all of these."""
    return "" if KINDS[page.kind].shares_keys else page.kind, name_of_page(page).lower()


def _ignore(line: str) -> None:
    """Take a line of progress and show it nowhere."""


def make_plan(corpus: Corpus, brought: Brought, tell: Callable[[str], None] = _ignore) -> Plan:
    """Return what an import does to an edition that has no errors. Reads files, and writes none.

    `tell`: is told how far it is, on long lists. Raises ImportPlanError if a file of the edition cannot take what is
    new, or a path leads out of it; OSError.
    """
    draft = _Draft(corpus)
    for count, record in enumerate(brought.records, 1):
        _plan_record(draft, record)
        if count % _STEP == 0:
            tell(f"compared {count} of {len(brought.records)} records with the edition")
    for work in brought.works:
        _plan_work(draft, work)
    for path, raw in brought.pictures.items():
        _plan_picture(draft, path, raw)
    for file in brought.rewritten:
        _plan_rewritten(draft, file)
    for one in brought.not_understood:
        draft.rows.append(PlanRow("not understood", one.kind, "", one.place, _say_unread(one)))
    _join_lists(draft)
    _join_works(draft)
    root = corpus.settings.root
    for path in draft.files:
        if problem := way_out(root / path, root):
            raise ImportPlanError(f"{path} {problem}: copy it into the edition")
    return Plan(tuple(sorted(draft.rows, key=lambda row: _natural(row.place))), dict(sorted(draft.files.items())))


def require_seen(plan: Plan, brought: Brought) -> None:
    """Raise UnsaidSeenError if a plan has new archival documents of which nobody knows what was seen."""
    new = {row.key for row in plan.rows if row.state == "new" and row.kind == "source"}
    unsaid = {
        one.page.key for one in brought.records if one.page.kind == "source" and one.fields.get("seen") == _UNKNOWN
    }
    if count := len(new & unsaid):
        what = "archival unit is" if count == 1 else "archival units are"
        raise UnsaidSeenError(f"{count} {what} new: say what you have seen of such, --seen original, scan or via")


def path_of_record(page: PageId) -> str:
    """Return the file of a new record: its own, or that of its list."""
    row = KINDS[page.kind]
    return f"content/{row.path_in_content}" + ("" if row.kept_in == "list" else f"/{page.key}{row.ending}")


def path_of_works(corpus: Corpus) -> str:
    """Return the file that takes imported works."""
    settings = corpus.settings
    return settings.bib_file or f"{settings.bib_dir}/{IMPORTED_WORKS}"


def _say_unread(one: NotUnderstood) -> str:
    text = " ".join(one.text.split())
    return f"{one.why}: {text}" if text else one.why


def _natural(place: str) -> list[tuple[int, str]]:
    """Return the order of a place: "note 9" before "note 10"."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"([0-9]+)", place)]


def _plan_record(draft: _Draft, incoming: IncomingRecord) -> None:
    page, place = incoming.page, incoming.place
    path, text = path_of_record(page), text_of_record(draft.corpus, incoming)
    found, findings = understand_file(page.kind, path, text, draft.corpus.vocabulary)
    record = found.get(page.key)
    if record is None:
        why = "; ".join(f"{one.message} ({one.hint})" if one.hint else one.message for one in findings)
        draft.add_row("not understood", page, place, why)
        return
    existing = _existing_record(draft, page)
    if existing is not None:
        differs = differences_of_record(existing, record, incoming.fields)
        draft.add_row("different" if differs else "same", page, place, differs)
        return
    state, problem = draft.state_of_key(page, text)
    if state != "new":
        draft.add_row(state, page, place, problem)
        return
    root = draft.corpus.settings.root
    if KINDS[page.kind].kept_in == "list":
        draft.entries.setdefault(path, {})[page.key] = text
    elif (root / path).exists() or (root / path).is_symlink():
        draft.add_row("different", page, place, f"{path} is there already; nothing is overwritten")
        return
    else:
        draft.files[path] = text.encode()
    draft.take_key(page, place, text)
    draft.add_row("new", page, place)


def _existing_record(draft: _Draft, page: PageId) -> Record[Model] | None:
    """Return the record that has a key, or had it before."""
    records = draft.corpus.by_kind[page.kind]
    return records.get(page.key) or records.get(draft.former.get(page, ""))


def _existing_work(corpus: Corpus, key: str) -> Work | None:
    former = (work for work in corpus.works.values() if key in work.former_keys)
    return corpus.works.get(key) or next(former, None)


def text_of_record(corpus: Corpus, incoming: IncomingRecord) -> str:
    """Return the text of a new record: of its file, or of its entry in a list."""
    kind = KINDS[incoming.page.kind]
    fields = write_fields(incoming.fields, kind)
    if kind.kept_in == "list":
        return f"{incoming.page.key}:\n{textwrap.indent(fields, '  ')}"
    if kind.kept_in == "prose":
        body = incoming.body.strip("\n")
        return f"---\n{fields}---\n" + (f"\n{body}\n" if body else "")
    return f"{_schema_line(corpus, kind)}{fields}"


def _schema_line(corpus: Corpus, kind: Kind) -> str:
    """Return the line by which editor programs find the schema of a record, where the edition keeps schemas."""
    name = f"schemas/{kind.template_name}.json"
    return f"# yaml-language-server: $schema=../../{name}\n" if (corpus.settings.root / name).is_file() else ""


def _plan_work(draft: _Draft, incoming: IncomingWork) -> None:
    corpus, page = draft.corpus, PageId("source", incoming.key)
    entry = incoming.entry or _write_entry(corpus, incoming)
    work, findings = work_of_entry(entry)
    if work is None or work.key != incoming.key or findings:
        why = findings[0].message if findings else f'"{incoming.key}" cannot be the key of a work'
        draft.rows.append(PlanRow("not understood", "work", incoming.key, incoming.place, why))
        return
    if existing := _existing_work(corpus, incoming.key):
        differs = differences_of_work(draft.items[existing.key], dict(incoming.item))
        draft.rows.append(PlanRow("different" if differs else "same", "work", incoming.key, incoming.place, differs))
    elif same := find_same_work(draft.items.values(), dict(incoming.item)):
        note = f'the edition has it as "{same["id"]}"'
        draft.rows.append(PlanRow("same", "work", incoming.key, incoming.place, note))
    else:
        state, problem = draft.state_of_key(page, entry, is_work=True)
        draft.rows.append(PlanRow(state, "work", incoming.key, incoming.place, problem))
        if state == "new":
            draft.works.append(entry)
            draft.take_key(page, incoming.place, entry)


def _write_entry(corpus: Corpus, incoming: IncomingWork) -> str:
    entry = entry_of_item(dict(incoming.item), corpus.settings.phrases)
    fields = {**entry.fields, "draft": "true"} if incoming.is_draft else entry.fields
    return format_entry(BibEntry(entry.entry_type, entry.key, fields))


def _plan_picture(draft: _Draft, name: str, raw: bytes) -> None:
    root, path = draft.corpus.settings.root, f"content/{name}"
    if ".." in name.split("/") or name.startswith("/"):
        raise ImportPlanError(f"{path} leads out of the edition")
    if (root / path).exists() or (root / path).is_symlink():
        is_same = not way_out(root / path, root) and read_bytes(root / path, len(raw)) == raw
        note = "" if is_same else "another file has this name; it stays"
        draft.rows.append(PlanRow("same" if is_same else "different", "picture", name, path, note))
        return
    draft.files[path] = raw
    draft.rows.append(PlanRow("new", "picture", name, path))


def _plan_rewritten(draft: _Draft, file: Rewritten) -> None:
    corpus = draft.corpus
    place = corpus.settings.root / file.path
    is_known = file.kind != "worklist" or any(one.path == file.path for one in corpus.worklists)
    if is_known and read_bytes(place, MAX_TEXT) == file.raw:
        draft.rows.append(PlanRow("same", file.kind, file.key, file.place))
    elif (place.exists() or place.is_symlink()) and not is_known:
        draft.rows.append(PlanRow("different", file.kind, file.key, file.place, "another file is there; it stays"))
    else:
        draft.files[file.path] = file.raw
        draft.rows.append(PlanRow("new", file.kind, file.key, file.place, file.note))


def _join_lists(draft: _Draft) -> None:
    root = draft.corpus.settings.root
    for path, entries in draft.entries.items():
        try:
            draft.files[path] = encode_like(root / path, add_entries(root, path, entries))
        except ListError as error:
            raise ImportPlanError(str(error)) from error


def _join_works(draft: _Draft) -> None:
    if not draft.works:
        return
    root, path = draft.corpus.settings.root, path_of_works(draft.corpus)
    before = ""
    if (root / path).exists() or (root / path).is_symlink():
        text, findings = read_text(root / path, root, MAX_BIB)
        if text is None:
            raise ImportPlanError("\n".join(f"{finding.span}: {finding.message}" for finding in findings))
        before = text if text.endswith("\n") or not text else f"{text}\n"
    between = "\n" if before.strip() else ""
    draft.files[path] = encode_like(root / path, f"{before}{between}{chr(10).join(draft.works)}")

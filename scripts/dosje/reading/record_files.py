"""Reads an edition's records from its files. Only this module does so.

It says whether a record can be understood by itself. Whether records agree with one another is for the checks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path, PurePosixPath

from ..values.characters import find_signs
from ..values.findings import Finding, Span, did_you_mean
from .assets import check_assets
from .bibliography import BibFile, join_files, read_bib
from .corpus import ALL_KEYS, Corpus, Record
from .csl_items import read_csl_json
from .fields import Model
from .files import MAX_BIB, MAX_TEXT, find_files, name_of, read_text, way_out
from .kinds import KINDS, kinds_kept_in
from .ledger import read_ledger
from .mkdocs_pages import documents_of
from .own_labels import own_words_of
from .records import Document
from .ris_items import read_ris
from .settings import Settings
from .validation import check_key, make_record
from .vocabulary import DEFAULTS, Vocabulary
from .vocabulary_file import FILE as VOCABULARY
from .vocabulary_file import read_vocabulary
from .worklists import read_worklists
from .yamltree import Located, read_yaml

# The endings of files that are read. No folder may have one of them.
_READ = (".yml", ".yaml", ".md", ".bib")
# What reads the works of a file, by its ending in small letters.
_READERS = {".bib": read_bib, ".ris": read_ris, ".json": read_csl_json}
# In these, other programs keep works.
_OTHER_WORKS = frozenset({
    ".enw", ".enl", ".nbib", ".ciw", ".isi", ".xml", ".rdf", ".bibtex", ".biblatex", ".txt", ".yml", ".yaml", ".csv",
    ".xlsx", ".docx", ".rtf", ".bibx", ".end", ".copac", ".med", ".mods", ".zip",
})  # fmt: skip


@dataclass
class _Read:
    """What has been read so far, and what was wrong with it."""

    root: Path
    findings: list[Finding] = field(default_factory=list)
    by_kind: dict[str, dict[str, Record[Model]]] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    unread: set[tuple[str, str]] = field(default_factory=set)
    vocabulary: Vocabulary = DEFAULTS

    def add(self, kind: str, key: str, record: Record[Model] | None) -> None:
        """Add a record, or note that it exists and could not be read."""
        records = self.by_kind[kind]
        if record is None:
            self.unread.add((kind, key))
        elif key in records:
            # The file's name is the key, so this is a file of the same name in another folder.
            message = f'"{key}" is also the key of {records[key].located.path}'
            self.findings.append(Finding(record.span(), "key-clash", message, "rename one of both files"))
        else:
            records[key] = record


def read_corpus(settings: Settings) -> tuple[Corpus, list[Finding]]:
    """Return all records that could be read, and findings on all that could not."""
    read = _Read(settings.root)
    _read_content(settings, read)
    if settings.docs_dir:
        read.findings += find_files(settings.root / settings.docs_dir, settings.root).findings
    for key, path in documents_of(settings).items():
        text = _read_file(path, settings.root, read.findings)
        record = _understand_document(key, name_of(path, settings.root), text) if text is not None else None
        read.add("page", key, record)
    bib_files = _read_bib_files(settings, read)
    ledger, found = read_ledger(settings.root)
    read.findings += found
    worklists, found = read_worklists(settings.root) if not settings.docs_dir else ((), [])
    read.findings += found
    settings = replace(settings, vocabulary=read.vocabulary)
    _let_documents_cite(read, bib_files)
    own_words = own_words_of(read.by_kind, settings.folio_label)
    if own_words:
        for kind, records in read.by_kind.items():
            read.by_kind[kind] = {key: replace(record, own_words=own_words) for key, record in records.items()}
    corpus = Corpus(settings, read.by_kind, bib_files, frozenset(read.unread), ledger, own_words, worklists)
    return corpus, sorted(set(read.findings))


def _let_documents_cite(read: _Read, bib_files: Iterable[BibFile]) -> None:
    """Tell pages written for MkDocs alone what they may cite: all else is left as they have it."""
    pages = read.by_kind["page"]
    if ("source", ALL_KEYS) in read.unread or not any(isinstance(page.model, Document) for page in pages.values()):
        return
    unread = {key for kind, key in read.unread if kind == "source"}
    works = {work.key for bib in bib_files for work in bib.works}
    citable = frozenset(works | unread | read.by_kind["source"].keys())
    for key, page in pages.items():
        pages[key] = replace(page, citable=citable) if isinstance(page.model, Document) else page


def _read_content(settings: Settings, read: _Read) -> None:
    """Read the records in content/."""
    root, content, findings = settings.root, settings.root / "content", read.findings
    if not way_out(content, root):
        _check_names(content, root, findings)
    found = find_files(content, root, _READ)
    findings += found.findings
    vocabulary = read.vocabulary = _read_vocabulary(content, found.files, root, findings)
    findings += check_assets(found.files, root, settings.extra_files)
    for kind in kinds_kept_in("files"):
        for path in _files(found.files, content / kind.path_in_content, (".yml", ".yaml"), root, findings):
            read.add(kind.name, path.stem, _read_record(kind.name, path, root, vocabulary, findings))
    for kind in kinds_kept_in("list"):
        path = content / kind.path_in_content
        if path in found.files:
            for key, record in _read_list(kind.name, path, root, vocabulary, findings):
                read.add(kind.name, key, record)
        elif path.exists():
            read.unread.add((kind.name, ALL_KEYS))
    for kind in kinds_kept_in("prose"):
        for path in _files(found.files, content / kind.path_in_content, (".md",), root, findings):
            read.add(kind.name, path.stem, _read_prose(kind.name, path, root, vocabulary, findings))


def _read_bib_files(settings: Settings, read: _Read) -> tuple[BibFile, ...]:
    """Return the files of published works that could be read."""
    bib_files = []
    for path in _bib_files(settings, read.findings):
        text = _read_file(path, settings.root, read.findings, MAX_BIB)
        if text is None:
            read.unread.add(("source", ALL_KEYS))
            continue
        bib, found = _READERS.get(path.suffix.lower(), read_bib)(text, name_of(path, settings.root))
        read.findings += found
        read.unread |= {("source", key) for key in bib.unread}
        if path.suffix.lower() != ".bib" and not bib.works and found:
            read.unread.add(("source", ALL_KEYS))
        bib_files.append(bib)
    joined, found = join_files(bib_files)
    read.findings += found
    return joined


def _bib_files(settings: Settings, findings: list[Finding]) -> list[Path]:
    """Return the files of works: in the folder and below it. A site made for MkDocs alone has .bib files only."""
    if settings.bib_file:
        return [settings.root / settings.bib_file]
    folder = settings.root / settings.bib_dir
    found = find_files(folder, settings.root, _READ)
    findings += found.findings
    if settings.docs_dir:
        return [path for path in found.files if path.parent == folder and path.suffix == ".bib"]
    for path in found.files:
        if path.suffix.lower() in _OTHER_WORKS:
            message = f"files that end in {path.suffix} are not read here"
            hint = "export it as BibLaTeX (.bib), RIS (.ris) or CSL JSON (.json)"
            findings.append(Finding(Span(name_of(path, settings.root), 1, 1), "unread-file", message, hint))
    return [path for path in found.files if path.suffix.lower() in _READERS]


def _files(
    found: Iterable[Path], folder: Path, suffixes: tuple[str, ...], root: Path, findings: list[Finding]
) -> list[Path]:
    """Return those of the files found that lie in `folder` and hold records of one kind."""
    files = []
    for path in (path for path in found if path.is_relative_to(folder)):
        if path.suffix in suffixes:
            files.append(path)
        elif path.suffix.lower() in (".yml", ".yaml", ".md", ".json", ".txt"):
            message = f"files in {folder.name}/ end in {suffixes[0]}; this one would not be read"
            hint = f"rename it to {path.stem}{suffixes[0]}"
            findings.append(Finding(Span(name_of(path, root), 1, 1), "bad-key", message, hint))
    return files


def _check_names(content: Path, root: Path, findings: list[Finding]) -> None:
    """Find names that are nearly those of our folders and lists: nothing would read them."""
    known = {*(kind.path_in_content for kind in KINDS.values()), "assets", VOCABULARY}
    for path in sorted(content.iterdir()) if content.is_dir() else []:
        hint = did_you_mean(path.name, known)
        if hint and path.name not in known:
            span = Span(name_of(path, root), 1, 1)
            findings.append(Finding(span, "bad-key", f'nothing reads "{span.path[8:]}" in content/', hint))


def vocabulary_of(settings: Settings) -> tuple[Vocabulary, tuple[Finding, ...]]:
    """Return the vocabulary of an edition alone, and what is wrong with its file."""
    findings: list[Finding] = []
    content = settings.root / "content"
    found = find_files(content, settings.root, _READ).files
    return _read_vocabulary(content, found, settings.root, findings), tuple(findings)


def _read_vocabulary(content: Path, found: Iterable[Path], root: Path, findings: list[Finding]) -> Vocabulary:
    path = content / VOCABULARY
    text = _read_file(path, root, findings) if path in found else None
    if text is None:
        return DEFAULTS
    vocabulary, problems = read_vocabulary(text, name_of(path, root))
    findings += problems
    return vocabulary


def understand_file(
    kind: str, name: str, text: str, vocabulary: Vocabulary
) -> tuple[Mapping[str, Record[Model] | None], _Findings]:
    """Return the records of a file of one kind by key, and what is wrong with its text. `name`: its path.

    A record that cannot be read is None.
    """
    kept_in = KINDS[kind].kept_in
    if kept_in == "list":
        found, findings = _understand_list(kind, name, text, vocabulary)
        return dict(found), findings
    understand = _understand_prose if kept_in == "prose" else _understand_record
    record, findings = understand(kind, name, text, vocabulary)
    return {PurePosixPath(name).stem: record}, findings


def _read_file(path: Path, root: Path, findings: list[Finding], limit: int = MAX_TEXT) -> str | None:
    text, found = read_text(path, root, limit)
    findings += found
    return text


# The record depends on the file's text alone. So it is kept, and a preview parses only what was saved.
_keep = lru_cache(maxsize=1 << 16)
_Findings = tuple[Finding, ...]
# A key, and the record if it could be read.
_Keyed = tuple[str, Record[Model] | None]


def _read_record(
    kind: str, path: Path, root: Path, vocabulary: Vocabulary, findings: list[Finding]
) -> Record[Model] | None:
    text = _read_file(path, root, findings)
    if text is None:
        return None
    record, found = _understand_record(kind, name_of(path, root), text, vocabulary)
    findings += found
    return record


@_keep
def _understand_record(
    kind: str, name: str, text: str, vocabulary: Vocabulary = DEFAULTS
) -> tuple[Record[Model] | None, _Findings]:
    located, findings = read_yaml(text, name)
    check_key(PurePosixPath(name).stem, Span(name, 1, 1), findings)
    record = make_record(kind, located, (), findings, vocabulary=vocabulary) if located else None
    return record, tuple(findings)


def _read_list(
    kind: str, path: Path, root: Path, vocabulary: Vocabulary, findings: list[Finding]
) -> tuple[_Keyed, ...]:
    text = _read_file(path, root, findings)
    if text is None:
        return ((ALL_KEYS, None),)
    records_by_key, found = _understand_list(kind, name_of(path, root), text, vocabulary)
    findings += found
    return records_by_key


@_keep
def _understand_list(kind: str, name: str, text: str, vocabulary: Vocabulary) -> tuple[tuple[_Keyed, ...], _Findings]:
    located, findings = read_yaml(text, name)
    if located is None:
        return ((ALL_KEYS, None),), tuple(findings)
    if located.value in (None, ""):
        return (), tuple(findings)
    if not isinstance(located.value, dict):
        message = f"{PurePosixPath(name).name} holds keys, each with its fields below it"
        findings.append(Finding(located.span(), "wrong-type", message, f"a-key: {{name: A {kind}}}"))
        return ((ALL_KEYS, None),), tuple(findings)
    found = []
    for key in located.value:
        check_key(key, located.key_span((key,)), findings)
        found.append((key, make_record(kind, located, (key,), findings, vocabulary=vocabulary)))
    return tuple(found), tuple(findings)


def _read_prose(
    kind: str, path: Path, root: Path, vocabulary: Vocabulary, findings: list[Finding]
) -> Record[Model] | None:
    text = _read_file(path, root, findings)
    if text is None:
        return None
    record, found = _understand_prose(kind, name_of(path, root), text, vocabulary)
    findings += found
    return record


@_keep
def _understand_prose(
    kind: str, name: str, text: str, vocabulary: Vocabulary
) -> tuple[Record[Model] | None, _Findings]:
    findings: list[Finding] = []
    check_key(PurePosixPath(name).stem, Span(name, 1, 1), findings)
    match = re.match(r"---[ \t]*\r?\n(.*?\n)?---[ \t]*(?:\r?\n|\Z)", text, re.DOTALL)
    if not match:
        hint = "begin the file with ---, title: …, ---"
        findings.append(Finding(Span(name, 1, 1), "missing-field", "the file has no front matter with a title", hint))
        return None, tuple(findings)
    located, found = read_yaml(match[1] or "", name, first_line=2)
    findings += found
    if located is None:
        return None, tuple(findings)
    values = located.value if isinstance(located.value, dict) else {}
    body_span = Span(name, text[: match.end()].count("\n") + 1, 1)
    if "body" in values:
        findings.append(Finding(located.key_span(("body",)), "unknown-field", '"body" is what stands below the ---'))
    body = text[match.end() :]
    findings += find_signs(body, name, body_span.line)
    whole = Located(name, located.text, {**values, "body": body}, located.nodes, located.keys, 2)
    return make_record(kind, whole, (), findings, vocabulary=vocabulary, body_span=body_span), tuple(findings)


@_keep
def _understand_document(key: str, name: str, text: str) -> Record[Model]:
    """Return a page unchanged. Its title comes from its front matter, its first heading, or its file (as in MkDocs)."""
    match = re.match(r"---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", text, re.DOTALL | re.MULTILINE)
    front, body = (match[1], text[match.end() :]) if match else ("", text)
    located, found = read_yaml(front, name, first_line=2) if front else (None, [])
    values = located.value if located and not found and isinstance(located.value, dict) else {}
    heading = re.search(r"^# +(.+)$", body, re.MULTILINE)
    stem = key.rpartition("/")[2]
    title = values.get("title") or (
        (heading[1].rstrip(" #") or heading[1]) if heading else stem.replace("-", " ").replace("_", " ").capitalize()
    )
    body_span = Span(name, text[: len(text) - len(body)].count("\n") + 1, 1)
    model = Document(title=str(title), body=body, front_matter=front)
    return Record("page", key, model, Located(name, text, {}, {}, {}), (), body_span)

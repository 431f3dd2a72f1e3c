"""Reads bibliography/*.bib: which entries there are and where their fields stand.

Pandoc decides what the entries mean: names, titles, dates. Here they are only found, so that a finding can name file,
line and column.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import Block, DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, Entry, Field, ParsingFailedBlock

from ..values.characters import drop_signs, find_signs
from ..values.findings import Finding, Span
from ..values.languages import code_of_language, explain_language
from .bib_borrowing import (
    DATE_FIELDS,
    Heir,
    Macro,
    check_cycles,
    check_strings,
    check_taken,
    dates_taken,
    heirs_of,
    macros_in,
)
from .bib_values import bare_doi, decode_cyrillic, web_address
from .work_dates import WorkDate, date_in_fields

# bibtexparser logs what it could not read. Here that becomes a finding.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
# An entry of this type exists only so that other entries can take its fields.
_NO_WORKS = frozenset({"xdata"})
_CITATION = re.compile(r"\[[^\]]*@[^\]]*\]")
_TIDY = {"url": web_address, "doi": bare_doi}
_KEY_BEFORE = re.compile(r"@\s*\w+\s*[{(]\s*")
# Ten pages of print: an abstract, or a list of all contributors.
MAX_ENTRY = 100_000
# We search only so much of a line for the column of a finding: a whole file may be one line.
_LONGEST_LINE = 2_000
# How deep TeX's groups may be nested: pandoc reads them recursively.
_MAX_DEPTH = 50


@dataclass(frozen=True)
class Work:
    """One entry: a published work. Fields are as written, by lower-case name; addresses have their scheme."""

    key: str
    entry_type: str
    span: Span
    fields: Mapping[str, str]
    field_spans: Mapping[str, Span] = dataclass_field(repr=False)
    said_date: Mapping[str, str] | None = None  # the fields that say its date, where it takes fields from others
    # What pandoc is given of a work that is read from CSL-JSON or RIS: its object of CSL-JSON.
    item: Mapping[str, object] | None = dataclass_field(default=None, repr=False)
    # What an item of CSL-JSON says that CSL has no variable for (`custom`). Our exports have type and level there.
    custom: Mapping[str, str] = dataclass_field(default_factory=dict, repr=False)

    @property
    def date(self) -> WorkDate | None:
        """When it appeared, None if nothing says so."""
        return date_in_fields(self.fields if self.said_date is None else self.said_date)

    @property
    def year(self) -> str:
        """The year in which it appeared, or the first of them, in four digits; "" if none is known."""
        return self.date.year if self.date else ""

    @property
    def seen(self) -> str:
        """How we saw it: original, scan, edition or via. Literature counts as seen unless its entry says otherwise."""
        return self.fields.get("seen", "edition")

    @property
    def is_draft(self) -> bool:
        """Whether an import made the entry and nobody has checked it: `draft = {true}`."""
        return self.fields.get("draft", "").casefold() in ("true", "yes", "1")

    @property
    def former_keys(self) -> tuple[str, ...]:
        """The keys that it had before, the oldest first: `formerly = {oldest, older}`."""
        return tuple(key.strip() for key in self.fields.get("formerly", "").split(",") if key.strip())

    @property
    def variants(self) -> tuple[str, ...]:
        """How others print its title: `variants = {One [@who-does, n. 3]; other}`, without the citations."""
        names = re.sub(r"[{}]", "", _CITATION.sub("", self.fields.get("variants", ""))).split(";")
        return tuple(" ".join(name.split()) for name in names if name.strip())


@dataclass(frozen=True)
class BibFile:
    """A .bib file: its text for pandoc, and its entries.

    `keys`: of all its entries, also of those that are no works or could not be read. `strings`: what its @string say,
    as they stand, by name in small letters. `lent`: what it takes from other files, in front of its text and behind.
    """

    path: str
    text: str
    works: tuple[Work, ...]
    unread: frozenset[str] = frozenset()  # keys of entries that could not be read
    heirs: tuple[Heir, ...] = ()
    macros: tuple[Macro, ...] = ()
    keys: frozenset[str] = frozenset()
    strings: Mapping[str, str] = dataclass_field(default_factory=dict)
    said_dates: Mapping[str, Mapping[str, str]] = dataclass_field(default_factory=dict)  # by key
    lent: tuple[str, str] = ("", "")

    @property
    def whole_text(self) -> str:
        """The text for pandoc, with all that its entries take from other files. Its lines keep their numbers."""
        return decode_cyrillic(f"{self.lent[0]}{self.text}{self.lent[1]}")


@dataclass
class _Reader:
    """What has been read of a file so far, and what could not be read."""

    path: str
    lines: list[str]
    texts: Mapping[str, str]  # of @string
    findings: list[Finding]
    works: list[Work] = dataclass_field(default_factory=list)
    unread: set[str] = dataclass_field(default_factory=set)
    heirs: list[Heir] = dataclass_field(default_factory=list)
    macros: list[Macro] = dataclass_field(default_factory=list)
    keys: set[str] = dataclass_field(default_factory=set)

    def add(self, block: Block) -> None:
        line = block.start_line or 0
        if isinstance(block, DuplicateBlockKeyBlock):
            message = f'"{block.key}" is already the key of another entry'
            span = _span_of_key(self.lines, self.path, line, block.key)
            self.findings.append(Finding(span, "key-clash", message, "rename one of both"))
        elif isinstance(block, ParsingFailedBlock):
            self.unread |= set(re.findall(r"@\w+\s*[{(]\s*([^\s,=]+)", block.raw or ""))
            column = max(_line(self.lines, line).find("@"), 0) + 1
            self.findings.append(_explain(block, Span(self.path, line + 1, column)))
        elif isinstance(block, Entry) and len(block.raw or "") > MAX_ENTRY:
            self.unread.add(block.key)
            message = f"the entry has more than {MAX_ENTRY:,} signs"
            hint = "shorten its longest field, the abstract or a list of names"
            span = _span_of_key(self.lines, self.path, line, block.key)
            self.findings.append(Finding(span, "too-large", message, hint))
        elif isinstance(block, Entry):
            self._add_entry(block)

    def _add_entry(self, block: Entry) -> None:
        work = _read_entry(block, self.lines, self.path)
        self.keys.add(work.key)
        written = {one.key.lower(): str(one.value).strip() for one in block.fields}
        self.heirs += heirs_of(work.key, written, work.field_spans, self.texts)
        self.macros += macros_in(written, work.field_spans)
        if work.entry_type in _NO_WORKS:
            return
        self.works.append(work)
        self.findings += _find_language(work)
        self.findings += _find_depths(work)


def read_bib(text: str, path: str) -> tuple[BibFile, list[Finding]]:
    """Return the entries of a .bib file in order, and what could not be read."""
    findings = list(find_signs(text, path))
    text = drop_signs(text, " ")
    library = parse_string(text, parse_stack=[])
    strings = {text.key.lower(): str(text.value) for text in library.strings}
    reader = _Reader(path, text.split("\n"), strings, findings)
    for block in library.blocks:
        reader.add(block)
    file = BibFile(
        path,
        text,
        tuple(reader.works),
        frozenset(reader.unread),
        tuple(reader.heirs),
        tuple(reader.macros),
        frozenset(reader.keys | reader.unread),
        strings,
        _dates_said(library.entries),
    )
    return file, findings


def _dates_said(entries: Iterable[Entry]) -> dict[str, dict[str, str]]:
    """Return the fields that say the date of each entry: others may take it."""
    said = {}
    for entry in entries:
        fields = {one.key.lower(): one for one in entry.fields}
        said[entry.key] = {name: _unwrap(str(fields[name].value)) for name in DATE_FIELDS if name in fields}
    return said


def join_files(bibs: Sequence[BibFile]) -> tuple[tuple[BibFile, ...], list[Finding]]:
    """Return the files with what their entries take from one another, and a finding on all that no file has."""
    heirs = [heir for bib in bibs for heir in bib.heirs]
    findings = [*check_cycles(heirs), *check_taken(heirs, {key for bib in bibs for key in bib.keys})]
    for bib in bibs:
        findings += check_strings(bib.macros, {name for other in bibs for name in other.strings})
    sources: dict[str, tuple[str, ...]] = {}
    for heir in heirs:
        sources[heir.key] = (*sources.get(heir.key, ()), *heir.sources)
    said = {key: dates for bib in bibs for key, dates in bib.said_dates.items()}
    joined = []
    for bib in bibs:
        works = tuple(
            replace(work, said_date=dates_taken(work.key, said, sources)) if work.key in sources else work
            for work in bib.works
        )
        joined.append(replace(bib, works=works, lent=_lend(bib, bibs)))
    return tuple(joined), findings


def _lend(bib: BibFile, bibs: Sequence[BibFile]) -> tuple[str, str]:
    """Return what a file takes from others: the texts of @string, on no line of their own, and whole files."""
    others = [other for other in bibs if other is not bib]
    wanted = {macro.name for macro in bib.macros} - bib.strings.keys()
    found = {name: other.strings[name] for other in others for name in wanted & other.strings.keys()}
    strings = "".join(f"@string{{{name} = {' '.join(text.split())}}} " for name, text in sorted(found.items()))
    missing = {source for heir in bib.heirs for source in heir.sources} - bib.keys
    files = [other.text for other in others if missing & other.keys]
    return strings, "".join(f"\n{text}" for text in files)


def _find_language(work: Work) -> Iterator[Finding]:
    """Yield a finding if pandoc and the pages cannot know the language of a work. Names that biblatex has are known."""
    written = re.sub(r"[{}]", "", work.fields.get("langid", ""))
    if written and not code_of_language(written):
        yield Finding(work.field_spans["langid"], "bad-language", *explain_language(written))


def _find_depths(work: Work) -> Iterator[Finding]:
    for name, value in work.fields.items():
        depth = _depth_of(value)
        if depth < 0:
            hint = "put a comma between two fields"
            yield Finding(work.field_spans[name], "bib-syntax", f'"{name}" does not end', hint)
        elif depth > _MAX_DEPTH:
            message = f"braces lie more than {_MAX_DEPTH} deep in one another"
            yield Finding(work.field_spans[name], "too-deep", message, "take braces out")


def _explain(block: ParsingFailedBlock, span: Span) -> Finding:
    if isinstance(block, DuplicateFieldKeyBlock):
        names = ", ".join(sorted(block.duplicate_keys))
        return Finding(span, "duplicate-key", f"the entry has two fields {names}", "keep one of both")
    message = "the entry is not closed, or lacks its key or a comma"
    return Finding(span, "bib-syntax", message, "an entry is @type{key, field = {value}, …}")


def _depth_of(value: str) -> int:
    """Return how deep braces are nested, -1 if one closes that was never opened: then two fields were read as one."""
    depth = deepest = 0
    for sign in re.findall(r"(?<!\\)[{}]", value):
        depth += 1 if sign == "{" else -1
        if depth < 0:
            return -1
        deepest = max(deepest, depth)
    return deepest


def _read_entry(entry: Entry, lines: list[str], path: str) -> Work:
    fields = {f.key.lower(): _unwrap(str(f.value)) for f in entry.fields}
    fields |= {name: tidy(fields[name]) for name, tidy in _TIDY.items() if name in fields}
    spans = {f.key.lower(): _span_of_field(lines, path, entry, f) for f in entry.fields}
    span = _span_of_key(lines, path, entry.start_line or 0, entry.key)
    return Work(entry.key, entry.entry_type.lower(), span, fields, spans)


def _unwrap(value: str) -> str:
    value = value.strip()
    if (value[:1], value[-1:]) in {("{", "}"), ('"', '"')}:
        value = value[1:-1]
    return decode_cyrillic(re.sub(r"\s+", " ", value).strip())


# The parser counts lines from 0 and gives no column.
def _line(lines: list[str], number: int) -> str:
    return lines[number][:_LONGEST_LINE] if number < len(lines) else ""


def _span_of_key(lines: list[str], path: str, number: int, key: str) -> Span:
    line = _line(lines, number)
    ends = (match.end() for match in _KEY_BEFORE.finditer(line))
    return Span(path, number + 1, next((end for end in ends if line.startswith(key, end)), 0) + 1)


def _span_of_field(lines: list[str], path: str, entry: Entry, field: Field) -> Span:
    number = field.start_line or entry.start_line or 0
    line = _line(lines, number)
    at = line.find(field.key)
    while at >= 0:
        is_word = at == 0 or line[at - 1].isspace() or line[at - 1] == ","
        if is_word and line[at + len(field.key) :].lstrip().startswith("="):
            return Span(path, number + 1, at + 1)
        at = line.find(field.key, at + 1)
    return Span(path, number + 1, 1)

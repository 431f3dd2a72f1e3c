"""Reads bibliography/*.bib: which entries there are and where their fields stand.

What the entries mean (names, titles, dates) is pandoc's to say, in `pandoc`; here they are
only found, so that a finding can name file, line and column.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import DuplicateBlockKeyBlock, Entry, ParsingFailedBlock

from .findings import Finding, Span

# bibtexparser logs what it could not read; here that becomes a finding.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)


@dataclass(frozen=True)
class Work:
    """One entry: a published work. Fields are as printed, by lower-case name."""

    key: str
    entry_type: str
    span: Span
    fields: Mapping[str, str]
    field_spans: Mapping[str, Span] = field(repr=False)

    @property
    def seen(self) -> str:
        """Whether we saw it: original, scan, edition or via. Literature is seen unless it says not."""
        return self.fields.get("seen", "edition")


@dataclass(frozen=True)
class BibFile:
    """A .bib file: its text for pandoc, and its entries."""

    path: str
    text: str
    works: tuple[Work, ...]


def read_bib(text: str, path: str) -> tuple[BibFile, list[Finding]]:
    """Return the entries of a .bib file in order, and what could not be read."""
    library = parse_string(text, parse_stack=[])
    lines = text.split("\n")
    works: list[Work] = []
    findings: list[Finding] = []
    for block in library.blocks:
        line = block.start_line or 0
        if isinstance(block, DuplicateBlockKeyBlock):
            message = f'"{block.key}" is already the key of another entry'
            findings.append(Finding(_span_of(lines, path, line, block.key), "key-clash", message, "rename one of both"))
        elif isinstance(block, ParsingFailedBlock):
            reason = str(block.error or "").strip() or "the entry is not closed, or lacks its key or a comma"
            hint = "an entry is @type{key, field = {value}, …}"
            findings.append(Finding(_span_of(lines, path, line, "@"), "bib-syntax", reason, hint))
        elif isinstance(block, Entry):
            works.append(_read_entry(block, lines, path))
    return BibFile(path, text, tuple(works)), findings


def _read_entry(entry: Entry, lines: list[str], path: str) -> Work:
    fields = {f.key.lower(): _unwrap(str(f.value)) for f in entry.fields}
    spans = {f.key.lower(): _span_of(lines, path, f.start_line or entry.start_line or 0, f.key) for f in entry.fields}
    span = _span_of(lines, path, entry.start_line or 0, entry.key)
    return Work(entry.key, entry.entry_type.lower(), span, fields, spans)


def _unwrap(value: str) -> str:
    value = value.strip()
    if (value[:1], value[-1:]) in {("{", "}"), ('"', '"')}:
        value = value[1:-1]
    return re.sub(r"\s+", " ", value).strip()


def _span_of(lines: list[str], path: str, line: int, word: str | None) -> Span:
    # The parser counts lines from 0 and gives no column.
    column = lines[line].find(word or "") if line < len(lines) else 0
    return Span(path, line + 1, max(column, 0) + 1)

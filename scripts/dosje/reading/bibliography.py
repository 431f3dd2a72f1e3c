"""Reads bibliography/*.bib: which entries there are and where their fields stand.

Pandoc decides what the entries mean: names, titles, dates. Here they are only found, so that a finding can name file,
line and column.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, Entry, Field, ParsingFailedBlock

from ..values.characters import drop_signs, find_signs
from ..values.cycles import find_rings
from ..values.findings import Finding, Span
from ..values.languages import code_of_language, explain_language
from .bib_values import bare_doi, web_address

# bibtexparser logs what it could not read. Here that becomes a finding.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
# An entry of this type exists only so that other entries can take its fields.
_NO_WORKS = frozenset({"xdata"})
# With these an entry takes the fields of others (biblatex 3.19, 2.4.1.1 and 3.13.6). Pandoc follows cycles for ever.
_TAKING = ("crossref", "xdata")
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

    @property
    def seen(self) -> str:
        """How we saw it: original, scan, edition or via. Literature counts as seen unless its entry says otherwise."""
        return self.fields.get("seen", "edition")

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
class Heir:
    """An entry that takes the fields of others, whose keys it names. `span`: the place of the field that says so."""

    key: str
    sources: tuple[str, ...]
    span: Span


@dataclass(frozen=True)
class BibFile:
    """A .bib file: its text for pandoc, and its entries."""

    path: str
    text: str
    works: tuple[Work, ...]
    unread: frozenset[str] = frozenset()  # keys of entries that could not be read
    heirs: tuple[Heir, ...] = ()


def read_bib(text: str, path: str) -> tuple[BibFile, list[Finding]]:
    """Return the entries of a .bib file in order, and what could not be read."""
    findings = list(find_signs(text, path))
    text = drop_signs(text, " ")
    library = parse_string(text, parse_stack=[])
    lines = text.split("\n")
    works: list[Work] = []
    unread: set[str] = set()
    heirs: list[Heir] = []
    texts = {text.key.lower(): str(text.value) for text in library.strings}
    for block in library.blocks:
        line = block.start_line or 0
        if isinstance(block, DuplicateBlockKeyBlock):
            message = f'"{block.key}" is already the key of another entry'
            span = _span_of_key(lines, path, line, block.key)
            findings.append(Finding(span, "key-clash", message, "rename one of both"))
        elif isinstance(block, ParsingFailedBlock):
            unread |= set(re.findall(r"@\w+\s*[{(]\s*([^\s,=]+)", block.raw or ""))
            findings.append(_explain(block, Span(path, line + 1, max(_line(lines, line).find("@"), 0) + 1)))
        elif isinstance(block, Entry) and len(block.raw or "") > MAX_ENTRY:
            unread.add(block.key)
            message = f"the entry has more than {MAX_ENTRY:,} signs"
            hint = "shorten its longest field, the abstract or a list of names"
            findings.append(Finding(_span_of_key(lines, path, line, block.key), "too-large", message, hint))
        elif isinstance(block, Entry):
            work = _read_entry(block, lines, path)
            heirs += _heirs_of(block, work, texts)
            if work.entry_type in _NO_WORKS:
                continue
            works.append(work)
            findings += _find_language(work)
            for name, value in work.fields.items():
                depth = _depth_of(value)
                if depth < 0:
                    hint = "put a comma between two fields"
                    findings.append(Finding(work.field_spans[name], "bib-syntax", f'"{name}" does not end', hint))
                elif depth > _MAX_DEPTH:
                    message = f"braces lie more than {_MAX_DEPTH} deep in one another"
                    findings.append(Finding(work.field_spans[name], "too-deep", message, "take braces out"))
    return BibFile(path, text, tuple(works), frozenset(unread), tuple(heirs)), findings


def _find_language(work: Work) -> Iterator[Finding]:
    """Yield a finding if pandoc and the pages cannot know the language of a work. Names that biblatex has are known."""
    written = re.sub(r"[{}]", "", work.fields.get("langid", ""))
    if written and not code_of_language(written):
        yield Finding(work.field_spans["langid"], "bad-language", *explain_language(written))


def check_heirs(bibs: Iterable[BibFile]) -> Iterator[Finding]:
    """Yield a finding for each entry that takes fields from itself, also through others and in other files."""
    places: dict[str, dict[str, Span]] = {}
    for heir in (heir for bib in bibs for heir in bib.heirs):
        places.setdefault(heir.key, {}).update(dict.fromkeys(heir.sources, heir.span))
    for ring in find_rings({key: list(sources) for key, sources in places.items()}):
        message = f'"{ring[0]}" takes fields from itself: {" → ".join([*ring, ring[0]])}'
        hint = "take crossref or xdata out of one of these entries"
        yield Finding(places[ring[-1]][ring[0]], "crossref-cycle", message, hint)


def _heirs_of(entry: Entry, work: Work, texts: Mapping[str, str]) -> Iterator[Heir]:
    for field in entry.fields:
        if field.key.lower() in _TAKING:
            # "a" # b joins texts and the names of texts (@string).
            parts = [texts.get(part.strip().lower(), part) for part in str(field.value).split("#")]
            sources = re.sub(r'[{}"\s]', "", "".join(parts)).split(",")
            yield Heir(work.key, tuple(sources), work.field_spans[field.key.lower()])


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
    return re.sub(r"\s+", " ", value).strip()


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

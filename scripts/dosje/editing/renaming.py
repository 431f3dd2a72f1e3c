"""Plans how a record or a work gets another key, everywhere in an edition, and does it: all or nothing.

The record's file, its entry in a list or in a .bib file; each place that names it in content/, bibliography/ and
mkdocs.yml; what it was called before (`formerly`); and the ledger of addresses, where `formerly` cannot say it.
Comments, order and layout of every file stay.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

import yaml

from ..checking.keys import explain_new_key
from ..edition.pages import path_of, path_of_concordance, site_address
from ..reading.bibliography import BibFile, read_bib
from ..reading.corpus import Corpus, Record
from ..reading.fields import Model
from ..reading.files import MAX_BIB, encode_like, read_text
from ..reading.kinds import KINDS
from ..reading.ledger import LEDGER_NAME, LedgerEntry, format_line, parse_line
from ..reading.records import Document
from ..reading.settings import CONFIG_NAME
from ..reading.text_parsing import parse_text
from ..reading.yaml_edits import YamlEditError, add_to_list, remove_from_list
from ..reading.yamltree import read_yaml
from ..system.writing import write_together
from ..values.findings import Finding, did_you_mean
from ..values.page_id import PageId
from .bib_places import EntryPlaces, add_former_key, entries_of, keys_named, remove_former_key
from .mentions import RenameError, mentions_of, offsets_in_text


@dataclass(frozen=True)
class Renaming:
    """What a new key changes: the texts of files by path, the file that gets another name, and how often it was named.

    `moved`: the path of the record's file before and after, None for an entry of a list or a .bib file.
    """

    old: PageId
    new: PageId
    texts: Mapping[str, str]
    moved: tuple[str, str] | None
    mentions: int


def find_target(corpus: Corpus, name: str) -> PageId:
    """Return the record or work that "KEY", or "KIND:KEY", names. Raises RenameError if there is none, or several."""
    # A key of a work may have a colon: "Smith:2010", "source:Smith:2010".
    kind, _, key = ("", "", name) if ":" not in name or name in corpus.works else name.partition(":")
    found = [
        PageId(one, key or name)
        for one in KINDS
        if (not kind or one == kind) and (key in corpus.by_kind[one] or (one == "source" and key in corpus.works))
    ]
    if len(found) > 1:
        several = " or ".join(f"{page.kind}:{page.key}" for page in found)
        raise RenameError(f'"{name}" is the key of {len(found)} records: write {several}')
    if not found:
        known = {key for one in KINDS if not kind or one == kind for key in corpus.keys_of(one)}
        hint = did_you_mean(key, known) or f"a kind is one of {', '.join(KINDS)}"
        raise RenameError(f'no record has the key "{name}"; {hint}')
    return found[0]


def find_unread_texts(corpus: Corpus) -> Iterator[Finding]:
    """Yield a finding for each citation or link that cannot be read: the key may stand in it."""
    for record in corpus.records():
        for path, _, text in record.texts:
            for problem in text.problems:
                if problem.code in ("bad-citation", "unknown-link"):
                    span = record.text_span(path, problem.offset)
                    yield Finding(span, problem.code, problem.message, problem.hint)


def plan_renaming(corpus: Corpus, old: PageId, new_key: str) -> Renaming:
    """Return what it takes to give the record or work `old` another key. Raises RenameError if it cannot be done."""
    new, record = PageId(old.kind, new_key), corpus.by_kind[old.kind].get(old.key)
    if record is not None and isinstance(record.model, Document):
        raise RenameError(f"{record.located.path} is a page of MkDocs: rename the file, and the links to it")
    if record is None and corpus.works[old.key].item is not None:
        path = corpus.works[old.key].span.path
        raise RenameError(f"{path} is written by a reference manager: change the key there, and export it anew")
    if problem := explain_new_key(corpus, old, new_key):
        raise RenameError(problem)
    files = {path: _File(path, _text_of(corpus, path), tuple(spans)) for path, spans in _spans(corpus, old, record)}
    own = record.located.path if record is not None else corpus.works[old.key].span.path
    file = files.pop(own, None) or _File(own, _text_of(corpus, own), ())
    texts = {path: other.changed(old.key, new_key) for path, other in files.items()}
    texts[own] = _change_own(file, record, corpus, old.key, new_key)
    mentions = sum(len(one.spans) for one in (*files.values(), file)) - (0 if _has_own_file(record) else 1)
    ledger = _change_ledger(corpus, old, new)
    texts |= {LEDGER_NAME: ledger} if ledger else {}
    moved = (own, PurePosixPath(own).with_stem(new_key).as_posix()) if _has_own_file(record) else None
    return Renaming(old, new, texts, moved, mentions)


def write_renaming(root: Path, renaming: Renaming) -> None:
    """Write the files that have changed: all or none. Raises OSError; RenameError if the new file is there already."""
    files = {root / path: encode_like(root / path, text) for path, text in renaming.texts.items()}
    removed = []
    if renaming.moved:
        before, after = (root / path for path in renaming.moved)
        if after.exists():
            raise RenameError(f"{renaming.moved[1]} is there already; nothing is overwritten")
        files[after] = files.pop(before)
        removed.append(before)
    write_together(files, removed)


@dataclass(frozen=True)
class _File:
    """A file of the edition, and where in its text the old key stands."""

    path: str
    text: str
    spans: tuple[tuple[int, int], ...]

    def changed(self, old: str, new: str, start: int = 0, end: int | None = None) -> str:
        """Return its text, or a part of it, with the new key in the place of the old one."""
        end = len(self.text) if end is None else end
        pieces, at = [], start
        for first, last in sorted(span for span in self.spans if start <= span[0] and span[1] <= end):
            if self.text[first:last] != old:
                raise RenameError(f'{self.path} has changed, or has "{old}" in signs that cannot be changed')
            pieces += [self.text[at:first], new]
            at = last
        return "".join([*pieces, self.text[at:end]])


def _has_own_file(record: Record[Model] | None) -> bool:
    return record is not None and not record.base


def _spans(corpus: Corpus, old: PageId, record: Record[Model] | None) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Yield path and places of each file that has the key: records, works, mkdocs.yml, and its own entry in a list."""
    found: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for place in mentions_of(corpus, old):
        text = _text_of(corpus, place.path)
        # Below the front matter, places count from the end of the file; in it, from its line "---".
        behind = len(text) if place.start < 0 else text.index("\n") + 1 if place.path.endswith(".md") else 0
        found[place.path].add((behind + place.start, behind + place.end))
    if record is not None and record.base:
        found[record.located.path].add(_within_quotes(record.located.keys[record.base]))
    for bib in corpus.bib_files:
        found[bib.path] |= {*_spans_in_works(corpus, bib, old, is_work=record is None)}
    found[CONFIG_NAME] |= {*_spans_in_settings(corpus, old)}
    yield from ((path, sorted(spans)) for path, spans in sorted(found.items()) if spans)


def _spans_in_works(corpus: Corpus, bib: BibFile, old: PageId, *, is_work: bool) -> Iterator[tuple[int, int]]:
    for entry in entries_of(bib):
        if is_work and entry.key == old.key:
            yield entry.key_start, entry.key_end
        if is_work:
            yield from keys_named(bib.text, entry, old.key)
        for field in entry.fields:
            if field.name in ("via", "variants", "annotation"):
                text = parse_text(bib.text[field.text_start : field.text_end])
                for offset in offsets_in_text(corpus, PageId("source", entry.key), text, old):
                    yield field.text_start + offset, field.text_start + offset + len(old.key)


def _spans_in_settings(corpus: Corpus, old: PageId) -> Iterator[tuple[int, int]]:
    """Yield where mkdocs.yml has the key: in paths of pages (its navigation), and as a work with a concordance."""
    located, _ = read_yaml(_text_of(corpus, CONFIG_NAME), CONFIG_NAME)
    assert located is not None
    for path, node in located.nodes.items():
        if isinstance(node, yaml.ScalarNode) and node.value == path_of(old) and path[:1] == ("nav",):
            end = _within_quotes(node)[1] - len(".md")
            yield end - len(old.key), end
    key = located.keys.get(("extra", "dosje", "concordance", old.key)) if old.kind == "source" else None
    if key is not None:
        yield _within_quotes(key)


def _within_quotes(node: yaml.Node) -> tuple[int, int]:
    quoted = int(getattr(node, "style", None) in ("'", '"'))
    return node.start_mark.index + quoted, node.end_mark.index - quoted


def _text_of(corpus: Corpus, path: str) -> str:
    root = corpus.settings.root
    text, findings = read_text(root / path, root, MAX_BIB)
    if text is None:
        raise RenameError("\n".join(f"{finding.span}: {finding.message}" for finding in findings))
    return text


def _change_own(file: _File, record: Record[Model] | None, corpus: Corpus, old: str, new: str) -> str:
    """Return the text of the file that holds the record or work, with its new key and its former ones."""
    if record is None:
        return _change_work(file.changed(old, new), file.path, corpus.works[old].former_keys, old, new)
    start = file.text.index("\n") + 1 if file.path.endswith(".md") else 0
    end = start + len(record.located.text)
    if file.text[start:end] != record.located.text:
        raise RenameError(f"{file.path} has changed meanwhile: do it again")
    text, field = file.changed(old, new, start, end), (*((new,) if record.base else ()), "formerly")
    try:
        for key in _keys_taken_out(record.former_keys, new):
            text = remove_from_list(text, field, key)
        if not _is_oldest(record.former_keys, new):
            text = add_to_list(text, field, old)
    except YamlEditError as error:
        raise RenameError(f"{file.path}: {error}") from error
    return file.text[:start] + text + file.changed(old, new, end)


def _change_work(text: str, path: str, former: tuple[str, ...], old: str, new: str) -> str:
    for key in _keys_taken_out(former, new):
        text = remove_former_key(text, _entry_in(text, path, new), key)
    return text if _is_oldest(former, new) else add_former_key(text, _entry_in(text, path, new), old)


def _entry_in(text: str, path: str, key: str) -> EntryPlaces:
    found = next((entry for entry in entries_of(read_bib(text, path)[0]) if entry.key == key), None)
    if found is None:
        raise RenameError(f"{path}: the entry cannot be found again: write it as @type{{key, field = {{value}}, …}}")
    return found


def _keys_taken_out(former: tuple[str, ...], new: str) -> tuple[str, ...]:
    """Return the former keys that go: the new one; and all, if it is the oldest, of which addresses are made."""
    return former if _is_oldest(former, new) else tuple(key for key in former if key == new)


def _is_oldest(former: tuple[str, ...], new: str) -> bool:
    return former[:1] == (new,)


def _change_ledger(corpus: Corpus, old: PageId, new: PageId) -> str:
    """Return the text of the ledger where it must say what `formerly` cannot, "" if it stays as it is.

    A record that gets its oldest key again says no other in `formerly`, because the addresses of notes are made of the
    first one there. And the address of a concordance is made of the key that a work has now.
    """
    former = corpus.former_keys_of(old)
    away = (*former[1:], old.key) if _is_oldest(former, new.key) else ()
    led = {site_address(path_of(PageId(old.kind, key))): site_address(path_of(new)) for key in away}
    if old.kind == "source":
        led[site_address(path_of_concordance(old.key))] = site_address(path_of_concordance(new.key))
    stands = {*led.values()}
    if not any(one.address in led or (one.address in stands and one.target) for one in corpus.ledger.entries):
        return ""
    lines = []
    for line in _text_of(corpus, LEDGER_NAME).split("\n"):
        entry = parse_line(line) if line.strip() and not line.startswith("#") else None
        if isinstance(entry, LedgerEntry) and entry.address in led:
            lines.append(format_line(replace(entry, target=led[entry.address], gone="")))
        elif isinstance(entry, LedgerEntry) and entry.address in stands:
            lines.append(format_line(replace(entry, target="", gone="")))  # it stands again
        else:
            lines.append(line)
    return "\n".join(lines)

"""Drafts what a cite names and the edition does not have: a document in its file, or a published work.

A draft says what the note says, and no more. Each is made once: what several notes name they share.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..edition.links import LinkedCorpus
from ..values.folios import format_folios, try_folios
from ..values.page_id import PageId
from ..values.slugs import slug
from .descriptions import Description, read_description
from .incoming import IncomingRecord, IncomingWork
from .known_works import KnownWorks
from .new_keys import KeyMint
from .people import People, stem_of_name
from .shelf_words import ARCHIVE, SHORT
from .shelves import Shelf, read_shelf
from .units import UnitTree
from .work_references import WorkReference, read_work_reference

_EMPHASIS = re.compile(r"(?<![*\w])\*([^*\n]{2,300})\*(?![*\w])|(?<![_\w])_([^_\n]{2,300})_(?![_\w])")
_LONGEST_SHORT = 12
_IBID_WITHIN = re.compile(r"(?:^|[,;(]\s*)(?:ibid|ibidem|ebd|ebenda|po aty|там же|ivi)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Drafted:
    """What a cite was filed as: the key of a record or work, and the place in it as CSL has it: label and value."""

    key: str
    label: str = ""
    value: str = ""


class DraftMaker:
    """The records and works of an edition, and all that was drafted so far."""

    def __init__(self, linked: LinkedCorpus, seen: str, short_names: Mapping[str, str] | None = None) -> None:
        self.linked, self._seen = linked, seen
        self._mint = KeyMint(linked.corpus)
        self.tree = UnitTree(linked, self._mint, seen, short_names or {})
        self.people = People(linked, self._mint)
        self.works = KnownWorks(linked, self._mint)
        self._documents: dict[tuple[str, ...], str] = {}
        self._leaves: dict[str, list[str]] = {}
        self._shelves: dict[str, Shelf] = {}
        self._drafts: dict[PageId, IncomingRecord] = {}
        for record in linked.corpus.sources.values():
            source = record.model
            if linked.holdings.role_of(record) == "item":
                author, recipient = (next(iter(names), "") for names in (source.author, source.recipient))
                date = source.date.text if source.date else ""
                where = source.part_of or source.repository or ""
                self._documents.setdefault(_identity(where, author, recipient, date, source.title), record.key)

    @property
    def records(self) -> tuple[IncomingRecord, ...]:
        """All drafted records: archives, units, persons, documents, each behind what it names."""
        return (*self.tree.drafts.values(), *self.people.drafts.values(), *self._drafts.values())

    @property
    def drafted_works(self) -> tuple[IncomingWork, ...]:
        return tuple(self.works.drafts.values())

    def is_drafted(self, key: str) -> bool:
        source = PageId("source", key)
        return key in self.works.drafts or source in self._drafts or source in self.tree.drafts

    def has_open_leaves(self, key: str) -> bool:
        """Say whether the leaves of a document are but those that notes cite: it is a draft, now or in the edition."""
        record = self.linked.corpus.sources.get(key)
        return self.is_drafted(key) or (record is not None and record.is_draft)

    def is_work(self, key: str) -> bool:
        return key in self.works.drafts or key in self.linked.corpus.works

    def shelf_of(self, text: str) -> Shelf | None:
        """Return where a document lies, as a cite says it."""
        return read_shelf(text, self.tree.names)

    def file_beside(self, text: str, where: str, key: str, said: Mapping[str, str]) -> Drafted | None:
        """Return the document that lies beside another one: "Fox to Owl, 3 May 1901, ibid., D. 4, fl. 7".

        `key`: of the draft before it; `said`: year, file and leaf, where the cite says them.
        """
        before = self._shelves.get(key)
        match = _IBID_WITHIN.search(text)
        if before is None or match is None or not match.start():
            return None
        spans = ((match.start(), len(text)),)
        year, file = said.get("year") or before.year, said.get("file") or before.file
        shelf = replace(before, year=year, file=file, leaf=said.get("leaf", ""), leaf_label="folio", spans=spans)
        return self._file_at(shelf, text, where, drafts=True)

    def file_document(self, text: str, where: str, *, drafts: bool = True) -> Drafted | None:
        """Return the document, or the unit, that a cite names with its place in an archive; None if it names none."""
        shelf = self.shelf_of(text)
        return self._file_at(shelf, text, where, drafts=drafts) if shelf is not None else None

    def _file_at(self, shelf: Shelf, text: str, where: str, *, drafts: bool) -> Drafted | None:
        description = read_description(shelf.words_around(text))
        place = self.tree.place(shelf, where, drafts=drafts)
        above = place.unit or place.archive
        if not description.says_something:
            self._shelves.setdefault(place.unit, shelf)
            return Drafted(place.unit, shelf.leaf_label, shelf.leaf) if place.unit else None
        key = self._document(description, shelf, above, where, drafts=drafts)
        self._shelves.setdefault(key, shelf)
        return Drafted(key, shelf.leaf_label, shelf.leaf) if key else None

    def _document(self, said: Description, shelf: Shelf, above: str, where: str, *, drafts: bool) -> str:
        author = self.people.find(said.author, where, drafts=drafts)
        recipient = self.people.find(said.recipient, where, drafts=drafts)
        identity = _identity(above, author, recipient, said.date, said.title)
        key = self._documents.get(identity, "")
        if not key and drafts:
            is_by_names = bool(author or recipient)
            families = [stem_of_name(name) for name in (said.author, said.recipient)]
            stem = families if is_by_names else [slug(said.title)[:50].strip("-")]
            key = self._mint.mint("source", [*stem, said.date.strip("?~")])
            self._documents[identity] = key
            fields: dict[str, Any] = {"type": said.type or "document"}
            fields |= {
                "title": said.title or said.date or above,
                "author": author,
                "recipient": recipient,
                "date": said.date,
            }
            is_archive = PageId("archive", above) in self.tree.drafts or above in self.linked.corpus.archives
            fields |= {"repository" if is_archive else "part_of": above}
            fields |= {"seen": self._seen, "draft": True}
            page = PageId("source", key)
            self._drafts[page] = IncomingRecord(page, {name: one for name, one in fields.items() if one}, where)
        if key:
            self.note_leaves(key, shelf.leaf_label, shelf.leaf)
        return key

    def note_leaves(self, key: str, label: str, leaves: str) -> None:
        """Give a drafted document the leaves on which a note cites it."""
        page = PageId("source", key)
        draft = self._drafts.get(page)
        if draft is None or label != "folio" or not leaves or leaves in self._leaves.get(key, ()):
            return
        runs = [*self._leaves.get(key, ()), leaves]
        found = sorted({run for text in runs for run in try_folios(text)}, key=lambda run: (run.first, -run.last))
        kept = [run for at, run in enumerate(found) if not any(before.last >= run.last for before in found[:at])]
        if not kept:
            return
        self._leaves[key] = runs
        joined = format_folios(tuple(kept))
        fields = {name: value for name, value in draft.fields.items() if name not in ("folios", "seen", "draft")}
        fields |= {"folios": joined, "seen": self._seen, "draft": True}
        self._drafts[page] = IncomingRecord(page, fields, draft.place)

    def read_work(self, text: str, emphasised: tuple[str, ...]) -> WorkReference | None:
        return read_work_reference(text, emphasised)


def _identity(above: str, author: str, recipient: str, date: str, title: str) -> tuple[str, ...]:
    """Return what two notes have in common that cite one document."""
    return (above, author, recipient, date.strip("?~"), "" if author and recipient and date else slug(title))


def short_names_in(abbreviations: Mapping[str, str], archives: tuple[str, ...]) -> dict[str, str]:
    """Return the short names of archives that the lists at the end of a manuscript have, with their full names."""
    found = {short: name for short, name in abbreviations.items() if ARCHIVE.search(name)}
    for line in archives:
        if match := SHORT.search(line):
            found.setdefault(match[1], line[: match.start()].strip(" ,"))
            continue
        short, _, name = (part.strip() for part in re.sub(r"[–=]", ":", line).partition(":"))
        if name and len(short) < _LONGEST_SHORT:
            found.setdefault(short, name)
    return found


def emphasised_in(markdown: str) -> Iterator[str]:
    """Yield what stands in italics in Markdown."""
    yield from (match[1] or match[2] for match in _EMPHASIS.finditer(markdown))

"""Every address that an edition ever published, and what answers to it now: the ledger, held against the pages.

An address is for ever. It is in its place; or its note has another label, for which the build sets an alias; or its
record has another key; or an editor said in the ledger where it leads; or it is gone, and a page says so. What remains
is lost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

from ..reading.ledger import LedgerEntry
from ..values.dates import Edtf, parse_edtf
from ..values.page_id import PageId
from ..values.slugs import slug
from .aliases import match_labels
from .calls import Call
from .headings import headings_of, match_headings
from .links import LinkedCorpus
from .pages import list_pages, path_of, site_address

# How an address of the ledger resolves.
Way = Literal["in place", "alias", "formerly", "moved", "gone", "lost"]
NOTE_ANCHOR = "fn:"
# What was published: the address of its page today, its anchor or label, its entry.
Published: TypeAlias = "tuple[tuple[str, str, LedgerEntry], ...]"


@dataclass(frozen=True)
class Resolved:
    """An entry of the ledger, how it resolves, and the address that answers to it: "" for what is gone or lost."""

    entry: LedgerEntry
    way: Way
    address: str


@dataclass(frozen=True)
class Tombstone:
    """What is said of a page that is gone: its title, since when, and what stands in its place, if anything does.

    `address` and `path`: of the page in its place, "" for none; `page`: the record that this shows, None for none.
    """

    title: str
    gone: Edtf | None
    address: str
    path: str
    page: PageId | None


@dataclass(eq=False)
class Addresses:
    """The addresses of an edition, now and before."""

    linked: LinkedCorpus

    @cached_property
    def paths(self) -> Mapping[str, str]:
        """The file of each page by its address, without the page of downloads: whoever builds decides on that."""
        pages = list_pages(self.linked, self.linked.overview.attendance)
        return {site_address(page.path): page.path for page in pages}

    @cached_property
    def calls(self) -> Mapping[str, tuple[Call, ...]]:
        """The notes of each page in their order, by the address of the page."""
        return {site_address(path_of(page)): calls for page, calls in self.linked.calls_by_page.items() if calls}

    def address_of(self, page: PageId) -> str:
        """Return the address of a record's page below the site."""
        return site_address(path_of(page))

    @cached_property
    def entries(self) -> Mapping[str, LedgerEntry]:
        """What the ledger says of each address."""
        return {entry.address: entry for entry in self.linked.corpus.ledger.entries}

    @cached_property
    def resolved(self) -> tuple[Resolved, ...]:
        """How each address of the ledger resolves, in the order of the ledger."""
        return tuple(Resolved(entry, *self.resolve(entry.address)) for entry in self.entries.values())

    @cached_property
    def former(self) -> Mapping[str, str]:
        """The addresses of pages whose records have another key now, each with today's address."""
        corpus = self.linked.corpus
        pages = [record.page for record in corpus.records()] + [PageId("source", key) for key in corpus.works]
        return {
            site_address(path_of(PageId(page.kind, old))): site_address(path_of(page))
            for page in pages
            for old in corpus.former_keys_of(page)
        }

    @cached_property
    def redirects(self) -> Mapping[str, str]:
        """The addresses of pages that have another address now, each with today's."""
        said = {found.entry.address: found.address for found in self.resolved if not found.entry.anchor}
        moved = {old: new.partition("#")[0] for old, new in said.items() if new and old not in self.paths}
        return {**moved, **self.former}

    @cached_property
    def tombstones(self) -> Mapping[str, Tombstone]:
        """What stands at the addresses of pages that are gone, or lost."""
        gone = (found.entry for found in self.resolved if not found.entry.anchor and not found.address)
        return {entry.address: self._say_gone(entry) for entry in gone}

    def _say_gone(self, entry: LedgerEntry) -> Tombstone:
        instead = self.resolve(entry.target.partition("#")[0])[1] if entry.target else ""
        page = next((page for page in self.linked.calls_by_page if self.address_of(page) == instead), None)
        day = parse_edtf(entry.gone) if entry.gone else None
        return Tombstone(entry.words or entry.address, day, instead, self.paths.get(instead, ""), page)

    @cached_property
    def headings(self) -> Mapping[str, tuple[str, ...]]:
        """The anchors of the headings that an editor wrote, by the address of the page, in their order."""
        found = {record.page: headings_of(record, self.linked.phrases.marks) for record in self.linked.corpus.records()}
        return {self.address_of(page): anchors for page, anchors in found.items() if anchors}

    def heading_aliases_of(self, page: str) -> Mapping[str, str]:
        """Return the anchors that headings of a page had before, each with the one that the heading has now."""
        ends = {anchor: self.resolve(entry.address)[1] for anchor, entry in self._old_headings.get(page, {}).items()}
        return {anchor: end.partition("#")[2] for anchor, end in ends.items() if end.startswith(f"{page}#")}

    def aliases_of(self, page: str) -> Mapping[str, str]:
        """Return the labels that notes of a page had before, each with the label that the note has now."""
        ends = {label: self.resolve(entry.address) for label, entry in self._old_labels.get(page, {}).items()}
        own = f"{page}#{NOTE_ANCHOR}"
        return {label: end.removeprefix(own) for label, (_, end) in ends.items() if end.startswith(own)}

    def moved_from(self, page: str) -> Mapping[str, str]:
        """Return the labels of notes that stood on a page and stand on another, each with its address there."""
        ends = {label: self.resolve(entry.address) for label, entry in self._old_labels.get(page, {}).items()}
        return {label: end for label, (_, end) in ends.items() if end and not end.startswith(f"{page}#")}

    def resolve(self, address: str, seen: frozenset[str] = frozenset()) -> tuple[Way, str]:
        """Return how an address resolves, and the address that answers to it now: "" if none does.

        `seen`: the addresses that have led here. A ring of addresses leads nowhere.
        """
        page, _, anchor = address.partition("#")
        way, today = self._resolve_page(page, seen)
        if not anchor or not today:
            return way, today
        if not anchor.startswith(NOTE_ANCHOR):
            return self._resolve_heading(address, way, f"{today}#{anchor}", seen)
        label = anchor.removeprefix(NOTE_ANCHOR)
        if label in self._labels_of(today):
            return way, f"{today}#{anchor}"
        if label in self._found.get(today, {}):
            return "alias", f"{today}#{NOTE_ANCHOR}{self._found[today][label]}"
        return self._resolve_entry(self._old_labels.get(today, {}).get(label), today, seen)

    def _resolve_heading(self, address: str, way: Way, own: str, seen: frozenset[str]) -> tuple[Way, str]:
        today, _, anchor = own.partition("#")
        if anchor in self._found_headings.get(today, {}):
            return "alias", f"{today}#{self._found_headings[today][anchor]}"
        if anchor in self._old_headings.get(today, {}):
            return self._resolve_entry(self._old_headings[today][anchor], today, seen)
        # Of a heading that stands; or of a section of the program's own, which the ledger need not name.
        return way, own

    def _resolve_entry(self, entry: LedgerEntry | None, today: str, seen: frozenset[str]) -> tuple[Way, str]:
        """Return what an entry itself says of an address that nothing on the page of `today` answers to."""
        if entry and entry.gone:
            return "gone", ""
        if entry and entry.target and entry.address not in seen:
            _, end = self.resolve(entry.target, seen | {entry.address})
            return ("alias" if end.startswith(f"{today}#") else "moved") if end else "lost", end
        return "lost", ""

    def _resolve_page(self, page: str, seen: frozenset[str]) -> tuple[Way, str]:
        entry = self.entries.get(page)
        if page in self.paths:
            return "in place", page
        if page in seen or (entry and entry.gone):
            return "gone" if entry and entry.gone else "lost", ""
        if page in self.former:
            return "formerly", self.former[page]
        if entry and entry.target:
            _, end = self.resolve(entry.target, seen | {page})
            return "moved" if end else "lost", end.partition("#")[0]
        # A page of the statements that rest on a source: there are fewer of them now, or the source has another key.
        upper, _, number = page.rstrip("/").rpartition("/")
        if number.isdecimal() and upper.count("/") == 1:
            _, end = self._resolve_page(f"{upper}/", seen | {page})
            below = f"{end}{number}/"
            return ("formerly", below if below in self.paths else end) if end else ("lost", "")
        return "lost", ""

    @cached_property
    def _old_headings(self) -> Mapping[str, Mapping[str, LedgerEntry]]:
        """The anchors of headings in the ledger that no heading of the page has now, by today's address of the page."""
        return _without(self._published_headings, self.headings)

    @cached_property
    def _found_headings(self) -> Mapping[str, Mapping[str, str]]:
        """The old anchors of headings that the program finds by itself, with today's, by the address of the page."""
        published: dict[str, list[str]] = defaultdict(list)
        for page, anchor, entry in self._published_headings:
            if page in self._old_headings and not entry.target and not entry.gone:
                published[page].append(anchor)
        return {
            page: match_headings(list(dict.fromkeys(anchors)), self.headings.get(page, ()))
            for page, anchors in published.items()
        }

    @cached_property
    def _published_headings(self) -> Published:
        """For each anchor of the ledger that is of no note: its page's address today, the anchor, and its entry."""
        named = [entry for entry in self.entries.values() if entry.anchor and not entry.anchor.startswith(NOTE_ANCHOR)]
        return tuple((page, entry.anchor, entry) for page, entry in self._on_pages(named))

    @cached_property
    def _old_labels(self) -> Mapping[str, Mapping[str, LedgerEntry]]:
        """The labels of the ledger that no note of the page has now, by today's address of the page, in their order."""
        return _without(self._published_notes, self._labels)

    @cached_property
    def _found(self) -> Mapping[str, Mapping[str, str]]:
        """The old labels whose notes the program finds by itself, with today's labels, by the address of the page."""
        known: dict[str, set[str]] = defaultdict(set)
        for page, label, _ in self._published_notes:
            known[page].add(label)
        found = {}
        for page, labels in self._old_labels.items():
            lost = [label for label, entry in labels.items() if not entry.target and not entry.gone]
            sources = {call.label: self._sources_of(call) for call in self.calls.get(page, ())}
            new = {label: keys for label, keys in sources.items() if label not in known[page]}
            found[page] = match_labels(lost, new, [label for label in sources if label in known[page]])
        return found

    @cached_property
    def _published_notes(self) -> Published:
        """For each note of the ledger: its page's address today, its label then, and its entry."""
        notes = [entry for entry in self.entries.values() if entry.anchor.startswith(NOTE_ANCHOR)]
        return tuple((page, entry.anchor.removeprefix(NOTE_ANCHOR), entry) for page, entry in self._on_pages(notes))

    def _on_pages(self, entries: Sequence[LedgerEntry]) -> Iterator[tuple[str, LedgerEntry]]:
        """Yield entries of anchors, each with today's address of its page, without those whose page is no more."""
        ends = {page: self._resolve_page(page, frozenset())[1] for page in {entry.page for entry in entries}}
        yield from ((ends[entry.page], entry) for entry in entries if ends[entry.page])

    def _labels_of(self, page: str) -> frozenset[str]:
        return self._labels.get(page, frozenset())

    @cached_property
    def _labels(self) -> Mapping[str, frozenset[str]]:
        return {page: frozenset(call.label for call in calls) for page, calls in self.calls.items()}

    def _sources_of(self, call: Call) -> list[str]:
        return [slug(self.linked.corpus.oldest_key_of(PageId("source", cite.key))) for cite in call.cites]


def _without(published: Published, standing: Mapping[str, Collection[str]]) -> Mapping[str, Mapping[str, LedgerEntry]]:
    """Return what was published of each page and does not stand there now, in its order."""
    old: dict[str, dict[str, LedgerEntry]] = defaultdict(dict)
    for page, anchor, entry in published:
        known = old[page].get(anchor)
        # A page that had two addresses has two entries. The one that says more counts.
        if anchor not in standing.get(page, ()) and not (known and (known.target or known.gone)):
            old[page][anchor] = entry
    return {page: anchors for page, anchors in old.items() if anchors}

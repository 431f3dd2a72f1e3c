"""Checks that every address that was published still leads somewhere. Returns findings, changes nothing."""

from __future__ import annotations

from collections.abc import Iterator

from ..edition.addresses import NOTE_ANCHOR, Addresses, Resolved
from ..edition.links import LinkedCorpus
from ..reading.ledger import LedgerEntry
from ..values.findings import Finding, did_you_mean

_SHOWN = 3


def check_addresses(linked: LinkedCorpus) -> Iterator[Finding]:
    """Yield a finding for each address of the ledger that leads to nothing, and was not said to be gone."""
    if not linked.corpus.ledger.entries:
        return
    addresses = linked.addresses
    lost = [resolved for resolved in addresses.resolved if resolved.way == "lost"]
    without_page = {found.entry.page for found in lost if not addresses.resolve(found.entry.page)[1]}
    for found in addresses.resolved:
        if found.way == "gone" and found.entry.target and addresses.resolve(found.entry.target)[0] == "lost":
            message = (
                f"{found.entry.target}, which is said to stand in the place of {found.entry.address}, is not there"
            )
            yield Finding(found.entry.span, "lost-address", message, did_you_mean(found.entry.target, addresses.paths))
    for found in lost:
        if not found.entry.anchor:
            yield _lost_page(addresses, found.entry)
        elif found.entry.page not in without_page or found.entry.page not in addresses.entries:
            yield _lost_anchor(addresses, found)


def _lost_page(addresses: Addresses, entry: LedgerEntry) -> Finding:
    if entry.target:
        message = f"{entry.address} was published, and {entry.target}, to which it leads, is not there"
        return Finding(entry.span, "lost-address", message, did_you_mean(entry.target, addresses.paths))
    message = f"{entry.address} was published, and there is no such page any more"
    hint = (
        "if its record has another key now, write formerly: [old-key] there; if it is gone, write here: "
        f"{entry.address} gone DATE, or {entry.address} gone DATE -> ADDRESS of what stands in its place"
    )
    return Finding(entry.span, "lost-address", message, hint)


def _lost_anchor(addresses: Addresses, found: Resolved) -> Finding:
    entry = found.entry
    if entry.target:
        message = f"{entry.address} was published, and {entry.target}, to which it leads, is not there"
        return Finding(entry.span, "lost-address", message, "write a note's address behind ->, as its page has it")
    page = addresses.resolve(entry.page)[1]
    if not entry.anchor.startswith(NOTE_ANCHOR):
        message = f"{entry.address} was published, and no heading of the page is surely the same"
        shown = did_you_mean(entry.anchor, addresses.headings.get(page, ())) or "as the page has it"
        hint = f"write behind it -> #ANCHOR of a heading ({shown}); or, if it is gone: gone DATE"
        return Finding(entry.span, "lost-address", message, hint)
    message = f"{entry.address} was published, and no note of the page is surely the same"
    return Finding(entry.span, "lost-address", message, _suggest(addresses, entry, page))


def _suggest(addresses: Addresses, entry: LedgerEntry, page: str) -> str:
    """Return what an editor can type: notes that cite the same, or that the note is gone."""
    label = entry.anchor.removeprefix(NOTE_ANCHOR)
    name = label.partition("_")[0].partition(".")[0]
    alike = [call.label for call in addresses.calls.get(page, ()) if name in (f"note-{call.name}", call.name)]
    known = {entry.anchor for entry in addresses.entries.values() if entry.page == page}
    # First those that were never published: the note may be one of them, with other words before it.
    alike.sort(key=lambda other: NOTE_ANCHOR + other in known)
    shown = ", or ".join(f"-> #{NOTE_ANCHOR}{other}" for other in alike[:_SHOWN])
    return f"write behind it {shown or f'-> #{NOTE_ANCHOR}LABEL of a note'}; or, if it is gone: gone DATE"

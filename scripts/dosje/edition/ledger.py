"""What a publication adds to the ledger of an edition. It takes nothing out, and leaves an editor's comments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..reading.ledger import LedgerEntry, format_line, join_entries, parse_line
from ..values.page_id import PageId
from .addresses import NOTE_ANCHOR
from .links import LinkedCorpus

HEADER = """\
# Every address that this edition ever published. It is for ever: dosje adds lines, and nobody takes one out.
# Behind an address may stand: "gone DATE", "-> ADDRESS" where it leads now, "| words" that say what stands there.
"""


@dataclass(frozen=True)
class PublishedPage:
    """A page that is published: its address, what it is called, and its anchors in their order.

    `aliases`: anchors that it had before and answers to, each with the anchor that it has now.
    """

    address: str
    words: str
    anchors: tuple[str, ...]
    aliases: Mapping[str, str] = field(default_factory=dict)


def pages_of_edition(linked: LinkedCorpus, title_of: Callable[[PageId], str]) -> list[PublishedPage]:
    """Return the pages that an edition would publish now."""
    addresses = linked.addresses
    titles = {addresses.address_of(page): title_of(page) for page in linked.calls_by_page}
    return [
        PublishedPage(
            address,
            titles.get(address, ""),
            _anchors_of(linked, address),
            {
                **addresses.heading_aliases_of(address),
                **{NOTE_ANCHOR + old: NOTE_ANCHOR + new for old, new in addresses.aliases_of(address).items()},
            },
        )
        for address in addresses.paths
    ]


def _anchors_of(linked: LinkedCorpus, address: str) -> tuple[str, ...]:
    """Return the anchors of a page in the order of its record: of headings that an editor wrote, and of notes."""
    notes = (f"{NOTE_ANCHOR}{call.label}" for call in linked.addresses.calls.get(address, ()))
    return (*linked.addresses.headings.get(address, ()), *notes)


def order_anchors(pages: Iterable[PublishedPage], linked: LinkedCorpus) -> Iterator[PublishedPage]:
    """Yield the pages, with the anchors of each in the order of its record, not that in which a template shows them.

    Notes that are alike are told apart by that order, which needs no template. Of headings those stay that an editor
    wrote.
    """
    for page in pages:
        rank = {anchor: at for at, anchor in enumerate(_anchors_of(linked, page.address))}
        kept = (anchor for anchor in page.anchors if anchor in rank or anchor.startswith(NOTE_ANCHOR))
        yield _with_anchors(page, sorted(kept, key=lambda anchor: rank.get(anchor, len(rank))))


def only_notes(pages: Iterable[PublishedPage]) -> Iterator[PublishedPage]:
    """Yield the pages without the anchors of headings, of which only the records can say who wrote them."""
    for page in pages:
        yield _with_anchors(page, [anchor for anchor in page.anchors if anchor.startswith(NOTE_ANCHOR)])


def _with_anchors(page: PublishedPage, anchors: Sequence[str]) -> PublishedPage:
    aliases = {old: new for old, new in page.aliases.items() if new in anchors}
    return replace(page, anchors=tuple(anchors), aliases=aliases)


def add_published(text: str, pages: Iterable[PublishedPage]) -> str:
    """Return the text of a ledger with what these pages add to it.

    Pages are sorted. The anchors of a page stand in the order of its record, because notes that are alike are told
    apart by their order. Lines that cannot be read stay where they are, below what they stood below.
    """
    header, blocks = _cut_into_blocks(text)
    for page in pages:
        blocks[page.address] = _add_page(blocks.get(page.address, []), page)
    lines = [line for address in sorted(blocks) for line in blocks[address]]
    return (header or HEADER) + "".join(f"{line}\n" for line in lines)


def _cut_into_blocks(text: str) -> tuple[str, dict[str, list[str]]]:
    """Return the comment at the head of a ledger, and the lines of each page, by its address."""
    lines = text.split("\n")
    count = next((at for at, line in enumerate(lines) if not line.startswith("#")), len(lines))
    blocks: dict[str, list[str]] = {}
    waiting: list[str] = []  # comments, which belong to the line below them
    address = ""
    for line in lines[count:]:
        entry = parse_line(line) if line.strip() and not line.startswith("#") else None
        if isinstance(entry, LedgerEntry):
            address = entry.page
            blocks.setdefault(address, []).extend([*waiting, line])
            waiting = []
        elif line.strip():
            waiting.append(line)
    if waiting:
        blocks.setdefault(address, []).extend(waiting)
    return "".join(f"{line}\n" for line in lines[:count]), blocks


def _add_page(lines: Sequence[str], page: PublishedPage) -> list[str]:
    """Return the lines of a page's block, each address once, with what is published of the page now."""
    entries = [entry for entry in map(parse_line, lines) if isinstance(entry, LedgerEntry)]
    joined = {entry.address: entry for entry in join_entries(entries)}
    own = joined.get(page.address, LedgerEntry(page.address))
    # A page that stands again is no longer gone.
    joined[page.address] = replace(own, words=page.words or own.words, gone="", target="")
    order = [address for address in joined if address != page.address]
    after = 0
    for anchor in page.anchors:
        address = f"{page.address}#{anchor}"
        if address not in joined:
            joined[address] = LedgerEntry(address)
            order.insert(after, address)
        after = order.index(address) + 1
    for old, new in page.aliases.items():
        # Also of a page that had another address then: its notes answer to their old anchors here.
        address = f"{page.address}#{old}"
        if address not in joined:
            order.append(address)
        if not joined.setdefault(address, LedgerEntry(address)).target:
            joined[address] = replace(joined[address], target=f"{page.address}#{new}")
    return _print(lines, [page.address, *order], joined)


def _print(lines: Sequence[str], order: Sequence[str], entries: Mapping[str, LedgerEntry]) -> list[str]:
    """Return the entries in an order, each below the comments that stood above it; a line that says the same stays."""
    comments: dict[str, list[str]] = {}
    given: dict[str, str] = {}
    waiting: list[str] = []
    for line in lines:
        entry = None if line.startswith("#") else parse_line(line)
        if isinstance(entry, LedgerEntry):
            comments.setdefault(entry.address, []).extend(waiting)
            given[entry.address] = line
            waiting = []
        else:
            waiting.append(line)
    printed = []
    for address in order:
        line = given.get(address, "")
        is_same = bool(line) and parse_line(line) == replace(entries[address], line=0)
        printed += [*comments.get(address, []), line if is_same else format_line(entries[address])]
    return printed + waiting

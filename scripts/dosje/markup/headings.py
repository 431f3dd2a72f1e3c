"""The headings of a text as a tree, wherever they stand: between paragraphs, in a list, in a quotation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from .tree import Block, Blocks, Heading, blocks_within, map_within


def headings_in(blocks: Iterable[Block]) -> Iterator[Heading]:
    """Yield the headings in the order in which a reader meets them, also those within lists and quotations."""
    for block in blocks:
        if isinstance(block, Heading):
            yield block
        for within in blocks_within(block):
            yield from headings_in(within)


def map_headings(blocks: Blocks, change: Callable[[Heading], Block]) -> Blocks:
    """Return the blocks with every heading changed, in the order of `headings_in`."""
    return tuple(
        change(block) if isinstance(block, Heading) else map_within(block, lambda within: map_headings(within, change))
        for block in blocks
    )

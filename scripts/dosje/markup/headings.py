"""The headings of a text as a tree, wherever they stand: between paragraphs, in a list, in a quotation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from .tree import AuthorsText, Block, Blocks, Definitions, Heading, Items, Quotation


def headings_in(blocks: Iterable[Block]) -> Iterator[Heading]:
    """Yield the headings in the order in which a reader meets them, also those within lists and quotations."""
    for block in blocks:
        if isinstance(block, Heading):
            yield block
        elif isinstance(block, Items):
            for item in block.items:
                yield from headings_in(item)
        elif isinstance(block, Definitions):
            for _, meanings in block.rows:
                for meaning in meanings:
                    yield from headings_in(meaning)
        elif isinstance(block, Quotation | AuthorsText):
            yield from headings_in(block.blocks)


def map_headings(blocks: Blocks, change: Callable[[Heading], Heading]) -> Blocks:
    """Return the blocks with every heading changed, in the order of `headings_in`."""
    changed: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            changed.append(change(block))
        elif isinstance(block, Items):
            items = tuple(map_headings(item, change) for item in block.items)
            changed.append(Items(items, block.start, block.is_loose, block.role))
        elif isinstance(block, Definitions):
            rows = ((terms, tuple(map_headings(part, change) for part in meanings)) for terms, meanings in block.rows)
            changed.append(Definitions(tuple(rows)))
        elif isinstance(block, Quotation):
            changed.append(Quotation(map_headings(block.blocks, change)))
        elif isinstance(block, AuthorsText):
            changed.append(AuthorsText(block.page, block.field, map_headings(block.blocks, change)))
        else:
            changed.append(block)
    return tuple(changed)

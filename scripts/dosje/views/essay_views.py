"""The view of an essay, or of a page in prose."""

from __future__ import annotations

from collections.abc import Iterator

from ..edition.orders import chapters_of
from ..markup.tree import Blocks, Heading, Paragraph
from ..reading.corpus import Record
from ..reading.records import Essay
from ..values.page_id import PageId
from .common_sections import make_mentions, make_room, make_text, make_works_cited
from .record_context import RecordContext
from .view import Section

# The page with this key is the home page; the line of time stands after its opening text.
_HOME = "index"


def opening_of_essay(context: RecordContext, record: Record[Essay]) -> Iterator[Section]:
    if record.model.author:
        yield Section("author", "", (Paragraph(context.parties(record.model.author)),))
    if record.model.summary:
        yield Section("summary", "", (Paragraph(context.line_of(record.model.summary), "lead"),))


def sections_of_essay(context: RecordContext, record: Record[Essay]) -> Iterator[Section]:
    body = context.prose("body", level=0)
    if record.kind != "essay":
        opening, rest = _part(body) if record.key == _HOME else (body, ())
        yield from make_text("opening", opening)
        if record.key == _HOME:
            yield from make_room("timeline")
        yield from make_text("body", rest)
        return
    yield from make_text("body", body)
    if neighbours_of_essay(context, record.page) != (None, None):
        yield from make_room("neighbours")
    yield from make_mentions(context)
    yield from make_works_cited(context)


def neighbours_of_essay(context: RecordContext, page: PageId) -> tuple[PageId | None, PageId | None]:
    """Return the chapters before and after an essay; other pages have none."""
    if page.kind != "essay":
        return None, None
    pages = [essay.page for essay in chapters_of(context.linked.corpus)]
    at = pages.index(page)
    return (pages[at - 1] if at else None), (pages[at + 1] if at + 1 < len(pages) else None)


def _part(blocks: Blocks) -> tuple[Blocks, Blocks]:
    """Return the blocks before the first heading, and the rest."""
    at = next((at for at, block in enumerate(blocks) if isinstance(block, Heading)), len(blocks))
    return blocks[:at], blocks[at:]

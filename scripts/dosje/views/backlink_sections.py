"""What rests on a source: on pages each statement, in an e-book the records, in print the pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..edition.backlinks import BacklinkPage, cut_into_pages
from ..edition.calls import Backlink
from ..edition.pages import path_of_backlink_page
from ..markup.markdown_tree import clean
from ..markup.tree import Block, Blocks, CitedAt, Inlines, Paragraph, Reference
from ..values.citations import place_key_of
from ..values.page_id import PageId
from ..values.typography import curl
from ..values.words import Run
from .common_sections import make_list, make_section, tabulate
from .record_context import RecordContext, join_inlines
from .view import EBOOK, ON_PAGES, Section

# The phrase over what disputes a source or only mentions it.
OTHERWISE = "facts.cited-otherwise"


def make_backlinks(context: RecordContext) -> Iterator[Section]:
    """Yield the statements that rest on the source of the view."""
    pages = cut_into_pages(context.linked, context.page.key) if not context.only_calls else ()
    if pages:
        rests = context.linked.support_of(context.page.key)
        yield from make_section(context, "what-rests-on-it", backlink_blocks(context, pages, pages[0]), ON_PAGES)
        yield from make_section(context, "what-rests-on-it", make_list(_by_place(context, rests)), frozenset((EBOOK,)))
    others = context.linked.others_of(context.page.key) if not context.only_calls else ()
    if others:
        rows = (_row(context, one, is_here=one.call.page == context.page) for one in others)
        table = tabulate(context, ("cited-place", "statement", "where"), rows, (2, 6, 3))
        yield from make_section(context, "cited-otherwise", table, ON_PAGES)
        lines = make_list(_by_place(context, others))
        yield from make_section(context, "cited-otherwise", lines, frozenset((EBOOK,)))


def backlink_blocks(context: RecordContext, pages: Sequence[BacklinkPage], page: BacklinkPage) -> Iterator[Block]:
    """Yield what stands on one of the pages of what rests on a source: how much there is, the other pages, a table."""
    count = sum(len(one.backlinks) for one in pages)
    key = "backlinks.on-pages" if len(pages) > 1 else "backlinks.here"
    yield Paragraph(context.line_of(context.say(key, n=count, pages=len(pages))))
    if len(pages) > 1:
        ways = [_way_to(context, one, is_here=one == page) for one in pages]
        yield Paragraph(join_inlines(ways, " · "))
    own = context.page if page.number == 1 else None
    rows = (_row(context, backlink, is_here=backlink.call.page == own) for backlink in page.backlinks)
    yield from tabulate(context, ("cited-place", "statement", "where"), rows, (2, 6, 3))


def say_span(context: RecordContext, page: BacklinkPage) -> str:
    """Return which places of a source a page is about: "n. 1 to n. 22, and as a whole"."""
    places = [backlink.cite for backlink in page.backlinks if backlink.cite.locator is not None]
    ends = dict.fromkeys(context.place_of(cite) for cite in (*places[:1], *places[-1:]))
    wholes = [context.place_of(one.cite) for one in page.backlinks[-1:] if one.cite.locator is None]
    first, *last = [*ends, *wholes]
    if len(ends) == 2 and wholes:
        return context.say("backlinks.span-and-whole", first=first, last=last[0], whole=wholes[0])
    if len(ends) == 2:
        return context.say("backlinks.span", first=first, last=last[0])
    return context.say("backlinks.place-and-whole", first=first, whole=wholes[0]) if ends and wholes else first


def _way_to(context: RecordContext, page: BacklinkPage, *, is_here: bool) -> Inlines:
    shown = curl(say_span(context, page), context.linked.phrases.marks)
    if is_here:
        return (Run(shown, ("strong",)),)
    return (Reference((Run(shown),), PageId("path", path_of_backlink_page(page))),)


def _row(context: RecordContext, backlink: Backlink, *, is_here: bool) -> tuple[Inlines, ...]:
    call = backlink.call
    where = context.line_of(context.say("backlinks.this-page")) if is_here else context.link(*call.page)
    place = context.line_of(context.place_of(backlink.cite))
    return place, context.line_of(call.context), (*where, *context.note(call.page, call.label, context.comma))


def cited_places(context: RecordContext, before: str = "", *, in_support: bool = True) -> Inlines:
    """Return the places of a source that are cited, for each the pages of the book; of a work all places together.

    Either those that something rests on, or those that are disputed or only mentioned.
    """
    key = context.page.key
    found = context.linked.support_of(key) if in_support else context.linked.others_of(key)
    if not found:
        return ()
    is_work = key in context.linked.corpus.works
    places = {
        place_key_of(one.cite): curl(clean(context.place_of(one.cite)), context.linked.phrases.marks)
        for one in found
        if not is_work
    }
    return (CitedAt(key, tuple(places.items()), before, in_support),)


def _by_place(context: RecordContext, found: Sequence[Backlink]) -> Iterator[Inlines]:
    """Yield, for each place in the source, the records that cite it, each with the note."""
    places: dict[str, list[Inlines]] = {}
    for backlink in found:
        call = backlink.call
        line = (*context.link(*call.page), *context.note(call.page, call.label, context.comma))
        places.setdefault(context.place_of(backlink.cite), []).append(line)
    for place, lines in places.items():
        yield (*context.line_of(context.say("value.labelled", label=place)), *join_inlines(lines, context.semicolon))


def citing_records(context: RecordContext) -> Blocks:
    """Return links to the records that cite the source: one paragraph of what rests on it, one of the others."""
    if context.only_calls:
        return ()
    key = context.page.key
    support, others = context.linked.support_of(key), context.linked.others_of(key)
    return (*_link_records(context, "facts.cited", support), *_link_records(context, OTHERWISE, others))


def _link_records(context: RecordContext, name: str, found: Sequence[Backlink]) -> Blocks:
    pages = dict.fromkeys(one.call.page for one in found if one.call.page != context.page)
    links = join_inlines([context.link(*page) for page in pages], context.semicolon)
    return (Paragraph((*context.line_of(context.label(name)), *links), "annotation"),) if links else ()

"""Facts and sections that the views of several kinds share. Those with nothing in them are left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..edition.calls import Mention
from ..edition.titles import sort_text
from ..markup.tree import Block, Blocks, Heading, Inlines, Items, Named, Paragraph, Positions, Room, Table
from ..reading.corpus import Record
from ..reading.fields import Model
from ..reading.kinds import KINDS
from ..reading.other_dates import OtherDate
from ..reading.records import Dispute, Event, Meeting
from ..reading.source_records import Source
from ..values.page_id import PageId
from ..values.words import Run
from .record_context import RecordContext, join_inlines
from .view import EBOOK, EVERYWHERE, IN_BOOKS, ON_PAGES, Fact, Section


def make_fact(
    context: RecordContext, key: str, value: Inlines | str, faces: frozenset[str] = EVERYWHERE
) -> tuple[Fact, ...]:
    """Return a fact. Its name is the phrase of this key."""
    line = context.line_of(value) if isinstance(value, str) else value
    return (Fact(key, context.say(f"facts.{key}"), line, faces),) if line else ()


def make_dates(context: RecordContext, model: Meeting | Event | Source) -> Iterator[Fact]:
    """Yield the date of a record, why an editor supplied it, and its other dates."""
    yield from make_fact(context, "date", context.date(model.date))
    yield from make_fact(context, "date-supplied", context.line("date_supplied"))
    lines = [_other_date(context, at, one) for at, one in enumerate(model.dates)]
    yield from make_fact(context, "dates", join_inlines(lines, context.semicolon))


def _other_date(context: RecordContext, at: int, other: OtherDate) -> Inlines:
    said = context.say("dates.of-kind", kind=context.say(f"dates.{other.kind}"), date=context.date(other.date))
    reason = context.line("dates", at, "supplied")
    return (*context.line_of(said), *(Run(context.comma) for _ in reason[:1]), *reason)


def make_same_as(context: RecordContext, same_as: Mapping[str, str]) -> Iterator[Fact]:
    """Yield what the record is called in files of names, such as Wikidata."""
    for scheme, value in sorted(same_as.items(), key=lambda item: item[0].casefold()):
        yield from make_fact(context, "same-as", f"{scheme} {value}")


def make_section(
    context: RecordContext, key: str, blocks: Iterable[Block], faces: frozenset[str] = EVERYWHERE
) -> tuple[Section, ...]:
    """Return a section. Its title is the phrase of this key."""
    kept = tuple(blocks)
    return (Section(key, context.say(f"sections.{key}"), kept, faces),) if kept else ()


def make_text(key: str, blocks: Blocks, faces: frozenset[str] = EVERYWHERE) -> tuple[Section, ...]:
    """Return a section without a title."""
    return (Section(key, "", blocks, faces),) if blocks else ()


def make_draft_mark(context: RecordContext, faces: frozenset[str] = EVERYWHERE) -> tuple[Section, ...]:
    """Return what a reader is told of a draft, before anything else."""
    return make_text("draft", (Paragraph(context.line_of(context.say("draft.notice")), "draft"),), faces)


def mark_draft_work(context: RecordContext, key: str) -> Inlines:
    """Return what stands behind the words of a work that nobody has checked, nothing for another."""
    work = context.linked.corpus.works.get(key)
    return context.line_of(f" {context.say('draft.mark')}") if work and work.is_draft else ()


def make_room(key: str) -> tuple[Section, ...]:
    """Return a place that pages fill: a drawing, or buttons."""
    return (Section(key, "", (Room(key),), ON_PAGES),)


def make_list(lines: Iterable[Inlines], role: str = "") -> Blocks:
    """Return the lines as a list; nothing where there is none."""
    items = tuple((Paragraph(line),) for line in lines if line)
    return (Items(items, role=role),) if items else ()


def tabulate(
    context: RecordContext, heads: Sequence[str], rows: Iterable[tuple[Inlines, ...]], widths: tuple[int, ...]
) -> Blocks:
    """Return a table, its columns named by these phrases; nothing where it has no row."""
    kept = tuple(rows)
    head = tuple(context.say(f"columns.{key}") for key in heads)
    return (Table(head, kept, widths),) if kept else ()


def list_records(context: RecordContext, key: str, records: Iterable[Record[Model]]) -> tuple[Section, ...]:
    """Return a section that lists records with their dates."""
    return make_section(context, key, make_list(context.dated(record) for record in records))


def list_units(context: RecordContext, key: str, units: Iterable[Record[Source]]) -> tuple[Section, ...]:
    """Return a section that lists archival units with date and reference."""
    return make_section(context, key, make_list(context.source_line(unit) for unit in units))


def make_disputes(context: RecordContext, disputes: Sequence[Dispute]) -> tuple[Section, ...]:
    """Return what sources or historians disagree about. On pages the sources of a position stand beside it."""
    blocks: list[Block] = []
    for at, dispute in enumerate(disputes):
        paths = [("disputes", at, "positions", index) for index in range(len(dispute.positions))]
        claims = tuple((*context.line(*path, "claim"), *context.calls(*path, "cite")) for path in paths)
        evidence = tuple(tuple(_evidence(context, *path, "cite")) for path in paths)
        blocks += [Heading(2, context.line_of(dispute.question)), Positions(claims, evidence)]
        blocks += context.prose("disputes", at, "comment", level=2, role="small")
    return make_section(context, "where-accounts-differ", blocks)


def _evidence(context: RecordContext, *path: str | int) -> Iterator[Inlines]:
    for cite in context.cites(*path):
        place = f", {context.place_of(cite)}" if cite.locator else ""
        yield (Named(cite.key, "subsequent", is_link=True), *context.line_of(place))


def make_mentions(context: RecordContext) -> Iterator[Section]:
    """Yield what is said elsewhere of the record. A page quotes the sentences, a book names where they stand."""
    by_page: dict[PageId, list[Mention]] = {}
    for mention in context.linked.mentions.get(context.page, ()) if not context.only_calls else ():
        by_page.setdefault(mention.page, []).append(mention)
    pages = sorted(by_page, key=lambda page: (KINDS[page.kind].rank, context.titles[page].for_sorting))
    blocks: list[Block] = []
    for page in pages:
        blocks.append(Paragraph(context.link(*page, is_strong=True)))
        blocks += make_list(_mention_line(context, mention) for mention in by_page[page])
    yield from make_section(context, "mentioned-elsewhere", blocks, ON_PAGES)
    # The index of a printed book has the pages on which these are mentioned.
    faces = frozenset((EBOOK,)) if KINDS[context.page.kind].is_indexed else IN_BOOKS
    yield from make_section(
        context, "mentioned-elsewhere", make_list((context.numbered(*page) for page in pages), "run-in"), faces
    )


def _mention_line(context: RecordContext, mention: Mention) -> Inlines:
    return (*context.line_of(mention.context), *context.note(mention.page, mention.label, " · "))


def make_works_cited(context: RecordContext) -> tuple[Section, ...]:
    """Return what the page cites: archival units by reference, then published works by author.

    A book has a list of all its sources.
    """
    if context.only_calls:
        return ()
    calls = context.linked.calls_by_page.get(context.page, ())
    cited = {cite.key for call in calls for cite in call.cites}
    reference_of = context.linked.holdings.reference_of
    units = [unit for key in cited if (unit := context.linked.corpus.sources.get(key))]
    units.sort(key=lambda unit: (sort_text(reference_of(unit)), unit.key))
    lines: list[Inlines] = []
    for unit in units:
        reference = reference_of(unit)
        lines.append((*context.link("source", unit.key), *context.line_of(f" · {reference}" if reference else "")))
    works = sorted(cited & context.source_lists.works.keys(), key=context.source_lists.rank_by_author)
    lines += [(Named(key, "bibliography", is_link=True), *mark_draft_work(context, key)) for key in works]
    return make_section(context, "sources-of-this-page", make_list(lines, "bibliography"), ON_PAGES)

"""The views of archival units and published works."""

from __future__ import annotations

from collections.abc import Iterator

from ..edition.archival_files import FileLeaves, leaves_of, neighbours_in_file, reference_below
from ..edition.orders import by_folio
from ..edition.pages import path_of_concordance
from ..markup.tree import Inlines, Named, Paragraph, Room
from ..phrases.place_words import SUFFIX_BY_COUNT, say_language, say_level
from ..reading.corpus import Record
from ..reading.source_records import FormerCode, Source, Witness
from ..values.words import Run
from .backlink_sections import OTHERWISE, cited_places, citing_records, make_backlinks
from .common_sections import (
    make_dates,
    make_disputes,
    make_draft_mark,
    make_fact,
    make_list,
    make_mentions,
    make_room,
    make_section,
    make_text,
    mark_draft_work,
    tabulate,
)
from .record_context import RecordContext, join_inlines
from .view import EBOOK, IN_BOOKS, IN_PRINT, ON_PAGES, ON_SCREENS, PAGE, Fact, Section


def opening_of_source(context: RecordContext, record: Record[Source]) -> Iterator[Section]:
    reference = Paragraph((Named(record.key, "first"), Run(".")), "reference")
    # In a book, the title of a file or series is its reference in words; it has the reference among its facts.
    faces = ON_PAGES | IN_BOOKS if context.linked.holdings.role_of(record) == "item" else ON_PAGES
    yield from make_text("reference", (reference,), faces)
    yield from make_room("take")


def facts_of_source(context: RecordContext, record: Record[Source]) -> Iterator[Fact]:
    model, linked = record.model, context.linked
    is_item = linked.holdings.role_of(record) == "item"
    holding = linked.holdings.holding_of(record)
    kind, level = context.say(f"source.type.{model.type}"), say_level(model.level, linked.phrases)
    if (not is_item or model.level != "item") and model.type != model.level:
        kind = context.say("source.type-and-level", type=kind, level=level)
    yield from make_fact(context, "original-title", _original_title(context, record))
    yield from make_fact(context, "number", model.number)
    if model.title_is:
        yield from make_fact(context, "title", context.say(f"source.title-is.{model.title_is}"))
    yield from make_fact(context, "type", kind)
    yield from make_fact(context, "medium", context.say(f"source.medium.{model.medium}") if model.medium else "")
    yield from make_fact(context, "state", context.say(f"source.state.{model.state}") if model.state else "")
    yield from make_fact(context, "author", context.parties(model.author))
    yield from make_fact(context, "recipient", context.parties(model.recipient))
    yield from make_dates(context, model)
    yield from make_fact(context, "place", context.link("place", model.place))
    yield from make_fact(context, "language", say_language(model.language, linked.phrases))
    if holding:
        # In a book the words of the source name its archive.
        yield from make_fact(context, "repository", context.link("archive", holding.repository), ON_PAGES)
        reference = linked.holdings.reference_of(record)
        yield from make_fact(context, "reference", reference, ON_PAGES if is_item else ON_PAGES | IN_BOOKS)
    former = (_former(context, index, one) for index, one in enumerate(model.former))
    yield from make_fact(context, "former-references", join_inlines(former, context.semicolon))
    if model.leaves:
        yield from make_fact(context, "counted-in", context.say(f"leaves.counted-in.{model.leaves}"))
    yield from make_fact(context, "part-of", context.trail("source", linked.chain(record)))
    yield from make_fact(context, "meetings", context.links("meeting", model.meetings))
    yield from make_fact(context, "also-described", context.semicolon.join(model.variants))
    yield from make_fact(context, "online", _address(model.url))
    yield from make_fact(context, "seen", _seen(context, model.seen))
    yield from make_fact(context, "cited", cited_places(context), IN_PRINT)
    yield from make_fact(context, "cited-otherwise", cited_places(context, in_support=False), IN_PRINT)


def _former(context: RecordContext, index: int, former: FormerCode) -> Inlines:
    """Return a reference that the unit had before, with the years of it and the note that says so."""
    dates = context.span(former.from_, former.to)
    shown = f"{former.code} ({dates})" if dates else former.code
    return (*context.line_of(shown), *context.calls("former", index, "cite"))


def _original_title(context: RecordContext, record: Record[Source]) -> Inlines:
    """Return the title that the unit bears, in its own language or that of its archive."""
    holding = context.linked.holdings.holding_of(record)
    archive = context.linked.corpus.archives.get(holding.repository) if holding else None
    language = record.model.language or (archive.model.language if archive else "")
    return context.in_language(record.model.original_title, language, ("em",))


def _address(url: str) -> Inlines:
    return (Run(url, (), url),) if url else ()


def _seen(context: RecordContext, how: str) -> Inlines:
    if how == "via":
        return (*context.line_of(context.say("seen.via")), *context.calls("via"))
    return context.line_of(context.say(f"seen.{how}"))


def sections_of_source(context: RecordContext, record: Record[Source]) -> Iterator[Section]:
    model = record.model
    yield from make_text("description", context.prose("description", level=0))
    copies = (_witness(context, record, index, one) for index, one in enumerate(model.witnesses))
    yield from make_section(context, "other-copies-and-editions", make_list(copies))
    yield from make_disputes(context, model.disputes)
    yield from _contents(context, record)
    yield from _leaves(context, record)
    yield from _neighbours(context, record)
    yield from make_backlinks(context)
    if context.linked.holdings.holding_of(record) and context.linked.holdings.role_of(record) in ("file", "item"):
        yield from make_room("leaf-lookup")
    yield from make_mentions(context)


def _witness(context: RecordContext, record: Record[Source], index: int, witness: Witness) -> Inlines:
    leaves = context.linked.holdings.leaves_of(witness.part_of or record.key)
    # What an editor wrote as a sentence is one part of the line.
    description = witness.description.strip().removesuffix(".")
    kind = context.say(f"witness.kind.{witness.kind}")
    parts: list[Inlines] = [
        context.line_of(context.say("witness.described", kind=kind, description=description) if description else kind),
        context.numbered("source", witness.part_of),
        context.line_of(leaves.print_runs(witness.folios or ())),
        context.link("source", witness.published_in),
        context.line_of(witness.pages),
        _address(witness.url),
        # The note says through which work another copy is known.
        context.line_of(context.say(f"witness.seen-{witness.seen}")) if witness.seen != "via" else (),
    ]
    return (*join_inlines(parts, context.comma), *context.calls("witnesses", index, "via"))


def _contents(context: RecordContext, record: Record[Source]) -> Iterator[Section]:
    holdings = context.linked.holdings
    whole = context.linked.holdings.reference_of(record)
    rows: list[tuple[Inlines, ...]] = []
    for part in by_folio(context.linked.parts_of(record)):
        model = part.model
        place = holdings.leaves_of(part.key).print_runs(model.folios or ())
        if not place and (model.level != "item" or model.code):
            place = reference_below(holdings.reference_of(part), whole)
        rows.append((context.line_of(place or "–"), context.dated(part)))
    yield from make_section(context, "what-is-in-it", tabulate(context, ("place-in-it", "document"), rows, (1, 4)))


def _leaves(context: RecordContext, record: Record[Source]) -> Iterator[Section]:
    """Yield which leaves of a file are known. In print its contents, and where each place is cited, say the same."""
    holdings = context.linked.holdings
    is_file = not context.only_calls and holdings.role_of(record) == "file"
    found = leaves_of(context.linked, record) if is_file else None
    if found is None:
        return
    leaves = holdings.leaves_of(record.key)
    suffix = SUFFIX_BY_COUNT[leaves.counted_in]
    rows = [
        (
            context.line_of(leaves.print_runs((one.leaves,))),
            _lies_there(context, found, at),
            context.line_of(str(one.cites) if one.cites else ""),
        )
        for at, one in enumerate(found.stretches)
    ]
    table = tabulate(context, (f"leaves{suffix}", "what-lies-there", "times-cited"), rows, (2, 6, 1))
    yield from make_section(context, f"its-leaves{suffix}", (Room("leaves"), *table), ON_SCREENS)


def _lies_there(context: RecordContext, found: FileLeaves, at: int) -> Inlines:
    stretch = found.stretches[at]
    if stretch.is_gap:
        return (Run(context.say("leaves.nothing-known"), ("em",)),)
    parts = [context.link("source", key) for key in stretch.items]
    unsure = (Run(" "), Run(context.say("leaves.extent-unknown"), ("em",)))
    parts += [(*context.link("source", key), *unsure) for key in found.cited_in(stretch)]
    if not parts:
        return (Run(context.say("leaves.not-described"), ("em",)),)
    line: list[Inlines] = [parts[0]]
    for part in parts[1:]:
        line += [(Run(" "), Run(context.say("leaves.and"), ("em",)), Run(" ")), part]
    return tuple(inline for part in line for inline in part)


def _neighbours(context: RecordContext, record: Record[Source]) -> Iterator[Section]:
    """Yield the documents before and after it in its file. In a book they stand before and after it."""
    before, after = neighbours_in_file(context.linked, record)
    lines = [
        (*context.line_of(context.label(f"sources.{key}")), *context.source_line(unit))
        for key, unit in (("before-it", before), ("after-it", after))
        if unit
    ]
    yield from make_section(context, "its-neighbours-in-the-file", make_list(lines), ON_PAGES)


def opening_of_work(context: RecordContext) -> Iterator[Section]:
    key = context.page.key
    work = context.linked.corpus.works[key]
    if work.is_draft:
        yield from make_draft_mark(context, ON_PAGES)
    yield Section("reference", "", (Paragraph((Named(key, "bibliography"),), "reference"),), ON_PAGES)
    yield from make_room("take")
    # A book lists works as a bibliography does: all of one in a paragraph.
    seen = (*context.line_of(f" {context.say('seen.work-via')}"), *context.calls("via")) if work.seen == "via" else ()
    variants = context.line("variants")
    also = (*context.line_of(f" — {context.label('facts.also-described')}"), *variants) if variants else ()
    places = cited_places(context, f" — {context.label('facts.cited')}")
    others = cited_places(context, f" — {context.label(OTHERWISE)}", in_support=False)
    line = (Named(key, "bibliography"), *mark_draft_work(context, key), *seen, *also, *places, *others)
    yield Section("entry", "", (Paragraph(line, "entry"),), IN_BOOKS)


def facts_of_work(context: RecordContext) -> Iterator[Fact]:
    work = context.linked.corpus.works[context.page.key]
    doi = work.fields.get("doi", "")
    yield from make_fact(context, "also-described", context.line("variants"), ON_PAGES)
    yield from make_fact(context, "seen", _seen(context, work.seen), ON_PAGES)
    yield from make_fact(context, "doi", (Run(doi, (), f"https://doi.org/{doi}"),) if doi else (), ON_PAGES)
    yield from make_fact(context, "concordance", _concordance(context), ON_PAGES)


def _concordance(context: RecordContext) -> Inlines:
    wanted = context.linked.corpus.settings.concordances
    notes = next((one.notes for one in wanted if one.work == context.page.key), 0)
    return (
        context.path_link(path_of_concordance(context.page.key), context.say("concordance.notes", notes=notes))
        if notes
        else ()
    )


def sections_of_work(context: RecordContext) -> Iterator[Section]:
    yield from make_text("annotation", context.prose("annotation", level=0), ON_PAGES)
    yield from make_text("annotation", context.prose("annotation", level=0, role="annotation"), IN_BOOKS)
    # A bibliography has no headings within its entries, so that books show less here than pages.
    yield from (section for section in (*make_backlinks(context), *make_mentions(context)) if PAGE in section.faces)
    yield from make_text("what-rests-on-it", citing_records(context), frozenset((EBOOK,)))

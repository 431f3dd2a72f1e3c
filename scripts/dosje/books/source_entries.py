"""Makes the entries of archival units and published works in a book."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..edition.orders import by_folio
from ..markup.markdown_tree import clean
from ..markup.tree import Block, Foreign, Inlines, Named, Paragraph, Table
from ..reading.corpus import Record
from ..reading.records import Source
from ..values.folios import format_folios
from ..values.words import Run
from .entry_parts import (
    EntryContext,
    join_inlines,
    line_of,
    make_disputes,
    make_facts,
    make_list,
    make_section,
)

# The BCP 47 tags of languages as records name them. A tag stands for itself.
_LANGUAGES = {
    "albanian": "sq", "russian": "ru", "chinese": "zh", "german": "de", "french": "fr", "english": "en",
    "romanian": "ro", "italian": "it", "polish": "pl", "serbian": "sr", "bulgarian": "bg",
}  # fmt: skip


def make_source(context: EntryContext, record: Record[Source]) -> Iterable[Block]:
    m = record.model
    holding = context.linked.holdings.holding_of(record)
    folio = holding.folio_label if holding else ""
    if m.level == "item":
        yield Paragraph((Named(context.page.key, "first"), Run(".")), "reference")
    language = _LANGUAGES.get(m.language.lower(), m.language)
    kind = m.type if m.level in ("item", m.type) else f"{m.type} ({m.level})"
    yield from make_facts(
        ("Original title", (Foreign(clean(m.original_title), language, ("em",)),) if m.original_title else ()),
        ("Reference", line_of(context.linked.holdings.reference_of(record)) if m.level != "item" else ()),
        ("Type", line_of(kind) if m.level == "item" else ()),
        ("Author", join_inlines([context.person(name) for name in m.author], ", ")),
        ("Recipient", join_inlines([context.person(name) for name in m.recipient], ", ")),
        ("Date", line_of(context.date(m.date))),
        ("Place", context.link("place", m.place)),
        ("Language", line_of(m.language)),
        ("Meetings", context.links("meeting", m.meetings, shows_page=True)),
        ("Also described as", line_of("; ".join(m.variants))),
        ("Seen", _seen(context, m.seen)),
        ("Cited", context.cited()),
    )
    yield from context.prose("description", level=1)
    copies = []
    for index, witness in enumerate(m.witnesses):
        folios = f"{folio} {format_folios(witness.folios)}" if witness.folios else ""
        parts: list[Inlines] = [
            line_of(f"{witness.kind}: {witness.description}" if witness.description else witness.kind),
            context.link("source", witness.part_of, shows_page=True),
            line_of(folios),
            context.link("source", witness.published_in),
            line_of(witness.pages),
        ]
        copies.append((*join_inlines(parts, ", "), *context.calls("witnesses", index, "via")))
    yield from make_section("Other copies and editions", make_list(copies))
    yield from make_disputes(context, m.disputes)
    contents = by_folio(context.linked.parts_of(record))
    if m.level != "item" and contents:
        yield from make_section("What is in it", [_contents(context, record, contents, folio)])


def _contents(context: EntryContext, unit: Record[Source], parts: Sequence[Record[Source]], folio: str) -> Table:
    rows = []
    whole = context.linked.holdings.reference_of(unit)
    for part in parts:
        source = part.model
        place = f"{folio} {format_folios(source.folios)}" if source.folios else ""
        if not place and source.level != "item":
            # Only what the part adds to the reference of the whole.
            place = context.linked.holdings.reference_of(part).removeprefix(whole).lstrip(", ")
        place = place or "–"
        rows.append((line_of(place), context.dated(part)))
    return Table(("Place", "Document"), tuple(rows), (1, 4))


def _seen(context: EntryContext, how: str) -> Inlines:
    if how == "via":
        return (*line_of("not by us; known through the work in the note"), *context.calls("via"))
    return line_of(f"by us, in the {how}")


def make_work(context: EntryContext) -> Iterable[Block]:
    work = context.linked.corpus.works[context.page.key]
    yield Paragraph(
        (Named(context.page.key, "bibliography"), *_via(context, work.seen), *_cited_in_print(context)), "entry"
    )
    yield from context.prose("annotation", level=1, role="annotation")


def _via(context: EntryContext, how: str) -> Inlines:
    return (*line_of(" Not seen by us."), *context.calls("via")) if how == "via" else ()


def _cited_in_print(context: EntryContext) -> Inlines:
    found = context.cited()
    return (Run(" — Cited: "), *found) if found else ()

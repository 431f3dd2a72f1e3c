"""What the views of all kinds of records say of an edition's own fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..edition.orders import by_date
from ..markup.tree import Inlines
from ..reading.corpus import Record
from ..reading.fields import Model
from ..reading.own_fields import OWN_FIELDS, OwnValue
from ..values.dates import Edtf
from ..values.typography import curl
from ..values.words import Run
from .common_sections import make_list
from .record_context import RecordContext, join_inlines
from .view import Fact, Section

# The sections that say what is told elsewhere; what an editor says of the record stands before them.
_GATHERED = frozenset(
    {
        "its-parts", "events", "documents", "who-was-there", "meetings", "met-whom", "wrote", "received",
        "what-is-in-it", "its-leaves", "its-neighbours-in-the-file", "what-rests-on-it", "what-we-cite-from-it",
        "meetings-here", "events-here", "written-here", "organisations-here", "archives-here", "host-of", "persons",
        "took-part-in", "how-its-references-are-read", "mentioned-elsewhere", "sources-of-this-page",
    }
)  # fmt: skip


def own_facts(context: RecordContext, record: Record[Model]) -> Iterator[Fact]:
    """Yield the own fields that have a value of one line."""
    for own in _fields_of(record):
        if own.field.item != "prose":
            value = join_inlines([_item(context, own.field.item, item) for item in own.items], context.semicolon)
            yield Fact(f"own-{own.field.name}", _label(own.field.label), value)


def with_own_sections(
    context: RecordContext, record: Record[Model], sections: Iterable[Section]
) -> tuple[Section, ...]:
    """Return the sections of a view, with those of its own fields of prose before all that is gathered.

    Behind them stands which records name this one in a field of their own.
    """
    kept = list(sections)
    told = [
        Section(f"own-{own.field.name}", _label(own.field.label), blocks)
        for own in _fields_of(record)
        if own.field.item == "prose" and (blocks := context.prose(*own.path))
    ]
    at = next((at for at, section in enumerate(kept) if section.key in _GATHERED), len(kept))
    return (*kept[:at], *told, *_named_by(context, record), *kept[at:])


def _named_by(context: RecordContext, record: Record[Model]) -> Iterator[Section]:
    """Yield the records that name this one in their own fields, by field."""
    found: dict[str, dict[str, Record[Model]]] = {}
    for page, path in context.linked.namings.get(record.page, ()):
        naming = context.linked.record(page)
        if path[0] == OWN_FIELDS and naming is not None:
            field = context.linked.corpus.vocabulary.fields_of(page.kind)[str(path[1])]
            found.setdefault(field.label, {})[page.key] = naming
    for label, records in found.items():
        lines = make_list(context.dated(one) for one in by_date(records.values()))
        yield Section("named-in-own-field", _label(label), lines)


def _fields_of(record: Record[Model]) -> Iterable[OwnValue]:
    return getattr(record.model, OWN_FIELDS, ())


def _item(context: RecordContext, what: str, item: str | Edtf) -> Inlines:
    if isinstance(item, Edtf):
        return (Run(context.date(item)),)
    return context.line_of(item) if what == "text" else context.link(what, item)


def _label(text: str) -> str:
    return curl(text)

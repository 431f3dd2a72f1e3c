"""The facets of a page: its kind, what sort of it, and the persons, places, years and archives that it concerns.

A reader narrows a search down by them. They follow from the record's fields and links alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..edition.links import LinkedCorpus
from ..edition.own_words import words_of_own
from ..edition.person_names import display_name
from ..reading.authority_records import Archive
from ..reading.bibliography import Work
from ..reading.corpus import FieldTexts, Record, is_of
from ..reading.fields import Model
from ..reading.own_fields import OWN_FIELDS
from ..reading.records import Event, Meeting, Person
from ..reading.source_records import Source
from ..values.dates import Edtf
from ..values.page_id import PageId

# Of each facet, its values, sorted; of "type" the key of a kind of page, which has the phrase `kind.KEY`.
Facets = Mapping[str, tuple[str, ...]]
# The kind of a page that is no record's.
_WORK = "work"
# An interval without an end, or of half a century, does not tell the year.
_MOST_YEARS = 15


def facets_of_record(linked: LinkedCorpus, record: Record[Model]) -> Facets:
    """Return the facets of a record's page."""
    named = {linked.corpus.page_of(reference) for reference in record.references}
    named |= _linked_in(record.texts) | {record.page}
    holding = linked.holdings.holding_of(record) if is_of(record, Source) else None
    archives = [PageId("archive", holding.repository)] if holding else []
    found = _facets(linked, record.kind, [*named, *archives], _years_of(record.date))
    sort = _sort_of(linked, record)
    return {**found, **({"sort": (sort,)} if sort else {}), **_own_facets(linked, record)}


def _sort_of(linked: LinkedCorpus, record: Record[Model]) -> str:
    """Return the kind of a meeting or event, or the type of a source in the plural, in words; "" for other records."""
    model = record.model
    if isinstance(model, Source):
        return linked.phrases(f"source.types.{model.type}")
    if isinstance(model, Meeting | Event):
        return linked.phrases(f"{record.kind}.kind.{model.kind}")
    return ""


def _own_facets(linked: LinkedCorpus, record: Record[Model]) -> Facets:
    """Return the facets of the edition's own. Of a date they have the years."""
    found: dict[str, tuple[str, ...]] = {}
    for own in getattr(record.model, OWN_FIELDS, ()):
        if own.field.is_facet:
            dates = [item for item in own.items if isinstance(item, Edtf)]
            words = [year for date in dates for year in _years_of(date)] or words_of_own(linked, own)
            found[f"own-{own.field.name}"] = tuple(sorted(set(words)))
    return found


def facets_of_work(linked: LinkedCorpus, work: Work) -> Facets:
    """Return the facets of a published work's page."""
    years = [work.year] if work.year else []
    return _facets(linked, _WORK, _linked_in(linked.corpus.work_texts.get(work.key, ())), years)


def _linked_in(texts: FieldTexts) -> set[PageId]:
    return {PageId(link.kind, link.key) for _, _, text in texts for block in text.blocks for link in block.links}


def _facets(linked: LinkedCorpus, type_: str, named: Iterable[PageId], years: Iterable[str]) -> Facets:
    found: dict[str, set[str]] = {"type": {type_}, "person": set(), "place": set(), "archive": set()}
    for page in named:
        record = linked.get(page.kind, page.key) if page.kind in found else None
        if record is None:
            continue
        if isinstance(record.model, Person):
            found["person"].add(display_name(record.model.name) or record.key)
        elif isinstance(record.model, Archive):
            found["archive"].add(record.model.abbreviation or record.model.name)
        else:
            # What happened in a town happened in its country.
            whole = (record, *linked.chain(record))
            found["place"] |= {str(getattr(place.model, "name", place.key)) for place in whole}
    found["year"] = set(years)
    return {name: tuple(sorted(values)) for name, values in found.items() if values}


def _years_of(date: Edtf | None) -> list[str]:
    if date is None:
        return []
    known = [moment.year for moment in (date.start, date.end) if moment is not None]
    if not known or not all(year.isdigit() for year in known):
        return []
    first, last = int(known[0]), int(known[-1])
    return [f"{year:04}" for year in range(first, last + 1)] if last - first < _MOST_YEARS else []

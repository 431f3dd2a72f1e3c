"""Makes the cards of the lookup's index: what an answer shows of each source."""

from __future__ import annotations

from ..citing.known_by import KnownBy
from ..edition.calls import Backlink
from ..edition.links import LinkedCorpus
from ..edition.orders import by_folio
from ..edition.pages import path_of
from ..edition.titles import title_of, title_of_work
from ..exporting.source_descriptions import SourceDescriptions
from ..reading.corpus import Record
from ..reading.source_records import Source
from ..values.folios import try_folios
from .rows import Card, Citing, KnownThrough


def make_card(linked: LinkedCorpus, key: str, record: Record[Source] | None, described: SourceDescriptions) -> Card:
    before, after = _neighbours(linked, record) if record else (None, None)
    cited = [_make_cited(linked, link, described) for link in linked.support_of(key)]
    return {
        "words": described.full_notes.get(key, ""),
        "before": before or [],
        "after": after or [],
        "known": _make_known(described.known_by.get(key, KnownBy("", ""))),
        "cited": cited,
        "is_draft": record.is_draft if record else linked.corpus.works[key].is_draft,
    }


def _make_known(known: KnownBy) -> KnownThrough:
    leaves = [([run.first, run.last], words) for leaves, words in known.by_leaves for run in try_folios(leaves)]
    return {"whole": known.whole, "rest": known.rest, "leaves": leaves}


def _make_cited(linked: LinkedCorpus, link: Backlink, described: SourceDescriptions) -> Citing:
    page, label, locator = link.call.page, link.call.label, link.cite.locator
    record = linked.record(page)
    title = (
        title_of(record) if record else title_of_work(linked.corpus.works[page.key], described.works.get(page.key, {}))
    )
    url = f"{path_of(page).removesuffix('.md')}/#fnref:{label}"
    number = described.numbers.get((page, label), 0)
    return (title, number, link.call.context, url, locator.label if locator else "", locator.whole if locator else "")


def _neighbours(linked: LinkedCorpus, record: Record[Source]) -> tuple[list[str] | None, list[str] | None]:
    """Return key and title of what lies before and after an item in its file."""
    if record.model.part_of is None:
        return None, None
    parts = by_folio(linked.parts_of_unit(record.model.part_of))
    at = next((at for at, part in enumerate(parts) if part.key == record.key), 0)
    pairs = [[part.key, title_of(part)] for part in parts]
    return (pairs[at - 1] if at else None), (pairs[at + 1] if at + 1 < len(pairs) else None)

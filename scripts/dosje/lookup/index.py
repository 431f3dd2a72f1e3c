"""Makes the index of the lookup from a linked edition: many small shards. A query needs only a few of them.

docs/manual/api.md describes what is in them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from ..edition.index_folder import INDEX_FOLDER, INDEX_VERSION
from ..edition.links import LinkedCorpus
from ..edition.orders import by_folio
from ..edition.pages import HOME, address, name_of_page, path_of
from ..exporting.source_descriptions import SourceDescriptions
from ..reading.corpus import Record
from ..reading.source_records import Source
from ..values.page_id import PageId
from ..values.spelling import bare_address, spell, words_of
from .aliases import Aliases
from .index_cards import make_card
from .index_rows import describe_unit, describe_work, notes_of
from .index_tree import describe_archive, joints_of, labels_of, plant_tree
from .own_words import key_of_words
from .rows import Card, Core, SourceRow
from .sharding import CARDS_SIZE, ROWS_SIZE, cut_files, cut_list, cut_words, wrap_shard
from .shards import Shards


@dataclass
class _Index:
    rows: list[SourceRow] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)
    postings: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))


def make_index(linked: LinkedCorpus, described: SourceDescriptions) -> dict[str, str]:
    """Return the shards of the edition's index by path below the site."""
    keys = _order_keys(linked)
    row_by_key = {key: row for row, key in enumerate(keys)}
    index = _Index()
    aliases = Aliases(linked)
    for key in keys:
        record = linked.corpus.sources.get(key)
        if record is not None:
            row = describe_unit(linked, record, aliases, row_by_key)
        else:
            row = describe_work(linked.corpus.works[key], described.works.get(key, {}), aliases)
            row["notes"] = notes_of(linked, key, row_by_key)
        card = make_card(linked, key, record, described)
        _post(index, len(index.rows), row, card)
        index.rows.append(row)
        index.cards.append(card)
    units, files = plant_tree(linked, row_by_key, aliases)
    shards: Shards = {}
    word_starts = cut_words(index.postings, shards)
    row_starts = cut_list("rows", index.rows, ROWS_SIZE, shards)
    card_starts = cut_list("cards", index.cards, CARDS_SIZE, shards)
    cut_files(units, files, shards)
    settings = linked.corpus.settings
    core: Core = {
        "version": INDEX_VERSION,
        "count": len(keys),
        "name": settings.site_name,
        "base": f"{settings.site_url.rstrip('/')}/" if settings.site_url else "",
        "source_page": address(path_of(PageId("source", "KEY")), HOME),
        "page_names": {key: name for key in keys if (name := name_of_page(PageId("source", key))) != key},
        "entries": list(described.entries),
        "labels": labels_of(linked),
        "card": spell(settings.phrases("note.full", notes=""))[0].strip().lower(),
        "joints": joints_of(linked),
        "archives": [describe_archive(linked, record) for record in linked.corpus.archives.values()],
        "units": units,
        "signs": dict.fromkeys((sign for unit in units for sign in unit["own_signs"] if not sign.isdigit()), 1),
        "acronyms": dict.fromkeys(sorted(aliases.acronyms), 1),
        "words": word_starts,
        "rows": row_starts,
        "cards": card_starts,
    }
    shards["core"] = core
    return {f"{INDEX_FOLDER}/{name}.js": wrap_shard(name, value) for name, value in sorted(shards.items())}


def _order_keys(linked: LinkedCorpus) -> list[str]:
    """Return the keys of all sources in the order of the archives: neighbours in a file stay neighbours."""
    keys: list[str] = []

    def add(record: Record[Source]) -> None:
        keys.append(record.key)
        for part in by_folio(linked.parts_of(record)):
            add(part)

    units = linked.corpus.sources
    for record in by_folio(record for record in units.values() if not linked.chain(record)):
        add(record)
    seen = set(keys)
    keys += [key for key in units if key not in seen]
    return keys + [key for key in sorted(linked.corpus.works) if key not in units]


def _post(index: _Index, number: int, row: SourceRow, card: Card) -> None:
    """Note the row under each word by which a footnote may find it: "=" before a key or address, "@" before a date,
    "=~" before the end of a title or reference.
    """
    texts = [*row["titles"], row["given"], row["context"]]
    found = {word for text in texts for word in text.split()}
    found |= {word for family in (*row["authors"], *row["recipients"], *row["editors"]) for word in family}
    found.add("=" + row["key"])
    found |= {key_of_words(words_of(text)) for text in (row["title"], row["reference"], card["words"]) if text}
    found |= {"=" + bare_address(address) for address in row["addresses"]}
    if row["year"]:
        found.add(f"@{row['year']}")
    if row["dates"]:
        found |= _date_words(*row["dates"])
    for word in found:
        index.postings[word].add(number)


def _date_words(first: int, last: int) -> set[str]:
    found = {f"@{day // part}" for day in (first, last) for part in (1, 100, 10000)}
    found |= {f"@{year}" for year in range(first // 10000, min(last // 10000, first // 10000 + 30) + 1)}
    if first // 100 == last // 100:
        found |= {f"@{day}" for day in range(first, last + 1) if 1 <= day % 100 <= 31}
    return found

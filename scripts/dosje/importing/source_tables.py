"""Reads the table of all sources that the site offers, sources.csv: its rows as archival items, filed as others are."""

from __future__ import annotations

from pathlib import Path

from ..edition.links import LinkedCorpus
from ..phrases.place_words import say_level
from ..reading.kinds import KINDS
from .incoming import NotUnderstood
from .item_places import UNIT_LEVELS
from .sheets import Row, Sheet
from .work_files import ArchivalItem

_COLUMNS = ("key", "source", "kind", "date", "reference")


def is_source_table(linked: LinkedCorpus, path: Path, sheet: Sheet) -> bool:
    """Say whether a table is the one that the site offers, in the language of this edition."""
    heads = [linked.phrases(f"columns.{column}") for column in _COLUMNS]
    is_called_so = path.stem.casefold() in (KINDS["source"].name, KINDS["source"].plural)
    return is_called_so and set(heads) <= set(sheet.header.cells)


def read_source_table(linked: LinkedCorpus, sheet: Sheet) -> tuple[tuple[ArchivalItem, ...], tuple[NotUnderstood, ...]]:
    """Return the archival items of a table of sources, and the works in it that the edition does not have.

    A table has no authors and no places, so a work cannot be made of it.
    """
    at = {column: sheet.header.cells.index(linked.phrases(f"columns.{column}")) for column in _COLUMNS}
    published = linked.phrases("lists.published-work").casefold()
    items: list[ArchivalItem] = []
    refused: list[NotUnderstood] = []
    for row in sheet.rows:
        said = {column: row.cells[place] if place < len(row.cells) else "" for column, place in at.items()}
        if said["kind"].casefold() != published:
            items.append(_item_of(linked, said, sheet, row))
        elif said["key"] not in linked.corpus.works:
            refused.append(
                NotUnderstood(sheet.place(row), said["key"], "a published work comes in from .bib, RIS or CSL-JSON")
            )
    return tuple(items), tuple(refused)


def _item_of(linked: LinkedCorpus, said: dict[str, str], sheet: Sheet, row: Row) -> ArchivalItem:
    archive, _, reference = said["reference"].partition(", ")
    kind = said["kind"].casefold()
    level = next((one for one in UNIT_LEVELS if say_level(one, linked.phrases).casefold() == kind), "item")
    item = {
        "id": said["key"],
        "type": "document",
        "title": said["source"],
        "genre": "" if level != "item" else said["kind"],
    }
    item |= {"archive": archive, "archive_location": reference}
    custom = {"level": level, "date": said["date"], **({"type": level} if level != "item" else {})}
    return ArchivalItem(said["key"], item, {name: value for name, value in custom.items() if value}, sheet.place(row))

"""Says where in an archive an item of a file of works lies: in a unit that the file has too, or in another.

That is found in the edition, or drafted.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from ..values.page_id import PageId
from ..values.slugs import slug
from .drafting import DraftMaker
from .incoming import IncomingRecord
from .shelves import Shelf
from .work_files import ArchivalItem

UNIT_LEVELS = ("fonds", "series", "file")
_LARGER = ("fonds", "series")


@dataclass
class Filing:
    """What was filed so far.

    `described`: archive and whole reference of the units that items describe -> their keys, `files` those of files.
    `keys`: of a drafted unit -> that of the item that describes it. `labels`: of each archive, how often a label stood
    before a part of its references.
    """

    maker: DraftMaker
    seen: str
    described: dict[tuple[str, str], str] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)
    keys: dict[str, str] = field(default_factory=dict)
    labels: dict[str, dict[tuple[str, str], int]] = field(default_factory=dict)


def place_item(filing: Filing, one: ArchivalItem, level: str) -> tuple[dict[str, Any], Shelf] | None:
    """Return the fields that say where an item lies, and what its reference says; None if that cannot be read."""
    archive, reference = str(one.item.get("archive", "")), str(one.item.get("archive_location", ""))
    shelf = filing.maker.shelf_of(", ".join(part for part in (archive, reference) if part))
    unit, above = _described_above(filing, archive, reference, one.key, level)
    if shelf and shelf.file and above and level not in UNIT_LEVELS and above not in filing.files:
        # No item describes the file: it is drafted below the unit that one describes.
        key = filing.maker.tree.place(Shelf(archive=archive), one.place).archive
        filing.maker.tree.name_unit(key, unit, above)
        shelf = replace(shelf, fonds=unit, series="")
    elif above or (archive and (level in _LARGER or not reference)):
        return _place_below(filing, one, level, above, shelf or Shelf()), shelf or Shelf()
    return (_place_by_shelf(filing, one, shelf, level), shelf) if shelf else None


def describe(filing: Filing, one: ArchivalItem, level: str) -> None:
    """Note that an item describes a unit. The leaves that a file has do not belong to its reference."""
    archive, reference = str(one.item.get("archive", "")), str(one.item.get("archive_location", ""))
    if level not in UNIT_LEVELS or not reference:
        return
    if level == "file":
        filing.files.add(one.key)
        shelf = filing.maker.shelf_of(f"{archive}, {reference}")
        if shelf and shelf.leaf and reference.endswith(shelf.leaf):
            reference = reference[: -len(shelf.leaf)].rpartition(", ")[0]
    filing.described[archive, reference] = one.key


def _described_above(filing: Filing, archive: str, reference: str, own: str, level: str) -> tuple[str, str]:
    """Return reference and key of the smallest unit of another item in which this one lies, or "" and ""."""
    ends = (", ", "/", "-") if level in _LARGER else (", ",)
    found = [
        (len(unit), unit, key)
        for (where, unit), key in filing.described.items()
        if where == archive
        and key != own
        and (
            any(reference.startswith(f"{unit}{end}") for end in ends)
            or (reference == unit and level not in UNIT_LEVELS)
        )
    ]
    return max(found, default=(0, "", ""))[1:]


def _place_below(filing: Filing, one: ArchivalItem, level: str, above: str, shelf: Shelf) -> dict[str, Any]:
    """Return where an item lies in a unit that an item describes, or in the archive itself."""
    archive = filing.maker.tree.place(Shelf(archive=str(one.item.get("archive", ""))), one.place).archive
    _complete_archive(filing, archive, shelf, one)
    where: dict[str, Any] = {"part_of": above} if above else {"repository": archive}
    if level in _LARGER:
        where["reference"] = str(one.item.get("archive_location", ""))
    elif level == "file":
        where |= {"year": shelf.year, "file": shelf.file, "containers": {"box": shelf.box} if shelf.box else {}}
    return where | _leaves_of(shelf, level)


def _place_by_shelf(filing: Filing, one: ArchivalItem, shelf: Shelf, level: str) -> dict[str, Any]:
    """Return where an item lies as its reference says, as one of a footnote would. What is not there is drafted."""
    tree, keys = filing.maker.tree, filing.keys
    found = tree.place(shelf, one.place, drafts=one.key not in filing.maker.linked.corpus.sources)
    where: dict[str, Any] = {}
    if level in UNIT_LEVELS and found.unit:
        if draft := tree.drafts.get(PageId("source", found.unit)):
            keys[found.unit] = one.key
            left = ("type", "level", "title", "seen", "draft")
            where = {name: value for name, value in draft.fields.items() if name not in left}
    elif found.unit:
        where["part_of"] = found.unit
    elif found.archive:
        where["repository"] = found.archive
    _complete_archive(filing, found.archive, shelf, one)
    return where | _leaves_of(shelf, level)


def _leaves_of(shelf: Shelf, level: str) -> dict[str, Any]:
    is_said = shelf.leaf and shelf.leaf_label == "folio" and level not in _LARGER
    return {"folios": shelf.leaf} if is_said else {}


def _complete_archive(filing: Filing, key: str, shelf: Shelf, one: ArchivalItem) -> None:
    """Give a drafted archive its town, and what it writes before the parts of its references, as most items have it."""
    page, tree = PageId("archive", key), filing.maker.tree
    draft = tree.drafts.get(page)
    if draft is None:
        return
    fields = {name: value for name, value in draft.fields.items() if name != "draft"}
    if town := slug(str(one.item.get("archive-place", ""))):
        place = PageId("place", town)
        if town not in filing.maker.linked.corpus.places:
            name = str(one.item["archive-place"])
            tree.drafts.setdefault(place, IncomingRecord(place, {"name": name, "draft": True}, one.place))
        fields["place"] = town
    named = {"year": "year", "file": "file"} | ({"leaf": "folio"} if shelf.leaf_label == "folio" else {})
    counts = filing.labels.setdefault(key, {})
    for role, name in named.items():
        if label := shelf.labels.get(role):
            counts[name, label] = counts.get((name, label), 0) + 1
    if most := {name: label for (name, label), _ in sorted(counts.items(), key=lambda pair: pair[1])}:
        fields["labels"] = most
    tree.drafts[page] = replace(draft, fields={**fields, "draft": True})

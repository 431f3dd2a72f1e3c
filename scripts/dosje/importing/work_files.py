"""Reads the works of a .bib file, of RIS and of CSL-JSON, by the readers that read bibliography/ as well.

What lies in an archive is no published work: it is given apart, for a record.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ..citing.pandoc import PandocError
from ..citing.works import read_all_works
from ..exporting.biblatex import BibEntry, entry_of_work, format_entry
from ..exporting.csl_json import item_of_work, print_titles
from ..exporting.items import Item
from ..reading.bibliography import BibFile, Work, join_files, read_bib
from ..reading.csl_items import read_csl_json
from ..reading.ris_items import read_ris
from ..reading.settings import Settings
from ..values.citations import CITATION
from ..values.findings import Finding
from ..values.metadata import Meta
from .incoming import IncomingWork, NotUnderstood
from .input_files import read_input

WORK_READERS = {".bib": read_bib, ".ris": read_ris, ".json": read_csl_json}
# What an entry may say to an edition, beside the fields of biblatex.
_SAID_TO_US = ("seen", "via", "variants", "formerly")
# Types of CSL under which programs keep what lies in an archive.
_IN_ARCHIVES = frozenset({"manuscript", "personal_communication", "document", "collection", "interview"})
_PUBLISHED = ("publisher", "container-title", "DOI", "ISBN", "ISSN")


@dataclass(frozen=True)
class ArchivalItem:
    """What a file of works has of an archival unit, as an item of CSL-JSON.

    `custom`: what CSL has no variable for: our exports say there type, level and title of the unit.
    """

    key: str
    item: Item
    custom: Mapping[str, str]
    place: str


@dataclass(frozen=True)
class WorksRead:
    """What a file of works has: published works, archival units, and what could not be read."""

    works: tuple[IncomingWork, ...] = ()
    units: tuple[ArchivalItem, ...] = ()
    not_understood: tuple[NotUnderstood, ...] = ()


def read_work_file(
    path: Path, settings: Settings, unit_keys: Collection[str], tell: Callable[[str], None]
) -> WorksRead:
    """Return what a file of works has.

    `settings`: those of the edition that it is imported into; `unit_keys`: of its archival units. Raises OSError.
    """
    text, unread = read_input(path)
    if text is None:
        return WorksRead(not_understood=unread)
    tell(f"reading {path.name}")
    bib, findings = WORK_READERS[path.suffix.lower()](text, path.name)
    (bib,), found = join_files([bib])
    refused = [not_understood(one) for one in (*findings, *found) if one.is_error]
    tell(f"{path.name}: {len(bib.works)} works and documents; pandoc reads them")
    try:
        metas = _read_metas(bib, settings)
    except PandocError as error:
        return WorksRead(not_understood=(*refused, NotUnderstood(path.name, "", " ".join(str(error).split()))))
    works: list[IncomingWork] = []
    units: list[ArchivalItem] = []
    for work in bib.works:
        place = f"{work.span.path}:{work.span.line}"
        if work.key not in metas:
            refused.append(NotUnderstood(place, work.key, f"pandoc finds no work in @{work.entry_type}"))
            continue
        item = item_of_work(work, metas[work.key])
        if is_unit(item) or work.custom.get("level") or work.entry_type == "letter" or work.key in unit_keys:
            # CSL has one sign for doubt and for a guess; the entry says which.
            # And pandoc has set other quotation marks, which records do not need.
            item |= {name: work.fields[name] for name in ("title", "abstract") if work.item and name in work.fields}
            said = {"date": work.date.edtf.text} if work.date and work.date.edtf else {}
            units.append(ArchivalItem(work.key, item, {**item.get("custom", {}), **said, **work.custom}, place))
        else:
            entry = _entry_of(work, bib, item, settings)
            works.append(IncomingWork(work.key, item, place, format_entry(entry)))
    return WorksRead(tuple(works), tuple(units), tuple(refused))


def _read_metas(bib: BibFile, settings: Settings) -> Mapping[str, Meta]:
    """Return what pandoc reads of each work. An entry that is not whole stops it, so then it gets the others alone."""
    try:
        return read_all_works([bib], settings.locale, settings.means, settings.phrases)
    except PandocError:
        if not bib.unread:
            raise
    text = "".join(format_entry(BibEntry(work.entry_type, work.key, work.fields)) for work in bib.works)
    return read_all_works([replace(bib, text=text)], settings.locale, settings.means, settings.phrases)


def is_unit(item: Item) -> bool:
    """Say whether an item lies in an archive and was not published: a book has an archive, too, where one saw it."""
    if not (item.get("archive_location") or item.get("archive")):
        return False
    is_kept = item["type"] in _IN_ARCHIVES or bool(item.get("archive_location"))
    return is_kept and not any(item.get(name) for name in _PUBLISHED)


def _entry_of(work: Work, bib: BibFile, item: Item, settings: Settings) -> BibEntry:
    """Return the entry of a work as it goes into the edition: its own, if it can stand by itself."""
    entry = entry_of_work(work, bib.text if work.item is None else "", print_titles(item, work), settings.phrases)
    return BibEntry(entry.entry_type, entry.key, {**entry.fields, **dict(_said_to_us(work))})


def _said_to_us(work: Work) -> Iterator[tuple[str, str]]:
    for name in _SAID_TO_US:
        if work.fields.get(name):
            yield name, work.fields[name]
    if CITATION.search(work.fields.get("annotation", "")):
        yield "annotation", work.fields["annotation"]


def not_understood(finding: Finding) -> NotUnderstood:
    """Return a finding on a file that is imported as what could not be understood of it."""
    why = f"{finding.message} ({finding.hint})" if finding.hint else finding.message
    return NotUnderstood(str(finding.span), "", why)

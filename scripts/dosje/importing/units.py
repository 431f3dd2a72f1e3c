"""The tree of archives and their units: finds the unit that a note means, and drafts what is not there.

Each unit is made once and shared by all notes that name it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..edition.links import LinkedCorpus
from ..reading.corpus import Record
from ..reading.source_records import Source
from ..values.page_id import PageId
from ..values.slugs import slug
from ..values.spelling import words_of
from .incoming import IncomingRecord
from .new_keys import KeyMint
from .shelves import Shelf

# Words before the number of a unit that say no more than its level.
_LEVEL_WORDS = frozenset(
    [
        "f",
        "fond",
        "fonds",
        "fondi",
        "fondit",
        "fondo",
        "op",
        "opis",
        "rg",
        "record",
        "group",
        "bestand",
        "best",
        "ph",
        "ф",
        "оп",
    ]
)
_FILES = ("file", "item", "folder")


@dataclass(frozen=True)
class UnitFound:
    """Where a document lies: key of its unit, "" for none, and the roles of what the note names beyond it."""

    archive: str
    unit: str
    is_file: bool


class UnitTree:
    """The archives and units of an edition, and those drafted so far."""

    def __init__(self, linked: LinkedCorpus, mint: KeyMint, seen: str, short_names: Mapping[str, str]) -> None:
        self._linked, self._mint, self._seen = linked, mint, seen
        self._full = {_bare(short): (short, name) for short, name in short_names.items()}
        self.drafts: dict[PageId, IncomingRecord] = {}
        self._archives: dict[str, str] = {}
        self._names: set[str] = set()
        # Unit or archive above it, then the unit's own code -> its key.
        self._units: dict[tuple[str, str], str] = {}
        self._files: dict[tuple[str, str, str], str] = {}
        self._by_number: dict[tuple[str, str], set[str]] = {}
        self._archive_of: dict[str, str] = {}
        for archive in linked.corpus.archives.values():
            model = archive.model
            names = (model.name, model.abbreviation, model.english, *model.variants, *(one.name for one in model.names))
            self._name(archive.key, [name for name in names if name])
        for short, name in short_names.items():
            self._names.update((short, name))
            if key := self._archives.get(_bare(name)) or self._archives.get(_bare(short)):
                self._name(key, [short, name])
        for record in linked.corpus.sources.values():
            self._learn(record)

    def _name(self, key: str, names: list[str]) -> None:
        self._names.update(names)
        for name in names:
            self._archives.setdefault(_bare(name), key)

    @property
    def names(self) -> frozenset[str]:
        """The names of all archives, as written."""
        return frozenset(self._names)

    def _learn(self, record: Record[Source]) -> None:
        """Note the codes under which a unit of the edition may be named."""
        holding = self._linked.holdings.holding_of(record)
        if holding is None:
            return
        role = self._linked.holdings.role_of(record)
        source = record.model
        self._archive_of[record.key] = holding.repository
        above = source.part_of or holding.repository
        if role in ("fonds", "series"):
            former = [one.code for one in source.former]
            for text in (source.code, source.reference, source.title, source.original_title, *source.variants, *former):
                if text:
                    self._units.setdefault((above, sign_of(text)), record.key)
                    self._units.setdefault((holding.repository, sign_of(text)), record.key)
        elif role == "file":
            year = source.year or next((unit.model.year for unit in self._linked.chain(record) if unit.model.year), "")
            for number in filter(None, (source.file, source.code, source.title if not source.file else "")):
                for said in {year, ""}:
                    self._keep_file(above, said, sign_of(number), record.key)

    def name_unit(self, above: str, sign: str, key: str) -> None:
        """Note under which sign or name a unit lies in an archive, or in a larger unit."""
        self._units.setdefault((above, sign_of(sign)), key)

    def place(self, shelf: Shelf, where: str, *, drafts: bool = True) -> UnitFound:
        """Return the unit of a shelf. What is not there is drafted, unless `drafts` is False. `where`: of the note."""
        archive = self._archive(shelf, where, drafts=drafts)
        unit = self._larger(shelf, archive, where, drafts=drafts)
        if not (shelf.file or shelf.box):
            return UnitFound(archive, unit, is_file=False)
        above = unit or archive
        number = shelf.file or shelf.box
        found = self._files.get((above, shelf.year, sign_of(number))) if shelf.file else None
        if shelf.box:  # else this would be a file of another year
            found = found or self._files.get((above, "", sign_of(f"{shelf.box} {number}")))
        if found is None and shelf.file and not shelf.year:
            found = self._only_file(above, number)
        if found is None and drafts:
            found = self._draft_file(shelf, archive, unit, where)
        return UnitFound(archive, found or "", is_file=True)

    def _only_file(self, above: str, number: str) -> str | None:
        """Return the one file of a unit with a number, whatever its year, None for none or several."""
        keys = self._by_number.get((above, sign_of(number)), set())
        return next(iter(keys)) if len(keys) == 1 else None

    def _keep_file(self, above: str, year: str, code: str, key: str) -> None:
        self._files.setdefault((above, year, code), key)
        self._by_number.setdefault((above, code), set()).add(key)

    def _archive(self, shelf: Shelf, where: str, *, drafts: bool) -> str:
        for name in filter(None, (shelf.short, shelf.archive)):
            key = self._archives.get(_bare(name))
            if key:
                if shelf.short and shelf.archive:
                    self._name(key, [shelf.short, shelf.archive])
                return key
        if not shelf.archive:
            return self._archive_of_unit(shelf)
        if not drafts:
            return ""
        is_short = shelf.archive.isupper() or (len(shelf.archive) < 9 and " " not in shelf.archive.strip())
        short, name = self._full.get(_bare(shelf.short or shelf.archive), (shelf.short, shelf.archive))
        short = short or (shelf.archive if is_short else "")
        key = self._mint.mint("archive", [short or name])
        fields: dict[str, Any] = {"name": name}
        if short:
            fields["abbreviation"] = short
        fields |= _labels_of(shelf) | {"draft": True}
        self._add(PageId("archive", key), fields, where)
        self._name(key, [one for one in (shelf.archive, shelf.short, short, name) if one])
        return key

    def _archive_of_unit(self, shelf: Shelf) -> str:
        """Return the one archive that has the unit that a note names without its archive, "" for none or several."""
        codes = (sign_of(shelf.fonds), sign_of(f"{shelf.fonds} {shelf.series}"))
        found = {self._archive_of[key] for (_, code), key in self._units.items() if code and code in codes}
        return next(iter(found)) if len(found) == 1 else ""

    def _larger(self, shelf: Shelf, archive: str, where: str, *, drafts: bool) -> str:
        """Return the fonds or series in which a document lies."""
        if not shelf.fonds:
            return ""
        whole = sign_of(f"{shelf.fonds} {shelf.series}")
        if shelf.series and (key := self._units.get((archive, whole))):
            return key
        fonds = self._units.get((archive, sign_of(shelf.fonds)))
        if fonds is None and shelf.fonds_title:
            fonds = self._units.get((archive, sign_of(shelf.fonds_title)))
        if fonds is None:
            if not drafts:
                return ""
            fonds = self._draft_unit(
                "fonds", shelf.fonds, shelf.labels.get("fonds", ""), archive, "", where, shelf.fonds_title
            )
        if not shelf.series:
            return fonds
        series = self._units.get((fonds, sign_of(shelf.series)))
        if series is None and drafts:
            series = self._draft_unit("series", shelf.series, shelf.labels.get("series", ""), archive, fonds, where)
        return series or ""

    def _draft_unit(  # noqa: PLR0917
        self, level: str, code: str, label: str, archive: str, above: str, where: str, title: str = ""
    ) -> str:
        written = code if code.startswith("RG ") else f"{label} {code}".strip()
        key = self._mint.mint("source", [above or archive, code])
        fields: dict[str, Any] = {"type": level, "level": level, "title": title or written}
        if above:
            fields["part_of"] = above
            parent = self.drafts.get(PageId("source", above))
            reference = parent.fields.get("reference", "") if parent else self._reference_of(above)
            fields["reference"] = f"{reference}, {written}" if reference else written
        else:
            if archive:
                fields["repository"] = archive
            fields["reference"] = f"{title}, {written}" if title else written
        if code != written or any(sign.isdigit() for sign in code):
            fields["variants"] = [code] if code != fields["reference"] else []
        fields = {name: value for name, value in fields.items() if value != []}
        fields |= {"seen": self._seen, "draft": True}
        self._add(PageId("source", key), fields, where)
        self._archive_of[key] = archive
        for text in (code, written, title):
            if text:
                self._units.setdefault((above or archive, sign_of(text)), key)
        return key

    def _reference_of(self, key: str) -> str:
        record = self._linked.corpus.sources.get(key)
        return record.model.reference if record else ""

    def _draft_file(self, shelf: Shelf, archive: str, unit: str, where: str) -> str:
        number = shelf.file or shelf.box
        name = shelf.labels.get("file", "") if shelf.file else shelf.labels.get("box", "")
        key = self._mint.mint("source", [unit or archive, shelf.year, shelf.box if shelf.file else "", number])
        is_number = any(sign.isdigit() for sign in number) and len(number) < 25
        fields: dict[str, Any] = {"type": "file", "level": "file"}
        unlabelled = f"{shelf.fonds}/{number}" if shelf.fonds and not shelf.series else number
        fields["title"] = (f"{name} {number}" if name else unlabelled) if is_number else number
        if unit:
            fields["part_of"] = unit
        elif archive:
            fields["repository"] = archive
        if shelf.year:
            fields["year"] = shelf.year
        if shelf.file and is_number:
            fields["file"] = number
        if shelf.box:
            fields["containers"] = {slug(shelf.labels.get("box", "")) or "box": shelf.box}
        fields |= {"seen": self._seen, "draft": True}
        self._add(PageId("source", key), fields, where)
        self._archive_of[key] = archive
        codes = [sign_of(f"{shelf.box} {number}")] if shelf.box else []
        for code in (*codes, *([sign_of(number)] if shelf.file else [])):
            self._keep_file(unit or archive, shelf.year, code, key)
            self._keep_file(unit or archive, "", code, key)
        return key

    def _add(self, page: PageId, fields: dict[str, Any], where: str) -> None:
        self.drafts[page] = IncomingRecord(page, fields, where)


def _labels_of(shelf: Shelf) -> dict[str, Any]:
    """Return what a new archive writes before the parts of its references, as the note has it."""
    labels: dict[str, Any] = {}
    for role, name in (("year", "year"), ("file", "file"), ("leaf", "folio")):
        if shelf.labels.get(role) and not (role == "leaf" and shelf.leaf_label == "page"):
            labels[name] = shelf.labels[role]
    return {"labels": labels} if labels else {}


def sign_of(text: str) -> str:
    """Return a sign of a unit in one form, without the words for its level: "F. 14/AP" -> "14 ap"."""
    words = list(_words(text))
    return " ".join([word for word in words if word not in _LEVEL_WORDS] or words)


def _words(text: str) -> Iterator[str]:
    for word in re.findall(r"[^\W\d_]+|[0-9]+", text.lower()):
        yield slug(word) or word


def _bare(name: str) -> str:
    return " ".join(words_of(name)) or name.lower()

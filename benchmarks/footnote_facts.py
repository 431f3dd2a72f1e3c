"""What an edition holds, as the forms of footnotes need it: facts of archival units and of published works.

Knows nothing of the lookup. What a form says can be changed (`dataclasses.replace`) to make a near miss of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from dosje.edition.links import LinkedCorpus
from dosje.reading.bibliography import Work
from dosje.reading.corpus import Record
from dosje.reading.source_records import Source
from dosje.values.dates import Edtf
from dosje.values.folios import Folios


@dataclass(frozen=True)
class Unit:
    """An archival unit: a fonds, series, file or document.

    `above`: fonds and series, from the widest to the narrowest, as the archive writes them. `names`: of the archive,
    as other books print them. `is_dated`: whether its date is a sure day.
    """

    key: str
    role: str
    title: str
    archive: str
    names: dict[str, str]
    above: tuple[str, ...]
    year: str
    file: str
    runs: tuple[Folios, ...]
    part_of: str
    writer: tuple[str, str] = ("", "")  # family and given name
    reader: tuple[str, str] = ("", "")
    date: Edtf | None = None
    is_dated: bool = False
    place: str = ""
    kind: str = ""
    printed: tuple[str, ...] = ()

    @property
    def leaves(self) -> str:
        return ", ".join(map(str, self.runs))


@dataclass(frozen=True)
class Book:
    """A published work. `names`: family and given name of its authors or editors, in order. `kind`: of its entry."""

    key: str
    kind: str
    names: tuple[tuple[str, str], ...]
    is_edited: bool
    title: str
    subtitle: str
    year: str
    volume: str = ""
    number: str = ""
    journal: str = ""
    volume_title: str = ""
    editors: tuple[tuple[str, str], ...] = ()
    place: str = ""
    publisher: str = ""
    pages: str = ""
    address: str = ""
    season: str = ""

    @property
    def whole(self) -> str:
        return f"{self.title}: {self.subtitle}" if self.subtitle else self.title

    @property
    def families(self) -> str:
        return listed([family for family, _ in self.names])


@dataclass(frozen=True)
class Facts:
    """All that footnotes are made of."""

    units: dict[str, Unit]
    books: dict[str, Book]
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)  # of each unit, the keys of what lies in it


# How books in other languages call the archives of the first edition. An archive that is not here has its own names.
_IN_BOOKS = {
    "aqsh": {
        "full": "Arkivi Qendror i Shtetit", "en": "Central State Archives, Tirana",
        "de": "Zentrales Staatsarchiv, Tirana", "fr": "Archives centrales d'État, Tirana",
        "it": "Archivio Centrale dello Stato, Tirana", "es": "Archivo Central del Estado, Tirana",
        "ru": "Центральный государственный архив Албании",
        "former": "Arkivi Qendror i Shtetit të RPSSH", "short": "AQSH",
    },
    "ampj": {
        "full": "Arkivi i Ministrisë së Punëve të Jashtme", "en": "Archives of the Ministry of Foreign Affairs, Tirana",
        "de": "Archiv des Außenministeriums, Tirana", "fr": "Archives du ministère des Affaires étrangères, Tirana",
        "it": "Archivio del Ministero degli Affari Esteri, Tirana", "ru": "Архив Министерства иностранных дел Албании",
        "es": "Archivo del Ministerio de Asuntos Exteriores, Tirana", "former": "AMPJ e RPSH", "short": "AMPJ",
    },
    "aqu": {
        "full": "Arkivi Qendror i Ushtrisë", "en": "Central Archives of the Army, Tirana",
        "de": "Zentralarchiv der Armee, Tirana", "fr": "Archives centrales de l'armée, Tirana",
        "it": "Archivio Centrale dell'Esercito, Tirana", "ru": "Центральный архив армии Албании",
        "es": "Archivo Central del Ejército, Tirana", "former": "AQU", "short": "AQU",
    },
}  # fmt: skip


def read_facts(linked: LinkedCorpus) -> Facts:
    """Return the facts of an edition. Units in no archive are left out."""
    units = {unit.key: unit for unit in _read_units(linked)}
    parts: dict[str, list[str]] = {}
    for unit in units.values():
        parts.setdefault(unit.part_of, []).append(unit.key)
    works = linked.corpus.works
    books = {key: _read_book(works[key]) for key in sorted(works)}
    return Facts(units, books, {key: tuple(sorted(keys)) for key, keys in parts.items()})


def _read_units(linked: LinkedCorpus) -> Iterator[Unit]:
    for key, record in sorted(linked.corpus.sources.items()):
        holding = linked.holdings.holding_of(record)
        if holding is not None:
            yield _read_unit(linked, key, record)


def _read_unit(linked: LinkedCorpus, key: str, record: Record[Source]) -> Unit:
    source, holding = record.model, linked.holdings.holding_of(record)
    assert holding is not None
    chain = [record.model, *(unit.model for unit in linked.chain(record))]
    year = next((unit.year for unit in chain if unit.year), "")
    file = next((unit.file for unit in chain if unit.file), "")
    own = [part for part in holding.parts if not (year and part.endswith(year)) and not (file and part.endswith(file))]
    archive = linked.corpus.archives[holding.repository].model
    names = {"full": archive.name, "en": archive.english or archive.name, "short": holding.abbreviation}
    start = source.date.start if source.date else None
    is_dated = bool(
        source.date and start and start.day and source.date.end == start and not source.date.choices
        and not (start.is_uncertain or start.is_approximate)
    )  # fmt: skip
    place = linked.corpus.places.get(source.place or "")
    return Unit(
        key=key,
        role=linked.holdings.role_of(record),
        title=source.title,
        archive=holding.repository,
        names=names | _IN_BOOKS.get(holding.repository, {}),
        above=tuple(own),
        year=year,
        file=file,
        runs=source.folios or (),
        part_of=source.part_of or "",
        writer=_name(linked, source.author[0]) if len(source.author) == 1 else ("", ""),
        reader=_name(linked, source.recipient[0]) if len(source.recipient) == 1 else ("", ""),
        date=source.date,
        is_dated=is_dated,
        place=place.model.name if place else "",
        kind=source.type,
        printed=source.variants if record.model.level == "item" else (),
    )


def _name(linked: LinkedCorpus, key_or_name: str) -> tuple[str, str]:
    name = linked.name_of(key_or_name)
    return (name.family or name.literal, name.given)


def _read_book(work: Work) -> Book:
    fields = {name: plain(text) for name, text in work.fields.items()}
    raw = work.fields.get("author") or work.fields.get("editor", "")
    return Book(
        key=work.key,
        kind=work.entry_type.lower(),
        names=_people(raw),
        is_edited="author" not in fields,
        title=fields.get("maintitle") or fields.get("title", ""),
        subtitle=fields.get("title", "") if "maintitle" in fields else fields.get("subtitle", ""),
        year=_year_in(fields.get("date", fields.get("year", ""))),
        season=_season_in(fields.get("date", fields.get("year", ""))),
        volume=fields.get("volume", ""),
        number=fields.get("number", ""),
        journal=fields.get("journaltitle", fields.get("journal", "")),
        volume_title=fields.get("booktitle", ""),
        editors=_people(work.fields.get("editor", "")) if "author" in fields else (),
        place=fields.get("location", fields.get("address", "")),
        publisher=fields.get("publisher", ""),
        pages=fields.get("pages", "").replace("--", "–"),
        address=fields.get("doi") or fields.get("url", ""),
    )


def _year_in(date: str) -> str:
    found = re.search(r"[0-9]{4}", date)
    return found[0] if found else ""


def _season_in(date: str) -> str:
    """Return the word before a year: "Fall" of "Fall 2011"."""
    found = re.match(r"([A-Z][a-z]+) [0-9]{4}", date)
    return found[1] if found else ""


def plain(text: str) -> str:
    """Return the text of a field without the marks of TeX that .bib files have most."""
    return text.replace("{", "").replace("}", "").replace("\\&", "&").replace("\\", "")


def _people(text: str) -> tuple[tuple[str, str], ...]:
    found = []
    for name in text.split(" and ") if "{" not in text[:1] or " and " not in text else [text]:
        family, _, given = plain(name).partition(", ")
        if family and family != "others":
            found.append((family, given))
    return tuple(found)


def listed(words: list[str], last: str = " and ") -> str:
    """Return words as a list in a sentence: "a, b and c"."""
    return last.join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)

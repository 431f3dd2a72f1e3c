"""Makes the tree of the lookup's index: archives, fonds, series and files, and the labels of references."""

from __future__ import annotations

from collections.abc import Mapping

from ..edition.links import LinkedCorpus
from ..reading.authority_records import Archive
from ..reading.corpus import Record
from ..reading.source_records import Source
from ..values.spelling import spell, words_of
from .aliases import Aliases
from .archive_names import senses_of
from .index_rows import items_in
from .rows import ArchiveEntry, FileEntry, UnitEntry
from .shelfmarks import LETTERS, ROLE_BY_LABEL, number_of_file

_KNOWN_IN_NAMES = {"f", "fondi", "fonds", "fond"}


def describe_archive(linked: LinkedCorpus, record: Record[Archive]) -> ArchiveEntry:
    archive = record.model
    names = (archive.abbreviation, archive.name, archive.english, *archive.variants)
    spelled_once = {spell(name)[0].lower() for name in names if name}
    plurals = {name.replace("archive", "archives") for name in spelled_once if "archives" not in name}
    spelled = sorted(spelled_once | plurals, key=lambda name: (-len(name), name))
    place = linked.corpus.places.get(archive.place or "")
    around = [place, *linked.chain(place)] if place else []
    places = [name for each in around for name in (each.model.name, *each.model.variants)]
    where = {word for name in places for word in _letters_of(name)}
    own_places = sorted(where)
    where |= {word for name in spelled for word in name.split()}
    return {
        "key": record.key,
        "title": archive.abbreviation or archive.name,
        "names": spelled,
        "senses": sorted({senses_of(name) for name in spelled_once} - {""}),
        "places": own_places,
        "words": dict.fromkeys(sorted(where), 1),
    }


def _letters_of(name: str) -> list[str]:
    """Return the words of a place, without its articles: "Shqipëri", "RPSH"."""
    plain = "".join(letter if letter.isalnum() else " " for letter in spell(name)[0].lower())
    return [word for word in plain.split() if len(word) > 2]


def labels_of(linked: LinkedCorpus) -> dict[str, str]:
    """Return the role of each label of a reference, including the labels of the edition's own archives."""
    labels = dict(ROLE_BY_LABEL)
    holdings = linked.holdings
    role_by_level = {unit.model.level: holdings.role_of(unit) for unit in linked.corpus.sources.values()}
    role_by_level = {level: role for level, role in role_by_level.items() if role in ("fonds", "file")}
    for record in linked.corpus.archives.values():
        archive = record.model
        roles = {archive.labels.year: "year", archive.labels.file: "file", archive.labels.folio: "folio"}
        levels = archive.labels.levels
        roles |= {label: role_by_level[level] for level, label in levels.items() if level in role_by_level}
        for abbreviation in archive.abbreviations:
            term = ROLE_BY_LABEL.get(spell(abbreviation.term)[0].lower(), "")
            role = roles.get(abbreviation.sign, "fonds" if abbreviation.meaning.lower() == "fonds" else term)
            for word in (abbreviation.sign, abbreviation.term):
                _add_label(labels, word, role)
        for sign, role in roles.items():
            _add_label(labels, sign, role)
    return {label: role for label, role in labels.items() if label.isalpha() and role}


def _add_label(labels: dict[str, str], sign: str, role: str) -> None:
    """Add a label of the edition's own: "K. 4" is a box where an archive says so, else a leaf in a Polish reference.

    A letter that means something else here (no role) is no label.
    """
    word = spell(sign)[0].lower().strip(". ")
    if word in LETTERS:
        labels[word] = role
    if role:
        labels.setdefault(word, role)


def joints_of(linked: LinkedCorpus) -> list[str]:
    """Return what stands behind a semicolon in the references of those archives that part units with it."""
    found = set()
    for record in linked.corpus.sources.values():
        holding = linked.holdings.holding_of(record)
        if holding is not None and ";" in holding.separator + holding.pattern:
            found |= {spell(part)[0].lower() for part in (*holding.parts, holding.name, holding.abbreviation) if part}
    return sorted(found)


def plant_tree(
    linked: LinkedCorpus, row_by_key: Mapping[str, int], aliases: Aliases
) -> tuple[list[UnitEntry], list[list[FileEntry]]]:
    """Return the fonds and series of all archives, and the files of each."""
    archives = list(linked.corpus.archives)
    units: list[UnitEntry] = []
    files: list[list[FileEntry]] = []
    loose: dict[tuple[str, str], int] = {}
    place_by_key: dict[str, int] = {}
    sources = linked.corpus.sources
    for key in row_by_key:
        record = sources.get(key)
        holding = linked.holdings.holding_of(record) if record else None
        if record is None or holding is None:
            continue
        source = record.model
        archive = archives.index(holding.repository)
        role = linked.holdings.role_of(record)
        if role in ("fonds", "series"):
            parent = place_by_key.get(source.part_of or "", -1)
            place_by_key[key] = len(units)
            units.append(_describe_unit_entry(record, row_by_key[key], archive, parent, units))
            files.append([])
            continue
        if role == "file" or source.part_of is None:
            unit = place_by_key.get(source.part_of or "", -1)
            if unit < 0:
                unit = loose.setdefault((holding.repository, source.reference), len(units))
                if unit == len(units):
                    units.append(_describe_loose_files(archive, holding.abbreviation, source.reference))
                    files.append([])
            if role == "file":
                files[unit].append(_describe_file(linked, record, row_by_key))
    return units, files


def _describe_unit_entry(
    record: Record[Source], row: int, archive: int, parent: int, units: list[UnitEntry]
) -> UnitEntry:
    source = record.model
    former = [one.code for one in source.former]
    above = units[parent]["signs"] if parent >= 0 else []
    reference = source.reference or source.code
    own = [sign for sign in _signs_in(reference) if sign not in above and not _is_year(sign)]
    known = [sign for text in (reference, *former, *source.variants) for sign in _signs_in(text)]
    above_words = set(units[parent]["words"]) if parent >= 0 else set()
    names = [words_of(text) for text in (reference, *source.variants, source.title, source.original_title)]
    names = [[word for word in name if word not in _KNOWN_IN_NAMES and not word.isdigit()] for name in names]
    names = [[word for word in name if word not in above_words] or name for name in names]
    shown = reference or source.title
    return {
        "row": row,
        "archive": archive,
        "parent": parent,
        "title": shown,
        "own_signs": own,
        "code": _code_of(source.code),
        "signs": sorted({*above, *known, *own}),
        "names": [name for at, name in enumerate(names) if name and name not in names[:at]],
        "words": sorted({*above_words, *(word for word in words_of(reference))}),
        "shards": [],
    }


def _describe_loose_files(archive: int, name: str, reference: str) -> UnitEntry:
    """Return the unit for those files of an archive that lie in no fonds or series, but may name one themselves."""
    words = [word for word in words_of(reference) if word not in _KNOWN_IN_NAMES and not word.isdigit()]
    signs = [sign for sign in _signs_in(reference) if not _is_year(sign)]
    return {
        "row": -1,
        "archive": archive,
        "parent": -1,
        "title": f"{name}, {reference}" if reference else name,
        "own_signs": signs,
        "code": "",
        "signs": sorted(signs),
        "names": [words] if words else [],
        "words": words,
        "shards": [],
    }


def _code_of(code: str) -> str:
    """Return a code that has a letter and a number, as "RW 19". Of others nobody can tell what stands behind them."""
    plain = spell(code)[0].lower()
    return plain if any(c.isdigit() for c in plain) and any(c.isalpha() for c in plain) else ""


def _signs_in(reference: str) -> list[str]:
    """Return the numbers and abbreviations of a reference: "F. 14/AP-MPKK" -> 14, ap, mpkk."""
    plain = "".join(letter if letter.isalnum() else " " for letter in spell(reference)[0])
    return [word.lower() for word in plain.split() if word.isdigit() or (word.isupper() and len(word) > 1)]


def _is_year(sign: str) -> bool:
    return len(sign) == 4 and sign.isdigit() and "1500" <= sign <= "2099"


def _describe_file(linked: LinkedCorpus, record: Record[Source], row_by_key: Mapping[str, int]) -> FileEntry:
    source = record.model
    chain = linked.chain(record)
    # A series may be of a year without saying so in a field: "Meeting in Bucharest – June 1960".
    named = [word for unit in chain[:1] for word in _signs_in(unit.model.reference) if _is_year(word)]
    year = source.year or next((unit.model.year for unit in chain if unit.model.year), "") or "".join(named[:1])
    years = [int(year[:4])] if year[:4].isdigit() else []
    years += [0] if years and "?" in year else []
    number = source.file or source.code
    numbers = [number_of_file(part) for part in number.lower().split("(")]
    items = items_in(linked, record, row_by_key)
    shown = [number for number in dict.fromkeys(numbers) if number]
    return shown, years, row_by_key[record.key], items, number

"""Makes the index of the lookup from a linked edition: many small shards, of which a query needs a few.

Each shard is a script, because a page opened from disk may load scripts and nothing else:
`dosjeShard("rows-3", […])`. docs/api.md describes what is in them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..edition.links import Backlink, LinkedCorpus
from ..edition.pages import path_of
from ..edition.titles import by_folio, title_of, title_of_work
from ..exporting.described import Described
from ..reading.bibliography import Work
from ..reading.corpus import Record
from ..reading.records import Archive, Source
from ..values import words
from ..values.dates import Edtf, Moment
from ..values.metadata import Meta, names_in_meta
from ..values.spelling import bare_address, find_words, sound_of, spell, words_of
from .rows import INDEX_FOLDER, INDEX_VERSION
from .said_dates import read_dates
from .shelfmarks import ROLE_BY_LABEL

# About so many characters make a shard; compressed, a third to a fifth of that travels.
_WORDS_SIZE, _ROWS_SIZE, _CARDS_SIZE, _FILES_SIZE = 24_000, 9_000, 16_000, 24_000
_KNOWN_IN_NAMES = {"f", "fondi", "fonds", "fond"}


@dataclass
class _Index:
    rows: list[dict[str, Any]] = field(default_factory=list)
    cards: list[dict[str, Any]] = field(default_factory=list)
    postings: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))


def make_index(linked: LinkedCorpus, described: Described) -> dict[str, str]:
    """Return the shards of the edition's index by path below the site."""
    keys = _order_keys(linked)
    row_by_key = {key: row for row, key in enumerate(keys)}
    index = _Index()
    aliases = _Aliases(linked)
    for key in keys:
        record = linked.corpus.sources.get(key)
        if record is not None:
            row = _describe_unit(linked, record, aliases, row_by_key)
        else:
            row = _describe_work(linked.corpus.works[key], described.works.get(key, {}), aliases)
            row["notes"] = _notes_of(linked, key, row_by_key)
        _post(index, len(index.rows), row)
        index.rows.append(row)
        index.cards.append(_make_card(linked, key, record, described))
    units, files = _plant_tree(linked, row_by_key, aliases)
    shards: dict[str, Any] = {}
    word_starts = _shard_words(index.postings, shards)
    row_starts = _shard_list("rows", index.rows, _ROWS_SIZE, shards)
    card_starts = _shard_list("cards", index.cards, _CARDS_SIZE, shards)
    _shard_files(units, files, shards)
    settings = linked.corpus.settings
    shards["core"] = {
        "version": INDEX_VERSION,
        "count": len(keys),
        "name": settings.site_name,
        "base": f"{settings.site_url.rstrip('/')}/" if settings.site_url else "",
        "entries": list(described.entries),
        "labels": _labels_of(linked),
        "archives": [_describe_archive(linked, record) for record in linked.corpus.archives.values()],
        "units": units,
        "signs": dict.fromkeys((sign for unit in units for sign in unit["own_signs"] if not sign.isdigit()), 1),
        "acronyms": dict.fromkeys(sorted(aliases.acronyms), 1),
        "words": word_starts,
        "rows": row_starts,
        "cards": card_starts,
    }
    return {f"{INDEX_FOLDER}/{name}.js": wrap_shard(name, value) for name, value in sorted(shards.items())}


def wrap_shard(name: str, value: Any) -> str:
    """Return a shard as the script that hands it to the page."""
    # No "<" would end the script if it stood in a page, and no line separator is new to old browsers.
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'dosjeShard("{name}",{text});\n'


def unwrap_shard(text: str) -> Any:
    """Return what `wrap_shard` wrapped."""
    return json.loads(text[text.index(",") + 1 : text.rindex(")")])


def _order_keys(linked: LinkedCorpus) -> list[str]:
    """Return the keys of all sources in the order of the shelf: neighbours in a file are neighbours here."""
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


class _Aliases:
    """Other names of persons and bodies: whoever reads one of them finds the others."""

    def __init__(self, linked: LinkedCorpus) -> None:
        self._linked = linked
        self.acronyms: set[str] = set()
        self._bodies: list[tuple[str, str]] = []
        for record in linked.corpus.organisations.values():
            model = record.model
            names = [name for name in (model.name, model.abbreviation, *model.variants) if name]
            for name in names:
                plain = spell(name)[0]
                self.acronyms |= {part.lower() for part in plain.split() if part.isupper() and len(part) > 1}
                self._bodies.append((f" {' '.join(words_of(name))} ", " ".join(words_of(" ".join(names)))))
        self._families: dict[str, list[str]] = {}

    def of_text(self, text: str) -> list[str]:
        """Return the words by which the bodies named in a text may be named as well."""
        spaced = f" {text} "
        found: list[str] = []
        for name, others in self._bodies:
            if len(name) > 3 and name in spaced:
                found += others.split()
        return found

    def of_person(self, key_or_name: str) -> tuple[list[str], list[str]]:
        """Return the words of the family name, in all its spellings, and those of the given name."""
        record = self._linked.corpus.persons.get(key_or_name)
        if record is None:
            own = words_of(key_or_name)
            return sorted({*own, *self.of_text(" ".join(own))}), []
        model = record.model
        given = words_of(model.name.given)
        family = set(words_of(model.name.family)) or set(given)
        for variant in (*model.variants, model.name.native):
            family |= {
                word for word in words_of(variant or "") if (word not in given and len(word) > 1) or not word.isascii()
            }
        return sorted(family), given


def _describe_unit(
    linked: LinkedCorpus, record: Record[Source], aliases: _Aliases, row_by_key: Mapping[str, int]
) -> dict[str, Any]:
    source = record.model
    holding = linked.holding(record)
    writers = [aliases.of_person(name) for name in source.author]
    readers = [aliases.of_person(name) for name in source.recipient]
    names = [_strip_dates(name) for name in (source.title, source.original_title, *source.variants) if name]
    names = list(dict.fromkeys(name for name in names if name)) or [record.key]
    others = [word for name in names for word in aliases.of_text(name)] + words_of(source.type)
    for key in source.meetings:
        meeting = linked.corpus.meetings.get(key)
        others += words_of(meeting.model.title) if meeting else []
        for participant in meeting.model.participants if meeting else ():
            # Whoever met there may be named in a footnote, in whatever spelling.
            others += aliases.of_person(participant.person)[0] if participant.person else []
    place = linked.corpus.places.get(source.place or "")
    others += words_of(place.model.name) if place else []
    own = {word for name in names for word in name.split()}
    dates, is_sure = _bounds(source.date)
    folios = ", ".join(str(run) for run in source.folios or ())
    reference = ", ".join(part for part in (holding.abbreviation, holding.reference) if part) if holding else ""
    leaves = f", {holding.folio_label} {folios}" if holding and folios else ""
    return {
        "key": record.key,
        "level": source.level,
        "title": source.title,
        "reference": reference + leaves,
        "titles": names,
        "authors": [family for family, _ in writers],
        "recipients": [family for family, _ in readers],
        "given": " ".join(dict.fromkeys(word for _, given in (*writers, *readers) for word in given)),
        "context": " ".join(dict.fromkeys(word for word in others if word not in own)),
        "dates": dates,
        "is_sure": is_sure,
        "year": 0,
        "addresses": [source.url] if source.url else [],
        "notes": {},
        "items": _items_in(linked, record, row_by_key),
    }


def _items_in(linked: LinkedCorpus, record: Record[Source], row_by_key: Mapping[str, int]) -> list[list[int]]:
    """Return the documents of a file, in order: the row of each, and first and last leaf of each of its runs."""
    items = []
    parts = by_folio(linked.parts_of(record))
    for part in parts if record.model.level == "file" else ():
        leaves = [end for run in part.model.folios or () for end in (run.first, run.last)]
        items.append([row_by_key[part.key], *leaves])
    return items


def _describe_work(work: Work, meta: Meta, aliases: _Aliases) -> dict[str, Any]:
    fields = work.fields
    people = [name for role in ("author", "editor", "translator") for name in _names_in(meta, role)]
    title = title_of_work(work, meta)
    main, _, rest = title.partition(": ")
    plain = words.plain(words.of_text(title))
    # Without its years: "Mao and the Sino-Soviet Split, 1959–1973" is cited without them.
    first = words_of(fields.get("maintitle", "").replace("{", "").replace("}", "") or main)
    bare = [word for word in first if not word.isdigit()]
    names = [" ".join(bare if len(bare) > 1 else first) or work.key]
    printed = (fields.get("maintitle", ""), fields.get("shorttitle", ""), f"{main} {rest}", plain)
    names += [" ".join(words_of(name.replace("{", "").replace("}", ""))) for name in printed]
    others = [
        fields.get(name, "") for name in ("journaltitle", "booktitle", "publisher", "location", "address", "series")
    ]
    container = words_of(" ".join(others).replace("{", "").replace("}", ""))
    given = [word for _, given in people for word in words_of(given)]
    year = next((int(part[:4]) for part in (fields.get("date", ""), fields.get("year", "")) if part[:4].isdigit()), 0)
    addresses = [fields.get("doi", ""), fields.get("url", "")]
    return {
        "key": work.key,
        "level": "work",
        "title": title,
        "reference": "",
        "titles": list(dict.fromkeys(name for name in names if name)),
        "authors": [sorted({*words_of(family), *aliases.of_text(" ".join(words_of(family)))}) for family, _ in people],
        "recipients": [],
        "given": " ".join(dict.fromkeys(given)),
        "context": " ".join(dict.fromkeys(container)),
        "dates": [],
        "is_sure": 0,
        "year": year,
        "addresses": [address for address in addresses if address],
        "notes": {},
        "items": [],
    }


def _names_in(meta: Meta, role: str) -> list[tuple[str, str]]:
    """Return family name, with what always stands before it, and given name of everybody in a role."""
    found = []
    for name in names_in_meta(meta, role):
        family = " ".join(part for part in (name.particle, name.family) if part)
        found.append((family or name.literal, name.given))
    # A list of authors that ends in "and others" has one of that name.
    return [(family, given) for family, given in found if family != "others"]


def _strip_dates(text: str) -> str:
    return " ".join(word for word, _, _ in find_words(read_dates(spell(text)[0])[1]))


def _bounds(date: Edtf | None) -> tuple[list[int], int]:
    """Return first and last day as numbers like 19600624, 0 for what is not said; and 1 if the date is certain."""
    if date is None or date.start is None:
        return [], 0
    moments = [date.start, date.end if date.is_interval and date.end else date.start]
    if any("X" in moment.year for moment in moments):
        return [], 0
    is_sure = not any(moment.is_uncertain or moment.is_approximate for moment in moments)
    return [_day_of(moments[0], 0), _day_of(moments[1], 99)], int(is_sure)


def _day_of(moment: Moment, missing: int) -> int:
    month = moment.month if moment.month and moment.month <= 12 else 0
    day = moment.day or (missing if month or missing else 0)
    return int(moment.year) * 10000 + (month or missing) * 100 + day


def _notes_of(linked: LinkedCorpus, key: str, row_by_key: Mapping[str, int]) -> dict[str, list[int]]:
    """Return, by number, the sources that we know through a note of this work."""
    found: dict[str, list[int]] = {}
    keys: dict[int, str] = {}
    for link in linked.backlinks.get(key, ()):
        page, locator = link.call.page, link.cite.locator
        is_via = page.kind == "source" and link.call.path[:1] == ("via",) and page.key in row_by_key
        if is_via and locator and locator.label == "note":
            for number in locator.value.split(", "):
                rows = found.setdefault(number, [])
                keys[row_by_key[page.key]] = page.key
                if row_by_key[page.key] not in rows:
                    rows.append(row_by_key[page.key])
    # Documents before the files and series that hold them.
    units = linked.corpus.sources
    levels = {row: units[name].model.level for row, name in keys.items() if name in units}
    order = {"item": 0, "file": 1, "series": 2, "fonds": 3}
    return {
        number: sorted(rows, key=lambda row: (order[levels.get(row, "item")], row))
        for number, rows in sorted(found.items())
    }


def _post(index: _Index, number: int, row: Mapping[str, Any]) -> None:
    texts = [*row["titles"], row["given"], row["context"]]
    found = {word for text in texts for word in text.split()}
    found |= {word for family in (*row["authors"], *row["recipients"]) for word in family}
    found.add("=" + row["key"])
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


def _make_card(linked: LinkedCorpus, key: str, record: Record[Source] | None, described: Described) -> dict[str, Any]:
    before, after = _neighbours(linked, record) if record else (None, None)
    cited = [_make_cited(linked, link, described) for link in linked.backlinks.get(key, ())]
    return {"words": described.full_notes.get(key, ""), "before": before or [], "after": after or [], "cited": cited}


def _make_cited(linked: LinkedCorpus, link: Backlink, described: Described) -> list[Any]:
    page, label, locator = link.call.page, link.call.label, link.cite.locator
    record = linked.record(page)
    title = (
        title_of(record) if record else title_of_work(linked.corpus.works[page.key], described.works.get(page.key, {}))
    )
    url = f"{path_of(page).removesuffix('.md')}/#fnref:{label}"
    number = described.numbers.get((page, label), 0)
    return [title, number, link.call.context, url, locator.label if locator else "", locator.value if locator else ""]


def _neighbours(linked: LinkedCorpus, record: Record[Source]) -> tuple[list[str] | None, list[str] | None]:
    """Return key and title of what lies before and after an item in its file."""
    if record.model.part_of is None:
        return None, None
    parts = by_folio(linked.parts_of_unit(record.model.part_of))
    at = next((at for at, part in enumerate(parts) if part.key == record.key), 0)
    pairs = [[part.key, title_of(part)] for part in parts]
    return (pairs[at - 1] if at else None), (pairs[at + 1] if at + 1 < len(pairs) else None)


def _describe_archive(linked: LinkedCorpus, record: Record[Archive]) -> dict[str, Any]:
    archive = record.model
    names = (archive.abbreviation, archive.name, archive.english, *archive.variants)
    spelled_once = {spell(name)[0].lower() for name in names if name}
    plurals = {name.replace("archive", "archives") for name in spelled_once if "archives" not in name}
    spelled = sorted(spelled_once | plurals, key=lambda name: (-len(name), name))
    place = linked.corpus.places.get(archive.place or "")
    around = [place, *linked.chain(place)] if place else []
    where = {word.lower() for each in around for word in spell(each.model.name)[0].split()}
    where |= {word for name in spelled for word in name.split()}
    return {
        "key": record.key,
        "title": archive.abbreviation or archive.name,
        "names": spelled,
        "words": dict.fromkeys(sorted(where), 1),
    }


def _labels_of(linked: LinkedCorpus) -> dict[str, str]:
    """Return what labels of references stand before, those of the edition's own archives among them."""
    labels = dict(ROLE_BY_LABEL)
    for record in linked.corpus.archives.values():
        archive = record.model
        roles = {archive.labels.year: "year", archive.labels.file: "file", archive.labels.folio: "folio"}
        for abbreviation in archive.abbreviations:
            role = roles.get(abbreviation.sign, "fonds" if abbreviation.meaning.lower() == "fonds" else "")
            for word in (abbreviation.sign, abbreviation.term) if role else ():
                labels.setdefault(spell(word)[0].lower().strip(". "), role)
        for sign, role in roles.items():
            labels.setdefault(spell(sign)[0].lower().strip(". "), role)
    return {label: role for label, role in labels.items() if label.isalpha() and label.isascii()}


def _plant_tree(
    linked: LinkedCorpus, row_by_key: Mapping[str, int], aliases: _Aliases
) -> tuple[list[dict[str, Any]], list[list[Any]]]:
    """Return the fonds and series of all archives, and of each of them its files."""
    archives = list(linked.corpus.archives)
    units: list[dict[str, Any]] = []
    files: list[list[Any]] = []
    loose: dict[str, int] = {}
    place_by_key: dict[str, int] = {}
    sources = linked.corpus.sources
    for key in row_by_key:
        record = sources.get(key)
        holding = linked.holding(record) if record else None
        if record is None or holding is None:
            continue
        source = record.model
        archive = archives.index(holding.repository)
        if source.level in ("fonds", "series"):
            parent = place_by_key.get(source.part_of or "", -1)
            place_by_key[key] = len(units)
            units.append(_describe_shelf(record, row_by_key[key], archive, parent, units))
            files.append([])
            continue
        if source.level == "file" or source.part_of is None:
            unit = place_by_key.get(source.part_of or "", -1)
            if unit < 0:
                unit = loose.setdefault(holding.repository, len(units))
                if unit == len(units):
                    units.append(_loose_shelf(archive, holding.abbreviation))
                    files.append([])
            if source.level == "file":
                files[unit].append(_describe_file(linked, record, row_by_key))
                if source.reference:
                    _add_name(units[unit], source.reference)
    return units, files


def _describe_shelf(
    record: Record[Source], row: int, archive: int, parent: int, units: list[dict[str, Any]]
) -> dict[str, Any]:
    source = record.model
    above = units[parent]["signs"] if parent >= 0 else []
    own = [sign for sign in _signs_in(source.reference) if sign not in above and not _is_year(sign)]
    known = [sign for text in (source.reference, *source.variants) for sign in _signs_in(text)]
    above_words = set(units[parent]["words"]) if parent >= 0 else set()
    names = [words_of(text) for text in (source.reference, *source.variants, source.title, source.original_title)]
    names = [[word for word in name if word not in _KNOWN_IN_NAMES and not word.isdigit()] for name in names]
    names = [[word for word in name if word not in above_words] or name for name in names]
    shown = source.reference or source.title
    return {
        "row": row,
        "archive": archive,
        "parent": parent,
        "title": shown,
        "own_signs": own,
        "signs": sorted({*above, *known, *own}),
        "names": [name for at, name in enumerate(names) if name and name not in names[:at]],
        "words": sorted({*above_words, *(word for word in words_of(source.reference))}),
        "shards": [],
    }


def _loose_shelf(archive: int, name: str) -> dict[str, Any]:
    """Return the place of files of an archive that stand in no fonds or series."""
    return {
        "row": -1,
        "archive": archive,
        "parent": -1,
        "title": name,
        "own_signs": [],
        "signs": [],
        "names": [],
        "words": [],
        "shards": [],
    }


def _add_name(unit: dict[str, Any], reference: str) -> None:
    unit["signs"] = sorted({*unit["signs"], *_signs_in(reference)})


def _signs_in(reference: str) -> list[str]:
    """Return the numbers and abbreviations of a reference: "F. 14/AP-MPKK" -> 14, ap, mpkk."""
    plain = "".join(letter if letter.isalnum() else " " for letter in spell(reference)[0])
    return [word.lower() for word in plain.split() if word.isdigit() or (word.isupper() and len(word) > 1)]


def _is_year(sign: str) -> bool:
    return len(sign) == 4 and sign.isdigit() and "1500" <= sign <= "2099"


def _describe_file(linked: LinkedCorpus, record: Record[Source], row_by_key: Mapping[str, int]) -> list[Any]:
    source = record.model
    year = source.year or next((unit.model.year for unit in linked.chain(record)), "")
    years = [int(year[:4])] if year[:4].isdigit() else []
    numbers = ["".join(letter for letter in part if letter.isalnum()) for part in source.file.lower().split("(")]
    items = _items_in(linked, record, row_by_key)
    return [[number for number in dict.fromkeys(numbers) if number], years, row_by_key[record.key], items, source.file]


def _shard_words(postings: Mapping[str, Iterable[int]], shards: dict[str, Any]) -> list[str]:
    """Cut the words into shards by the letter with which they may begin in any spelling; return their first ones."""
    starts: list[str] = []
    shard: dict[str, list[int]] = {}
    size = 0
    for word in sorted(postings, key=lambda word: sound_of(word) + word):
        rows = sorted(postings[word])
        steps = [row - before for before, row in zip([0, *rows], rows, strict=False)]
        length = len(word) + 4 + sum(len(str(step)) + 1 for step in steps)
        if size and size + length > _WORDS_SIZE:
            shards[f"words-{len(starts) - 1}"] = shard
            shard, size = {}, 0
        if not size:
            starts.append(sound_of(word) + word)
        shard[word] = steps
        size += length
    shards[f"words-{max(len(starts) - 1, 0)}"] = shard
    return starts or [""]


def _shard_list(name: str, values: list[Any], limit: int, shards: dict[str, Any]) -> list[int]:
    """Cut a list into shards of about the same length; return the place at which each begins."""
    starts = [0]
    size = 0
    for at, value in enumerate(values):
        length = len(json.dumps(value, ensure_ascii=False))
        if size and size + length > limit:
            shards[f"{name}-{len(starts) - 1}"] = values[starts[-1] : at]
            starts.append(at)
            size = 0
        size += length
    shards[f"{name}-{len(starts) - 1}"] = values[starts[-1] :]
    return starts


def _shard_files(units: list[dict[str, Any]], files: list[list[Any]], shards: dict[str, Any]) -> None:
    """Cut the files of all units into shards, small series together; tell each unit where its files are."""
    bucket, size = 0, 0
    shard: dict[str, list[Any]] = {}
    for at, own in enumerate(files):
        for file in own:
            length = len(json.dumps(file, ensure_ascii=False))
            if size and size + length > _FILES_SIZE:
                shards[f"files-{bucket}"] = shard
                bucket, size, shard = bucket + 1, 0, {}
            shard.setdefault(str(at), []).append(file)
            if bucket not in units[at]["shards"]:
                units[at]["shards"].append(bucket)
            size += length
    shards[f"files-{bucket}"] = shard

"""Makes the rows of the lookup's index: what the lookup compares of each source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..edition.links import LinkedCorpus
from ..edition.orders import by_folio
from ..edition.titles import title_of_work
from ..reading.bibliography import Work
from ..reading.corpus import Record
from ..reading.source_records import Source
from ..values import words
from ..values.dates import Edtf, Moment
from ..values.metadata import Meta, names_in_meta
from ..values.spelling import find_words, spell, words_of
from .aliases import Aliases
from .rows import SourceRow
from .said_dates import read_dates
from .said_works import number_of

# What kind of work an entry is, by the types of biblatex and of CSL. All others are "other".
_KINDS = {
    type_: kind
    for kind, types in (
        ("book", "book,mvbook,collection,mvcollection,proceedings,mvproceedings,reference,mvreference"),
        ("article", "article,suppperiodical,article-journal,article-magazine,article-newspaper"),
        ("chapter", "incollection,inbook,inproceedings,inreference,suppbook,suppcollection,chapter,paper-conference"),
    )
    for type_ in types.split(",")
}


def describe_unit(
    linked: LinkedCorpus, record: Record[Source], aliases: Aliases, row_by_key: Mapping[str, int]
) -> SourceRow:
    source = record.model
    writers = [aliases.of_person(name) for name in source.author]
    readers = [aliases.of_person(name) for name in source.recipient]
    names = [_strip_dates(name) for name in (source.title, source.original_title, *source.variants) if name]
    names = list(dict.fromkeys(name for name in names if name)) or [record.key]
    others = [word for name in names for word in aliases.of_text(name)] + words_of(source.type)
    for key in source.meetings:
        meeting = linked.corpus.meetings.get(key)
        others += words_of(meeting.model.title) if meeting else []
        for participant in meeting.model.participants if meeting else ():
            # A footnote may name the participants, in any spelling.
            others += aliases.of_person(participant.person)[0] if participant.person else []
    place = linked.corpus.places.get(source.place or "")
    others += words_of(place.model.name) if place else []
    own = {word for name in names for word in name.split()}
    dates, is_sure = _bounds(source.date)
    holding = linked.holdings.holding_of(record)
    return {
        "key": record.key,
        "level": linked.holdings.role_of(record),
        "title": source.title,
        "reference": linked.holdings.reference_of(record),
        "titles": names,
        "authors": [family for family, _ in writers],
        "recipients": [family for family, _ in readers],
        "given": " ".join(dict.fromkeys(word for _, given in (*writers, *readers) for word in given)),
        "context": " ".join(dict.fromkeys(word for word in others if word not in own)),
        "dates": dates,
        "is_sure": is_sure,
        "year": 0,
        "kind": "",
        "volume": "",
        "number": "",
        "edition": "",
        "part": "",
        "editors": [],
        "container": "",
        "leaf_label": holding.folio_label if holding else "",
        "leaf_words": holding.leaves.print_runs(source.folios) if holding and source.folios else "",
        "leaves": [end for run in source.folios or () for end in (run.first, run.last)],
        "addresses": [source.url] if source.url else [],
        "notes": {},
        "items": items_in(linked, record, row_by_key),
    }


def items_in(linked: LinkedCorpus, record: Record[Source], row_by_key: Mapping[str, int]) -> list[list[int]]:
    """Return the documents of a file, in order: the row of each, and first and last leaf of each of its runs."""
    items = []
    parts = by_folio(linked.parts_of(record))
    for part in parts if linked.holdings.role_of(record) == "file" else ():
        leaves = [end for run in part.model.folios or () for end in (run.first, run.last)]
        items.append([row_by_key[part.key], *leaves])
    return items


def describe_work(work: Work, meta: Meta, aliases: Aliases) -> SourceRow:
    fields = work.fields
    kind = _KINDS.get(work.entry_type.lower(), "other")
    # The editor of the volume is nobody who wrote the chapter: "Holm 2003" is the volume.
    is_in_volume = kind == "chapter" and bool(_names_in(meta, "author"))
    roles = ("author",) if is_in_volume else ("author", "editor", "translator")
    people = [name for role in roles for name in _names_in(meta, role)]
    editors = [name for role in ("editor", "translator") for name in _names_in(meta, role)] if is_in_volume else []
    title = title_of_work(work, meta)
    main, _, rest = title.partition(": ")
    plain = words.plain(words.of_text(title))
    # The years are left out, because "Mao and the Sino-Soviet Split, 1959–1973" is also cited without them.
    first = words_of(_bare(fields.get("maintitle", "")) or main)
    bare = [word for word in first if not word.isdigit()]
    names = [" ".join(bare if len(bare) > 1 else first) or work.key]
    printed = (fields.get("maintitle", ""), fields.get("shorttitle", ""), f"{main} {rest}", plain)
    # The plain title comes last: it is what a title in full is compared with.
    names += [" ".join(words_of(_bare(name))) for name in (*work.variants, *printed)]
    others = [
        fields.get(name, "") for name in ("journaltitle", "booktitle", "publisher", "location", "address", "series")
    ]
    container = words_of(_bare(" ".join(others)))
    own = words_of(_bare(fields.get("journaltitle", "") or fields.get("journal", "") or fields.get("booktitle", "")))
    given = [word for _, given in (*people, *editors) for word in words_of(given)]
    year = int(work.year or 0)
    addresses = [fields.get("doi", ""), fields.get("url", "")]
    return {
        "key": work.key,
        "level": "work",
        "title": title,
        "reference": "",
        "titles": list(dict.fromkeys(name for name in names if name)),
        "authors": _families(people, aliases),
        "recipients": [],
        "given": " ".join(dict.fromkeys(given)),
        "context": " ".join(dict.fromkeys(container)),
        "dates": [],
        "is_sure": 0,
        "year": year,
        "kind": kind,
        "volume": number_of(fields.get("volume", "")),
        "number": number_of(fields.get("number", "") or fields.get("issue", "")),
        "edition": number_of(fields.get("edition", "")),
        "part": number_of(fields.get("part", "")),
        "editors": _families(editors, aliases),
        "container": " ".join(dict.fromkeys(own)),
        "leaf_label": "",
        "leaf_words": "",
        "leaves": [],
        "addresses": [address for address in addresses if address],
        "notes": {},
        "items": [],
    }


def _bare(text: str) -> str:
    return text.replace("{", "").replace("}", "")


def _families(people: Iterable[tuple[str, str]], aliases: Aliases) -> list[list[str]]:
    return [sorted({*words_of(family), *aliases.of_text(" ".join(words_of(family)))}) for family, _ in people]


def _names_in(meta: Meta, role: str) -> list[tuple[str, str]]:
    """Return the family name, with its particle, and the given name of everybody in a role."""
    found = []
    for name in names_in_meta(meta, role):
        family = " ".join(part for part in (name.particle, name.family) if part)
        found.append((family or name.literal, name.given))
    # In a list that ends in "and others", pandoc reads "others" as a name.
    return [(family, given) for family, given in found if family != "others"]


def _strip_dates(text: str) -> str:
    return " ".join(word for word, _, _ in find_words(read_dates(spell(text)[0])[1]))


def _bounds(date: Edtf | None) -> tuple[list[int], int]:
    """Return first and last day as numbers like 19600624, with 0 for unknown parts; and 1 if the date is certain."""
    if date is None or date.start is None:
        return [], 0
    moments = [date.start, date.end if (date.is_interval or date.choices) and date.end else date.start]
    if any("X" in moment.year for moment in moments):
        return [], 0
    is_sure = not date.choices and not any(moment.is_uncertain or moment.is_approximate for moment in moments)
    return [_day_of(moments[0], 0), _day_of(moments[1], 99)], int(is_sure)


def _day_of(moment: Moment, missing: int) -> int:
    month = moment.month if moment.month and moment.month <= 12 else 0
    day = moment.day or (missing if month or missing else 0)
    return int(moment.year) * 10000 + (month or missing) * 100 + day


def notes_of(linked: LinkedCorpus, key: str, row_by_key: Mapping[str, int]) -> dict[str, list[int]]:
    """Return, by the number of the note, the sources that we know only through this work."""
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
    # Documents come before the files and series that hold them.
    units = linked.corpus.sources
    levels = {row: linked.holdings.role_of(units[name]) for row, name in keys.items() if name in units}
    order = {"item": 0, "file": 1, "series": 2, "fonds": 3}
    return {
        number: sorted(rows, key=lambda row: (order[levels.get(row, "item")], row))
        for number, rows in sorted(found.items())
    }

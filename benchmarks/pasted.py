"""Invents footnotes as other historians would print them, from what an edition holds, with what they mean.

The manners are those of style manuals and of archives' readers, not of our own notes. Deterministic: the
same edition gives the same footnotes.
"""

from __future__ import annotations

import unicodedata
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from dosje.edition.links import LinkedCorpus
from dosje.phrases.date_words import words_of_date
from dosje.phrases.phrase_files import read_phrases
from dosje.reading.corpus import Record
from dosje.reading.source_records import Source

_PHRASES = read_phrases("en-GB")
MONTHS = ("", "Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
FOREIGN = (
    "RGANI", "RGASPI", "AVPRF", "GARF", "TsDA", "SAPMO-BArch", "PAAA", "ANIC", "AAN", "NARA", "TNA", "AJ", "CWIHP",
)  # fmt: skip
NONSENSE = (
    "lorem ipsum dolor sit amet", "see above", "my translation", "thanks to the anonymous reviewers", "12–15", "xx",
    "Albania", "The Times, 3 March 1962, 4", "Interview with a former diplomat, Tirana, 4 May 2003", "passim",
    "Pravda, 27 August 1961", "FRUS 1958–1960, vol. X, doc. 35", "Hansard, 5 July 1960, col. 22", "???", "n.d.",
    "New York Times, 12 June 1963, p. 1", "Oral history, tape 4", "United Nations, A/4500", "https://www.example.com/",
)  # fmt: skip
OTHER_WORKS = (
    "Lüthi, 'The Collapse of Sino-Soviet Party Relations', 2010", "Lorenz Lüthi, Cold Wars (Cambridge, 2020)",
    "Mëhilli, 'The Socialist Design: Urban Dilemmas in Postwar Europe', Kritika 13 (2012)",
    "Radchenko, To Run the World (Cambridge, 2024)", "Griffith, The Sino-Soviet Rift (1964)",
    "Gati, Hungary and the Soviet Bloc (Durham, 1986)", "Snyder, Black Earth (2015)", "Naimark, Fires of Hatred, 44",
    "Applebaum, Gulag: A History (2003)", "Gaddis, Strategies of Containment, 101", "Harrison, After the Berlin Wall",
    "Westad, Restless Empire: China and the World since 1750 (2012)", "Djilas, The New Class (1957), 12",
    "Chen Jian, China's Road to the Korean War (1994), 55", "MacFarquhar and Schoenhals, Mao's Last Revolution (2006)",
    "Szalontai, 'Solidarity within Limits', Cold War History 8 (2008)", "Crump and Godard, 'Reassessing Communist'",
    "Banac, The National Question in Yugoslavia (1984)", "Biberaj, Albania in Transition (1998), 20",
    "Fursenko and Naftali, Khrushchev's Cold War (2006), 300", "Marku, 'Conflict and Unity', 2021, 12",
)  # fmt: skip


@dataclass(frozen=True)
class Pasted:
    """A footnote, the manner in which it is written, and the keys of what it may mean; none for nothing."""

    text: str
    manner: str
    keys: frozenset[str]

    @property
    def is_held_back(self) -> bool:
        """Say whether it belongs to the third that nobody looks at while changing the rules."""
        return zlib.crc32(f"{self.manner}/{self.text}".encode()) % 3 == 0


Made = tuple[str, frozenset[str]]
Manner = Callable[..., Made]


def paste_notes(linked: LinkedCorpus) -> Iterator[Pasted]:
    """Yield footnotes for the documents and works of an edition, three manners for each."""
    for key, record in linked.corpus.sources.items():
        source = record.model
        if source.level == "item" and linked.holdings.holding_of(record) is not None and source.part_of:
            rng = Random(f"pasted/{key}")
            yield from _sample(DOCUMENTS, linked, record, rng)
    for key in sorted(linked.corpus.works):
        rng = Random(f"pasted/{key}")
        yield from _sample(WORKS, linked, key, rng)


def paste_nothing(linked: LinkedCorpus) -> Iterator[Pasted]:
    """Yield footnotes of which nothing is in the edition."""
    rng = Random("pasted/nothing")
    for number, archive in enumerate(FOREIGN * 2):
        text = (
            f"{archive}, f. {rng.randint(1, 90)}, op. {rng.randint(1, 40)}, d. {rng.randint(1, 400)}, l. {number + 1}"
        )
        yield Pasted(text, "foreign archive", frozenset())
    for text in OTHER_WORKS:
        yield Pasted(text, "another work", frozenset())
    for text in NONSENSE:
        yield Pasted(text, "nonsense", frozenset())
    units = linked.corpus.sources
    files = [record for record in units.values() if record.model.level == "file"]
    for record in files[::3]:
        holding = linked.holdings.holding_of(record)
        if holding is not None:
            *above, _ = holding.parts
            text = ", ".join([holding.abbreviation, *above, f"D. {rng.randint(700, 999)}"])
            yield Pasted(text, "a file that is not there", frozenset())


def _sample(
    manners: tuple[Manner, ...], linked: LinkedCorpus, what: Record[Source] | str, rng: Random
) -> Iterator[Pasted]:
    """Yield a source in three of the manners that can write it."""
    found = 0
    for manner in rng.sample(manners, len(manners)):
        text, keys = manner(linked, what, rng)
        if text and found < 3:
            found += 1
            yield Pasted(text, manner.__name__.strip("_"), keys)


NOTHING: Made = ("", frozenset())


def _leaves(record: Record[Source]) -> str:
    source = record.model
    return ", ".join(str(run) for run in source.folios or ())


def _covering(linked: LinkedCorpus, record: Record[Source], leaf: int) -> frozenset[str]:
    source = record.model
    others = [
        other for other in linked.corpus.sources.values() if getattr(other.model, "part_of", "") == source.part_of
    ]
    runs = [(other.key, run) for other in others for run in other.model.folios or ()]
    return frozenset(key for key, run in runs if run.first <= leaf <= run.last)


def _people(linked: LinkedCorpus, record: Record[Source]) -> tuple[str, str] | None:
    source = record.model
    if len(source.author) != 1 or len(source.recipient) != 1 or source.type not in ("letter", "telegram", "message"):
        return None
    names = [linked.name_of(name) for name in (*source.author, *source.recipient)]
    return (names[0].family or names[0].literal, names[1].family or names[1].literal)


def _same_day(linked: LinkedCorpus, record: Record[Source]) -> frozenset[str]:
    source = record.model
    units = linked.corpus.sources.items()
    alike = ("author", "recipient", "date")
    return frozenset(
        key for key, other in units if all(getattr(other.model, name) == getattr(source, name) for name in alike)
    )


def _reference_alone(linked: LinkedCorpus, record: Record[Source], rng: Random) -> Made:
    holding, source = linked.holdings.holding_of(record), record.model
    if holding is None or not source.folios:
        return NOTHING
    text = f"{holding.abbreviation}, {holding.reference.replace('F. ', 'F.')}, fl. {_leaves(record)}."
    return text, frozenset({record.key})


def _one_leaf(linked: LinkedCorpus, record: Record[Source], rng: Random) -> Made:
    holding, source = linked.holdings.holding_of(record), record.model
    if holding is None or not source.folios:
        return NOTHING
    leaf = rng.randint(source.folios[0].first, source.folios[0].last)
    return f"{holding.abbreviation}, {holding.reference}, f. {leaf}", _covering(linked, record, leaf)


def _small_and_bare(linked: LinkedCorpus, record: Record[Source], rng: Random) -> Made:
    text, keys = _reference_alone(linked, record, rng)
    return text.lower().replace(",", "").replace(".", " "), keys


def _turned_round(linked: LinkedCorpus, record: Record[Source], rng: Random) -> Made:
    holding = linked.holdings.holding_of(record)
    if holding is None or not _leaves(record):
        return NOTHING
    parts = [f"fl. {_leaves(record)}", *reversed(holding.parts), holding.abbreviation]
    return ", ".join(parts), frozenset({record.key})


def _spelled_out(linked: LinkedCorpus, record: Record[Source], rng: Random) -> Made:
    holding = linked.holdings.holding_of(record)
    if holding is None or not _leaves(record):
        return NOTHING
    text = holding.reference.replace("F. ", "Fondi ").replace("V. ", "Viti ").replace("D. ", "Dosja nr. ")
    return f"{holding.abbreviation}, {text}, fletët {_leaves(record)}", frozenset({record.key})


def _described_and_placed(linked: LinkedCorpus, record: Record[Source], rng: Random) -> Made:
    holding, source = linked.holdings.holding_of(record), record.model
    if holding is None or not source.date:
        return NOTHING
    leaves = f", fl. {_leaves(record)}" if source.folios else ""
    date = words_of_date(source.date, _PHRASES)
    text = f"{source.title}, {date}, in {holding.abbreviation}, {holding.reference}{leaves}."
    return text, frozenset({record.key})


def _letter_by_date(linked: LinkedCorpus, record: Record[Source], rng: Random) -> Made:
    people, source = _people(linked, record), record.model
    if people is None or source.date is None or source.date.start is None or not source.date.start.day:
        return NOTHING
    day = source.date.start
    shapes = (
        f"{people[0]} to {people[1]}, {MONTHS[day.month or 0]} {day.day}, {day.year}",
        f"{people[0]} to {people[1]}, {day.day}.{day.month}.{day.year}",
        f"Letter from {people[0]} to {people[1]}, {day.day} {MONTHS[day.month or 0]} {day.year}",
        f"{people[0]}-{people[1]} letter, {day.day}/{day.month}/{day.year}",
    )
    return rng.choice(shapes), _same_day(linked, record)


def _title_and_date(linked: LinkedCorpus, record: Record[Source], rng: Random) -> Made:
    source = record.model
    if source.date is None or source.date.start is None or not source.date.start.day:
        return NOTHING
    return f"{_slip(source.title, rng)}, {words_of_date(source.date, _PHRASES)}", frozenset({record.key})


def _as_printed_before(linked: LinkedCorpus, record: Record[Source], rng: Random) -> Made:
    source = record.model
    if not source.variants or not source.date:
        return NOTHING
    return f"As told in the {source.variants[0]}.", frozenset({record.key}) | _same_day(linked, record)


DOCUMENTS = (
    _reference_alone, _one_leaf, _small_and_bare, _turned_round, _spelled_out, _described_and_placed, _letter_by_date,
    _title_and_date, _as_printed_before,
)  # fmt: skip


def _fields(linked: LinkedCorpus, key: str) -> tuple[list[tuple[str, str]], str, str, str]:
    """Return the authors or editors, the main title, the whole title and the year of a work."""
    fields = linked.corpus.works[key].fields
    plain = {name: text.replace("{", "").replace("}", "").replace("\\&", "&") for name, text in fields.items()}
    people = [name for name in (plain.get("author") or plain.get("editor", "")).split(" and ") if name != "others"]
    names = []
    for name in people:
        family, _, given = name.partition(", ")
        names.append((family, given))
    title = plain.get("maintitle") or plain["title"]
    whole = f"{title}: {plain['subtitle']}" if plain.get("subtitle") else title
    return names, title, whole, plain.get("date", "")[:4]


def _families(names: list[tuple[str, str]]) -> str:
    families = [family for family, _ in names]
    return " and ".join(families) if len(families) < 3 else f"{', '.join(families[:-1])} and {families[-1]}"


def _chicago(linked: LinkedCorpus, key: str, rng: Random) -> Made:
    names, _, whole, year = _fields(linked, key)
    people = " and ".join(f"{given} {family}".strip() for family, given in names)
    return f"{people}, “{whole}” ({year}), {rng.randint(2, 300)}.", frozenset({key})


def _short(linked: LinkedCorpus, key: str, rng: Random) -> Made:
    names, title, _, _ = _fields(linked, key)
    return f"{_families(names)}, {title}, {rng.randint(2, 300)}–{rng.randint(301, 400)}", frozenset({key})


def _harvard(linked: LinkedCorpus, key: str, rng: Random) -> Made:
    names, _, _, year = _fields(linked, key)
    if not year:
        return NOTHING
    alike = {
        other
        for other in linked.corpus.works
        if _fields(linked, other)[0] == names and _fields(linked, other)[3] == year
    }
    return f"({_families(names)}, {year}, p. {rng.randint(2, 300)})", frozenset(alike)


def _iso_690(linked: LinkedCorpus, key: str, rng: Random) -> Made:
    names, _, whole, year = _fields(linked, key)
    people = ", ".join(f"{family.upper()}, {given}".strip(", ") for family, given in names)
    return f"{people}. {whole}. {year}, s. {rng.randint(2, 300)}.", frozenset({key})


def _without_diacritics(linked: LinkedCorpus, key: str, rng: Random) -> Made:
    text, keys = _short(linked, key, rng)
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)), keys


def _with_a_slip(linked: LinkedCorpus, key: str, rng: Random) -> Made:
    names, _, whole, _ = _fields(linked, key)
    return f"{_families(names)}, {_slip(whole, rng)}", frozenset({key})


def _title_alone(linked: LinkedCorpus, key: str, rng: Random) -> Made:
    _, _, whole, _ = _fields(linked, key)
    return (whole, frozenset({key})) if len(whole.split()) > 3 else NOTHING


def _in_a_sentence(linked: LinkedCorpus, key: str, rng: Random) -> Made:
    names, title, _, _ = _fields(linked, key)
    return (
        f"On this question see, for example, {_families(names)}, {title}, {rng.randint(2, 300)}, who disagrees",
        frozenset({key}),
    )


WORKS = (
    _chicago, _short, _harvard, _iso_690, _without_diacritics, _with_a_slip, _title_alone, _in_a_sentence,
)  # fmt: skip


def _slip(text: str, rng: Random) -> str:
    """Return the text with one of its longer words mistyped, as fingers do."""
    words = text.split(" ")
    long = [at for at, word in enumerate(words) if len(word) > 5 and word.isalpha()]
    if not long:
        return text
    at = rng.choice(long)
    word = words[at]
    place = rng.randint(1, len(word) - 3)
    slips = (
        word[:place] + word[place + 1] + word[place] + word[place + 2 :],
        word[:place] + word[place + 1 :],
        word[:place] + word[place] + word[place:],
    )
    words[at] = rng.choice(slips)
    return " ".join(words)

"""Footnotes of which the edition has nothing: near misses of each of its sources, and what is far from all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

from dosje.values.dates import parse_edtf
from dosje.values.folios import Folios
from footnote_facts import Book, Facts, Unit, listed
from footnotes import Footnote, seeded
from forms_of_documents import DOCUMENTS, UNITS, above
from forms_of_works import WORKS, page_of

_FOREIGN = (
    "RGANI", "RGASPI", "AVPRF", "GARF", "TsDA", "SAPMO-BArch", "PAAA", "ANIC", "AAN", "TNA", "CWIHP", "РГАНИ",
    "Russian State Archive of Contemporary History", "Bundesarchiv, Berlin", "Magyar Országos Levéltár",
    "Bulgarian Central State Archives, Sofia", "Archives nationales, Paris", "National Archives, Kew",
)  # fmt: skip
_NONSENSE = (
    "lorem ipsum dolor sit amet", "see above", "my translation", "thanks to the anonymous reviewers", "12–15", "xx",
    "Albania", "The Times, 3 March 1962, 4", "Interview with a former diplomat, Tirana, 4 May 2003", "passim",
    "Pravda, 27 August 1961", "FRUS 1958–1960, vol. X, doc. 35", "Hansard, 5 July 1960, col. 22", "???", "n.d.",
    "New York Times, 12 June 1963, p. 1", "Oral history, tape 4", "United Nations, A/4500", "https://www.example.com/",
    "FRUS, 1961–1963, vol. V, Soviet Union, no. 83", "Zëri i Popullit, 7 February 1961, 2", "Ibid.", "Op. cit., p. 4",
    "Emphasis in the original.", "Author's archive.", "This has rarely been studied.", "Memo, 4 May 1955, box 12",
    "Renmin ribao, 16 September 1963", "Personal papers, folder 12", "DDF 1960, vol. 2, doc. 12", "Ebd., S. 12",
)  # fmt: skip
_OTHER_WORKS = (
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
    "Chen Jian, 'The Sino-Soviet Alliance and China's Entry into the Korean War', CWIHP Working Paper 1 (1992)",
    "Zubok, A Failed Empire (2007), 130", "Hoxha, The Khrushchevites (Tirana, 1980), 221", "Hoxha, With Stalin, 12",
    "Gaddis, The Cold War (2005), 7", "Radchenko, Unwanted Visionaries (2014), 3", "MacFarquhar (1974), 33",
)  # fmt: skip
# Titles that nobody in the edition wrote, of about their length.
_TITLES = (
    "A Harbour of the Second Rank", "Letters from a Customs House", "The Price of Salt and Iron", "Winters on the Pass",
    "Notes on a Small Railway, 1880–1914", "What the Surveyors Saw", "The Dyers' Strike", "Bread, Bells and Bishops",
)  # fmt: skip
_STRANGERS = ("Rosalind Whitcombe", "Piet Vandersloot", "Ottilie Grabenhorst", "Jacques Montfermeil", "Ines Caldeirão")
_SHELFMARKS = (
    "shelfmark, as archived", "shelfmark, english", "shelfmark, albanian", "shelfmark, german", "shelfmark, french",
    "shelfmark, tight", "shelfmark, small letters", "shelfmark, in brackets", "shelfmark, transliterated",
)  # fmt: skip
# In which the near misses are written that are drawn beyond the first two of a kind.
_OTHER_SHELFMARKS = (
    "shelfmark, italian", "shelfmark, spanish", "shelfmark, russian", "shelfmark, capitals", "shelfmark, leaf first",
    "shelfmark, archive in full", "shelfmark, archive translated", "shelfmark, archive's former name",
    "shelfmark, albanian, short", "shelfmark, misread by a scanner", "shelfmark, in a sentence",
    "shelfmark, remarks around",
)  # fmt: skip
_DRAWN = 6  # near misses of each kind of each unit: in all about as many as there are footnotes
_FULL = ("chicago", "mla", "german", "french", "albanian", "iso 690", "initials first", "spanish", "russian")
_AUTHOR_DATE = (
    "harvard", "author-date, colon and remark", "author-date, in a sentence", "author-date, pages in brackets", "apa",
)  # fmt: skip
_LETTERS = (
    "letter, english", "letter, german", "letter, american", "letter, french", "letter, italian", "letter, albanian",
    "letter, inverted",
)  # fmt: skip

Change = Callable[[Facts, Unit, Random], Unit | None]


def write_misses(facts: Facts) -> Iterator[Footnote]:
    """Yield near misses of every source, and footnotes that are near to nothing."""
    for unit in facts.units.values():
        yield from _misses_of_unit(facts, unit)
    for book in facts.books.values():
        if book.names:
            yield from _misses_of_book(facts, book)
    for at, archive in enumerate(_FOREIGN):
        rng = seeded(archive)
        text = f"{archive}, f. {rng.randint(1, 90)}, op. {rng.randint(1, 40)}, d. {rng.randint(1, 400)}, l. {at + 1}"
        yield Footnote(text, "far: foreign archive")
    for text in _OTHER_WORKS:
        yield Footnote(text, "far: another work")
    for text in _NONSENSE:
        yield Footnote(text, "far: no source")


def _misses_of_unit(facts: Facts, unit: Unit) -> Iterator[Footnote]:
    if unit.role in ("file", "item") and unit.file:
        wider = frozenset(key for key in above(facts, unit) if key in facts.units and _is_wide(facts.units[key]))
        inside = above(facts, unit) - {unit.key} if unit.role == "item" else wider | {unit.key}
        # Of a document whose leaves are not known, a leaf may be any.
        file = unit.part_of if unit.role == "item" else unit.key
        unplaced = frozenset(key for key in facts.parts.get(file, ()) if not facts.units[key].runs)
        changes: tuple[tuple[str, Change, frozenset[str]], ...] = (
            ("another file", _another_file, wider),
            ("another year", _another_year, wider),
            ("another archive", _another_archive, frozenset()),
            ("another fonds", _another_fonds, frozenset()),
            ("a leaf beyond", _leaf_beyond, frozenset(key for key in inside if _is_no_item(facts, key))),
        )
        for name, change, may in changes:
            for at in range(_DRAWN):
                rng = seeded(name, unit.key, str(at))
                other = change(facts, unit, rng)
                form = rng.choice(_SHELFMARKS if at < 2 else _OTHER_SHELFMARKS)
                if other is not None and (text := UNITS[form](other, rng)):
                    yield Footnote(text, f"miss: {name}", may=may, perhaps=unplaced)
    if unit.role == "item" and unit.writer[0] and unit.reader[0] and unit.is_dated:
        yield from _misses_of_letter(facts, unit)


def _is_wide(unit: Unit) -> bool:
    return unit.role in ("fonds", "series")


def _is_no_item(facts: Facts, key: str) -> bool:
    return key not in facts.units or facts.units[key].role != "item"


def _another_file(facts: Facts, unit: Unit, rng: Random) -> Unit | None:
    return replace(unit, file=str(rng.randint(700, 999)))


def _another_year(facts: Facts, unit: Unit, rng: Random) -> Unit | None:
    return replace(unit, year=str(rng.randint(1921, 1939))) if unit.year else None


def _another_archive(facts: Facts, unit: Unit, rng: Random) -> Unit | None:
    name = rng.choice(_FOREIGN)
    return replace(unit, names=dict.fromkeys(unit.names, name))


def _another_fonds(facts: Facts, unit: Unit, rng: Random) -> Unit | None:
    return replace(unit, above=(f"F. {rng.randint(600, 999)}",))


def _leaf_beyond(facts: Facts, unit: Unit, rng: Random) -> Unit | None:
    leaf = rng.randint(2000, 2999)
    return replace(unit, runs=(Folios(leaf, leaf),))


def _misses_of_letter(facts: Facts, unit: Unit) -> Iterator[Footnote]:
    rng = seeded("letter", unit.key)
    another_day = replace(unit, date=parse_edtf(f"1962-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"), runs=())
    stranger = rng.choice(_STRANGERS).split(" ")
    another_writer = replace(unit, writer=(stranger[1], stranger[0]), runs=())
    turned = replace(unit, writer=unit.reader, reader=unit.writer, runs=())
    answers = {(u.writer, u.reader, u.date) for u in facts.units.values()}
    place = frozenset(key for key in above(facts, unit) if _is_no_item(facts, key))
    for name, other in (
        ("another day", another_day),
        ("another writer", another_writer),
        ("writer and reader turned", turned),
    ):
        if (other.writer, other.reader, other.date) in answers:
            continue
        for form in ("letter, by date alone", "letter, date in numbers", "letter, date with a roman month"):
            if form == "letter, date in numbers" and other is turned:
                continue  # because "Kapo-Hoxha letter" does not say who wrote it
            if text := DOCUMENTS[form](other, rng):
                yield Footnote(text, f"miss: {name}")
        for form in _LETTERS:
            if text := DOCUMENTS[form](other, rng):
                yield Footnote(text, f"miss: {name}, placed", may=place)


def _misses_of_book(facts: Facts, book: Book) -> Iterator[Footnote]:
    rng = seeded("book", book.key)
    stranger = rng.choice(_STRANGERS).split(" ")
    own = frozenset({book.key})
    other_title = replace(book, title=rng.choice(_TITLES), subtitle="", year=str(rng.randint(1921, 1939)))
    first = (rng.choice(_FULL), rng.choice(_FULL))
    for name in (*first, *(form for form in rng.sample(_FULL, 4) if form not in first)):
        yield _miss(replace(book, names=((stranger[1], stranger[0]),), editors=()), name, "another author")
        yield _miss(other_title, name, "another title of the author")
    years = {b.year for b in facts.books.values() if set(b.names) & set(book.names)}
    year = str(next(y for y in range(rng.randint(1931, 1939), 2100) if str(y) not in years))
    for name in _AUTHOR_DATE:
        yield _miss(replace(book, year=year), name, "another year")
    if book.kind in ("book", "collection"):
        later = replace(book, year=str(int(book.year or 2000) + 11), title=f"{book.title}, 2nd rev. ed.", subtitle="")
        yield replace(_miss(later, "chicago", "another printing"), perhaps=own)
        inside = replace(book, kind="incollection", volume_title="The Whitcombe Companion to Frontiers", editors=())
        inside = replace(inside, subtitle="", is_edited=False, year=year, publisher="Whitcombe", place="Leeds")
        yield replace(_miss(inside, "chicago", "a chapter of the same name"), perhaps=own)
    if book.volume:
        other = str(int("".join(filter(str.isdigit, book.volume)) or 1) + 40)
        if book.journal:
            article = replace(book, title=rng.choice(_TITLES), subtitle="", volume=other)
            yield _miss(article, "chicago", "another article in the journal")
        else:
            text = f"{listed([family for family, _ in book.names])}, {book.title}, vol. {other}, 12."
            yield Footnote(text, "miss: another volume")
    unknown = f"{stranger[0]} {stranger[1]}, {rng.choice(_TITLES)} (Leeds, 1931), 12."
    for text in (f"{stranger[1]}, op. cit., p. 44.", "Ibid., 44."):
        yield Footnote(text, "miss: looks back to what is unknown", before=(WORKS["chicago"](book, "4"), unknown))
    yield Footnote("Ibid., fl. 12.", "miss: a folio of a book", before=(WORKS["chicago"](book, "4"),))


def _miss(book: Book, form: str, name: str) -> Footnote:
    return Footnote(WORKS[form](book, page_of(book, form)), f"miss: {name}")

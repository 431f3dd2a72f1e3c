"""The forms in which other authors cite published works."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator

from footnote_facts import Book, Facts, listed
from footnotes import Footnote, Meant, misread, mistype, seeded

Form = Callable[[Book, str], str]
_ONLY_FAMILY = ("harvard", "author-date")


def _given_first(book: Book, is_short: bool = False) -> str:
    names = []
    for family, given in book.names:
        names.append(f"{_initials(given) if is_short else given} {family}".strip())
    return listed(names)


def _initials(given: str) -> str:
    return " ".join(f"{part[0]}." for part in given.split())


def _inverted(book: Book, is_short: bool = False) -> str:
    names = []
    for family, given in book.names:
        names.append(f"{family}, {_initials(given) if is_short else given}".strip(", "))
    return listed(names, ", & " if is_short else ", and ")


def _etal(book: Book) -> str:
    return f"{book.names[0][0]} et al." if len(book.names) > 2 else book.families


def _where(book: Book) -> str:
    """Return where a work came out: the journal, the volume that it is a chapter of, or place and publisher."""
    if book.journal:
        volume = f" {book.volume}" if book.volume else ""
        number = f", no. {book.number}" if book.number else ""
        return f"{book.journal}{volume}{number} ({book.year})"
    if book.volume_title:
        editors = f", ed. {listed([f'{given} {family}'.strip() for family, given in book.editors])}"
        return f"in {book.volume_title}{editors if book.editors else ''} ({book.place}: {book.publisher}, {book.year})"
    return f"({book.place}: {book.publisher}, {book.year})"


def _chicago(book: Book, page: str) -> str:
    if book.kind in ("book", "collection", "mvbook"):
        return f"{_given_first(book)}{', eds.' if book.is_edited else ''}, {book.whole} {_where(book)}, {page}."
    return f"{_given_first(book)}, “{book.whole},” {_where(book)}{':' if book.journal else ','} {page}."


def _apa(book: Book, page: str) -> str:
    return (
        f"{_inverted(book, True)} ({book.year}). {book.whole}. {book.journal or book.publisher}." if book.year else ""
    )


def _german(book: Book, page: str) -> str:
    return f"Vgl. {_given_first(book)}, {book.whole}, {book.place or book.journal} {book.year}, S. {page} f."


def _french(book: Book, page: str) -> str:
    return f"{_given_first(book)}, « {book.whole} », {book.journal or book.place}, {book.year}, pp. {page}."


def _italian(book: Book, page: str) -> str:
    return f"{_given_first(book, True)}, {book.title}, cit., p. {page}."


def _spanish(book: Book, page: str) -> str:
    return f"Véase {_inverted(book)}, {book.title}, {book.place or book.journal}, {book.year}, pág. {page}."


def _russian(book: Book, page: str) -> str:
    return f"{_inverted(book, True)} {book.whole}. {book.place or book.journal}, {book.year}. С. {page}."


def _albanian(book: Book, page: str) -> str:
    return f"{_given_first(book)}, {book.whole}, {book.year}, f. {page}."


def _polish(book: Book, page: str) -> str:
    return f"{_given_first(book, True)}, {book.title}, {book.year}, str. {page}"


def _iso(book: Book, page: str) -> str:
    people = ", ".join(f"{family.upper()}, {given}".strip(", ") for family, given in book.names)
    return f"{people}. {book.whole}. {book.year}, s. {page}."


def _journal(book: Book, page: str) -> str:
    if not book.journal or not book.pages:
        return ""
    return f"{_given_first(book)}, ‘{book.whole}’, {_where(book)}: {book.pages}, here {book.pages.partition('–')[0]}."


def _unmarked(book: Book, page: str) -> str:
    text = f"{book.families}, {book.title}, {page}"
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def _misread_year(book: Book, page: str) -> str:
    wrong = misread(book.year, seeded(book.key))
    return f"{_given_first(book)}, {book.whole} ({wrong}), p. {page}" if wrong != book.year else ""


def _address(book: Book, page: str) -> str:
    return f"{book.families}, “{book.title}”, {book.address} (accessed 3 May 2020)" if book.address else ""


def _title_alone(book: Book, page: str) -> str:
    return book.whole if len(book.whole.split()) > 3 else ""


def _document(book: Book, page: str) -> str:
    if book.kind not in ("book", "collection", "mvbook"):
        return ""
    return f"{_etal(book)}, {book.title}{f', vol. {book.volume}' if book.volume else ''}, doc. {page}."


def _slip(book: Book, page: str) -> str:
    return f"{book.families}, {mistype(book.whole, seeded(book.key, 'slip'))}, {page}"


WORKS: dict[str, Form] = {
    "chicago": _chicago,
    "short": lambda book, page: f"{_etal(book)}, {book.title}, {page}.",
    "apa": _apa,
    "mla": lambda book, page: f"{_inverted(book)}. {book.whole}. {book.publisher or book.journal}, {book.year}.",
    "harvard": lambda book, page: f"({_etal(book)}, {book.year}, p. {page})" if book.year else "",
    "author-date, colon and remark": lambda book, page: (
        f"{_etal(book)} {book.year}: {page} (emphasis added)." if book.year else ""
    ),
    "author-date, pages in brackets": lambda book, page: f"{_etal(book)} ({book.year}, {page})" if book.year else "",
    "author-date, in a sentence": lambda book, page: (
        f"This is also what {_etal(book)} ({book.year}: {page}) maintains." if book.year else ""
    ),
    "author-date, season": lambda book, page: (
        f"({_etal(book)} {book.season} {book.year}, {page})" if book.season else ""
    ),
    "author-date, season in brackets": lambda book, page: (
        f"See {_etal(book)} ({book.season} {book.year}: {page})." if book.season else ""
    ),
    "iso 690": _iso,
    "german": _german,
    "french": _french,
    "italian, cit.": _italian,
    "spanish": _spanish,
    "russian": _russian,
    "albanian": _albanian,
    "polish": _polish,
    "article, with its pages": _journal,
    "without diacritics": _unmarked,
    "title with a slip": _slip,
    "year misread by a scanner": _misread_year,
    "initials first": lambda book, page: f"{_given_first(book, True)}, {book.whole}, {page}.",
    "document number": _document,
    "document number, german": lambda book, page: _document(book, page).replace("doc. ", "Dok. "),
    "title alone": _title_alone,
    "address": _address,
    "in a sentence": lambda book, page: (
        f"On this question see, for example, {book.families}, {book.title}, {page}, who disagrees."
    ),
    "but see, remarks around": lambda book, page: (
        f"This has been doubted; but see {_given_first(book)}, {book.title}, p. {page}, with further literature."
    ),
}
_WITHOUT_PLACE = {"apa", "mla", "title alone", "address", "article, with its pages"}


def write_works(facts: Facts) -> Iterator[Footnote]:
    """Yield the footnotes of every work, in every form that can write it."""
    for book in facts.books.values():
        if not book.names:
            continue
        for name, form in WORKS.items():
            page = page_of(book, name)
            text = form(book, page)
            if text:
                yield Footnote(text, f"work, {name}", (Meant(_alike(facts, book, name), _locator(book, name, page)),))
        yield from _looking_back(facts, book)


def page_of(book: Book, name: str) -> str:
    """Return pages to cite: often a range, always the same for a form of a work."""
    rng = seeded(book.key, name)
    first = rng.randint(2, 300)
    is_range = name in ("short", "french", "iso 690", "without diacritics", "author-date, pages in brackets")
    return f"{first}–{first + rng.randint(1, 9)}" if is_range else str(first)


def _locator(book: Book, name: str, page: str) -> tuple[str, str] | None:
    if name == "article, with its pages":
        return ("page", book.pages.partition("–")[0])
    if name.startswith("document number"):
        return ("other", f"{'Dok.' if name.endswith('german') else 'doc.'} {page}")
    return None if name in _WITHOUT_PLACE else ("page", page)


def _alike(facts: Facts, book: Book, name: str) -> frozenset[str]:
    """Return the works that the form does not tell from this one: same authors and year, or same authors and title."""
    books = facts.books.values()
    if name.startswith(_ONLY_FAMILY):
        return frozenset(b.key for b in books if _etal(b) == _etal(book) and b.year == book.year)
    return frozenset(b.key for b in books if b.title == book.title and b.names == book.names)


def _looking_back(facts: Facts, book: Book) -> Iterator[Footnote]:
    """Yield an Ibid. and an op. cit. behind a full citation of the work."""
    before = (_chicago(book, "12"),)
    keys = _alike(facts, book, "")
    other = next(b for b in facts.books.values() if b.names != book.names and b.names)
    between = (*before, _chicago(other, "9"))
    for word in ("Ibid.", "Ebd.", "Там же"):
        page = "С. 77" if word == "Там же" else "77"
        meant = Meant(keys, ("page", "77"))
        yield Footnote(f"{word}, {page}.", f"ibid. with a page, {word.strip('.').lower()}", (meant,), before)
    meant = Meant(frozenset({book.key}), ("page", "77"))
    yield Footnote(f"{book.families}, op. cit., p. 77.", "op. cit.", (meant,), between)


def write_lists(facts: Facts) -> Iterator[Footnote]:
    """Yield footnotes that cite several works: after semicolons, after commas, and two works of one author."""
    books = [book for book in facts.books.values() if book.names]
    for at, book in enumerate(books):
        three = [books[(at + step) % len(books)] for step in (0, 7, 19)]
        meant = tuple(Meant(_alike(facts, each, ""), ("page", page_of(each, "list"))) for each in three)
        short = [f"{_etal(each)}, {each.title}, {page_of(each, 'list')}" for each in three]
        full = [_chicago(each, page_of(each, "list")).rstrip(".") for each in three]
        dates = [f"{_etal(each)} {each.year}" for each in three]
        yield Footnote(f"See {'; '.join(short)}.", "list, semicolons", meant)
        yield Footnote(f"{'; '.join(full)}.", "list, full, semicolons", meant)
        yield Footnote(f"Cf. {listed(short, ', and ')}.", "list, commas", meant)
        if all(each.year for each in three):
            dated = tuple(Meant(_alike(facts, each, "harvard")) for each in three)
            yield Footnote(f"({'; '.join(dates)})", "list, author-date", dated)
        others = [b for b in books if b.names == book.names and b.key > book.key]
        for other in others[:1]:
            pair = (Meant(_alike(facts, book, ""), ("page", "5")), Meant(_alike(facts, other, ""), ("page", "8")))
            text = f"{book.families}, {book.title}, 5; idem, {other.title}, 8."
            yield Footnote(text, "list, idem", pair)

"""The types of the lookup's index.

They are values of JSON, because a page loads the index as scripts.
"""

from __future__ import annotations

from typing import TypeAlias, TypedDict

# A citation of a source: title of the page, number of the note, statement, address, label and value of the locator.
Citing: TypeAlias = tuple[str, int, str, str, str, str]
# A file: its numbers as searched, its years (0 behind one that is unsure), its row, its items (row, first leaf, last
# leaf …), its number as printed.
FileEntry: TypeAlias = tuple[list[str], list[int], int, list[list[int]], str]


class SourceRow(TypedDict):
    """What the lookup compares of a source. Searched texts are single words in one spelling."""

    key: str
    level: str  # the level of description, or "work"
    title: str
    reference: str
    titles: list[str]
    authors: list[list[str]]  # the family name of each, in all spellings
    recipients: list[list[str]]
    given: str
    context: str
    dates: list[int]  # first and last day as numbers like 19600624, or none
    is_sure: int
    year: int
    kind: str  # of a work: "book", "article", "chapter" or "other"
    volume: str  # of a work, as digits: volume, number, edition and part, "" where the record does not say
    number: str
    edition: str
    part: str
    editors: list[list[str]]  # of a chapter: the editors of its volume
    container: str  # the journal or volume in which a work stands
    leaf_label: str  # what its archive calls a leaf, and its own leaves as they are printed
    leaf_words: str
    leaves: list[int]  # of a document: first and last leaf of each of its ranges
    addresses: list[str]
    notes: dict[str, list[int]]  # of a work: by the number of a note, the rows of the sources that we know through it
    items: list[list[int]]  # of a file: the row of each document, then the first and last leaf of each of its ranges


class KnownThrough(TypedDict):
    """In words, through which works a source is known that was not seen: "cited in Marku, n. 50"; "" if it was."""

    whole: str  # cited without a leaf
    rest: str  # of leaves that have no words of their own
    leaves: list[tuple[list[int], str]]  # first and last leaf, and the words


class Card(TypedDict):
    """What an answer shows of a source."""

    words: str
    before: list[str]  # key and title of what lies before it in its file, or nothing
    after: list[str]
    known: KnownThrough
    cited: list[Citing]
    is_draft: bool  # an import made its record, and nobody has checked it


class ArchiveEntry(TypedDict):
    """An archive, its names as a footnote may have them, and the words that say no more than its name.

    `senses`: what its names mean, for names in other languages (`archive_names.py`). `places`: the words of its town
    and country.
    """

    key: str
    title: str
    names: list[str]
    senses: list[str]
    places: list[str]
    words: dict[str, int]


class UnitEntry(TypedDict):
    """A fonds or series. `row` is -1 for the files of an archive that stand in none."""

    row: int
    archive: int
    parent: int
    title: str
    own_signs: list[str]
    code: str  # its own sign as text in one spelling, "fo 371", if a file's number may stand behind it without a label
    signs: list[str]
    names: list[list[str]]
    words: list[str]
    shards: list[int]


class Core(TypedDict):
    """The shard that every query needs. `words`, `rows` and `cards` say where each of their shards begins."""

    version: int
    count: int
    name: str
    base: str
    source_page: str  # the address of a source's page below `base`, with KEY in the place of its key
    page_names: dict[str, str]  # the name of a source's page by its key, where it is another
    entries: list[str]
    labels: dict[str, str]
    card: str  # how the full form begins behind a short note that is copied from a page: "full:"
    joints: list[str]  # what stands behind a semicolon within a reference
    archives: list[ArchiveEntry]
    units: list[UnitEntry]
    signs: dict[str, int]
    acronyms: dict[str, int]
    words: list[str]
    rows: list[int]
    cards: list[int]

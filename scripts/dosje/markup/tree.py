"""The tree: the text of books and e-books, parsed once, for thin emitters to write.

Emphasis is as in `words`: a run of text with its styles. Here "code" is one more style. Numbers of notes and pages
are left open, because only a book knows them. Knows nothing of the fields of records or of any output.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from ..phrases.phrases import BORROWED_FROM, Borrowed, parts_of
from ..values.page_id import PageId
from ..values.words import Run, Words


@dataclass(frozen=True, slots=True)
class Reference:
    """Text that leads to a record, or to a file of the site ("path"). `shows_page`: print adds the page, "(p. 41)".

    `rest`: what an author wrote behind the path, "#meetings". `language`: of the text, as a BCP 47 tag, where it is
    not the edition's.
    """

    words: Words
    page: PageId
    shows_page: bool = False
    rest: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """The end of a line within a paragraph, as in a poem."""


@dataclass(frozen=True, slots=True)
class PageNumber:
    """On which page a record stands, "(p. 41)", where an output has pages."""

    page: PageId


@dataclass(frozen=True, slots=True)
class Foot:
    """The call of a note of this record, by its label."""

    label: str


@dataclass(frozen=True, slots=True)
class NoteReference:
    """Text that leads to a note, here or in another record: "the quarrel, n. 7"."""

    words: Words
    page: PageId
    label: str


@dataclass(frozen=True, slots=True)
class CallReference:
    """A link to where a note is called, by its number: "note 7". Where an output has no such note, it is nothing.

    `before`, `after`: what stands around it.
    """

    page: PageId
    label: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Foreign:
    """Text in another language, with its BCP 47 tag, for hyphenation and for screen readers."""

    text: str
    language: str
    styles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the edition: its path below content/, and what it shows, in words."""

    path: str
    alternative: str


@dataclass(frozen=True, slots=True)
class Named:
    """A source in the words of the edition's style: "first", "subsequent" or "bibliography"."""

    key: str
    form: str
    is_link: bool = False  # to the source's page


@dataclass(frozen=True, slots=True)
class CitedAt:
    """The pages on which a source is cited. `places`: the places in it, each with its name; none: all together.

    `before`: what stands before the pages, if there are any. `in_support`: what rests on the source is cited there, or
    else what disputes or only mentions it.
    """

    key: str
    places: tuple[tuple[str, str], ...] = ()
    before: str = ""
    in_support: bool = True


@dataclass(frozen=True, slots=True)
class CiteWords:
    """A cite in a note, in the style's words. `place`: which place in the source it names."""

    words: Words
    key: str
    place: str
    in_support: bool = True  # else it disputes the source or only mentions it


Inline = (
    Run
    | Reference
    | PageNumber
    | Break
    | Foot
    | NoteReference
    | CallReference
    | Foreign
    | Picture
    | Named
    | CitedAt
    | CiteWords
)
Inlines = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. `role`: "", "lead" (under a title), "reference" (how a source is cited), "draft" (nobody
    has checked the record) or "small"."""

    content: Inlines
    role: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within a record; levels count from 1 and skip none."""

    level: int
    content: Inlines


@dataclass(frozen=True, slots=True)
class Listing:
    """Text that is shown exactly as it is, line by line. `language`: of a program, "python".

    `marked`: the lines that its author points at, "1 3-5".
    """

    text: str
    language: str = ""
    marked: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A break between two paragraphs."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and their values, such as date and place."""

    rows: tuple[tuple[str, Inlines], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows below a head. `widths`: the shares of the columns in the line. 0: as wide as the words.

    `sides`: how the columns are aligned, "left", "center", "right" or ""; empty where no column is.
    """

    head: tuple[str | Inlines, ...]
    rows: tuple[tuple[Inlines, ...], ...]
    widths: tuple[int, ...]
    sides: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing that is made for the book: SVG on one line, its description in words, and its caption.

    Its links name records, e.g. "person/enver-hoxha".
    """

    svg: str
    alternative: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """A list; `start` is the number of its first item, None where it has no numbers.

    `is_loose`: its author set blank lines between the items.
    `role`: "", "bibliography", or "run-in": records in one line, of which a book names those that it holds.
    """

    items: tuple[tuple[Block, ...], ...]
    start: int | None = None
    is_loose: bool = False
    role: str = ""


@dataclass(frozen=True, slots=True)
class Definitions:
    """Terms, each group with what it means."""

    rows: tuple[tuple[tuple[Inlines, ...], tuple[tuple[Block, ...], ...]], ...]


@dataclass(frozen=True, slots=True)
class Positions:
    """What each side says in a dispute. `evidence`: for screens, the sources of each, which its notes also name."""

    claims: tuple[Inlines, ...]
    evidence: tuple[tuple[Inlines, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Room:
    """A place for what only one output has, such as a drawing or buttons; in all others it is nothing."""

    key: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation that stands as a block."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class AuthorsText:
    """An author's text that extensions of the edition may read otherwise: its record and field, and what we read."""

    page: PageId
    field: tuple[str | int, ...]
    blocks: tuple[Block, ...]


Block = (
    AuthorsText
    | Paragraph
    | Heading
    | Listing
    | Rule
    | Facts
    | Table
    | Drawing
    | Items
    | Definitions
    | Positions
    | Quotation
    | Room
)
Blocks = tuple[Block, ...]


def line_of_phrase(text: str) -> Inlines:
    """Return words of ours as a line. Those that the edition's language borrows are marked with theirs."""
    return tuple(Foreign(part, BORROWED_FROM) if isinstance(part, Borrowed) else Run(part) for part in parts_of(text))


def text_of(inlines: Inlines) -> str:
    """Return what a reader sees, without calls of notes."""
    parts = []
    for inline in inlines:
        if isinstance(inline, Run | Foreign):
            parts.append(inline.text)
        elif isinstance(inline, Reference | NoteReference | CiteWords):
            parts.append("".join(run.text for run in inline.words))
        elif isinstance(inline, Picture):
            parts.append(inline.alternative)
        elif isinstance(inline, Break):
            parts.append(" ")
    return "".join(parts)


def inlines_of(blocks: Iterable[Block]) -> Iterator[Inlines]:
    """Yield every line of text in the order in which a reader meets it."""
    for block in blocks:
        if isinstance(block, Paragraph | Heading):
            yield block.content
        elif isinstance(block, Facts):
            yield from (value for _, value in block.rows)
        elif isinstance(block, Table):
            yield from (cell for cell in block.head if not isinstance(cell, str))
            yield from (cell for row in block.rows for cell in row)
        elif isinstance(block, Positions):
            for at, claim in enumerate(block.claims):
                yield from (claim, *(block.evidence[at] if block.evidence else ()))
        elif isinstance(block, Definitions):
            for terms, meanings in block.rows:
                yield from terms
                for meaning in meanings:
                    yield from inlines_of(meaning)
        else:
            for within in blocks_within(block):
                yield from inlines_of(within)


def blocks_within(block: Block) -> Iterator[Blocks]:
    """Yield the blocks that stand within a block: the items of a list, the meanings of terms, what is quoted."""
    if isinstance(block, Items):
        yield from block.items
    elif isinstance(block, Definitions):
        yield from (meaning for _, meanings in block.rows for meaning in meanings)
    elif isinstance(block, Quotation | AuthorsText):
        yield block.blocks


def map_within(block: Block, change: Callable[[Blocks], Blocks]) -> Block:
    """Return a block with the blocks within it changed, in the order of `blocks_within`."""
    if isinstance(block, Items):
        return replace(block, items=tuple(map(change, block.items)))
    if isinstance(block, Definitions):
        return Definitions(tuple((terms, tuple(map(change, meanings))) for terms, meanings in block.rows))
    if isinstance(block, Quotation | AuthorsText):
        return replace(block, blocks=change(block.blocks))
    return block


def map_lines(blocks: Blocks, change: Callable[[Inlines], Inlines]) -> Blocks:
    """Return the blocks with every line of text changed, in the order of `inlines_of`."""
    changed: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            changed.append(Paragraph(change(block.content), block.role))
        elif isinstance(block, Heading):
            changed.append(Heading(block.level, change(block.content)))
        elif isinstance(block, Facts):
            changed.append(Facts(tuple((name, change(value)) for name, value in block.rows)))
        elif isinstance(block, Table):
            head = tuple(cell if isinstance(cell, str) else change(cell) for cell in block.head)
            rows = tuple(tuple(change(cell) for cell in row) for row in block.rows)
            changed.append(Table(head, rows, block.widths, block.sides))
        elif isinstance(block, Positions):
            changed.append(_map_positions(block, change))
        elif isinstance(block, Definitions):
            changed.append(Definitions(tuple(_map_definition(row, change) for row in block.rows)))
        else:
            changed.append(map_within(block, lambda within: map_lines(within, change)))
    return tuple(changed)


def _map_definition(
    row: tuple[tuple[Inlines, ...], tuple[Blocks, ...]], change: Callable[[Inlines], Inlines]
) -> tuple[tuple[Inlines, ...], tuple[Blocks, ...]]:
    terms, meanings = row
    return tuple(change(term) for term in terms), tuple(map_lines(meaning, change) for meaning in meanings)


def _map_positions(block: Positions, change: Callable[[Inlines], Inlines]) -> Positions:
    claims, evidence = [], []
    for at, claim in enumerate(block.claims):
        claims.append(change(claim))
        evidence.append(tuple(map(change, block.evidence[at] if block.evidence else ())))
    return Positions(tuple(claims), tuple(evidence))


def feet_of(blocks: Blocks) -> list[str]:
    """Return the labels of the notes called, in the order of their first calls."""
    found = (inline.label for line in inlines_of(blocks) for inline in line if isinstance(inline, Foot))
    return list(dict.fromkeys(found))

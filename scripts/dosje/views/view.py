"""A view: what a reader is told of one record, in the order in which it is told.

Pages, PDF and EPUB are faces of it: each shows what has its name, in the same order. Knows no kinds and no outputs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..edition.titles import Title
from ..markup.markdown_tree import clean
from ..markup.tree import Block, Blocks, Facts, Foreign, Heading, Inlines, feet_of, line_of_phrase
from ..values.page_id import PageId
from ..values.typography import curl
from ..values.words import Run

PAGE, PRINT, EBOOK = "page", "print", "ebook"
EVERYWHERE = frozenset((PAGE, PRINT, EBOOK))
ON_PAGES = frozenset((PAGE,))
ON_SCREENS = frozenset((PAGE, EBOOK))
IN_PRINT = frozenset((PRINT,))
IN_BOOKS = frozenset((PRINT, EBOOK))


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and its value, such as "Born". `key` names it in every language."""

    key: str
    name: str
    value: Inlines
    faces: frozenset[str] = EVERYWHERE


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a view. `title`: its heading, "" for none. `key` names it in every language.

    What pages and books say differently is two sections of one key, each with its own faces.
    """

    key: str
    title: str
    blocks: Blocks
    faces: frozenset[str] = EVERYWHERE


@dataclass(frozen=True)
class View:
    """What a reader is told of a record: the opening below its title, facts, and sections in their order.

    `when`: its date in words. `summary`: what it is, on one line, for machines. `neighbours`: the records before and
    after it, where it stands in a row.
    """

    page: PageId
    title: Title
    when: str = ""
    summary: str = ""
    opening: tuple[Section, ...] = ()
    facts: tuple[Fact, ...] = ()
    sections: tuple[Section, ...] = ()
    neighbours: tuple[PageId | None, PageId | None] = (None, None)

    def of_face(self, face: str) -> View:
        """Return the view with only what a face shows."""
        return replace(
            self,
            opening=tuple(section for section in self.opening if face in section.faces),
            facts=tuple(fact for fact in self.facts if face in fact.faces),
            sections=tuple(section for section in self.sections if face in section.faces),
        )

    @property
    def heading(self) -> Inlines:
        """The title as a line, in its language."""
        shown = curl(clean(self.title.text), self.title.marks)
        return (Foreign(shown, self.title.language),) if self.title.language else (Run(shown),)

    @property
    def facts_block(self) -> Blocks:
        """The facts as a block of the tree; nothing where there are none."""
        return (Facts(tuple((fact.name, fact.value) for fact in self.facts)),) if self.facts else ()

    @property
    def blocks(self) -> Blocks:
        """All that the view says, as one text. Titles of sections are headings of level 1."""
        blocks: list[Block] = [block for section in self.opening for block in section.blocks]
        blocks += self.facts_block
        for section in self.sections:
            blocks += [Heading(1, line_of_phrase(section.title))] if section.title else []
            blocks += section.blocks
        return tuple(blocks)

    @property
    def labels(self) -> tuple[str, ...]:
        """The notes that the view calls, by their labels, in the order of their first calls."""
        return tuple(feet_of(self.blocks))

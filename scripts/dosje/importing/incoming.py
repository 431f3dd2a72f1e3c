"""What a file brings: records and works that may become part of the edition, each with its place in the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..values.page_id import PageId


@dataclass(frozen=True)
class IncomingRecord:
    """A record that a file brings.

    `fields`: as its YAML has them, in order, without those that are empty. `body`: the Markdown of an essay. `place`:
    where the file has it, "notes.docx, note 12" or "items.csv:4".
    """

    page: PageId
    fields: Mapping[str, Any]
    place: str
    body: str = ""


@dataclass(frozen=True)
class IncomingWork:
    """A published work that a file brings, as an item of CSL-JSON whose id is its key.

    `entry`: its text as an entry of a .bib file, where the file has one that can stand by itself. `is_draft`: a
    footnote was read as this work, and nobody has looked at it.
    """

    key: str
    item: Mapping[str, Any]
    place: str
    entry: str = ""
    is_draft: bool = False


@dataclass(frozen=True)
class NotUnderstood:
    """What a file has and nothing could be made of: its place, its words and the reason.

    `kind`: "note" of a cite that stays in its author's words, so that it is not left out.
    """

    place: str
    text: str
    why: str
    kind: str = ""


@dataclass(frozen=True)
class Rewritten:
    """A file that an import wrote before and writes anew with what an editor answered: a worklist, an essay.

    `path`: below the edition. `note`: what is new in it.
    """

    kind: str
    key: str
    path: str
    raw: bytes
    place: str
    note: str = ""


@dataclass(frozen=True)
class Brought:
    """All that files bring. `records`: essays too. `pictures`: path below content/ -> bytes.

    `rewritten`: of all that is there, they alone are written anew.
    """

    records: tuple[IncomingRecord, ...] = ()
    works: tuple[IncomingWork, ...] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    not_understood: tuple[NotUnderstood, ...] = ()
    rewritten: tuple[Rewritten, ...] = ()

    def __add__(self, other: Brought) -> Brought:
        """Return what both bring."""
        return Brought(
            self.records + other.records,
            self.works + other.works,
            {**self.pictures, **other.pictures},
            self.not_understood + other.not_understood,
            self.rewritten + other.rewritten,
        )

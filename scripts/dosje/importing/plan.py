"""What an import would do: a row for each thing that the file brings, and the files to be written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

RowState = Literal["new", "same", "different", "not understood"]
ROW_STATES: tuple[RowState, ...] = get_args(RowState)

# What somebody can have seen of a document that is brought in; who has seen an edition of it cites that.
SEEN_AT_IMPORT = ("original", "scan", "via")


@dataclass(frozen=True)
class PlanRow:
    """One thing that a file brings: its state, its kind and key, its place in the file, and what is to be known.

    "different": the edition has another record by this key; it stays as it is, and `note` says what differs.
    """

    state: RowState
    kind: str
    key: str
    place: str
    note: str = ""


@dataclass(frozen=True)
class Plan:
    """The rows of an import, in the order of the file, and its files: path below the edition -> their whole bytes."""

    rows: tuple[PlanRow, ...]
    files: Mapping[str, bytes]

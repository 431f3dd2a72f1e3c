"""Reads a manuscript: a file of a word processor, HTML, Markdown or TeX becomes chapters in Markdown, and notes."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..system.children import DEFAULT_LIMITS, Limits
from ..values.errors import OperationError
from ..values.languages import code_of_language
from ..values.metadata import PandocNode, csl_value_of_meta, text_of_meta
from .chapters import cut_into_chapters
from .field_codes import FieldCodes
from .manuscript import Manuscript
from .note_reading import NoteReader
from .pandoc_input import READERS, read_with_pandoc
from .pandoc_tree import TreeReader


def _ignore(line: str) -> None:
    """Take a line of progress and show it nowhere."""


def read_manuscript(
    path: Path, limits: Limits = DEFAULT_LIMITS, *, with_comments: bool = False, tell: Callable[[str], None] = _ignore
) -> Manuscript:
    """Return the manuscript in a file.

    `with_comments`: those that reviewers set into its margin are read too. `tell`: is told what is being done. Raises
    OperationError with what is wrong with the file; LimitError, ChildError. Nothing is written.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise OperationError(f"{path.name}: a manuscript is one of {', '.join(sorted(READERS))}")
    with tempfile.TemporaryDirectory() as folder:
        tell(f"reading {path.name}")
        document = read_with_pandoc(path, reader, Path(folder), limits)
    return _make(path, document)


def _make(path: Path, document: Any) -> Manuscript:
    meta = document["meta"]
    notes = NoteReader(FieldCodes(meta))
    notes.tree = TreeReader(notes.read_note, notes.read_cite, lambda address, shown: (), lambda message: None)
    blocks = notes.tree.blocks(document["blocks"])
    title = text_of_meta(meta.get("title"))
    blocks, read = notes.finish(blocks, ())
    chapters = cut_into_chapters(blocks, title or path.stem, _text_of(meta.get("abstract")))
    return Manuscript(
        path.name, title, _authors_in(meta), code_of_language(text_of_meta(meta.get("lang"))), chapters, read
    )


def _text_of(value: Any) -> str:
    return " ".join(str(csl_value_of_meta(value)).split()) if value else ""


def _authors_in(meta: dict[str, Any]) -> tuple[str, ...]:
    value = meta.get("author")
    if not value:
        return ()
    parts: list[PandocNode] = value["c"] if value["t"] == "MetaList" else [value]
    return tuple(filter(None, (text_of_meta(part) for part in parts)))  # type: ignore[arg-type]

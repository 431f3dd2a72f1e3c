"""Reads the files of an import by their kinds, into all that they bring."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from ..checking.edition import Checked
from .incoming import Brought
from .work_files import WORK_READERS, read_work_file

IMPORTED = tuple(WORK_READERS)


def known_ending(path: Path) -> str:
    """Return why a file of this name cannot be imported, "" if its ending is known."""
    if path.suffix.lower() in IMPORTED:
        return ""
    return f'nothing reads "{path.name}": a file to import ends in {", ".join(sorted(IMPORTED))}'


@dataclass(frozen=True)
class ImportOptions:
    """What is said of an import beside its files.

    `seen`: what of archival documents one has seen, "" where nobody has said it. `with_comments`: comments in the
    margin of a manuscript are read.
    """

    seen: str = ""
    with_comments: bool = False


def bring_files(
    checked: Checked, paths: Iterable[Path], options: ImportOptions, tell: Callable[[str], None]
) -> Brought:
    """Return all that files bring to an edition that has no errors. Writes nothing. Raises OperationError, OSError."""
    brought = Brought()
    for path in paths:
        brought += _bring_works(checked, path, options, tell)
    return brought


def _bring_works(checked: Checked, path: Path, options: ImportOptions, tell: Callable[[str], None]) -> Brought:
    assert checked.corpus is not None
    read = read_work_file(path, checked.corpus.settings, tell)
    return Brought((), read.works, {}, read.not_understood)

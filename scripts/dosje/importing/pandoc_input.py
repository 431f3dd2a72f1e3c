"""Lets pandoc read the file of a manuscript, within limits and shut off from all other files."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

from ..citing.pandoc import PandocError, run_pandoc
from ..system.children import Limits
from ..values.errors import OperationError
from .manuscript_files import ManuscriptFile

# What pandoc calls a reader, by the kind of a file.
_READERS = {
    "docx": "docx+citations+styles",
    "odt": "odt",
    "rtf": "rtf",
    "html": "html",
    "markdown": "markdown-raw_tex",
    "latex": "latex",
}
# The language of the words that pandoc adds, which is none.
_LOCALE = "en"
# A letter of Unicode, and the plain sign that stands for it in an old program. Pandoc (3.9) takes away one sign too
# many unless the plain one is written as a number.
_UNICODE = re.compile(rb"(\\\\)|(\\u-?\d+) ?([^\\{}\r\n\d ])")
_UNICODE_ALONE = re.compile(rb"\\uc0(?!\d)")
# LibreOffice marks a note as one that old programs may leave out, and so does pandoc.
_OPTIONAL_NOTE = re.compile(rb"\{\\\*\\(footnote|ftnalt)(?![a-z])")

# Pandoc leaves out a bibliography that a reference manager made. As a quotation from elsewhere, it stays.
_BIBLIOGRAPHY = re.compile(rb"ADDIN(\s+(?:ZOTERO_BIBL|Mendeley Bibliography|EN\.REFLIST))")
_TEXT_OF_WORD = "word/document.xml"


def read_with_pandoc(file: ManuscriptFile, folder: Path, limits: Limits) -> dict[str, Any]:
    """Return what pandoc reads in a file, as its JSON. Tracked changes are accepted; pictures are put into `folder`.

    Raises OperationError with pandoc's own words, LimitError, ChildError.
    """
    source = folder / f"manuscript.{file.kind}"
    mend = {"rtf": _mend_rtf, "docx": _keep_bibliography}.get(file.kind)
    source.write_bytes(mend(file.raw) if mend else file.raw)
    # Pandoc would set a blank that cannot break behind "n." and its like.
    abbreviations = folder / "abbreviations"
    abbreviations.write_bytes(b"")
    arguments = [
        f"--abbreviations={abbreviations}",
        f"--from={_READERS[file.kind]}", "--to=json", "--sandbox", "--track-changes=accept",
        f"--extract-media={folder / 'media'}", str(source),
    ]  # fmt: skip
    try:
        printed = run_pandoc(arguments, "", _LOCALE, limits, f"the manuscript {file.path.name}")
    except PandocError as error:
        said = str(error).replace(str(source), file.path.name)
        raise OperationError(f"{file.path.name} cannot be read: {said}") from error
    found: dict[str, Any] = json.loads(printed)
    return found


def _mend_rtf(raw: bytes) -> bytes:
    """Return RTF that means the same, without what pandoc misreads."""
    raw = _OPTIONAL_NOTE.sub(rb"{\\\1", raw)
    if _UNICODE_ALONE.search(raw):
        return raw
    return _UNICODE.sub(lambda match: match[1] or match[2] + b"\\'3f", raw)


def _keep_bibliography(raw: bytes) -> bytes:
    """Return a Word file in which a bibliography that a reference manager made is text like any other."""
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        parts = {entry: packed.read(entry) for entry in packed.namelist()}
    if not _BIBLIOGRAPHY.search(parts.get(_TEXT_OF_WORD, b"")):
        return raw
    parts[_TEXT_OF_WORD] = _BIBLIOGRAPHY.sub(rb"QUOTE\1", parts[_TEXT_OF_WORD])
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return made.getvalue()

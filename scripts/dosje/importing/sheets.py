"""Reads tables: .csv, .tsv and the sheets of a spreadsheet, as rows of texts, each with its line in the file."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from ..reading.files import MAX_BIB
from .incoming import NotUnderstood
from .input_files import read_input

SHEET_ENDINGS = (".csv", ".tsv", ".xlsx", ".ods")
_SEPARATORS = ",;\t|"
# Unpacked, a spreadsheet of 100,000 rows has a tenth of it; a bomb has much more.
_MAX_UNPACKED = 512_000_000
# Excel has no more rows, and a table of ours no more columns.
_MAX_ROWS, _MAX_COLUMNS = 1_048_576, 1_000
# Our exports set it before what a spreadsheet would take for a formula.
_DEFUSED = re.compile(r"'(?=[=+\-@\t\r])")


@dataclass(frozen=True)
class Row:
    """A row of a table: the line in the file at which it begins, counted from 1, and its cells without outer spaces."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """A table: the name of its file, the row with the names of its columns, and all rows below that hold something."""

    name: str
    header: Row
    rows: tuple[Row, ...]

    def place(self, row: Row, column: int = -1) -> str:
        """Return the place of a row, or of one of its cells: file, line, number of the column from 1."""
        return f"{self.name}:{row.line}" + (f":{column + 1}" if column >= 0 else "")


@dataclass(frozen=True)
class SheetForm:
    """How a table is written. `separator`: "" for the one that its first line has most of; `header`: from 1."""

    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    header: int = 1


def read_sheet(path: Path, form: SheetForm) -> tuple[Sheet | None, tuple[NotUnderstood, ...]]:
    """Return a table, or None and what is wrong with the file. Raises OSError."""
    if path.suffix.lower() in (".csv", ".tsv"):
        text, wrong = read_input(path, form.encoding, "say its encoding in a mapping, as cp1252; or save it as UTF-8")
        if text is None:
            return None, wrong
        try:
            rows = list(_rows_of_text(text, form.separator or _find_separator(text, path)))
        except csv.Error as error:
            return None, (NotUnderstood(f"{path.name}:1", "", f"this is no table: {error}"),)
    else:
        found = _rows_of_workbook(path, form.sheet)
        if isinstance(found, str):
            return None, (NotUnderstood(path.name, "", found),)
        rows = found
    kept = [row for row in rows if any(row.cells)]
    header = next((row for row in kept if row.line >= form.header), None)
    if header is None:
        return None, (NotUnderstood(f"{path.name}:{form.header}", "", "there is no row with the names of columns"),)
    if len(header.cells) > _MAX_COLUMNS or len(kept) > _MAX_ROWS:
        return None, (NotUnderstood(path.name, "", "the table is too large: divide it into several"),)
    return Sheet(path.name, header, tuple(row for row in kept if row.line > header.line)), ()


def _rows_of_text(text: str, separator: str) -> Iterator[Row]:
    """Yield the rows of a text. A cell in quotation marks may hold several lines."""
    csv.field_size_limit(MAX_BIB)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    for cells in reader:
        yield Row(line, tuple(_DEFUSED.sub("", cell.strip(), count=1) for cell in cells))
        line = reader.line_num + 1


def _find_separator(text: str, path: Path) -> str:
    if path.suffix.lower() == ".tsv":
        return "\t"
    first = re.sub(r'"[^"]*"', "", next((line for line in text.split("\n") if line.strip()), ""))
    return max(_SEPARATORS, key=first.count)


def _rows_of_workbook(path: Path, sheet: str) -> list[Row] | str:
    """Return the rows of a sheet, or what is wrong with the file."""
    try:
        with zipfile.ZipFile(path) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > _MAX_UNPACKED:
                return "the file would be too large when it is unpacked"
        book = CalamineWorkbook.from_path(str(path))
        names = list(book.sheet_names)
        if sheet and sheet not in names:
            return f'no sheet is called "{sheet}": {", ".join(names)}'
        values = book.get_sheet_by_name(sheet or names[0]).to_python(skip_empty_area=False)
    except (zipfile.BadZipFile, CalamineError, IndexError):
        return "this is no spreadsheet that can be read; is it broken, or locked with a password? (save it as .csv)"
    return [Row(line, tuple(_text_of(value) for value in cells)) for line, cells in enumerate(values, 1)]


def _text_of(value: Any) -> str:
    """Return the value of a cell as a text: a day as EDTF, a whole number without a point."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(timespec="minutes")
    if isinstance(value, date | time | timedelta):
        return str(value)
    return str(value).strip()

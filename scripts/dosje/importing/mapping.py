"""The mapping file: which kind of record the rows of a table are, and which column is which field."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator

from ..reading.fields import Model, about
from ..reading.files import MAX_TEXT, read_bytes
from ..reading.validation import make_model
from ..reading.yamltree import read_yaml
from ..values.findings import Finding, Span
from .sheets import SheetForm


def _as_list(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


def _as_use(value: Any) -> Any:
    return {"column": value} if isinstance(value, str) else value


class ColumnUse(Model):
    """What a field takes: a column, or one value for all rows."""

    column: Annotated[str, about("The name of the column", "Born")] = ""
    value: Annotated[str, about("What every record has, in place of a column", "scan")] = ""
    date: Annotated[str, about("How the column writes days: D, M and YYYY with what stands between", "D.M.YYYY")] = ""
    split: Annotated[str, about("What stands between several values in one cell", ";")] = ""
    empty: Annotated[tuple[str, ...], BeforeValidator(_as_list), about("What stands for nothing", ["-", "n/a"])] = ()


class TableMapping(Model):
    """How a table is read: a file that is kept beside it."""

    kind: Annotated[str, about("What each row is: person, meeting, event, source, place, organisation", "person")]
    key: Annotated[
        tuple[str, ...], BeforeValidator(_as_list), about("Columns whose words make the key", ["Surname", "Born"])
    ] = ()
    fields: Annotated[
        dict[str, Annotated[ColumnUse, BeforeValidator(_as_use)]],
        about("Field by field, what it takes", {"name.family": "Surname", "born": {"column": "Born"}}),
    ]
    encoding: Annotated[str, about("The encoding of a text file, if it is not UTF-8", "cp1252")] = ""
    separator: Annotated[str, about("What stands between cells, if it is not found out", ";")] = ""
    sheet: Annotated[str, about("The sheet of a spreadsheet; else the first", "People")] = ""
    header: Annotated[int, about("The line with the names of the columns", 3)] = 1

    @property
    def form(self) -> SheetForm:
        """How the table is written."""
        return SheetForm(
            self.encoding, {"tab": "\t", "\\t": "\t"}.get(self.separator, self.separator), self.sheet, self.header
        )


def read_mapping(path: Path) -> tuple[TableMapping | None, list[Finding]]:
    """Return the mapping in a file, or None and what is wrong with it. Raises OSError."""
    try:
        text = read_bytes(path, MAX_TEXT).decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return None, [Finding(Span(path.name, 1, 1), "not-utf8", "the file is not UTF-8 text")]
    located, findings = read_yaml(text, path.name)
    if located is None:
        return None, findings
    mapping = make_model(TableMapping, "mapping", located, (), findings)
    return mapping, findings

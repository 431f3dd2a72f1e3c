"""Makes records of the rows of a table. A row with a cell that is not understood becomes none; the cell is named."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..phrases.phrases import Phrases
from ..reading.corpus import Corpus
from ..reading.fields import Model
from ..reading.keys import is_valid_key
from ..reading.kinds import KINDS
from ..values.dates import DateError, parse_edtf
from ..values.findings import did_you_mean
from ..values.page_id import PageId
from ..values.slugs import slug
from .incoming import Brought, IncomingRecord, NotUnderstood
from .mapping import ColumnUse, TableMapping
from .name_index import NameIndex
from .record_fields import FieldUse, field_paths, find_field, set_value
from .sheets import Row, Sheet

# How often progress is told, in rows.
_STEP = 10_000
# Of the lists of the vocabulary: how the phrase of a word begins.
_LABELS = {
    "meeting_kinds": "meeting.kind.", "event_kinds": "event.kind.", "source_types": "source.type.",
    "media": "source.medium.", "states": "source.state.", "attendance": "attendance.",
}  # fmt: skip
# What keys are made of where a mapping does not say it.
_KEYED_BY = ("name.family", "name.given", "title", "name", "date", "number")


class CellError(ValueError):
    """A cell does not say what its field takes; the message says why."""


@dataclass(frozen=True)
class _Use:
    """A field and what it takes. `column`: the number of its column from 0, -1 for a value of all rows."""

    said: ColumnUse
    field: FieldUse
    column: int


@dataclass
class _Reader:
    """What makes records of rows. `keys`: those that were given so far."""

    corpus: Corpus
    sheet: Sheet
    mapping: TableMapping
    names: NameIndex
    uses: tuple[_Use, ...]
    key_columns: tuple[int, ...]
    keys: set[str] = field(default_factory=set)

    @property
    def model(self) -> type[Model]:
        return KINDS[self.mapping.kind].model


def read_rows(
    corpus: Corpus, sheet: Sheet, mapping: TableMapping, before: Brought, tell: Callable[[str], None]
) -> Brought:
    """Return the records of a table. `before`: what other files bring, whose names its cells may use."""
    wrong = [*_check_mapping(sheet, mapping), *_check_fields(corpus, sheet, mapping)]
    if wrong:
        return Brought(not_understood=tuple(wrong))
    columns = {name: at for at, name in reversed(list(enumerate(sheet.header.cells)))}
    uses = []
    for path, said in mapping.fields.items():
        found = find_field(KINDS[mapping.kind].model, path, corpus.vocabulary, mapping.kind)
        assert found is not None
        uses.append(_Use(said, found, columns[said.column] if said.column else -1))
    # Values for all parts of a list come after those that make the parts.
    uses.sort(key=lambda use: (not use.said.split, use.column < 0))
    keyed = tuple(columns[name] for name in mapping.key)
    reader = _Reader(corpus, sheet, mapping, NameIndex(corpus, before.records), tuple(uses), keyed)
    records: list[IncomingRecord] = []
    refused: list[NotUnderstood] = []
    for count, row in enumerate(sheet.rows, 1):
        made = _make_record(reader, row)
        if isinstance(made, NotUnderstood):
            refused.append(made)
        else:
            records.append(made)
        if count % _STEP == 0:
            tell(f"{sheet.name}: {count} of {len(sheet.rows)} rows")
    return Brought(records=tuple(records), not_understood=tuple(refused))


def _check_mapping(sheet: Sheet, mapping: TableMapping) -> list[NotUnderstood]:
    """Return the columns that a mapping names and a table does not have, and a kind that there is not."""
    if mapping.kind not in KINDS or KINDS[mapping.kind].kept_in == "prose":
        kinds = [name for name, kind in KINDS.items() if kind.kept_in != "prose"]
        hint = did_you_mean(mapping.kind, kinds) or f"a kind is one of {', '.join(kinds)}"
        return [NotUnderstood(sheet.name, "", f'no kind of record is called "{mapping.kind}" ({hint})')]
    named = [*mapping.key, *(said.column for said in mapping.fields.values() if said.column)]
    missing = [name for name in dict.fromkeys(named) if name not in sheet.header.cells]
    place = sheet.place(sheet.header)
    return [NotUnderstood(place, "", _say_unknown("column", name, sheet.header.cells)) for name in missing]


def _check_fields(corpus: Corpus, sheet: Sheet, mapping: TableMapping) -> list[NotUnderstood]:
    if mapping.kind not in KINDS:
        return []
    model, wrong = KINDS[mapping.kind].model, []
    for path, said in mapping.fields.items():
        if find_field(model, path, corpus.vocabulary, mapping.kind) is None:
            at = sheet.header.cells.index(said.column) if said.column in sheet.header.cells else -1
            why = _say_unknown("field", path, list(field_paths(model)))
            wrong.append(NotUnderstood(sheet.place(sheet.header, at), "", why))
    return wrong


def _say_unknown(what: str, name: str, known: Any) -> str:
    hint = did_you_mean(name, known) or f"known: {', '.join(one for one in known if one)}"
    return f'no {what} is called "{name}" ({hint})'


def _make_record(reader: _Reader, row: Row) -> IncomingRecord | NotUnderstood:
    fields: dict[str, Any] = {}
    for use in reader.uses:
        text = row.cells[use.column] if 0 <= use.column < len(row.cells) else use.said.value
        if not text or text in use.said.empty or _has_no_part(reader, use, fields):
            continue
        try:
            set_value(fields, reader.model, use.field.path, _read_cell(reader, use, text))
        except CellError as error:
            place = reader.sheet.place(row, use.column)
            return NotUnderstood(place, "", f"{'.'.join(use.field.path)}: {error}")
    key = _key_of(reader, row, fields)
    if not key:
        return NotUnderstood(reader.sheet.place(row), "", "nothing in the row can make a key (say key: in a mapping)")
    page = PageId(reader.mapping.kind, key)
    return IncomingRecord(page, fields, reader.sheet.place(row))


def _has_no_part(reader: _Reader, use: _Use, fields: Mapping[str, Any]) -> bool:
    """Say whether a value of all rows is one of a part that this row does not have: no column says anything of it."""
    head = use.field.path[0]
    is_of_part = use.column < 0 and len(use.field.path) > 1 and head not in fields
    return is_of_part and any(other.column >= 0 and other.field.path[0] == head for other in reader.uses)


def _read_cell(reader: _Reader, use: _Use, text: str) -> Any:
    """Return what a cell says, several values as a list. Raises CellError."""
    parts = [part.strip() for part in text.split(use.said.split)] if use.said.split else [text]
    values = [_read_value(reader, use, part) for part in parts if part]
    is_part = len(use.field.path) > 1 and not use.field.is_list
    return values if use.said.split or (use.field.is_list and not is_part) else values[0]


def _read_value(reader: _Reader, use: _Use, text: str) -> Any:
    if use.field.is_name:
        return reader.names.parts_of_name(text)
    if use.field.is_date:
        return read_day(text, use.said.date)
    if use.field.terms:
        return _find_term(reader.corpus, use.field.terms, text)
    if use.field.ref is not None:
        key = reader.names.find(use.field.ref, text)
        if key is None:
            raise CellError(f'no {use.field.ref.kind} is called "{text}"')
        return key
    return text if use.field.is_prose else " ".join(text.split())


def read_day(text: str, form: str) -> str:
    """Return a date as EDTF. `form`: as "DD.MM.YYYY"; what is EDTF already stays as it is. Raises CellError."""
    ends = [_read_end(end, form) for end in re.split(r"\s+[-–]\s+|–", text)] if form else []
    edtf = "/".join(ends) if all(ends) and 0 < len(ends) < 3 else text
    try:
        return parse_edtf(edtf).text
    except DateError as error:
        hint = f"as {form}, or {error.hint}" if form else error.hint
        raise CellError(f"{error} ({hint})" if hint else str(error)) from error


def _read_end(text: str, form: str) -> str:
    """Return a day as EDTF, "" if it is not written in this form."""
    parts = {"YYYY": r"(?P<y>[0-9]{4})", "MM": r"(?P<m>[0-9]{1,2})", "DD": r"(?P<d>[0-9]{1,2})"}
    wanted = re.sub(r"Y+|M+|D+", lambda match: {"Y": "YYYY", "M": "MM", "D": "DD"}[match[0][0]], form)
    pattern = "".join(parts.get(part, re.escape(part)) for part in re.split(r"(YYYY|MM|DD)", wanted))
    match = re.fullmatch(pattern, text.strip())
    if match is None or "y" not in match.groupdict():
        return ""
    numbers = [match.groupdict().get(name) for name in "md"]
    return "-".join([match["y"], *(f"{int(number):02}" for number in numbers if number)])


def _find_term(corpus: Corpus, name: str, text: str) -> str:
    """Return the word of a list of the vocabulary that a text is, or whose label it is. Raises CellError."""
    vocabulary, phrases = corpus.vocabulary, corpus.settings.phrases
    if vocabulary.find(name, text) is not None:
        return text
    labels = _labels_of(phrases, name, vocabulary.terms[name])
    if (key := labels.get(text.casefold())) is None:
        raise CellError("{} ({})".format(*vocabulary.explain(name, text)))
    return key


def _labels_of(phrases: Phrases, name: str, terms: Mapping[str, Any]) -> dict[str, str]:
    start = _LABELS.get(name)
    return {phrases(f"{start}{key}").casefold(): key for key in terms} if start else {}


def _key_of(reader: _Reader, row: Row, fields: Mapping[str, Any]) -> str:
    """Return the key of a row: of its columns for keys, else of what it is called; "" if it is called nothing."""
    words = [row.cells[at] if at < len(row.cells) else "" for at in reader.key_columns]
    if len(words) == 1 and is_valid_key(words[0]):
        return words[0]  # a key already; who has it twice is told
    stem = slug(" ".join(words)) if words else slug(" ".join(_called(fields)))
    key = stem
    number = 2
    while key in reader.keys and stem:
        key, number = f"{stem}-{number}", number + 1
    reader.keys.add(key)
    return key


def _called(fields: Mapping[str, Any]) -> list[str]:
    found = []
    for path in _KEYED_BY:
        value: Any = fields
        for part in path.split("."):
            value = value.get(part, "") if isinstance(value, Mapping) else ""
        found += [value] if isinstance(value, str) and value else []
    return found

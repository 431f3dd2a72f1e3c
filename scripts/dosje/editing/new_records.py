"""Adds a new record to an edition: a file of its own, or an entry of a list. Nothing that is there is overwritten."""

from __future__ import annotations

import json
import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..checking.keys import explain_new_key
from ..reading.corpus import Corpus
from ..reading.files import encode_like, way_out
from ..reading.kinds import KINDS, Kind
from ..reading.schemas import make_schemas
from ..reading.vocabulary import Vocabulary
from ..system.writing import write_together
from ..values.errors import OperationError
from ..values.findings import did_you_mean
from ..values.page_id import PageId
from .list_entries import ListError, add_entries
from .skeletons import make_skeleton, required_in

_ENGLISH = "en"


class NewRecordError(OperationError):
    """The record cannot be added; the message says why, and what can be done. Nothing was written."""


@dataclass(frozen=True)
class NewRecord:
    """A new record: the path of its file, the whole text of the file, and the fields that are to be filled in."""

    path: str
    text: str
    required: tuple[str, ...]


def plan_record(corpus: Corpus, kind: str, key: str) -> NewRecord:
    """Return what adds a record. Raises NewRecordError if there is no such kind, or the key cannot be had."""
    row = KINDS.get(kind)
    if row is None:
        hint = did_you_mean(kind, KINDS) or f"a kind is one of {', '.join(KINDS)}"
        hint = "published works stand in bibliography/*.bib" if kind in ("work", "book", "article") else hint
        raise NewRecordError(f'no kind of record is called "{kind}"; {hint}')
    if problem := explain_new_key(corpus, PageId(kind, key), key):
        raise NewRecordError(problem)
    root, schema = corpus.settings.root, _schema_of(row, corpus.vocabulary)
    if corpus.settings.phrases.language == _ENGLISH:
        _leave_out(schema, "english")
    skeleton, path = make_skeleton(schema), f"content/{row.path_in_content}"
    if row.kept_in == "list":
        try:
            text = add_entries(root, path, {key: f"{key}:\n{textwrap.indent(skeleton, '  ')}"})
        except ListError as error:
            raise NewRecordError(str(error)) from error
    else:
        path = f"{path}/{key}{row.ending}"
        if (root / path).exists() or (root / path).is_symlink():
            raise NewRecordError(f"{path} is there already; nothing is overwritten")
        text = f"---\n{skeleton}---\n\n" if row.kept_in == "prose" else skeleton
    return NewRecord(path, text, required_in(schema))


def write_record(root: Path, record: NewRecord) -> None:
    """Write the file of a new record. Raises OSError; NewRecordError if it would lie outside the edition."""
    path = root / record.path
    if problem := way_out(path, root):
        raise NewRecordError(f"{record.path} {problem}: copy it into the edition")
    write_together({path: encode_like(path, record.text)})


def _leave_out(schema: dict[str, Any], name: str) -> None:
    """Leave out a field that an edition of this language has no use for."""
    schema["properties"] = {key: field for key, field in schema["properties"].items() if key != name}


def _schema_of(kind: Kind, vocabulary: Vocabulary) -> dict[str, Any]:
    """Return the schema of a record of a kind, with those that it refers to."""
    name = kind.plural if kind.kept_in == "list" else kind.template_name
    schema: dict[str, dict[str, object]] = json.loads(make_schemas(vocabulary)[f"{name}.json"])
    if kind.kept_in == "list":
        own = str(schema["additionalProperties"]["$ref"]).rpartition("/")[2]
        entry = schema["$defs"][own]
        assert isinstance(entry, dict)
        return {**entry, "$defs": schema["$defs"]}
    return dict(schema)

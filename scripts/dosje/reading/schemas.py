"""Makes the JSON Schemas of an edition's files, for completion and checks in an editor.

The models in `records` are their source, and the vocabulary: kinds and types that an edition names, and its own fields.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from .keys import KEY_PATTERN
from .kinds import KINDS
from .own_fields import OWN_FIELDS
from .terms import SCHEMA_MARK
from .vocabulary import DEFAULTS, OwnField, Vocabulary
from .vocabulary_file import VocabularyFile
from .worklist_records import Worklist

_URL = "https://json-schema.org/draft/2020-12/schema"
_DATE = {"type": "string", "description": "EDTF date: 1960-06-24, 1960-06, 1960-11~, A/B"}
_PROSE = {"type": "string", "description": "Markdown with citations [@key, fl. 9–20] and links (person:key)"}


def make_schemas(vocabulary: Vocabulary = DEFAULTS) -> dict[str, str]:
    """Return the text of every schema by file name: of each record type and list, worklists, and the vocabulary."""
    schemas = {"vocabulary.json": _print(VocabularyFile.model_json_schema(mode="validation"))}
    schemas["worklist.json"] = _print(Worklist.model_json_schema(mode="validation"))
    for kind in KINDS.values():
        if kind.name == "page":
            continue  # as an essay
        schema = _with_terms(kind.model.model_json_schema(by_alias=True, mode="validation"), vocabulary)
        schema["properties"][OWN_FIELDS] |= _own_fields(vocabulary.fields_of(kind.name))
        if kind.kept_in == "prose":
            schema["properties"].pop("body")  # what stands below the front matter
        if kind.kept_in == "list":
            schema = _list_of(schema)
        name = kind.plural if kind.kept_in == "list" else kind.name
        schemas[f"{name}.json"] = _print(schema)
    return schemas


def _print(schema: Mapping[str, Any]) -> str:
    return json.dumps({"$schema": _URL, **schema}, ensure_ascii=False, indent=2) + "\n"


def _with_terms(part: Any, vocabulary: Vocabulary) -> Any:
    """Return a part of a schema with the words of the vocabulary where a field takes one of them."""
    if isinstance(part, dict):
        found = {name: _with_terms(value, vocabulary) for name, value in part.items() if name != SCHEMA_MARK}
        return found | ({"enum": vocabulary.known(part[SCHEMA_MARK])} if isinstance(part.get(SCHEMA_MARK), str) else {})
    return [_with_terms(one, vocabulary) for one in part] if isinstance(part, list) else part


def _own_fields(fields: Mapping[str, OwnField]) -> dict[str, Any]:
    properties = {field.name: {"title": field.label, **_own_field(field)} for field in fields.values()}
    # The examples of the models are of no edition's vocabulary.
    return {"properties": properties, "additionalProperties": False, "default": {}, "examples": []}


def _own_field(field: OwnField) -> dict[str, Any]:
    plain = {"text": {"type": "string"}, "date": _DATE, "prose": _PROSE}
    item = plain.get(field.item) or {"type": "string", "description": f"Key of a record of the kind {field.item}"}
    return {"type": "array", "items": item} if field.holds == "list" else item


def _list_of(schema: dict[str, Any]) -> dict[str, Any]:
    definitions = schema.pop("$defs", {})
    name = schema["title"]
    return {
        "title": f"{name} authority list",
        "type": "object",
        "propertyNames": {"pattern": f"^{KEY_PATTERN}$"},
        "additionalProperties": {"$ref": f"#/$defs/{name}"},
        "$defs": {**definitions, name: schema},
    }

"""Writes the JSON Schemas of the record types, for completion and checks in an editor.

`python -m dosje.reading.schemas DIR` writes them. The models in `records` are their only source.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from ..system.writing import write_file
from .keys import KEY_PATTERN
from .kinds import KINDS

_URL = "https://json-schema.org/draft/2020-12/schema"


def make_schemas() -> dict[str, str]:
    """Return the text of every schema by file name: one for each record type and each authority list."""
    schemas = {}
    for kind in KINDS.values():
        if kind.name == "page":
            continue  # as an essay
        schema = kind.model.model_json_schema(by_alias=True, mode="validation")
        if kind.kept_in == "prose":
            schema["properties"].pop("body")  # what stands below the front matter
        if kind.kept_in == "list":
            schema = _list_of(schema)
        name = kind.plural if kind.kept_in == "list" else kind.name
        schemas[f"{name}.json"] = json.dumps({"$schema": _URL, **schema}, ensure_ascii=False, indent=2) + "\n"
    return schemas


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


if __name__ == "__main__":
    for name, text in make_schemas().items():
        write_file(Path(sys.argv[1]) / name, text.encode())

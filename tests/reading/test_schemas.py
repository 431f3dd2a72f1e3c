"""The JSON Schemas for editors: current, and with the fields of the models."""

from __future__ import annotations

import json
import textwrap
from typing import Any

import pytest

from dosje.reading.fields import Model
from dosje.reading.kinds import KINDS
from dosje.reading.schemas import make_schemas
from dosje.reading.vocabulary import DEFAULTS
from dosje.reading.vocabulary_file import read_vocabulary

FILES = {
    "meeting": "meeting.json",
    "event": "event.json",
    "person": "person.json",
    "source": "source.json",
    "place": "places.json",
    "organisation": "organisations.json",
    "archive": "archives.json",
    "essay": "essay.json",
}


def schema_of(kind: str) -> dict[str, Any]:
    """Return the schema of one record of this kind."""
    schema: dict[str, Any] = json.loads(make_schemas()[FILES[kind]])
    return schema if "properties" in schema else dict(schema["$defs"][KINDS[kind].model.__name__])


def names_of(model: type[Model]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items() if name != "body"]


@pytest.mark.parametrize("kind", FILES)
def test_a_schema_has_the_fields_of_its_model_and_allows_no_other(kind: str) -> None:
    schema, model = schema_of(kind), KINDS[kind].model
    assert list(schema["properties"]) == names_of(model)
    assert schema["additionalProperties"] is False
    required = [f.alias or name for name, f in model.model_fields.items() if f.is_required()]
    assert schema.get("required", []) == required


@pytest.mark.parametrize("name", sorted(make_schemas()))
def test_a_schema_is_of_draft_2020_12_and_refers_only_to_what_it_holds(name: str) -> None:
    text = make_schemas()[name]
    schema = json.loads(text)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    defined = {f"#/$defs/{definition}" for definition in schema.get("$defs", {})}
    assert {part.split('"', 1)[0] for part in text.split('"$ref": "')[1:]} <= defined


def test_a_list_maps_keys_to_records() -> None:
    schema = json.loads(make_schemas()["places.json"])
    assert {name: schema[name] for name in ("type", "propertyNames", "additionalProperties")} == {
        "type": "object",
        "propertyNames": {"pattern": "^[a-z0-9][a-z0-9-]*$"},
        "additionalProperties": {"$ref": "#/$defs/Place"},
    }


def test_dates_and_folios_are_texts_with_an_example() -> None:
    properties = schema_of("source")["properties"]
    assert properties["date"]["anyOf"][0] == {
        "type": "string",
        "description": "EDTF date: 1960-06-24, 1960-06, 1960-11~, A/B",
    }
    assert properties["folios"]["anyOf"][0] == {"type": "string", "description": "Folios: 12, 3r, 9–20"}


def test_a_schema_has_the_words_and_the_own_fields_of_the_vocabulary() -> None:
    text = """
        source_types: {ukaz: {label: ukaz}}
        fields:
          source:
            secrecy: {label: Secrecy, facet: yes}
            seen-by: {label: Seen by, holds: list, of: person}
        """
    vocabulary, findings = read_vocabulary(textwrap.dedent(text), "content/vocabulary.yml")
    schema = json.loads(make_schemas(vocabulary)["source.json"])
    assert (findings, schema["properties"]["type"]["enum"][-1]) == ((), "ukaz")
    assert schema["properties"]["fields"]["additionalProperties"] is False
    assert schema["properties"]["fields"]["properties"] == {
        "secrecy": {"title": "Secrecy", "type": "string"},
        "seen-by": {
            "title": "Seen by",
            "type": "array",
            "items": {"type": "string", "description": "Key of a record of the kind person"},
        },
    }


def test_words_of_earlier_versions_are_read_and_not_offered() -> None:
    kinds = json.loads(make_schemas()["meeting.json"])["properties"]["kind"]["enum"]
    assert DEFAULTS.find("meeting_kinds", "plenum") is not None and "plenum" not in kinds

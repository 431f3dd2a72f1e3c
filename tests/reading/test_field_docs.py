"""Each field of a record says what it is, with examples that can be read. The manual and the schemas show both."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import pytest
from pydantic import TypeAdapter
from pydantic.fields import FieldInfo

from dosje.reading.fields import Model, find_model
from dosje.reading.kinds import KINDS


def models() -> Iterator[type[Model]]:
    """Yield each model of a record, and of its parts, once."""
    waiting, seen = [kind.model for kind in KINDS.values()], set[type[Model]]()
    while waiting:
        model = waiting.pop()
        if model not in seen:
            seen.add(model)
            yield model
            parts = (find_model(field.annotation) for field in model.model_fields.values())
            waiting += [part for part in parts if part]


FIELDS = {f"{model.__name__}.{name}": field for model in models() for name, field in model.model_fields.items()}


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_a_field_says_what_it_is_with_examples_that_can_be_read(name: str) -> None:
    field: FieldInfo = FIELDS[name]
    assert field.description, f"say it in {name}: Annotated[…, about(description, example)]"
    assert field.description[0].isupper() or field.description.split()[0].islower()
    assert not field.description.endswith("."), "a description is no sentence: it stands in a table"
    assert field.examples, f"give an example in {name}: Annotated[…, about(description, example)]"
    adapter: TypeAdapter[object] = TypeAdapter(Annotated[field.annotation, *field.metadata, None])  # type: ignore[arg-type]
    for example in field.examples:
        adapter.validate_python(example)


def test_the_schemas_say_it_too() -> None:
    properties = KINDS["meeting"].model.model_json_schema()["properties"]
    assert properties["date"]["description"] == "When it took place (EDTF)"
    assert properties["date"]["examples"] == ["1901-05-04", "1901-05-04/1901-05-06", "1901-05-04?", "1901-05-04T19:15"]

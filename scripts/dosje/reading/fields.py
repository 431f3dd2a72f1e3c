"""What the fields of records hold: the marks in their annotations, and the walk through a record along the marks.

A field holds the key of another record (`Ref`), or a text in which citations may stand (`PROSE`, `CITES`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from .keys import is_key


class Model(BaseModel):
    """What all record parts share: frozen, and no field that we do not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def about(description: str, *examples: Any) -> Any:
    """Return what a field is, with examples of its value, for its annotation.

    The manual and the JSON Schemas say it. An example is what stands in YAML: texts, lists, mappings.
    """
    return Field(description=description, examples=list(examples))


@dataclass(frozen=True, slots=True)
class Ref:
    """Marks a field that holds the key of another record of `kind`.

    `or_kind`: or of another kind, if none of the first has the key. `or_name`: a value that is no key (it has a capital
    or a space) is a plain name.
    """

    kind: str
    or_name: bool = False
    or_kind: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """Marks what a text field holds: "prose" (Markdown) or "cites" (only citations)."""

    what: Literal["prose", "cites"]


PROSE, CITES = Marked("prose"), Marked("cites")


@dataclass(frozen=True, slots=True)
class LanguageCode:
    """Marks a field that holds the code of a language."""


LANGUAGE = LanguageCode()


@dataclass(frozen=True, slots=True)
class KeyReference:
    """A key that a field holds, with the field's path in the record."""

    path: tuple[str | int, ...]
    kinds: tuple[str, ...]  # of which it may be
    key: str


def iter_references(model: Model) -> Iterator[KeyReference]:
    """Yield every key of another record in `model`, but no plain names."""
    for path, marker, value in _iter_marked(model, Ref):
        if not (marker.or_name and not is_key(value)):
            yield KeyReference(path, (marker.kind, marker.or_kind) if marker.or_kind else (marker.kind,), value)
    for path, item, value in _iter_own(model):
        if item not in ("text", "prose", "date"):
            yield KeyReference(path, (item,), value)


def iter_texts(model: Model) -> Iterator[tuple[tuple[str | int, ...], Literal["prose", "cites"], str]]:
    """Yield the path, "prose" or "cites", and the text of every field that may hold citations."""
    for path, marker, value in _iter_marked(model, Marked):
        if value:
            yield path, marker.what, value
    for path, item, value in _iter_own(model):
        if item == "prose":
            yield path, "prose", value


def _iter_own(model: Model) -> Iterator[tuple[tuple[str | int, ...], str, Any]]:
    """Yield path, what it is, and value of each item in the edition's own fields of a record."""
    for own in getattr(model, "fields", ()):
        for path, value in own.iter_items():
            yield path, own.field.item, value


def _iter_marked(model: Model, kind: type[Any]) -> Iterator[tuple[tuple[str | int, ...], Any, str]]:
    for name, alias, marker, is_plain in _plan(type(model), kind):
        value = getattr(model, name)
        if value is None or value == ():
            continue
        if not is_plain:
            values = enumerate(value) if isinstance(value, tuple) else [(None, value)]
            for index, part in values:
                start = (alias,) if index is None else (alias, index)
                for path, found, text in _iter_marked(part, kind):
                    yield (*start, *path), found, text
        elif isinstance(value, tuple):
            for index, text in enumerate(value):
                yield (alias, index), marker, text
        elif isinstance(value, dict):
            for part, text in value.items():
                yield (alias, part), marker, text
        else:
            yield (alias,), marker, value


_PLANS: dict[tuple[type[Model], type[Any]], list[tuple[str, str, Any, bool]]] = {}


def _plan(model: type[Model], kind: type[Any]) -> list[tuple[str, str, Any, bool]]:
    """Return (field, alias, marker, is a plain value) for the fields to visit. Made once for each type."""
    key = (model, kind)
    if key not in _PLANS:
        plan = []
        for name, field in model.model_fields.items():
            marker = _find_marker((field.annotation, *field.metadata), kind)
            nested = find_model(field.annotation)
            if marker is not None or nested:
                plan.append((name, field.alias or name, marker, nested is None))
        _PLANS[key] = plan
    return _PLANS[key]


def _find_marker(parts: Any, kind: type[Any]) -> Any:
    for part in parts:
        if isinstance(part, kind):
            return part
        inner = (*getattr(part, "__args__", ()), *getattr(part, "__metadata__", ()))
        if inner and (found := _find_marker(inner, kind)) is not None:
            return found
    return None


def find_model(annotation: Any) -> type[Model] | None:
    """Return the model that a field with this annotation holds, None if it holds none."""
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return annotation
    found = (find_model(part) for part in getattr(annotation, "__args__", ()))
    return next((model for model in found if model), None)

"""What a field of a record takes from a cell: a text, a date, a word of the vocabulary, a key of another record.

Fields are named by their path, "name.family", "participants.person". It follows the marks of the models.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args, get_origin

from ..reading.fields import Marked, Model, Ref, find_model
from ..reading.own_fields import OWN_FIELDS
from ..reading.records import PersonName
from ..reading.terms import Terms
from ..reading.vocabulary import Vocabulary
from ..values.dates import Edtf


@dataclass(frozen=True)
class FieldUse:
    """What a field holds.

    `terms`: the list of the vocabulary whose words it takes; `ref`: whose keys it takes; `is_name`: a person's name;
    `is_prose`: a text whose lines count.
    """

    path: tuple[str, ...]
    is_list: bool = False
    is_date: bool = False
    terms: str = ""
    ref: Ref | None = None
    is_name: bool = False
    is_prose: bool = False


def find_field(model: type[Model], path: str, vocabulary: Vocabulary, kind: str) -> FieldUse | None:
    """Return what the field at a path of a kind of records holds, None if there is no such field."""
    parts = tuple(path.split("."))
    if parts[0] == OWN_FIELDS:
        own = vocabulary.fields_of(kind).get(".".join(parts[1:]))
        if own is None:
            return None
        ref = Ref(own.item) if own.item not in ("text", "prose", "date") else None
        return FieldUse(parts, own.holds == "list", own.item == "date", "", ref, is_prose=own.holds == "prose")
    annotation: Any = None
    current: type[Model] | None = model
    metadata: tuple[Any, ...] = ()
    for at, part in enumerate(parts):
        info = (
            next((one for name, one in current.model_fields.items() if (one.alias or name) == part), None)
            if current
            else None
        )
        if info is None:
            # A mapping of the editor's own names: containers.box.
            return FieldUse(parts) if current is None and at and _holds_mapping(annotation) else None
        annotation, metadata = info.annotation, tuple(info.metadata)
        current = find_model(annotation)
    if current is not None:
        return FieldUse(parts, is_name=True) if current is PersonName else None
    marks = (*metadata, *_marks_in(annotation))
    terms = next((mark.name for mark in marks if isinstance(mark, Terms)), "")
    ref = next((mark for mark in marks if isinstance(mark, Ref)), None)
    is_prose = any(isinstance(mark, Marked) for mark in marks)
    return FieldUse(parts, _is_list(annotation), _holds(annotation, Edtf), terms, ref, is_prose=is_prose)


def field_paths(model: type[Model], before: str = "") -> Iterator[str]:
    """Yield the paths of all fields of a kind of records that a cell can fill."""
    for name, info in model.model_fields.items():
        alias = info.alias or name
        inner = find_model(info.annotation)
        if inner is not None and not before:
            yield from field_paths(inner, f"{alias}.")
        elif inner is None and alias not in (OWN_FIELDS, "body"):
            yield f"{before}{alias}"


def set_value(fields: dict[str, Any], model: type[Model], path: tuple[str, ...], value: Any) -> None:
    """Set a value at the path of a field.

    In a list of parts each value of a list goes into a part of its own, and a single value into all that are there.
    """
    name, *rest = path
    if not rest:
        fields[name] = value
        return
    info = next((one for alias, one in model.model_fields.items() if (one.alias or alias) == name), None)
    inner = find_model(info.annotation) if info else None
    if info is not None and inner is not None and _is_list(info.annotation):
        parts = fields.setdefault(name, [])
        values = value if isinstance(value, list) else [value] * max(len(parts), 1)
        parts += [{} for _ in values[len(parts) :]]
        for part, one in zip(parts, values, strict=False):
            set_value(part, inner, tuple(rest), one)
        return
    within = fields.setdefault(name, {})
    if inner is not None:
        set_value(within, inner, tuple(rest), value)
    else:
        within[".".join(rest)] = value


def _marks_in(annotation: Any) -> Iterator[Any]:
    yield from getattr(annotation, "__metadata__", ())
    for part in get_args(annotation):
        yield from _marks_in(part)


def _is_list(annotation: Any) -> bool:
    """Say whether a field holds a list of texts or of parts. Leaves are a list, too, but written as one text."""
    if get_origin(annotation) is tuple:
        item = get_args(annotation)[0]
        return find_model(item) is not None or str in (item, *get_args(item))
    return any(_is_list(part) for part in get_args(annotation) if not isinstance(part, str))


def _holds(annotation: Any, kind: type[Any]) -> bool:
    return annotation is kind or any(_holds(part, kind) for part in get_args(annotation))


def _holds_mapping(annotation: Any) -> bool:
    return get_origin(annotation) in (dict, Mapping) or any(_holds_mapping(part) for part in get_args(annotation))

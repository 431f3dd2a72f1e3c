"""The fields that an edition gives its records: what `fields:` of a record holds, read by the edition's vocabulary.

They stand apart from the program's fields, so a field that the program gets later takes no name away from an edition.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BeforeValidator, InstanceOf, WithJsonSchema

from ..values.dates import DateError, Edtf, parse_edtf
from ..values.findings import Finding, did_you_mean
from .fields import about
from .vocabulary import OwnField, Vocabulary
from .yamltree import Located
from .yamltree import Path as FieldPath

OWN_FIELDS = "fields"
OwnItem = str | Edtf


@dataclass(frozen=True)
class OwnValue:
    """What a record says in a field of its edition. A list has any number of items, all else has one."""

    field: OwnField
    items: tuple[OwnItem, ...]

    @property
    def path(self) -> tuple[str, str]:
        return OWN_FIELDS, self.field.name

    def iter_items(self) -> Iterator[tuple[tuple[str | int, ...], OwnItem]]:
        """Yield each item with its path in the record."""
        is_list = self.field.holds == "list"
        for at, item in enumerate(self.items):
            yield ((*self.path, at) if is_list else self.path), item

    @property
    def value(self) -> OwnItem | tuple[OwnItem, ...]:
        """The value as the record has it: a list, or one item."""
        return self.items if self.field.holds == "list" else self.items[0]


@dataclass(frozen=True)
class OwnFields:
    """The values of all own fields of a record, in the order of the vocabulary."""

    values: tuple[OwnValue, ...] = ()

    def __iter__(self) -> Iterator[OwnValue]:
        return iter(self.values)


def _of_texts(value: Any) -> Any:
    # Records are read by `read_own_fields`. Who validates a model alone has no vocabulary: all are texts.
    if not isinstance(value, dict):
        return value
    return OwnFields(tuple(OwnValue(OwnField(name, name), (str(text),)) for name, text in value.items()))


NO_FIELDS = OwnFields()
OwnFieldsOf = Annotated[
    InstanceOf[OwnFields],
    BeforeValidator(_of_texts),
    WithJsonSchema({"type": "object"}),
    about("What stands in fields that content/vocabulary.yml gives to records of this kind", {"weather": "rain"}),
]


def read_own_fields(
    kind: str, given: Any, vocabulary: Vocabulary, place: tuple[Located, FieldPath], findings: list[Finding]
) -> OwnFields:
    """Return what `fields:` of a record says; what is wrong in it becomes findings, and is left out.

    `place`: the file, and where in it the record stands.
    """
    located, base = place
    if not isinstance(given, Mapping):
        message = f'"{OWN_FIELDS}" holds fields, each with its name'
        findings.append(Finding(located.span((*base, OWN_FIELDS)), "wrong-type", message, "name: value"))
        return OwnFields()
    known = vocabulary.fields_of(kind)
    for name in given.keys() - known.keys():
        # A set has no order, but findings are sorted by their place.
        hint = did_you_mean(name, known) or f"name it in content/vocabulary.yml: fields: {{{kind}: {{{name}: …}}}}"
        message = f'"{name}" is no field that this edition gives {_plural(kind)}'
        findings.append(Finding(located.key_span((*base, OWN_FIELDS, name)), "unknown-field", message, hint))
    found = []
    for name, field in known.items():
        if name in given:
            items = tuple(_read_items(field, given[name], (*base, OWN_FIELDS, name), located, findings))
            found += [OwnValue(field, items)] if items else []
    return OwnFields(tuple(found))


def _plural(kind: str) -> str:
    return f"a record of the kind {kind}"


def _read_items(
    field: OwnField, given: Any, path: FieldPath, located: Located, findings: list[Finding]
) -> Iterator[OwnItem]:
    if field.holds != "list":
        yield from _read_item(field, given, path, located, findings)
    elif isinstance(given, list):
        for at, one in enumerate(given):
            yield from _read_item(field, one, (*path, at), located, findings)
    else:
        hint = "begin each line with a hyphen, or write [a, b]"
        findings.append(Finding(located.span(path), "wrong-type", f'"{field.name}" is a list', hint))


def _read_item(
    field: OwnField, given: Any, path: FieldPath, located: Located, findings: list[Finding]
) -> Iterator[OwnItem]:
    if not isinstance(given, str):
        hint = 'a text with ": " or "[" in it needs quotes'
        message = f'"{field.name}" is one text, no list and no fields'
        findings.append(Finding(located.span(path), "wrong-type", message, hint))
    elif field.item != "date":
        yield from [given] if given else []
    else:
        try:
            yield parse_edtf(given)
        except DateError as error:
            findings.append(Finding(located.span(path), "bad-date", str(error), error.hint))

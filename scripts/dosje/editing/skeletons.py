"""Writes the skeleton of a new record: its fields, each with what it is for, as the JSON Schema of its kind says them.

Fields that a record must have are there and empty, so that the check names them until they are filled in. The others
are comments with an example: they count once the sign before them is taken away. Knows no kind and no field by name.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

Schema = Mapping[str, Any]
_WIDTH = 100
_REST = "What follows may be left out. Take the # away from what you need, and write your own in place of the example."
# The program writes it (`dosje rename`).
_NOT_SHOWN = "formerly"


class _Dumper(yaml.SafeDumper):
    """Writes examples: texts of several lines as such, nothing with anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _write_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _write_text)


def make_skeleton(schema: Schema) -> str:
    """Return the fields of a record of the kind that a JSON Schema describes, as YAML."""
    lines = [*_comment(schema.get("description", "")), "", *_fields(schema, schema.get("$defs", {}), "")]
    return "".join(f"{line}\n" for line in lines)


def required_in(schema: Schema) -> tuple[str, ...]:
    """Return the names of the fields that a record must have."""
    return tuple(schema.get("required", ()))


def _fields(schema: Schema, parts: Mapping[str, Schema], indent: str) -> Iterator[str]:
    """Yield the lines of the fields: first those that must be there. `parts`: the schemas that others refer to."""
    required = required_in(schema)
    optional = [name for name in schema["properties"] if name not in required and name != _NOT_SHOWN]
    for name in required:
        field = schema["properties"][name]
        part = _part_of(field, parts)
        if part is not None:
            yield from _indented(_comment(_with_stop(field.get("description", ""))), indent)
            yield f"{indent}{name}:"
            first, *others = part["properties"]
            yield from _indented(_comment(_say(part["properties"][first])), f"{indent}  ")
            yield f"{indent}  {first}:"
            for other in others:
                yield ""
                yield from _indented(_optional(other, part["properties"][other]), f"{indent}  ")
        else:
            yield from _indented(_comment(_say(field)), indent)
            yield f"{indent}{name}:"
    if optional:
        yield ""
        yield from _indented(_comment(_REST), indent)
    for name in optional:
        yield ""
        yield from _indented(_optional(name, schema["properties"][name]), indent)


def _optional(name: str, field: Schema) -> Iterator[str]:
    """Yield what an optional field is for, and the field with an example, as comments."""
    yield from _comment(_with_stop(field.get("description", "")) + _choices(field))
    examples = field.get("examples") or [None]
    dumped = yaml.dump({name: examples[0]}, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH - 6)
    text = f"{name}:" if examples[0] is None else dumped.rstrip("\n")
    yield from (f"# {line}".rstrip() for line in text.split("\n"))


def _say(field: Schema) -> str:
    """Return what a field is for, with its choices and an example."""
    example = next((one for one in field.get("examples", ()) if isinstance(one, str | int)), None)
    choices = _choices(field)
    shown = f" For instance: {example}" if example is not None and not choices else ""
    return _with_stop(field.get("description", "")) + choices + shown


def _choices(field: Schema) -> str:
    """Return the words of which a field takes one."""
    options = [field, field.get("items", {}), *field.get("anyOf", ())]
    words = next((option["enum"] for option in options if "enum" in option), None)
    return f" One of: {', '.join(map(str, words))}." if words else ""


def _part_of(field: Schema, parts: Mapping[str, Schema]) -> Schema | None:
    """Return the schema of the fields that a field has, None if it has none."""
    return parts.get(str(field.get("$ref", "")).rpartition("/")[2])


def _with_stop(text: str) -> str:
    return text if not text or text.endswith((".", "?", "!")) else f"{text}."


def _comment(text: str) -> Iterator[str]:
    lines = textwrap.wrap(text, _WIDTH - 2, break_long_words=False, break_on_hyphens=False)
    yield from (f"# {line}" for line in lines)


def _indented(lines: Iterator[str], indent: str) -> Iterator[str]:
    yield from (f"{indent}{line}" for line in lines)

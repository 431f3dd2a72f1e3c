"""Writes the fields of a record as the YAML of its file, as people write it; knows no field by name.

Fields stand in the order of their model. Short lists and parts stand on one line, prose as blocks of lines, and what a
reader of YAML could take for another value stands in double quotation marks. What is read back is what was written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, get_args

import yaml

from ..reading.fields import Model, find_model
from ..reading.kinds import Kind
from ..values.dates import Edtf

_WIDTH = 100
# A text of one line that is longer stands below the name of its field.
_LONGEST_LINE = 110
# Coordinates look like a list of numbers.
_NUMBERS = re.compile(r"[-+]?[0-9.]+,\s*[-+]?[0-9.]+\Z")
_DATE = re.compile(r"[0-9X~?%./T:-]+")


class _Plain(str):
    """A text that stands without quotation marks: a date of figures."""


class _Whole(dict[str, Any]):
    """The fields of a record: each on a line of its own, however short they are."""


class _Dumper(yaml.SafeDumper):
    """Writes with lists indented below their field, and double quotation marks where there must be some."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, indentless=False)

    def choose_scalar_style(self) -> str:
        style: str = super().choose_scalar_style()
        return '"' if style == "'" else style


def _write_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=_style_of(text))


def _write_plain(dumper: Any, text: _Plain) -> yaml.ScalarNode:
    # With the tag that YAML 1.1 reads from it PyYAML sets no quotation marks. Our reader takes all values for texts.
    tag = dumper.resolve(yaml.ScalarNode, str(text), (True, False))
    node: yaml.ScalarNode = dumper.represent_scalar(tag, str(text))
    return node


def _write_list(dumper: yaml.SafeDumper, values: list[Any]) -> yaml.SequenceNode:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", values, flow_style=_is_short(values))


def _write_fields(dumper: yaml.SafeDumper, fields: dict[str, Any]) -> yaml.MappingNode:
    return dumper.represent_mapping("tag:yaml.org,2002:map", fields, flow_style=_is_short(list(fields.values())))


def _write_whole(dumper: yaml.SafeDumper, fields: _Whole) -> yaml.MappingNode:
    return dumper.represent_mapping("tag:yaml.org,2002:map", fields, flow_style=False)


_Dumper.add_representer(str, _write_text)
_Dumper.add_representer(_Whole, _write_whole)
_Dumper.add_representer(_Plain, _write_plain)
_Dumper.add_representer(list, _write_list)
_Dumper.add_representer(dict, _write_fields)


def write_fields(fields: Mapping[str, Any], kind: Kind) -> str:
    """Return the fields of a record of a kind as YAML, in the order of its model; "" if there are none.

    `fields`: texts, numbers, truth values, lists and mappings. Empty ones are left out.
    """
    whole = _Whole(_in_order(fields, kind.model))
    if not whole:
        return ""
    return str(yaml.dump(whole, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH))


def _in_order(fields: Mapping[str, Any], model: type[Model] | None) -> dict[str, Any]:
    """Return fields as plain values in the order of a model, without empty ones; those that it does not know last."""
    infos = {info.alias or name: info for name, info in model.model_fields.items()} if model else {}
    ordered = {}
    for name in (*(name for name in infos if name in fields), *(name for name in fields if name not in infos)):
        value = _plain(fields[name], infos[name].annotation if name in infos else None)
        if value not in ("", None, [], {}):
            ordered[name] = value
    return ordered


def _plain(value: Any, annotation: Any) -> Any:
    if isinstance(value, Mapping):
        return _in_order(value, find_model(annotation))
    if isinstance(value, list | tuple):
        return [_plain(one, annotation) for one in value]
    if isinstance(value, str) and _DATE.fullmatch(value) and _holds_date(annotation):
        return _Plain(value)
    return value if isinstance(value, bool | int) or value is None else str(value)


def _holds_date(annotation: Any) -> bool:
    return annotation is Edtf or any(_holds_date(part) for part in get_args(annotation))


def _style_of(text: str) -> str | None:
    """Return how a text is written: prose of several lines as such, a long line folded, None for one line."""
    if "\n" in text:
        return "|"
    if _NUMBERS.match(text) or text.endswith("\n\n") or text.isspace():
        return '"'
    is_even = not re.search(r"  |^ | $", text)
    return ">" if len(text) > _LONGEST_LINE and is_even else None


def _is_short(values: list[Any]) -> bool:
    """Say whether values fit on one line together: texts without signs that would need quotation marks there."""
    if not values or any(isinstance(value, list | dict) for value in values):
        return False
    texts = [str(value) for value in values]
    return sum(len(text) + 8 for text in texts) < _WIDTH and not any(re.search(r"[\n@\[\]{},:#]", t) for t in texts)

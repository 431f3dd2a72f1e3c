"""Changes single fields in a YAML text. All else stays as it was: comments, order, quotation marks, layout.

Knows nothing of records and settings.
"""

from __future__ import annotations

import json
import re

import yaml

from .yamltree import Located, Path, read_yaml

_INDENT = 2
# What YAML reads as the text that it is, whatever version of YAML reads it.
_OTHERS = ("yes", "no", "true", "false", "on", "off", "null", "y", "n")
# Letters and spaces, with points and the like: nothing that YAML, or a list in brackets, takes for a sign of its own.
_WORDS = re.compile(r"[^\W\d_](?:[^\W_]|[ .’'()/–-](?! *$))*[.)]?")
_PLAIN = re.compile(r"[A-Za-z][\w./-]*|[0-9]+")


class YamlEditError(ValueError):
    """The text is no YAML that can be read, or has at this place what cannot be changed; the message says which."""


def set_field(text: str, path: tuple[str, ...], value: str) -> str:
    """Return the text with a field set to a value on one line; mappings that it lies in are made where there are none.

    Raises YamlEditError. Setting a field to the value that it has changes nothing.
    """
    located = _read(text)
    node = located.nodes.get(path)
    if isinstance(node, yaml.ScalarNode) and path in located.keys:
        if node.value == value:
            return text
        start, end = node.start_mark.index, node.end_mark.index
        if node.style in ("|", ">") or start == end:
            raise YamlEditError(
                f"{'.'.join(path)} is a text of many lines, or empty: write it as {write_scalar(value)}"
            )
        return text[:start] + write_scalar(value) + text[end:]
    if node is not None and path in located.keys:
        raise YamlEditError(f"{'.'.join(path)} is a list or has fields: write it as {write_scalar(value)}")
    depth = next(depth for depth in range(len(path) - 1, -1, -1) if path[:depth] in located.nodes or not depth)
    return _insert(located, path[:depth], path[depth:], value)


def rename_field(text: str, path: Path, name: str) -> str:
    """Return the text with the field at `path` under another name; without such a field, the same text.

    Raises YamlEditError if there is a field of this name beside it.
    """
    located = _read(text)
    key = located.keys.get(path)
    if key is None:
        return text
    if (*path[:-1], name) in located.keys:
        raise YamlEditError(f'there is a field "{name}" beside "{path[-1]}": take one of them out')
    return text[: key.start_mark.index] + name + text[key.end_mark.index :]


def _read(text: str) -> Located:
    located, findings = read_yaml(text, "")
    if located is None or findings:
        raise YamlEditError(findings[0].message if findings else "this cannot be read as YAML")
    return located


def _insert(located: Located, parent: tuple[str, ...], path: tuple[str, ...], value: str) -> str:
    """Return the text with a new field in the mapping at `parent`, below the name of that mapping."""
    text, node = located.text, located.nodes.get(parent)
    if isinstance(node, yaml.MappingNode) and node.flow_style:
        at = node.start_mark.index + 1
        comma = ", " if node.value else ""
        inner = write_scalar(value)
        for name in reversed(path[1:]):
            inner = f"{{{name}: {inner}}}"
        return f"{text[:at]}{path[0]}: {inner}{comma}{text[at:]}"
    if isinstance(node, yaml.SequenceNode) or (isinstance(node, yaml.ScalarNode) and node.value):
        raise YamlEditError(f"{'.'.join(parent) or 'the file'} has no fields: write them below it")
    if not parent:
        lines = _lines(path, value, 0)
        return f"{text.rstrip()}\n\n{lines}\n" if text.strip() else f"{lines}\n"
    key = located.keys[parent]
    own = key.start_mark.column
    indent = own + _INDENT
    if isinstance(node, yaml.MappingNode):
        indent = node.value[0][0].start_mark.column
    end = text.find("\n", key.end_mark.index)
    end = len(text) if end < 0 else end
    return f"{text[:end]}\n{_lines(path, value, indent)}{text[end:]}"


def _lines(path: tuple[str, ...], value: str, indent: int) -> str:
    lines = [f"{' ' * (indent + depth * _INDENT)}{name}:" for depth, name in enumerate(path)]
    return "\n".join(lines) + f" {write_scalar(value)}"


def write_scalar(value: str, *, is_within: bool = False) -> str:
    """Return a value as YAML on one line. A number stays one; what could be read as something else is quoted.

    `is_within`: quotation marks are left out also of words with spaces, where YAML reads them as they are.
    """
    is_plain = (_PLAIN.fullmatch(value) or (is_within and _WORDS.fullmatch(value))) and value.lower() not in _OTHERS
    return value if is_plain else json.dumps(value, ensure_ascii=False)

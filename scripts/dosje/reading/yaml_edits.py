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
    return _hold(_set(text, located, path, value), _with(located.value, path, value), path)


def _set(text: str, located: Located, path: tuple[str, ...], value: str) -> str:
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
    value = _with(located.value, path, name, renames=True)
    return _hold(text[: key.start_mark.index] + name + text[key.end_mark.index :], value, path)


def _hold(text: str, value: object, path: Path) -> str:
    """Return an edited text. Raises YamlEditError if it does not say exactly this value."""
    try:
        is_right = _read(text).value == value
    except YamlEditError:
        is_right = False
    if not is_right:
        name = ".".join(map(str, path))
        raise YamlEditError(f"{name} cannot be changed here without changing what stands beside it: do it by hand")
    return text


def _with(value: object, path: Path, new: str, *, renames: bool = False) -> object:
    """Return a copy of a value in which the field at `path` has the value `new`, or, if it `renames`, this name."""
    first, *rest = path
    if isinstance(value, list):
        return [_with(one, tuple(rest), new, renames=renames) if at == first else one for at, one in enumerate(value)]
    fields = value if isinstance(value, dict) else {}
    if rest:
        return {**fields, first: _with(fields.get(first), tuple(rest), new, renames=renames)}
    return {new if name == first else name: one for name, one in fields.items()} if renames else {**fields, first: new}


def add_to_list(text: str, path: Path, value: str) -> str:
    """Return the text with a value at the end of the list at `path`, which is made if there is none.

    Raises YamlEditError. `remove_from_list` takes it out again, and leaves the text as it was.
    """
    located = _read(text)
    node = located.nodes.get(path)
    if isinstance(node, yaml.SequenceNode) and node.value:
        last = node.value[-1]
        end = last.end_mark.index
        if node.flow_style:
            return f"{text[:end]}, {write_scalar(value)}{text[end:]}"
        indent = text[text.rfind("\n", 0, last.start_mark.index) + 1 : last.start_mark.index]
        if indent.strip() != "-" or "\n" in text[last.start_mark.index : end]:
            raise YamlEditError(f"{_name_of(path)} is a list that is not one value a line: add {write_scalar(value)}")
        at = _end_of_line(text, end)
        return f"{text[:at]}\n{indent}{write_scalar(value)}{text[at:]}"
    if path in located.keys:
        raise YamlEditError(f"{_name_of(path)} holds no list of values: write [{write_scalar(value)}]")
    return _append(located, path[:-1], f"{path[-1]}: [{write_scalar(value)}]")


def remove_from_list(text: str, path: Path, value: str) -> str:
    """Return the text without a value in the list at `path`, and without the list if it was the only one.

    Raises YamlEditError. Without such a value it is the same text.
    """
    located = _read(text)
    node = located.nodes.get(path)
    if not isinstance(node, yaml.SequenceNode):
        return text
    items = node.value
    at = next((at for at, item in enumerate(items) if item.value == value), None)
    if at is None:
        return text
    if len(items) == 1:
        return _remove_field(located, path)
    item = items[at]
    if not node.flow_style:
        start = text.rfind("\n", 0, item.start_mark.index)
        return text[:start] + text[_end_of_line(text, item.end_mark.index) :]
    if at:
        return text[: items[at - 1].end_mark.index] + text[item.end_mark.index :]
    return text[: item.start_mark.index] + text[items[1].start_mark.index :]


def _append(located: Located, parent: Path, line: str) -> str:
    """Return the text with a field of one line in the mapping at `parent`: its last, or in braces its first."""
    text, node = located.text, located.nodes.get(parent)
    if isinstance(node, yaml.MappingNode) and node.flow_style:
        at = node.value[0][0].start_mark.index if node.value else node.start_mark.index + 1
        return f"{text[:at]}{line}{', ' if node.value else ''}{text[at:]}"
    if not parent:
        # Behind a last line that ends nowhere, too.
        return f"{text}{line}\n" if text.endswith("\n") or not text else f"{text}\n{line}"
    if isinstance(node, yaml.ScalarNode) and node.value:
        raise YamlEditError(f"{_name_of(parent)} has no fields: write {line} below it")
    indent = located.keys[parent].start_mark.column + _INDENT
    if isinstance(node, yaml.MappingNode):
        indent = node.value[0][0].start_mark.column
    at = _end_of_line(text, located.keys[parent].end_mark.index)
    return f"{text[:at]}\n{' ' * indent}{line}{text[at:]}"


def _remove_field(located: Located, path: Path) -> str:
    """Return the text without a field of one line, or one in braces."""
    text, key, node = located.text, located.keys[path], located.nodes[path]
    start, end = key.start_mark.index, node.end_mark.index
    line = text.rfind("\n", 0, start) + 1
    if text[line:start].strip() or _is_in_braces(located, path):
        comma = re.compile(r"\s*,[ \t]*").match(text, end)
        before = re.compile(r",\s*\Z").search(text, 0, start) if comma is None else None
        return text[: before.start() if before else start] + text[comma.end() if comma else end :]
    if not getattr(node, "flow_style", True):  # such a list ends where the next line begins
        end = len(text[:end].rstrip())
    end = _end_of_line(text, end)
    # Of a last line that ends nowhere, the line before it ends nowhere.
    return text[:line] + text[end + 1 :] if end < len(text) else text[: max(line - 1, 0)]


def _is_in_braces(located: Located, path: Path) -> bool:
    parent = located.nodes.get(path[:-1])
    return isinstance(parent, yaml.MappingNode) and bool(parent.flow_style)


def _end_of_line(text: str, index: int) -> int:
    end = text.find("\n", index)
    return len(text) if end < 0 else end


def _name_of(path: Path) -> str:
    return ".".join(map(str, path)) or "the file"


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
    if isinstance(node, yaml.SequenceNode) or (isinstance(node, yaml.ScalarNode) and (node.value or node.style)):
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

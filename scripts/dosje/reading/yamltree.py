"""Reads a YAML text into plain values, each with its place. Knows nothing of records."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Any

import yaml

from ..values.characters import explain_sign, find_signs, signs_in
from ..values.findings import Finding, Span

Path = tuple[str | int, ...]
_Places = Callable[[int], int]

# The C parser gives the same node tree about ten times faster. It works without it, too.
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
# A scan for tokens costs as much as reading. So only texts that may hold an anchor or alias are scanned.
# Records need eight levels. The navigation in mkdocs.yml needs two for each level of its own.
MAX_DEPTH = 50
_BRACKET = re.compile(r"[\[\]{}]")
# To measure the depth costs as much as reading. So it is measured only if a text could be that deep.
_MAYBE_DEEP = re.compile(rf"^ {{{MAX_DEPTH // 2 - 5}}}|(?:[-?:][ \t]+){{10}}", re.MULTILINE)
_MAYBE_ALIAS = re.compile(r"(?:^|[\s\[{,:-])[&*][^\s&*]", re.MULTILINE)


@dataclass(eq=False)
class Located:
    """The values of one YAML text (dict, list, str), and the place of each."""

    path: str
    text: str
    value: Any
    nodes: Mapping[Path, yaml.Node] = field(repr=False)
    keys: Mapping[Path, yaml.Node] = field(repr=False)
    first_line: int = 1

    def span(self, path: Path = ()) -> Span:
        """Return the place of the value at `path`, or of the nearest thing that holds it."""
        node = self._nearest(self.nodes, path)
        return self._span_at(node.start_mark) if node is not None else Span(self.path, self.first_line, 1)

    def key_span(self, path: Path) -> Span:
        """Return the place of the field's name, for findings about the name itself."""
        node = self.keys.get(path)
        return self._span_at(node.start_mark) if node is not None else self.span(path)

    def span_within(self, path: Path, offset: int) -> Span:
        """Return the place in the file of character `offset` of the text at `path`.

        It is exact, with two exceptions: a double-quoted text with escapes before the offset, and white space that the
        parser folded. There it is the place of the next character.
        """
        node = self.nodes.get(path)
        if not isinstance(node, yaml.ScalarNode):
            return self.span(path)
        if path not in self._places:
            raw = self.text[node.start_mark.index : node.end_mark.index]
            self._places[path] = _of_literal(raw, node.value) if node.style == "|" else _of_folded(raw, node)
        index = self._places[path](offset)
        return self._span_of(node.start_mark.index + index)

    @cached_property
    def _line_ends(self) -> list[int]:
        return [match.start() for match in re.finditer("\n", self.text)]

    def _span_of(self, index: int) -> Span:
        row = bisect_left(self._line_ends, index)
        return Span(self.path, self.first_line + row, index - (self._line_ends[row - 1] if row else -1))

    def _span_at(self, mark: yaml.Mark) -> Span:
        # Not mark.line: the parser also counts characters like U+2028 as line ends, and no editor's program does.
        return self._span_of(mark.index)

    @cached_property
    def _places(self) -> dict[Path, _Places]:
        return {}

    @staticmethod
    def _nearest(nodes: Mapping[Path, yaml.Node], path: Path) -> yaml.Node | None:
        for end in range(len(path), -1, -1):
            if path[:end] in nodes:
                return nodes[path[:end]]
        return None


def read_yaml(text: str, path: str, first_line: int = 1) -> tuple[Located | None, list[Finding]]:
    """Return the located values of `text`, and what is wrong with it as YAML.

    Every scalar stays the text that the author wrote. The result is None if nothing could be read.
    `first_line`: the line of the file on which `text` begins, for front matter.
    """
    try:
        if deep := _find_deep(text):
            span = Span(path, first_line + deep.line, deep.column + 1)
            message = f"fields and lists lie more than {MAX_DEPTH} deep in one another"
            return None, [Finding(span, "too-deep", message, "close each [ and {, and look at the indentation")]
        aliases = _find_aliases(text, path, first_line)
        if aliases:
            return None, aliases
        # BaseLoader, because YAML 1.1 reads an unquoted 012 as ten and "no" as False.
        return _locate(yaml.compose(text, Loader=_Loader), text, path, first_line)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column, index = (mark.line, mark.column + 1, mark.index) if mark else (0, 1, 0)
        message = " ".join(str(part) for part in (error.context, error.problem) if part)
        hint = _syntax_hint(message, text[index : index + 1])
        return None, [Finding(Span(path, first_line + line, column), "yaml-syntax", message, hint)]
    except yaml.reader.ReaderError as error:
        # Not error.position: the C parser counts it in bytes.
        before = text[: text.find(chr(error.character))]
        span = Span(path, first_line + before.count("\n"), len(before) - before.rfind("\n"))
        message = f"a character that YAML does not allow: {chr(error.character)!r}"
        return None, [Finding(span, "yaml-syntax", message, "delete it; it may not be seen in the editor")]


def _find_deep(text: str) -> Any:
    """Return where the text is deeper than MAX_DEPTH. Much deeper texts would crash Python while they are composed."""
    depth = deepest = 0
    for bracket in _BRACKET.finditer(text):
        depth = depth + 1 if bracket[0] in "[{" else max(depth - 1, 0)
        deepest = max(deepest, depth)
    if deepest <= MAX_DEPTH and not _MAYBE_DEEP.search(text):
        return None
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                return event.start_mark
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return None


def _locate(root: yaml.Node | None, text: str, path: str, first_line: int) -> tuple[Located, list[Finding]]:
    findings: list[Finding] = []
    nodes: dict[Path, yaml.Node] = {}
    keys: dict[Path, yaml.Node] = {}
    located = Located(path, text, None, nodes, keys, first_line)
    value = _walk(root, (), located, findings) if root is not None else None
    findings += find_signs(text, path, first_line)
    return Located(path, text, value, nodes, keys, first_line), findings


def _walk(node: yaml.Node, path: Path, located: Located, findings: list[Finding]) -> Any:
    # The dictionaries of `located` are filled here, and not changed later.
    located.nodes[path] = node  # type: ignore[index]
    if isinstance(node, yaml.MappingNode):
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                span = located._span_at(key_node.start_mark)
                findings.append(Finding(span, "yaml-syntax", "a field's name must be a plain word", "name: value"))
                continue
            key = _find_escaped(key_node, located, findings)
            if key in values:
                span = located._span_at(key_node.start_mark)
                first = located.keys[(*path, key)].start_mark.line + located.first_line
                findings.append(
                    Finding(span, "duplicate-key", f'"{key}" stands already in line {first}', "keep one of both")
                )
                continue
            located.keys[(*path, key)] = key_node  # type: ignore[index]
            values[key] = _walk(value_node, (*path, key), located, findings)
        return values
    if isinstance(node, yaml.SequenceNode):
        return [_walk(child, (*path, index), located, findings) for index, child in enumerate(node.value)]
    return _find_escaped(node, located, findings)


def _find_escaped(node: yaml.Node, located: Located, findings: list[Finding]) -> str:
    """Return a text, and find forbidden characters in it that were written as escapes."""
    escaped = [sign for sign in signs_in(node.value) if sign not in located.text]
    findings += [explain_sign(sign, located._span_at(node.start_mark)) for sign in escaped]
    return str(node.value)


def _find_aliases(text: str, path: str, first_line: int) -> list[Finding]:
    if not _MAYBE_ALIAS.search(text):
        return []
    findings = []
    for token in yaml.scan(text, Loader=_Loader):
        if isinstance(token, yaml.AnchorToken | yaml.AliasToken):
            sign = "&" if isinstance(token, yaml.AnchorToken) else "*"
            span = Span(path, first_line + token.start_mark.line, token.start_mark.column + 1)
            message = f'"{sign}{token.value}" is a YAML {"anchor" if sign == "&" else "alias"}'
            hint = f'to begin a text with {sign}, put it in quotes: "{sign}{token.value}"'
            findings.append(Finding(span, "yaml-alias", message, hint))
    return findings


def _of_literal(raw: str, value: str) -> _Places:
    """Return a function that gives the place of a character of a literal block in its source."""
    header, *lines = raw.split("\n")
    rows = value.split("\n")
    starts = [0, *accumulate(len(row) + 1 for row in rows)]
    sources = [len(header) + 1, *accumulate((len(line) + 1 for line in lines), initial=len(header) + 1)][1:]

    def find(offset: int) -> int:
        row = bisect_right(starts, min(offset, len(value)), hi=len(rows)) - 1
        if row >= len(lines):
            return len(raw)
        # The parser removed the indentation at the left of each line.
        indent = len(lines[row].rstrip("\r")) - len(rows[row])
        return sources[row] + max(indent, 0) + offset - starts[row]

    return find


def _of_folded(raw: str, node: yaml.ScalarNode) -> _Places:
    """Return a function that gives the place of a character of any other scalar in its source.

    The parser has folded lines. So text and source are compared step by step, without white space.
    """
    index = raw.find("\n") + 1 if node.style == ">" else int(node.style in ("'", '"'))
    signs: list[int] = []
    while index < len(raw):
        if not raw[index].isspace():
            signs.append(index)
            if node.style == "'" and raw[index : index + 2] == "''":
                index += 1  # '' is one character
        index += 1
    before = [0, *accumulate(not sign.isspace() for sign in node.value)]

    def find(offset: int) -> int:
        at = before[min(offset, len(node.value))]
        return signs[at] if at < len(signs) else len(raw)

    return find


def _syntax_hint(message: str, at: str) -> str:
    """Return a remedy for the parser's message. `at`: the text from where the parser stopped."""
    if "mapping values are not allowed" in message:
        return 'a text with ": " in it needs quotes'
    if "tab" in message or at.startswith("\t"):
        return "indent with spaces, not with tabs"
    if "cannot start any token" in message:
        return "a text that begins with @, ` or % needs quotes"
    if "an alias" in message or "an anchor" in message:
        return "a text that begins with * or & needs quotes"
    if "another document" in message:
        return "one file holds one record: take the second --- out"
    return "look at the indentation and at quotes that are not closed"

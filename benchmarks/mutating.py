"""Makes mutants, small mistakes in the code, one each, by the operators of mutmut; and draws a sample of them.

A sample is spread by lines: no line is drawn twice. Lots are digests of the seed and the text of the line, so a change
elsewhere leaves most of the sample as it was.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider, WhitespaceInclusivePositionProvider
from mutmut.mutation.file_mutation import Mutation, MutationVisitor
from mutmut.mutation.mutators import mutation_operators
from mutmut.mutation.pragma_handling import IgnoredCode

_EMPTY = cst.Module([])
_TYPES = frozenset({"Callable", "Literal", "Mapping", "Sequence", "dict", "list", "tuple"})


@dataclass(frozen=True)
class Mutant:
    """One mistake: where it stands, the code before and after, and the text of the module before and with it."""

    path: Path
    line: int
    before: str
    after: str
    original: str
    text: str

    @property
    def name(self) -> str:
        """What the table calls it, and what it is drawn by."""
        return f"{self.path.stem}:{self.line}: {self.before} -> {self.after}"


@dataclass(frozen=True)
class _Placed:
    """A mutation with its place: where in the module's text the code before it begins and ends."""

    mutation: Mutation
    start: int
    end: int


@dataclass(frozen=True)
class Line:
    """A line that can be mutated: its module, number, the key by which it is drawn, and what may become of it."""

    path: Path
    number: int
    key: str
    text: str  # of the module
    mutations: tuple[_Placed, ...]


class _Visitor(MutationVisitor):
    """mutmut's own, with the place of each mutation; it enters decorated functions too, as we need no trampolines."""

    METADATA_DEPENDENCIES = (  # type: ignore[assignment]
        *MutationVisitor.METADATA_DEPENDENCIES,
        WhitespaceInclusivePositionProvider,
    )

    def __init__(self, text: str) -> None:
        super().__init__(mutation_operators, IgnoredCode(set(), set(), set()))
        self.by_line: dict[int, list[_Placed]] = {}
        self._starts = [0, *accumulate(len(line) for line in text.splitlines(keepends=True))]

    def _skip_node_and_children(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.FunctionDef) and node.decorators:
            return False
        return _is_for_types_alone(node) or super()._skip_node_and_children(node)

    def _create_mutations(self, node: cst.CSTNode) -> None:
        known = len(self.mutations)
        super()._create_mutations(node)
        if len(self.mutations) == known:
            return
        span = self.get_metadata(WhitespaceInclusivePositionProvider, node)
        start, end = (self._starts[at.line - 1] + at.column for at in (span.start, span.end))
        line = self.get_metadata(PositionProvider, node, span).start.line
        self.by_line.setdefault(line, []).extend(_Placed(each, start, end) for each in self.mutations[known:])


def _is_for_types_alone(node: cst.CSTNode) -> bool:
    """Say whether no code that runs depends on the node: an alias of a type, or a cast."""
    if isinstance(node, cst.AnnAssign):
        annotation = node.annotation.annotation
        return isinstance(annotation, cst.Name) and annotation.value == "TypeAlias"
    if isinstance(node, cst.Assign):  # Node = dict[str, Any]
        value = node.value
        return isinstance(value, cst.Subscript) and isinstance(value.value, cst.Name) and value.value.value in _TYPES
    return isinstance(node, cst.Call) and isinstance(node.func, cst.Name) and node.func.value == "cast"


def lines_of(path: Path) -> Iterator[Line]:
    """Yield the lines of a module that can be mutated, in order."""
    text = path.read_text(encoding="utf-8")
    wrapper = MetadataWrapper(cst.parse_module(text))
    visitor = _Visitor(text)
    wrapper.visit(visitor)
    keys = _keys_of(path.stem, text.splitlines())
    for number, mutations in sorted(visitor.by_line.items()):
        yield Line(path, number, keys[number - 1], text, tuple(mutations))


def _keys_of(stem: str, lines: Iterable[str]) -> list[str]:
    """Return what names each line: its module, its text, and which of the lines with that text it is."""
    seen: Counter[str] = Counter()
    keys = []
    for line in lines:
        seen[line.strip()] += 1
        keys.append(f"{stem}\0{line.strip()}\0{seen[line.strip()]}")
    return keys


def draw(lines: Iterable[Line], count: int, seed: int) -> list[Mutant]:
    """Return a sample of `count` mutants, no two of one line, in the order of their modules and lines."""
    drawn: list[Mutant] = []
    for line in sorted(lines, key=lambda line: _lot(seed, line.key)):
        mutant = next(_mutants_of(line, seed), None)
        if mutant is not None:
            drawn.append(mutant)
        if len(drawn) == count:
            break
    return sorted(drawn, key=lambda mutant: (mutant.path.as_posix(), mutant.line))


def _mutants_of(line: Line, seed: int) -> Iterator[Mutant]:
    """Yield the mutants of a line, by lot; what is no Python, or the same as before, is none."""
    codes = [_EMPTY.code_for_node(placed.mutation.mutated_node) for placed in line.mutations]
    befores = [line.text[placed.start : placed.end] for placed in line.mutations]
    order = sorted(range(len(codes)), key=lambda at: (_lot(seed, "\0".join((line.key, befores[at], codes[at]))), at))
    for at in order:
        start, end = line.mutations[at].start, line.mutations[at].end
        changed = line.text[:start] + codes[at] + line.text[end:]
        if changed != line.text and _is_python(changed):
            yield Mutant(line.path, line.number, befores[at].strip(), codes[at].strip(), line.text, changed)


def _is_python(text: str) -> bool:
    try:
        compile(text, "mutant", "exec")
    except SyntaxError:
        return False
    return True


def _lot(seed: int, text: str) -> str:
    return hashlib.sha256(f"{seed}\0{text}".encode()).hexdigest()

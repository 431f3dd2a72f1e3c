"""Finds where the records of an edition name a record, as places in the text of their files.

It follows the marks of the models (`reading.fields`): fields that hold keys, and texts in which citations and links may
stand. So it knows no field by name.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from ..edition.links import link_corpus
from ..edition.pages import path_of
from ..reading.corpus import Corpus, Record
from ..reading.fields import Model
from ..reading.texts import Cited, Link, Markdown, Text
from ..reading.yamltree import Located
from ..reading.yamltree import Path as FieldPath
from ..values.errors import OperationError
from ..values.page_id import PageId

# The address of a link of Markdown that is a file.
_ADDRESS = re.compile(r"\]\(\s*<?([^)\s>#]+\.md)(?=[)\s>#])|^ {0,3}\[[^\]]*\]:\s*<?([^\s>#]+\.md)", re.MULTILINE)


class RenameError(OperationError):
    """The key cannot be changed; the message says why, and what can be done. Nothing was written."""


@dataclass(frozen=True, order=True)
class KeyPlace:
    """Where a key stands: the path of the file, and characters of its YAML; below 0 they count from its end."""

    path: str
    start: int
    end: int


def mentions_of(corpus: Corpus, target: PageId) -> Iterator[KeyPlace]:
    """Yield the places where records name the record or work `target`, but not where works do.

    Raises RenameError if a place cannot be found in its file.
    """
    finder = _Finder(corpus, target)
    for record in corpus.records():
        yield from finder.in_fields(record)
        yield from finder.in_texts(record)


def offsets_in_text(corpus: Corpus, page: PageId, text: Text, target: PageId) -> Iterator[int]:
    """Yield where in a text of `page` the key of `target` stands."""
    yield from _Finder(corpus, target).offsets_in(page, text)


class _Finder:
    """Finds mentions of one record."""

    def __init__(self, corpus: Corpus, target: PageId) -> None:
        self._corpus, self._target = corpus, target
        self._path = path_of(target)  # as links of Markdown name its page: "essays/overview.md"

    def in_fields(self, record: Record[Model]) -> Iterator[KeyPlace]:
        for reference in record.references:
            if self._corpus.page_of(reference) == self._target:
                yield _place_in(record, reference.path, 0, self._target.key)

    def in_texts(self, record: Record[Model]) -> Iterator[KeyPlace]:
        for path, _, text in record.texts:
            for offset in self.offsets_in(record.page, text):
                yield _place_in(record, path, offset, self._target.key)

    def offsets_in(self, page: PageId, text: Text) -> Iterator[int]:
        """Yield where in a text the key of the target stands."""
        for piece in (piece for block in text.blocks for piece in block.pieces):
            if isinstance(piece, Cited) and self._target.kind == "source":
                found = (cite for cite in piece.citation.cites if cite.key == self._target.key)
                yield from (piece.offset + cite.key_offset for cite in found)
            elif isinstance(piece, Link) and self._is_meant(page, piece):
                yield piece.offset
            elif isinstance(piece, Markdown) and not piece.is_code:
                yield from self._paths_in(page, piece)

    def _is_meant(self, page: PageId, link: Link) -> bool:
        if link.kind != "note":
            return PageId(link.kind, link.key) == self._target
        key = link.key.rpartition("/")[0]
        if key != self._target.key:
            return False
        index = link_corpus(self._corpus).note_index
        calls = index.find_calls(page, link.key)
        return (calls[0].page if calls else index.pages_by_key[key][0]) == self._target

    def _paths_in(self, page: PageId, piece: Markdown) -> Iterator[int]:
        """Yield where a plain link of Markdown names the page by its file: [x](../essays/overview.md)."""
        folder = posixpath.dirname(path_of(page))
        for match in _ADDRESS.finditer(piece.text):
            if posixpath.normpath(posixpath.join(folder, match[1] or match[2])) == self._path:
                yield piece.offset + match.end(match.lastindex or 1) - len(self._target.key) - len(".md")


def _place_in(record: Record[Model], path: FieldPath, offset: int, key: str) -> KeyPlace:
    """Return the place in the file of the `key` that stands at `offset` of the text of a field."""
    if path == ("body",):
        body = str(getattr(record.model, "body", ""))
        assert body.startswith(key, offset)
        return KeyPlace(record.located.path, -len(body) + offset, -len(body) + offset + len(key))
    node = _node_at(record.located, (*record.base, *path))
    start = _index_of(record.located.text, node, offset, key) if node else None
    if start is None:
        raise RenameError(
            f'{record.span(path)}: "{key}" stands here in signs that cannot be changed: write it as it is'
        )
    return KeyPlace(record.located.path, start, start + len(key))


def _node_at(located: Located, path: FieldPath) -> yaml.ScalarNode | None:
    node = located.nodes.get(path)
    if node is None and path and isinstance(path[-1], int):
        node = located.nodes.get(path[:-1])  # one name, in place of a list of names
    return node if isinstance(node, yaml.ScalarNode) else None


def _index_of(text: str, node: yaml.ScalarNode, offset: int, key: str) -> int | None:
    """Return where in the source of a value the key begins that stands at `offset` of the value.

    A value of many lines is folded, indented or escaped in its source. Keys hold no such sign: so the third `key` in
    the value is the third in the source. None if these are not as many.
    """
    start, end = node.start_mark.index, node.end_mark.index
    if node.style in ("|", ">"):
        start = text.find("\n", start, end) + 1  # behind the sign may stand a comment
    values, sources = _all_of(key, node.value), [start + at for at in _all_of(key, text[start:end])]
    return sources[values.index(offset)] if len(values) == len(sources) and offset in values else None


def _all_of(key: str, text: str) -> list[int]:
    """Return where `key` begins in a text, also where two overlap."""
    return [match.start() for match in re.finditer(f"(?={re.escape(key)})", text)]

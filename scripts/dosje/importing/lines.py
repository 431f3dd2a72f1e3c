"""Lines of text in the tree: joined, trimmed and cut."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..markup.tree import Break, Inline, Inlines, text_of
from ..values.words import Run


def join_runs(line: Iterable[Inline]) -> Inlines:
    """Return a line in which neighbours of the same style are one run, and none is empty."""
    return tuple(_join(line))


def _join(line: Iterable[Inline]) -> Iterator[Inline]:
    last: Run | None = None
    for inline in line:
        if isinstance(inline, Run) and last is not None and (inline.styles, inline.url) == (last.styles, last.url):
            last = last._replace(text=last.text + inline.text)
            continue
        if last is not None and last.text:
            yield last
        last = inline if isinstance(inline, Run) else None
        if last is None:
            yield inline
    if last is not None and last.text:
        yield last


def trim(line: Inlines) -> Inlines:
    """Return a line without blanks and breaks at its ends."""
    parts = list(line)
    while parts and (isinstance(parts[0], Break) or (isinstance(parts[0], Run) and not parts[0].text.strip())):
        parts.pop(0)
    while parts and (isinstance(parts[-1], Break) or (isinstance(parts[-1], Run) and not parts[-1].text.strip())):
        parts.pop()
    if parts and isinstance(first := parts[0], Run):
        parts[0] = first._replace(text=first.text.lstrip())
    if parts and isinstance(last := parts[-1], Run):
        parts[-1] = last._replace(text=last.text.rstrip())
    return tuple(parts)


def cut_line(line: Inlines, start: int, end: int) -> Inlines:
    """Return what stands in a line from `start` to `end` of its text. The call of a note at `start` is in it."""
    parts: list[Inline] = []
    position = 0
    for inline in line:
        length = len(text_of((inline,)))
        first, last = max(start - position, 0), min(end - position, length)
        if isinstance(inline, Run) and first < last:
            parts.append(inline._replace(text=inline.text[first:last]))
        elif not isinstance(inline, Run) and start <= position < max(end, start + 1) and position + length <= end:
            parts.append(inline)
        position += length
    return tuple(parts)

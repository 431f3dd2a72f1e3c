"""Cuts an author's Markdown into blocks: paragraphs and lists, headings, code, the definitions of notes."""

from __future__ import annotations

import re
from collections.abc import Iterator

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
NOTE_DEFINITION = re.compile(r" {0,3}\[\^([^\]\s]+)\]:[ \t]*")
# A block that begins like this also holds the indented paragraphs after a blank line.
_HOLDS_INDENTED = re.compile(r" {0,3}(?:(?:[-*+]|\d+\.|:)\s|(?:!!!|\?\?\?\+?|===)\s)")

# So does one that has such a line: a term, and what it means.
_MEANING = re.compile(r" {0,3}:\s")


def split_blocks(source: str) -> Iterator[tuple[str, str, int]]:
    lines = source.splitlines(keepends=True)
    offset = index = 0
    while index < len(lines):
        line = lines[index]
        start, start_offset = index, offset
        if not line.strip():
            kind, index = "blank", index + 1
        elif fence := _FENCE.match(line):
            kind, index = "code", _end_of_fence(lines, index, fence[1])
        elif line.startswith("#"):
            kind, index = "heading", index + 1
        elif line.startswith(("    ", "\t")):
            kind = "code"
            while index < len(lines) and lines[index].startswith(("    ", "\t")):
                index += 1
        else:
            kind = "note" if NOTE_DEFINITION.match(line) else "statement"
            index = _end_of_paragraph(lines, index, kind)
        text = "".join(lines[start:index])
        offset += len(text)
        if kind != "blank":
            yield kind, text, start_offset


def _end_of_fence(lines: list[str], index: int, fence: str) -> int:
    index += 1
    while index < len(lines) and not lines[index].strip().startswith(fence):
        index += 1
    return min(index + 1, len(lines))


def _end_of_paragraph(lines: list[str], index: int, kind: str) -> int:
    holds_indented = kind == "note" or _HOLDS_INDENTED.match(lines[index])
    index += 1
    while index < len(lines):
        line = lines[index]
        if not line.strip():
            following = index + 1
            while following < len(lines) and not lines[following].strip():
                following += 1
            # Indented paragraphs after a blank line still belong to a note, or to a list's item.
            if not (holds_indented and following < len(lines) and lines[following].startswith(("    ", "\t"))):
                return index
            index = following
            continue
        if line.startswith("#") or NOTE_DEFINITION.match(line) or _FENCE.match(line):
            return index
        holds_indented = holds_indented or _MEANING.match(line)
        index += 1
    return index


def code_of(text: str) -> str:
    """Return the content of a block of code, without its fence or indentation."""
    head, _, body = text.lstrip().partition("\n")
    fence = _FENCE.match(head)
    if not fence:
        return re.sub(r"^(?: {4}|\t)", "", text, flags=re.MULTILINE)
    lines = body.rstrip().split("\n")
    last = lines[-1].strip()
    if last.startswith(fence[1]) and not last.strip("`~"):
        lines.pop()
        while lines and not lines[-1].strip():
            lines.pop()
    return "\n".join(lines)

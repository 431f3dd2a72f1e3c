"""Cuts the text of a manuscript into chapters: one for each heading of the first level, or one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..markup.headings import headings_in
from ..markup.tree import Block, Blocks, Foot, Heading, Inlines, Paragraph, map_lines, text_of
from ..reading.keys import is_reserved
from ..values.slugs import slug
from ..values.words import Run
from .essay_markdown import write_markdown
from .manuscript import Chapter

# A key is a part of an address, which people type and print.
_LONGEST_KEY = 60
_STOP = re.compile(r"(.*[^\W_]|.*[)\]]|)([.,;:!?])\Z", re.DOTALL)


def cut_into_chapters(blocks: Blocks, title: str, summary: str = "", feet: Inlines = ()) -> tuple[Chapter, ...]:
    """Return the chapters of a text.

    `title`: of what stands before its first heading. `summary`: the abstract. `feet`: the notes that the title calls;
    they stand in the first paragraph.
    """
    parts = list(_parts(blocks, title))
    parts = [(parts[0][0], _with_feet(list(parts[0][1]), feet)), *parts[1:]] if parts else parts
    keys: list[str] = []
    chapters = []
    for at, (name, own) in enumerate(parts):
        keys.append(_free_key(name, keys))
        level = min((heading.level for heading in headings_in(own)), default=1)
        written = write_markdown(map_lines(own, set_before_stops), level - 1)
        chapters.append(Chapter(keys[-1], name, written, summary if at == 0 else ""))
    return tuple(chapters)


def first_level(blocks: Blocks) -> int:
    """Return the level of the uppermost headings of a text, 0 if it has none."""
    return min((block.level for block in blocks if isinstance(block, Heading)), default=0)


def _parts(blocks: Blocks, title: str) -> Iterator[tuple[str, Blocks]]:
    """Yield the title and the blocks of each chapter. A note that the heading calls stands in the first paragraph."""
    level = first_level(blocks)
    name = title
    feet: Inlines = ()
    own: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level == level:
            if own or feet:
                yield name, _with_feet(own, feet)
            name = " ".join(text_of(block.content).split()) or title
            feet, own = tuple(inline for inline in block.content if isinstance(inline, Foot)), []
        else:
            own.append(block)
    if own or feet or name != title or not blocks:
        yield name, _with_feet(own, feet)


def _with_feet(blocks: list[Block], feet: Inlines) -> Blocks:
    if not feet:
        return tuple(blocks)
    at = next((at for at, block in enumerate(blocks) if isinstance(block, Paragraph)), None)
    if at is None:
        return (Paragraph(feet), *blocks)
    first = blocks[at]
    assert isinstance(first, Paragraph)
    return (*blocks[:at], Paragraph((*first.content, *feet)), *blocks[at + 1 :])


def set_before_stops(line: Inlines) -> Inlines:
    """Return a line with the call of each note before the stop that it follows, as our Markdown has it.

    Pages and books print it after the stop again.
    """
    parts = list(line)
    for at in range(1, len(parts)):
        before, foot = parts[at - 1], parts[at]
        if not (isinstance(foot, Foot) and isinstance(before, Run) and not before.styles and not before.url):
            continue
        end = at
        while end < len(parts) and isinstance(parts[end], Foot):
            end += 1
        if found := _STOP.match(before.text):
            after = parts[end] if end < len(parts) else None
            stop = Run(found[2])
            parts[at - 1] = before._replace(text=found[1])
            if isinstance(after, Run) and not after.styles and not after.url:
                parts[end] = after._replace(text=found[2] + after.text)
            else:
                parts.insert(end, stop)
    return tuple(parts)


def _free_key(title: str, taken: list[str]) -> str:
    """Return a key for a title: its letters, cut between words; a number behind it where it is taken."""
    found = slug(title)
    if len(found) > _LONGEST_KEY:
        found = found[: _LONGEST_KEY + 1].rpartition("-")[0] or found[:_LONGEST_KEY]
    found = found or f"chapter-{len(taken) + 1}"
    found = f"{found}-1" if is_reserved(found) else found
    key, number = found, 2
    while key in taken:
        key, number = f"{found}-{number}", number + 1
    return key

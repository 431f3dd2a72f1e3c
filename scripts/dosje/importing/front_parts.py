"""What stands before the text of a manuscript: title, authors, abstract, and the language that it says it is in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ..markup.prose import join_lines
from ..markup.tree import Foot, Inlines, feet_of, text_of
from ..values.metadata import PandocNode, blocks_of_meta, lines_of_meta, text_of_meta
from ..values.words import Run
from .pandoc_tree import TreeReader, style_of

# The styles of word processors for what stands before a text.
START_STYLES = frozenset({"Title", "Subtitle", "Author", "Date", "Abstract", "Abstract Title"})
# Of the first blocks of a text, so many may be an abstract and what stands beside it.
_NEAR = 8


@dataclass(frozen=True)
class FrontParts:
    """What stands before a text. `title`: with the notes that it and the authors call. `blocks`: pandoc's, the rest."""

    title: Inlines
    authors: tuple[str, ...]
    abstract: str
    language: str
    date: str
    blocks: list[PandocNode]


def read_front(document: dict[str, Any], start: Sequence[str], tree: TreeReader) -> FrontParts:
    """Return what stands before a text. `start`: the styles of its first paragraphs, if pandoc hands on none."""
    meta, blocks = document["meta"], document["blocks"]
    parts: dict[str, list[Inlines]] = {name: [] for name in START_STYLES}
    for name in ("Title", "Subtitle", "Author", "Date"):
        parts[name] += [tree.line(inlines) for inlines in lines_of_meta(meta.get(name.lower()))]
    abstract = tree.blocks(blocks_of_meta(meta.get("abstract")))
    for style, block in zip(start, list(blocks), strict=False):
        if block["t"] not in ("Para", "Header"):
            break
        parts[style].append(tree.line(block["c"] if block["t"] == "Para" else block["c"][2]))
        blocks = blocks[1:]
    found, blocks = _take_abstract(blocks)
    abstract = (*abstract, *tree.blocks(found))
    said = [join_lines(abstract), *parts["Abstract"]]
    summary = " ".join(" ".join(text_of(line).split()) for line in said if line)
    if feet_of(abstract):
        # A summary has no notes. The abstract stays in the text, and so do they.
        blocks, summary = [*found, *blocks], ""
    title = _join([*parts["Title"], *parts["Subtitle"]])
    feet = tuple(one for line in (*parts["Author"], *parts["Date"]) for one in line if isinstance(one, Foot))
    authors = tuple(filter(None, (" ".join(text_of(line).split()) for line in parts["Author"])))
    date = " ".join(text_of(line) for line in parts["Date"]).strip()
    return FrontParts((*title, *feet), authors, summary, text_of_meta(meta.get("lang")), date, blocks)


def _join(lines: Iterable[Inlines]) -> Inlines:
    """Return a title and its subtitle as one line."""
    title: Inlines = ()
    for line in filter(None, lines):
        ends = text_of(title).rstrip().endswith((":", "?", "!", "."))
        title = (*title, Run(" " if ends else ": "), *line) if title else line
    return title


def _take_abstract(blocks: list[PandocNode]) -> tuple[list[PandocNode], list[PandocNode]]:
    """Return the abstract among the first blocks, without its heading, and all other blocks.

    A page that pandoc made of HTML has title, authors and abstract in a block of their own.
    """
    found: list[PandocNode] = []
    kept: list[PandocNode] = []
    for at, block in enumerate(blocks):
        style = style_of(block)
        if at >= _NEAR or block["t"] != "Div":
            kept.append(block)
        elif block["c"][0][0] == "title-block-header":
            within = [one for one in block["c"][1] if one["t"] == "Div" and "abstract" in one["c"][0][1]]
            found += [part for one in within for part in one["c"][1] if not _is_abstract_title(part)]
        elif style == "Abstract":
            found += block["c"][1]
        elif style != "Abstract Title":
            kept.append(block)
    return found, kept


def _is_abstract_title(block: PandocNode) -> bool:
    return block["t"] == "Div" and "abstract-title" in block["c"][0][1]

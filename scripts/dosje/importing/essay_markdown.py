"""Writes the tree as the Markdown of our essays, in which nothing but what we write is markup.

What an author typed is text: every sign that Markdown, citations, links or notes would read is escaped. Reading the
Markdown again gives the same words (a property test).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby, pairwise

from ..markup.markdown_tree import parse_markdown
from ..markup.tree import (
    Block,
    Blocks,
    Break,
    Definitions,
    Foot,
    Heading,
    Inline,
    Inlines,
    Items,
    Listing,
    Paragraph,
    Picture,
    Quotation,
    Rule,
    Table,
    inlines_of,
)
from ..values.page_id import PageId
from ..values.words import Run, encode_url, escape_url
from .lines import join_runs
from .manuscript import mark_note

# The page of an essay has its title above these.
_FIRST_LEVEL = 2
_SIGN = re.compile(r"[\\`*_\[\]{}|]")
_TAG = re.compile(r"<(?=[A-Za-z/!?@])")
_REFERENCE = re.compile(r"&(?=#?\w+;)")
_KEY = re.compile(r"(?<![\w.\\/:])@(?=[\w{])")
_TILDES = re.compile(r"~{3,}")
# What begins a list, a heading, a quotation, a rule, a term's meaning, or a block of some extension.
_START = re.compile(r"(?:(\d+)(?=[.)](?:\s|\Z))|[#>]|[-+](?=[\s-]|\Z)|:(?=\s|\Z)|=|!!!|\?\?\?)")
_MARKS = {"em": "*", "strong": "**"}
_OTHER_MARKS = {"em": "_", "strong": "__"}
_PAGE = PageId("essay", "import")
_NONE: frozenset[str] = frozenset()


def write_markdown(blocks: Blocks, lift: int = 0) -> str:
    """Return the blocks as Markdown. `lift`: how many levels above their own the headings stand."""
    return "\n\n".join(part for part in (_block(block, lift) for block in blocks) if part)


def write_line(line: Inlines) -> str:
    """Return a line of text as Markdown, as it may stand at the beginning of a paragraph."""
    line = join_runs(line)
    written = _write(line, _MARKS, _MARKS)
    if not _has_neighbours(line):
        return written
    # Where emphasis of two kinds meets within a word, not every way of writing it is read as it was meant.
    wanted = _shape(line)
    for first, second in ((_MARKS, _MARKS), (_MARKS, _OTHER_MARKS), (_OTHER_MARKS, _MARKS)):
        written = _write(line, first, second)
        if _shape_of_markdown(written) == wanted:
            return written
    return _write(tuple(_without_styles(inline) for inline in line), _MARKS, _MARKS)


def _block(block: Block, lift: int) -> str:
    if isinstance(block, Paragraph):
        return write_line(block.content)
    if isinstance(block, Heading):
        level = min(max(block.level - lift, 1) + _FIRST_LEVEL - 1, 6)
        return f"{'#' * level} {re.sub(r'(#+)$', _escape_all, write_line(_one_line(block.content)))}"
    if isinstance(block, Quotation):
        return _prefix(write_markdown(block.blocks, lift), "> ", "> ")
    if isinstance(block, Items):
        return _items(block, lift)
    if isinstance(block, Definitions):
        return "\n\n".join(_definition(terms, meanings, lift) for terms, meanings in block.rows)
    if isinstance(block, Listing):
        fence = "`" * max(3, 1 + max((len(found) for found in re.findall("`+", block.text)), default=0))
        return f"{fence}\n{block.text}\n{fence}"
    if isinstance(block, Table):
        return _table(block)
    return "---" if isinstance(block, Rule) else ""


def _escape_all(match: re.Match[str]) -> str:
    return "".join(f"\\{sign}" for sign in match[0])


def _prefix(text: str, first: str, others: str) -> str:
    lines = text.split("\n")
    return "\n".join(
        (first if at == 0 else others) + line if line else others.rstrip() for at, line in enumerate(lines)
    )


def _items(block: Items, lift: int) -> str:
    parts = []
    for at, item in enumerate(block.items, start=block.start or 1):
        sign = "- " if block.start is None else f"{at}. "
        parts.append(_prefix(write_markdown(item, lift) or "&#32;", sign.ljust(4) if len(sign) > 2 else sign, "    "))
    return ("\n\n" if block.is_loose else "\n").join(parts)


def _definition(terms: tuple[Inlines, ...], meanings: tuple[Blocks, ...], lift: int) -> str:
    lines = [write_line(_one_line(term)) for term in terms]
    return "\n".join([*lines, *(_prefix(write_markdown(meaning, lift), ":   ", "    ") for meaning in meanings)])


def _table(table: Table) -> str:
    cells = [tuple((Run(cell),) if isinstance(cell, str) else cell for cell in table.head), *table.rows]
    rows = [f"| {' | '.join(write_line(_one_line(cell)) for cell in row)} |" for row in cells]
    ends = {"left": ":---", "right": "---:", "center": ":---:"}
    sides = table.sides or ("",) * len(table.head)
    return "\n".join([rows[0], f"| {' | '.join(ends.get(side, '---') for side in sides)} |", *rows[1:]])


def _one_line(line: Inlines) -> Inlines:
    return tuple(Run(" ") if isinstance(inline, Break) else inline for inline in line)


def _write(line: Inlines, marks: dict[str, str], others: dict[str, str]) -> str:
    """Return a line. `marks`, `others`: the signs of emphasis; they take turns where runs with emphasis touch."""
    parts: list[str] = []
    turn = (marks, others)
    for url, group in groupby(line, key=lambda inline: inline.url if isinstance(inline, Run) else ""):
        inner: list[str] = []
        for inline in group:
            before = "".join(parts[-1:]) + "".join(inner[-1:])
            if isinstance(inline, Run):
                is_start = not before or before.endswith("\n")
                turn = (turn[1], turn[0]) if inline.styles and before[-1:] in ("*", "_") else (marks, others)
                inner.append(_run(inline, turn[0], is_start=is_start and not url))
            else:
                inner.append(_other(inline))
        words = "".join(inner)
        if url and words.strip():
            if parts and parts[-1].endswith("!"):
                parts[-1] = f"{parts[-1][:-1]}\\!"
            # "[^" would be the call of a note.
            words = f"&#94;{words[1:]}" if words.startswith("^") else words
            words = f"[{words}]({escape_url(encode_url(url))})"
        parts.append(words)
    return "".join(parts)


def _other(inline: Inline) -> str:
    if isinstance(inline, Foot):
        return mark_note(int(inline.label))
    if isinstance(inline, Picture):
        shown = re.sub(r"[\[\]]", lambda match: f"\\{match[0]}", " ".join(inline.alternative.split()))
        return f"![{shown.rstrip(chr(92))}]({inline.path})"
    return "  \n" if isinstance(inline, Break) else ""


def _run(run: Run, marks: dict[str, str], *, is_start: bool) -> str:
    """Return a run. Blanks at its ends stand outside of its emphasis."""
    if "code" in run.styles:
        return _code(run.text)
    bare = run.text.strip()
    if not bare:
        return "" if is_start else " "
    start = run.text[: len(run.text) - len(run.text.lstrip())]
    end = run.text[len(run.text.rstrip()) :]
    has_letters = any(map(str.isalnum, bare))
    signs = "".join(marks[style] for style in run.styles if style in marks and has_letters)
    text = escape_text(bare, is_start=is_start and not signs)
    return f"{'' if is_start else _blank(start)}{signs}{text}{signs[::-1]}{_blank(end)}"


def _blank(text: str) -> str:
    """Return blanks as one, and those that hold together as they are."""
    return re.sub(r"[ \t\n\r]+", " ", text)


def _code(text: str) -> str:
    text = " ".join(text.split())
    ticks = "`" * (1 + max((len(found) for found in re.findall("`+", text)), default=0))
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{ticks}{pad}{text}{pad}{ticks}" if text else ""


def escape_text(text: str, *, is_start: bool = False) -> str:
    """Return what an author typed as Markdown in which nothing is markup. `is_start`: it begins a line."""
    text = _REFERENCE.sub("&amp;", _blank(text))
    text = _SIGN.sub(lambda match: f"\\{match[0]}", text)
    text = _KEY.sub(r"\\@", _TAG.sub("&lt;", text))
    text = _TILDES.sub(lambda match: "&#126;" * len(match[0]), text)
    return _START.sub(_escape_start, text, count=1) if is_start and _START.match(text) else text


def _escape_start(match: re.Match[str]) -> str:
    if match[1]:
        return f"{match[1]}\\"
    if match[0][0] in ":=?":
        return f"&#{ord(match[0][0])};{match[0][1:]}"
    return f"\\{match[0]}"


def _has_neighbours(line: Inlines) -> bool:
    """Say whether a run with emphasis touches another one, or stands within a word."""
    return any(isinstance(one, Run) and isinstance(two, Run) and _touch(one, two) for one, two in pairwise(line))


def _touch(one: Run, two: Run) -> bool:
    before, after = one.text[-1:], two.text[:1]
    if not (one.styles or two.styles) or before.isspace() or after.isspace():
        return False
    return bool(one.styles and two.styles) or (before.isalnum() and after.isalnum())


def _without_styles(inline: Inline) -> Inline:
    return inline._replace(styles=()) if isinstance(inline, Run) else inline


def _shape(line: Inlines) -> list[tuple[str, frozenset[str]]]:
    """Return each sign that a reader sees with its styles. Quotation marks are set by the language, so none is here."""
    found: list[tuple[str, frozenset[str]]] = []
    for inline in line:
        if isinstance(inline, Run):
            styles = frozenset(inline.styles)
            found += [(sign, styles if sign.isalnum() else _NONE) for sign in inline.text if _is_compared(sign)]
        elif isinstance(inline, Foot):
            found += [(sign, _NONE) for sign in inline.label]
    return found


def _is_compared(sign: str) -> bool:
    return not sign.isspace() and sign not in "\"'“”‘’„‚«»‹›"


def _shape_of_markdown(text: str) -> list[tuple[str, frozenset[str]]]:
    lines: Iterator[Inlines] = inlines_of(parse_markdown(text.replace("\\@", "@"), [], _PAGE))
    return [sign for line in lines for sign in _shape(line)]

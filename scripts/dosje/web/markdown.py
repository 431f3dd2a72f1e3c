"""Writes an author's text as the Markdown of a web page: links are relative, citations are calls of notes.

What depends on the order of notes or on the words of a style becomes a mark. `rendering` fills the marks when the
whole page is known.
"""

from __future__ import annotations

import html
import re
from urllib.parse import quote

from ..edition.links import LinkedCorpus
from ..edition.pages import path_of, relative
from ..reading.text_blocks import code_of
from ..reading.texts import Cited, Image, Link, Markdown, NoteCall, Piece, TextBlock
from ..reading.yamltree import Path as FieldPath
from ..values.page_id import PageId
from ..values.words import escape, escape_url, keep_notes

# Python-Markdown keeps these two control characters for itself and drops them from what it
# reads, so no text of an author can hold them.
START, END = "\x02", "\x03"
MARK = re.compile(f"{START}([^{START}{END}]*){END}")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
# What others than Markdown look for in code too.
_NOT_IN_CODE = re.compile(r"@|\[\^|///")
# A fence that every extension reads as one. Some extensions read a fence that is open, indented or has attributes as
# prose, or obey what stands in it.
_PLAIN_FENCE = re.compile(r"(`{3,}|~{3,})[ ]*[\w+#.-]*(?: hl_lines=\"[\d -]*\")?\n(?:.*\n)?\1[ ]*", re.DOTALL)


# A line without words yet, only signs of lists, quotations, cells, headings; and one that the next line does not go on.
_NO_WORDS = re.compile(r"[ \t>]*(?:(?:[-*+:#>]+|\d+[.)]|\[[ xX]\])[ \t]*)*|.*\|")
_NO_PARAGRAPH = re.compile(r"^[ \t]*(?:!!!|\?\?\?|===|#)|[|>]$")


def mark(kind: str, *parts: str) -> str:
    """Return a mark to be filled later: "call", "number" or "words"."""
    return f"{START}{kind} {' '.join(parts)}{END}"


def write_blocks(linked: LinkedCorpus, page: PageId, path: FieldPath, blocks: tuple[TextBlock, ...]) -> str:
    """Return an author's text as Markdown for `page`; its hand-written notes are left out."""
    written = []
    for block in blocks:
        if block.kind == "code":
            written.append(_write_code(block))
        elif block.kind != "note":
            written.append(write_pieces(linked, page, path, block.pieces))
    return "\n\n".join(written)


def write_pieces(linked: LinkedCorpus, page: PageId, path: FieldPath, pieces: tuple[Piece, ...]) -> str:
    """Return the pieces of one paragraph as Markdown for `page`."""
    parts: list[str] = []
    for index, piece in enumerate(pieces):
        if isinstance(piece, Markdown) and piece.is_code:
            after = pieces[index + 1] if index + 1 < len(pieces) else Markdown("\n", 0)
            ends = isinstance(after, Markdown) and after.text.startswith("\n")
            is_fence = ends and _is_fence(piece.text, "".join(parts[-1:]))
            parts.append(_write_code_span(piece.text, is_fence=is_fence))
        elif isinstance(piece, Markdown):
            parts.append(neutralise(piece.text))
        elif isinstance(piece, Link) and piece.kind == "note":
            parts.append(_write_note_reference(linked, page, piece))
        elif isinstance(piece, Link):
            target = relative(path_of(PageId(piece.kind, piece.key)), path_of(page))
            parts.append(f"[{neutralise(piece.label)}]({target})")
        elif isinstance(piece, Image):
            file = escape_url(quote(relative(piece.file, path_of(page))))
            parts.append(f"![{neutralise(piece.alternative)}]({file})")
        elif isinstance(piece, Cited | NoteCall):
            label = linked.note_index.labels_by_place.get((page, path, piece.offset))
            if label:
                strip_end(parts)
                parts.append(mark("call", label))
    return after_punctuation("".join(parts))


def strip_end(parts: list[str]) -> None:
    """Take away the space before a citation, which is the author's; before a note's number there is none.

    The space behind the sign of a list or cell, and the indentation of a line, stay.
    """
    text = "".join(parts)
    before = text.rstrip(" \t")
    words = before.removesuffix("\n").rstrip(" \t")
    line = words.rpartition("\n")[2]
    is_kept = _NO_WORDS.fullmatch(line) or (before != words and _NO_PARAGRAPH.search(line))
    parts[:] = [text if is_kept else words]


def _write_note_reference(linked: LinkedCorpus, page: PageId, link: Link) -> str:
    """Return a link to a note elsewhere with its number: "Moscow conference, n. 7"."""
    call = linked.note_index.find_call(page, link.key)
    if call is None:
        return neutralise(link.label)  # a finding says so
    target = relative(path_of(call.page), path_of(page)) if call.page != page else ""
    label = f"{neutralise(link.label)}, " if link.label else ""
    number = linked.phrases("note.short", number=mark("number", call.page.kind, call.page.key, call.label))
    return f"[{label}{number}]({target}#fn:{call.label})"


def neutralise(text: str) -> str:
    """Return an author's Markdown in which no HTML, no attribute and no citation is left to be run by others."""
    text = CONTROL.sub("", text)
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(f"[{escape(match[1])}]({escape_url(match[1])})")
        return f"{START}{len(kept) - 1}{END}"

    text = re.sub(r"<(https?://[^\s<>]+)>", keep, text)
    text = keep_notes(_TAG.sub("&lt;", text).replace("\\@", "@").replace("@", "&#64;"))
    # The extension attr_list, a part of "extra", turns what stands in these into attributes.
    text = text.replace("\\{", "{").replace("{", "&#123;")
    return re.sub(f"{START}(\\d+){END}", lambda m: kept[int(m[1])], text)


def after_punctuation(text: str) -> str:
    # House style sets the citation before the full stop; print sets the note's number after it.
    calls = f"((?:{START}call [^{END}]*{END})+)"
    return re.sub(calls + r"([.,;:!?]+[”’\"')]*)", r"\2\1", text)


def _is_fence(text: str, before: str) -> bool:
    """Say whether code within a paragraph is a fence in a list: alone on its lines, all as far in as the first."""
    indent = before[len(before.rstrip(" ")) :]
    head, *lines = text.split("\n")
    if (
        not indent
        or before[: -len(indent)][-1:] != "\n"
        or not re.fullmatch(r"(?:`{3,}|~{3,})[ ]*[\w+#.-]*", head)
        or not lines
    ):
        return False
    ticks = head[: len(head) - len(head.lstrip(head[:1]))]
    return lines[-1] == indent + ticks and all(line.startswith(indent) or not line.strip() for line in lines)


def _write_code_span(text: str, *, is_fence: bool = False) -> str:
    text = CONTROL.sub("", text)
    # Lists, quotations and headings may end on a line within; Python-Markdown would read the rest as prose.
    is_torn = "\n" in text and not is_fence and re.search(r"[<{]", text)
    if is_torn:
        text = re.sub(r"(?:\n[ \t>]*)+", " ", text)
    elif not _NOT_IN_CODE.search(text):
        return text
    ticks = len(text) - len(text.lstrip(text[:1]))
    return f"<code>{_refer(text[ticks:-ticks].strip())}</code>"


def _write_code(block: TextBlock) -> str:
    text = CONTROL.sub("", "".join(piece.text for piece in block.pieces if isinstance(piece, Markdown)))
    is_plain = text.startswith(("    ", "\t")) or _PLAIN_FENCE.fullmatch(text)
    return text if is_plain and not _NOT_IN_CODE.search(text) else _write_code_text(text)


def _write_code_text(text: str) -> str:
    return f"<pre><code>{_refer(code_of(text))}\n</code></pre>"


def _refer(text: str) -> str:
    text = html.escape(text)
    return re.sub(r"[@\[\]*_`\\{}]", lambda m: f"&#{ord(m[0])};", text).replace("///", "&#47;//")

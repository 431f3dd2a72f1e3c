"""The plain text of an author's Markdown, and the sentence in which a citation or link stands."""

from __future__ import annotations

import html
import re
from bisect import bisect_left, bisect_right

from ..values.locator_labels import LOCATOR_LABELS
from ..values.stand_ins import BREAK, CODE, POINTER, SILENT
from .texts import Image, Link, Markdown, Piece, TextBlock

_LAST_WORD = re.compile(r"([^\W\d]+)\Z")
_SENTENCE_END = re.compile(rf"[.!?…][”’»\"')]*(?:\s|\Z)|{BREAK}")
# A full stop after these words ends no sentence. For the second set this holds only before a number ("fl. 40").
_TITLES = frozenset(["al", "art", "cf", "comp", "ed", "eds", "dr", "gen", "mr", "mrs", "ms", "prof", "st", "vs"])
_COUNTED = frozenset(word.rstrip(".") for words in LOCATOR_LABELS.values() for word in words if word.endswith("."))
_LIST_MARK = re.compile(r"^\s{0,3}(?:[-*+]|\d+\.|>|#+)\s+", re.MULTILINE)
# If a citation stands before a full stop, the space before it goes, too.
_SILENT_RUN = re.compile(rf"(?<![\s{SILENT}])(?:\s*{POINTER}?{SILENT})+(?=([.,;:!?])?)")


def text_of_pieces(pieces: tuple[Piece, ...]) -> str:
    """Return what a reader sees, without emphasis, link targets and citations."""
    return " ".join(_read_aloud(pieces).replace(BREAK, " ").split())


def sentences_of(block: TextBlock) -> dict[int, str]:
    """Return the sentence in which each citation, note call and link stands, by the piece's offset."""
    pieces = [piece for piece in block.pieces if not isinstance(piece, Markdown)]
    spoken = re.sub(r"\s+", " ", _read_aloud(block.pieces, has_pointers=True)).split(POINTER)
    whole = "".join(spoken)
    ends = [match.end() for match in _SENTENCE_END.finditer(whole) if _is_end(whole, match)]
    bounds = [0, *ends, len(whole)]
    sentences: dict[int, str] = {}
    cut: dict[int, str] = {}  # a sentence may hold any number of citations
    position = solid = 0
    for piece, before in zip(pieces, spoken, strict=False):
        words = before.rstrip()
        solid = position + len(words) - 1 if words else solid
        position += len(before)
        # A citation after a full stop belongs to the sentence before it. A link belongs to its own sentence.
        after = bisect_right(ends, position if isinstance(piece, Link) else solid)
        if after not in cut:
            cut[after] = " ".join(whole[bounds[after] : bounds[after + 1]].replace(BREAK, " ").split())
        sentences[piece.offset] = cut[after]
    return sentences


def _read_aloud(pieces: tuple[Piece, ...], *, has_pointers: bool = False) -> str:
    """Return the pieces without markup: a break where a sentence must end, a pointer before what is not Markdown."""
    pointer = POINTER if has_pointers else ""
    parts = []
    codes = []
    for piece in pieces:
        if isinstance(piece, Markdown) and piece.is_code:
            # Code is kept aside, because nothing in it is markup.
            fence = piece.text[:1]
            codes.append(piece.text.strip(fence if fence in "`~" else ""))
            parts.append(CODE)
        elif isinstance(piece, Markdown):
            parts.append("" if piece.is_comment else piece.text)
        elif isinstance(piece, Link):
            parts.append(pointer + piece.label)
        elif isinstance(piece, Image):
            parts.append(pointer + piece.alternative)
        else:
            parts.append(pointer + SILENT)
    text = _strip_marks("".join(parts))
    text = _SILENT_RUN.sub(lambda m: POINTER * m[0].count(POINTER) if m[1] else m[0], text)
    kept = iter(codes)
    return re.sub(CODE, lambda _: next(kept), text.replace(SILENT, ""))


def _is_end(text: str, match: re.Match[str]) -> bool:
    # "D. 4", "fl. 40" and "N. S. Khrushchev" do not end a sentence.
    if match[0] == BREAK:
        return True
    # It looks back no further than a word: to search from the beginning at each full stop would take quadratic time.
    found = _LAST_WORD.search(text, max(match.start() - 40, 0), match.start())
    word = found[1].lower() if found and match[0].startswith(".") else ""
    follows = text[match.end() : match.end() + 1]
    is_counted = word in _COUNTED and follows.isdigit()
    return not (len(word) == 1 or word in _TITLES or is_counted or follows.islower())


def _strip_marks(text: str) -> str:
    text = re.sub(r"!?\[([^\[\]]*)\]\((?:[^)\]]|\](?!\())*\)", r"\1", text)
    # A line that begins with "1960. " is in a list only if the block begins as a list.
    if _LIST_MARK.match(text):
        text = _LIST_MARK.sub(lambda m: "" if m[0].strip()[0] in ">#" else BREAK, text)
    text = re.sub(r"\n[ \t]*\n", BREAK, text)
    text = re.sub(r"<(https?://[^\s<>]+)>", r"\1", text)
    text = _strip_emphasis(text, "*", r"(?<!\\)", "")
    text = _strip_emphasis(text, "_", r"(?<![\\\w])", r"(?!\w)")
    return re.sub(r"\\([\\`*_{}\[\]()#+.!>-])", r"\1", html.unescape(text))


def _strip_emphasis(text: str, sign: str, before: str, after: str) -> str:
    """Return the text without the pairs of one to three signs around words.

    `before`, `after`: regular expressions for the places before the first and after the last sign.
    """
    if sign not in text:
        return text
    marks = [re.escape(sign * count) for count in (1, 2, 3)]
    # All ends are found first. A new search from each beginning would take quadratic time if there is no end.
    ends = [[match.start() for match in re.finditer(rf"(?<=[^\s\\])(?={mark}{after})", text)] for mark in marks]
    parts = []
    position = 0
    for match in re.finditer(rf"{before}(?={marks[0]})", text):
        begin = match.start()
        for count in (3, 2, 1) if begin >= position else ():
            words = begin + count
            if text[begin:words] != sign * count or not text[words : words + 1].strip():
                continue
            at = bisect_left(ends[count - 1], words + 1)
            if at < len(ends[count - 1]):
                end = ends[count - 1][at]
                parts += [text[position:begin], text[words:end]]
                position = end + count
                break
    return "".join([*parts, text[position:]])

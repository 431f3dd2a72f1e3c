"""Parses an author's Markdown into statements, citations and links. Knows nothing of records.

The Markdown itself is left as the author wrote it; only what is ours in it is taken out:
citations `[@key, fl. 9]`, links to records `[Kapo](person:hysni-kapo)` and hand-written notes.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .citations import CITATION, Citation, CitationError, parse_citation

LINK_KINDS = ("person", "meeting", "source", "place", "organisation", "archive", "essay", "page")
_SAFE_SCHEMES = ("http", "https", "mailto", "tel")

_TOKEN = re.compile(
    r"(?P<escaped>\\.)"
    r"|(?P<code>(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`))"
    r"|(?P<autolink><https?://[^\s<>]+>)"
    r"|(?P<call>\[\^(?P<note>[^\]\s]+)\](?!:))"
    r"|(?P<link>(?<!!)\[(?P<label>[^\[\]]*)\]\(\s*<?(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):(?P<target>[^)\s>]*)>?\s*\))"
    r"|(?P<cite>" + CITATION.pattern + r")"
    r"|(?P<url>\]\(\s*<?(?P<address>[^)\s>]*))",
    re.DOTALL,
)
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_DEFINITION = re.compile(r"\[\^([^\]\s]+)\]:[ \t]*")
_REFERENCE = re.compile(r" {0,3}\[[^\]]+\]:[ \t]*<?(\S+)")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_BARE_KEY = re.compile(r"(?<![\w.\\/:])@[a-z0-9][\w-]*")
_SENTENCE_END = re.compile(r"[.!?][”’\"')]*(?:\s|\Z)")


@dataclass(frozen=True, slots=True)
class Markdown:
    """Text that stays as the author wrote it. `is_code`: nothing in it has a meaning."""

    text: str
    offset: int
    is_code: bool = False


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation in its place."""

    citation: Citation
    offset: int


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a record, essay or page of the edition."""

    label: str
    kind: str
    key: str
    offset: int  # of the key


@dataclass(frozen=True, slots=True)
class NoteCall:
    """The call of a hand-written note."""

    name: str
    offset: int


Piece = Markdown | Cited | Link | NoteCall


@dataclass(frozen=True, slots=True)
class Block:
    """What stands between blank lines. `note`: the name of the hand-written note it defines."""

    kind: str  # "statement" (a paragraph, a list), "heading", "code", "note"
    pieces: tuple[Piece, ...]
    offset: int
    note: str = ""

    @property
    def citations(self) -> tuple[Cited, ...]:
        return tuple(piece for piece in self.pieces if isinstance(piece, Cited))

    @property
    def links(self) -> tuple[Link, ...]:
        return tuple(piece for piece in self.pieces if isinstance(piece, Link))


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the text that cannot be read; becomes a finding."""

    offset: int
    code: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """An author's Markdown, parsed."""

    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...] = field(default=())

    @property
    def statements(self) -> tuple[Block, ...]:
        return tuple(block for block in self.blocks if block.kind == "statement")


def parse_text(source: str) -> Text:
    """Return the blocks of `source`, and what in it cannot be read."""
    problems: list[Problem] = []
    blocks = tuple(_parse_block(kind, text, offset, problems) for kind, text, offset in _split_blocks(source))
    called = {p.name for b in blocks for p in b.pieces if isinstance(p, NoteCall)}
    defined = {block.note for block in blocks if block.note}
    for block in blocks:
        if block.note and block.note not in called:
            problems.append(Problem(block.offset, "unknown-note", f"note [^{block.note}] is nowhere called"))
        for piece in block.pieces:
            if isinstance(piece, NoteCall) and piece.name not in defined:
                hint = f"add a paragraph that begins with [^{piece.name}]:"
                problems.append(Problem(piece.offset, "unknown-note", f"no note [^{piece.name}] is defined", hint))
    return Text(blocks, tuple(problems))


def plain_text(pieces: tuple[Piece, ...]) -> str:
    """Return what a reader sees, without emphasis, link targets and citations."""
    parts = []
    for piece in pieces:
        if isinstance(piece, Markdown):
            parts.append(piece.text if piece.is_code else _strip_marks(piece.text))
        elif isinstance(piece, Link):
            parts.append(_strip_marks(piece.label))
    return re.sub(r"\s+", " ", "".join(parts)).strip()


def sentence_around(block: Block, cited: Cited) -> str:
    """Return the sentence of the statement in which the citation stands, as plain text."""
    before = tuple(p for p in block.pieces if p.offset < cited.offset)
    head = plain_text(before)
    whole = re.sub(r"\s+([.,;:!?])", r"\1", plain_text(block.pieces))
    head = re.sub(r"\s+([.,;:!?])", r"\1", head)
    ends = [match.end() for match in _SENTENCE_END.finditer(whole) if _is_end(whole, match)]
    # A citation after the full stop belongs to the sentence before it.
    at = max(len(head.rstrip()) - 1, 0)
    start = max((end for end in ends if end <= at), default=0)
    stop = min((end for end in ends if end > at), default=len(whole))
    return whole[start:stop].strip()


def _is_end(text: str, match: re.Match[str]) -> bool:
    # "fl. 40" and "D. 4" do not end a sentence: one letter or a known sign stands before the stop.
    word = re.search(r"(\w+)\Z", text[: match.start()])
    follows = text[match.end() : match.end() + 1]
    return not (word and len(word[1]) <= 2) and not follows.islower()


def _split_blocks(source: str) -> Iterator[tuple[str, str, int]]:
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
            kind = "note" if _DEFINITION.match(line) else "statement"
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
    index += 1
    while index < len(lines):
        line = lines[index]
        if not line.strip():
            following = next((later for later in lines[index:] if later.strip()), "")
            # Indented paragraphs after a blank line still belong to a note, or to a list's item.
            continues = following.startswith(("    ", "\t")) and (kind == "note" or _is_list(lines[index - 1]))
            if not continues:
                return index
        elif line.startswith("#") or _DEFINITION.match(line) or _FENCE.match(line):
            return index
        index += 1
    return index


def _is_list(line: str) -> bool:
    return bool(re.match(r"\s*(?:[-*+]|\d+\.)\s", line)) or line.startswith(("    ", "\t"))


def _parse_block(kind: str, text: str, offset: int, problems: list[Problem]) -> Block:
    if kind == "code":
        return Block(kind, (Markdown(text.rstrip("\n"), offset, is_code=True),), offset)
    note = ""
    start = 0
    if kind == "note":
        definition = _DEFINITION.match(text)
        assert definition
        note, start = definition[1], definition.end()
    elif reference := _REFERENCE.match(text):
        _check_address(reference[1], offset + reference.start(1), problems)
    return Block(kind, tuple(_parse_pieces(text.rstrip("\n"), start, offset, problems)), offset, note)


def _parse_pieces(text: str, start: int, offset: int, problems: list[Problem]) -> Iterator[Piece]:
    position = start
    for match in _TOKEN.finditer(text, start):
        piece = _read_token(match, offset, problems)
        if piece is None:
            continue
        if match.start() > position:
            yield _markdown(text[position : match.start()], offset + position, problems)
        yield piece
        position = match.end()
    if position < len(text):
        yield _markdown(text[position:], offset + position, problems)


def _markdown(text: str, offset: int, problems: list[Problem]) -> Markdown:
    for bare in _BARE_KEY.finditer(text) if "@" in text else ():
        hint = f"write [{bare[0]}], or \\@ for the sign itself"
        problems.append(Problem(offset + bare.start(), "bad-citation", f'"{bare[0]}" stands outside of [ ]', hint))
    return Markdown(text, offset)


def _read_token(match: re.Match[str], offset: int, problems: list[Problem]) -> Piece | None:
    at = offset + match.start()
    if match["code"]:
        return Markdown(match["code"], at, is_code=True)
    if match["call"]:
        return NoteCall(match["note"], at)
    if match["link"]:
        scheme, target = match["scheme"], match["target"]
        if scheme in LINK_KINDS:
            return Link(match["label"], scheme, target, offset + match.start("target"))
        _check_address(f"{scheme}:{target}", offset + match.start("scheme"), problems)
    elif match["url"]:
        _check_address(match["address"], offset + match.start("address"), problems)
    elif match["cite"]:
        try:
            return Cited(parse_citation(match["cite"]), at)
        except CitationError as error:
            problems.append(Problem(at + error.offset, "bad-citation", str(error), error.hint))
    return None


def _check_address(address: str, offset: int, problems: list[Problem]) -> None:
    # Browsers undo entities and skip control characters before they look at the scheme.
    bare = re.sub(r"[\s\x00-\x1f]", "", html.unescape(address))
    scheme = _SCHEME.match(bare)
    if not scheme or scheme[1].lower() in _SAFE_SCHEMES:
        return
    if scheme[1].lower() in ("javascript", "data", "vbscript"):
        problems.append(
            Problem(offset, "unsafe-link", f'a link may not lead to "{scheme[1]}:"', "use an https:// address")
        )
    else:
        hint = "write " + ", ".join(f"{kind}:" for kind in LINK_KINDS) + " or https://"
        problems.append(Problem(offset, "unknown-link", f'no link can begin with "{scheme[1]}:"', hint))


def _strip_marks(text: str) -> str:
    text = re.sub(r"!?\[([^\[\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"^\s{0,3}(?:[-*+]|\d+\.|>|#+)\s+", "", text, flags=re.MULTILINE)
    text = re.sub(r"(\*{1,3}|_{1,3})(?=\S)(.+?)(?<=\S)\1", r"\2", text, flags=re.DOTALL)
    return re.sub(r"\\([\\`*_{}\[\]()#+.!>-])", r"\1", html.unescape(text))

"""Parses an author's Markdown into statements, citations and links. Knows nothing of records.

The Markdown itself is left as the author wrote it; only what is ours in it is taken out:
citations `[@key, fl. 9]`, links to records `[Kapo](person:hysni-kapo)` and hand-written notes.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..values.citations import CITATION, LOCATOR_LABELS, Citation, CitationError, parse_citation

LINK_KINDS = ("person", "meeting", "event", "source", "place", "organisation", "archive", "essay", "page", "note")
_SAFE_SCHEMES = ("http", "https", "mailto", "tel")

# Python-Markdown calls itself some six times for each list in a list, and Python ends at a thousand calls.
MAX_NESTING = 20
# From each [ that is open it looks for its ] to the paragraph's end.
MAX_OPEN = 100
_DEEP_LINE = re.compile(r"^[ \t]*(?:(?:[-*+>]|\d{1,9}[.)])[ \t]*)+(?=[^\s*+>-])", re.MULTILINE)
_LIST_SIGN = re.compile(r"[-*+.)] ")
_BRACKETS = re.compile(r"\\.|\](?:\()?|[\[)]", re.DOTALL)
# What a file's name is made of, and what may follow an address. No repeat can give a sign to the one behind it, nor
# run into the next link: so any text is read in linear time.
_WAY = r"(?:[^)<>\"'\s\]]|\](?!\())+"
_END_OF_LINK = r"(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
_TOKEN = re.compile(
    r"(?P<escaped>\\.)"
    r"|(?P<ticks>`+)"
    r"|(?P<autolink><https?://[^\s<>]+>)"
    r"|(?P<call>\[\^(?P<note>[^\[\]\s]+)\])"
    r"|(?P<image>!\[(?P<shown>[^\[\]]*)\]\(\s*(?:<\s*)?(?![A-Za-z][\w+.-]*:)"
    rf"(?P<file>{_WAY}(?:\s+{_WAY})*)(?:\s*>)?{_END_OF_LINK})"
    r"|(?P<link>(?<!!)\[(?P<label>[^\[\]]*)\]\(\s*<?(?P<scheme>[A-Za-z][A-Za-z0-9+.-]{0,30}):"
    rf"(?P<target>(?:[^)\s>\]]|\](?!\())*)>?{_END_OF_LINK})"
    r"|(?P<cite>" + CITATION.pattern + r")"
    r"|(?P<url>(?P<picture>!\[[^\[\]]*)?\]\(\s*<?(?P<address>[^)>]*))",
    re.DOTALL,
)
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_DEFINITION = re.compile(r" {0,3}\[\^([^\]\s]+)\]:[ \t]*")
# Python-Markdown finds these at the start of any line, the address perhaps on the next.
_REFERENCE = re.compile(r"^ {0,3}\[(?!\^)[^\[\]]*\]:[ \t]*(?:\n[ \t]*)?<?(\S+)", re.MULTILINE)
# What a block begins with if indented paragraphs after a blank line still belong to it.
_HOLDS_INDENTED = re.compile(r" {0,3}(?:(?:[-*+]|\d+\.|:)\s|(?:!!!|\?\?\?\+?|===)\s)")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_BARE_KEY = re.compile(r"(?<![\w.\\/:])@[a-z0-9][\w-]*")
_LAST_WORD = re.compile(r"([^\W\d]+)\Z")
_SENTENCE_END = re.compile(r"[.!?…][”’»\"')]*(?:\s|\Z)|\ue003")
# Words whose full stop ends no sentence: always, or before a number ("fl. 40").
_TITLES = frozenset(["al", "art", "cf", "comp", "ed", "eds", "dr", "gen", "mr", "mrs", "ms", "prof", "st", "vs"])
_COUNTED = frozenset(word.rstrip(".") for words in LOCATOR_LABELS.values() for word in words if word.endswith("."))
_LIST_MARK = re.compile(r"^\s{0,3}(?:[-*+]|\d+\.|>|#+)\s+", re.MULTILINE)
# Signs from Unicode's private use, which are in no author's text, for what has no words of its own.
_POINTER, _CODE, _SILENT, _BREAK = "\ue000", "\ue001", "\ue002", "\ue003"
_OWN_SIGNS = str.maketrans("", "", _POINTER + _CODE + _SILENT + _BREAK)
# A citation before a full stop takes the space before it along.
_SILENT_RUN = re.compile(rf"(?<![\s{_SILENT}])(?:\s*{_POINTER}?{_SILENT})+(?=([.,;:!?])?)")
_TICKS = re.compile("`+")


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


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of the edition: what it shows, in words, and its file, "assets/map.png".

    `source`: as it was written.
    """

    alternative: str
    file: str
    source: str
    offset: int  # of the file


Piece = Markdown | Cited | Link | NoteCall | Image


@dataclass(frozen=True, slots=True)
class TextBlock:
    """What stands between blank lines. `note`: the name of the hand-written note it defines."""

    kind: str  # "statement" (a paragraph, a list), "heading", "code", "note", "picture"
    pieces: tuple[Piece, ...]
    offset: int
    note: str = ""

    @property
    def citations(self) -> tuple[Cited, ...]:
        return tuple(piece for piece in self.pieces if isinstance(piece, Cited))

    @property
    def links(self) -> tuple[Link, ...]:
        return tuple(piece for piece in self.pieces if isinstance(piece, Link))

    @property
    def images(self) -> tuple[Image, ...]:
        return tuple(piece for piece in self.pieces if isinstance(piece, Image))


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the text that cannot be read; becomes a finding."""

    offset: int
    code: str
    message: str
    hint: str = ""
    is_stray: bool = False  # only a text that was written for us must not have it


@dataclass(frozen=True, slots=True)
class Text:
    """An author's Markdown, parsed."""

    blocks: tuple[TextBlock, ...]
    problems: tuple[Problem, ...] = field(default=())

    @property
    def statements(self) -> tuple[TextBlock, ...]:
        return tuple(block for block in self.blocks if block.kind == "statement")


def parse_text(source: str, *, is_free: bool = False) -> Text:
    """Return the blocks of `source`, and what in it cannot be read.

    `is_free`: the text was written for MkDocs alone. A citation in it can be wrong; the rest is none of our business.
    """
    problems: list[Problem] = []
    blocks = tuple(_parse_block(kind, text, offset, problems) for kind, text, offset in _split_blocks(source))
    called = {p.name for b in blocks for p in b.pieces if isinstance(p, NoteCall)}
    defined = {block.note for block in blocks if block.note}
    for block in blocks:
        if block.note and all(isinstance(p, Markdown) and not p.text.strip() for p in block.pieces):
            message = f"note [^{block.note}] says nothing"
            hint = f"write it behind the colon: [^{block.note}]: …"
            problems.append(Problem(block.offset, "empty-note", message, hint, is_stray=True))
        if block.note and block.note not in called:
            hint = f"call it with [^{block.note}] where it belongs, or take it out"
            message = f"note [^{block.note}] is nowhere called"
            problems.append(Problem(block.offset, "unknown-note", message, hint, is_stray=True))
        for piece in block.pieces:
            if isinstance(piece, NoteCall) and piece.name not in defined:
                hint = f"add a paragraph that begins with [^{piece.name}]:"
                message = f"no note [^{piece.name}] is defined"
                problems.append(Problem(piece.offset, "unknown-note", message, hint, is_stray=True))
    if is_free:
        return Text(tuple(map(_free, blocks)), tuple(problem for problem in problems if not problem.is_stray))
    return Text(blocks, tuple(problems))


def _free(block: TextBlock) -> TextBlock:
    """Return the block with its pictures as they were written: MkDocs knows where they lie."""
    pieces = (Markdown(p.source, p.offset) if isinstance(p, Image) else p for p in block.pieces)
    return replace(block, pieces=tuple(pieces), kind="statement" if block.kind == "picture" else block.kind)


def code_of(text: str) -> str:
    """Return what stands in a block of code, without its fence or indentation."""
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


def text_of_pieces(pieces: tuple[Piece, ...]) -> str:
    """Return what a reader sees, without emphasis, link targets and citations."""
    return " ".join(_read_aloud(pieces).replace(_BREAK, " ").split())


def sentences_of(block: TextBlock) -> dict[int, str]:
    """Return the sentence in which each citation, note call and link stands, by the piece's offset."""
    pieces = [piece for piece in block.pieces if not isinstance(piece, Markdown)]
    spoken = re.sub(r"\s+", " ", _read_aloud(block.pieces, has_pointers=True)).split(_POINTER)
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
        # A citation after the full stop belongs to the sentence before it; a link to its own.
        after = bisect_right(ends, position if isinstance(piece, Link) else solid)
        if after not in cut:
            cut[after] = " ".join(whole[bounds[after] : bounds[after + 1]].replace(_BREAK, " ").split())
        sentences[piece.offset] = cut[after]
    return sentences


def _read_aloud(pieces: tuple[Piece, ...], *, has_pointers: bool = False) -> str:
    """Return the pieces without marks, a break where a sentence must end, a pointer before what is no Markdown."""
    pointer = _POINTER if has_pointers else ""
    parts = []
    codes = []
    for piece in pieces:
        if isinstance(piece, Markdown) and piece.is_code:
            # Kept aside, because nothing in code is a mark.
            codes.append(piece.text.strip("`"))
            parts.append(_CODE)
        elif isinstance(piece, Markdown):
            parts.append(piece.text.translate(_OWN_SIGNS))
        elif isinstance(piece, Link):
            parts.append(pointer + piece.label.translate(_OWN_SIGNS))
        elif isinstance(piece, Image):
            parts.append(pointer + piece.alternative.translate(_OWN_SIGNS))
        else:
            parts.append(pointer + _SILENT)
    text = _strip_marks("".join(parts))
    text = _SILENT_RUN.sub(lambda m: _POINTER * m[0].count(_POINTER) if m[1] else m[0], text)
    kept = iter(codes)
    return re.sub(_CODE, lambda _: next(kept), text.replace(_SILENT, ""))


def _is_end(text: str, match: re.Match[str]) -> bool:
    # "D. 4", "fl. 40" and "N. S. Khrushchev" do not end a sentence.
    if match[0] == _BREAK:
        return True
    # No farther back than a word goes: a search from the beginning, at each full stop, costs the text's square.
    found = _LAST_WORD.search(text, max(match.start() - 40, 0), match.start())
    word = found[1].lower() if found and match[0].startswith(".") else ""
    follows = text[match.end() : match.end() + 1]
    is_counted = word in _COUNTED and follows.isdigit()
    return not (len(word) == 1 or word in _TITLES or is_counted or follows.islower())


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
        if line.startswith("#") or _DEFINITION.match(line) or _FENCE.match(line):
            return index
        index += 1
    return index


def _parse_block(kind: str, text: str, offset: int, problems: list[Problem]) -> TextBlock:
    if kind == "code":
        return TextBlock(kind, (Markdown(text.rstrip("\n"), offset, is_code=True),), offset)
    _check_depth(text, offset, problems)
    note = ""
    start = 0
    if kind == "note":
        definition = _DEFINITION.match(text)
        assert definition
        note, start = definition[1], definition.end()
    for reference in _REFERENCE.finditer(text, start):
        _check_address(reference[1], offset + reference.start(1), problems)
    pieces = tuple(_parse_pieces(text.rstrip("\n"), start, offset, problems))
    if kind == "statement" and all(
        isinstance(p, Image) or (isinstance(p, Markdown) and p.text.isspace()) for p in pieces
    ):
        kind = "picture"
    return TextBlock(kind, pieces, offset, note)


def _check_depth(text: str, offset: int, problems: list[Problem]) -> None:
    """Find lists and quotations, or brackets, that lie deeper in one another than Markdown can follow."""
    for line in _DEEP_LINE.finditer(text):
        marks = line[0].expandtabs(4)
        depth = marks.count(">") + len(_LIST_SIGN.findall(marks)) + (len(marks) - len(marks.lstrip(" "))) // 4
        if depth > MAX_NESTING:
            message = f"lists or quotations lie more than {MAX_NESTING} deep in one another"
            problems.append(Problem(offset + line.start(), "too-deep", message, "write them one after another"))
            return
    opened: list[str] = []
    for sign in _BRACKETS.finditer(text):
        if sign[0] in ("[", "]("):
            opened.append(sign[0])
        elif opened and (sign[0] == "]") == (opened[-1] == "["):
            opened.pop()
        if len(opened) > MAX_OPEN:
            message = f"more than {MAX_OPEN} brackets are open here"
            problems.append(
                Problem(offset + sign.start(), "too-deep", message, "close them, or write \\[ for the sign")
            )
            return


def _parse_pieces(text: str, start: int, offset: int, problems: list[Problem]) -> Iterator[Piece]:
    position = checked = start
    runs = _runs_of_ticks(text)
    brackets = [match.start() for match in re.finditer(r"[\[\]]", text)] if "@" in text else []
    match = _TOKEN.search(text, start)
    while match:
        begin, end = match.span()
        piece: Piece | None
        if match["ticks"]:
            code = _find_code(runs, begin, end)
            if code is None:
                match = _TOKEN.search(text, end)
                continue
            begin, end = code
            piece = Markdown(text[begin:end], offset + begin, is_code=True)
        else:
            piece = _read_token(match, offset, problems)
        _check_bare_keys(text, (checked, begin), brackets, offset, problems)
        checked = end
        if piece is not None:
            if begin > position:
                yield Markdown(text[position:begin], offset + position)
            yield piece
            position = end
        match = _TOKEN.search(text, end)
    _check_bare_keys(text, (checked, len(text)), brackets, offset, problems)
    if position < len(text):
        yield Markdown(text[position:], offset + position)


def _runs_of_ticks(text: str) -> dict[int, list[int]]:
    """Return where runs of backticks begin, by their length."""
    runs: dict[int, list[int]] = {}
    for match in _TICKS.finditer(text):
        runs.setdefault(len(match[0]), []).append(match.start())
    return runs


def _find_code(runs: Mapping[int, list[int]], begin: int, end: int) -> tuple[int, int] | None:
    """Return where the code begins and ends that the backticks from `begin` to `end` open.

    It ends at the next run of as many. If none follows, the run's last backticks may open code.
    """
    for first in range(begin, end):
        places = runs.get(end - first, [])
        at = bisect_right(places, end)
        if at < len(places):
            return first, places[at] + end - first
    return None


def _check_bare_keys(
    text: str, span: tuple[int, int], brackets: Sequence[int], offset: int, problems: list[Problem]
) -> None:
    start, end = span
    for bare in _BARE_KEY.finditer(text, start, end) if "@" in text else ():
        before = bisect_left(brackets, bare.start()) - 1
        is_open = before >= 0 and brackets[before] >= start and text[brackets[before]] == "["
        following = bisect_left(brackets, bare.end())
        after = text[brackets[following]] if following < len(brackets) else ""
        if not is_open:
            message, hint = f'"{bare[0]}" stands outside of [ ]', f"write [{bare[0]}], or \\@ for the sign itself"
        elif not after:
            message, hint = f'the [ before "{bare[0]}" is never closed', "put ] where the citation ends"
        elif after == "[":
            message, hint = "a citation cannot hold another [ ]", "write ( ) within it, or close it before the ["
        else:
            message, hint = "a citation cannot be the text of a link", "put the citation behind the link"
        problems.append(Problem(offset + bare.start(), "bad-citation", message, hint, is_stray=True))


def _read_token(match: re.Match[str], offset: int, problems: list[Problem]) -> Piece | None:
    at = offset + match.start()
    if match["escaped"] == "\\@":
        # Not every Markdown knows that "@" can be escaped; all know the character reference.
        return Markdown("&#64;", at)
    if match["call"]:
        return NoteCall(match["note"], at)
    if match["image"]:
        # Wherever a text stands, its pictures lie below content/.
        file = re.sub(r"\A(?:\.{0,2}/)+", "", match["file"])
        return Image(match["shown"], file, match["image"], offset + match.start("file"))
    if match["link"]:
        scheme, target = match["scheme"], match["target"]
        if scheme in LINK_KINDS:
            return Link(match["label"], scheme, target, offset + match.start("target"))
        _check_address(f"{scheme}:{target}", offset + match.start("scheme"), problems)
    elif match["url"]:
        if match["picture"] and re.match(r"(?:https?:)?//", match["address"].strip()):
            at = offset + match.start("address")
            hint = "put the file into content/assets/ and write ![what it shows](assets/…)"
            problems.append(Problem(at, "unknown-picture", "a picture lies in the edition itself", hint, is_stray=True))
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
    if scheme[1] in LINK_KINDS:
        hint = f"write [text]({scheme[1]}:key), with no [ ] in the text and no space in the key"
        message = f"this link to a {scheme[1]} cannot be read"
        problems.append(Problem(offset, "unknown-link", message, hint, is_stray=True))
    elif scheme[1].lower() in ("javascript", "data", "vbscript"):
        message, hint = f'a link may not lead to "{scheme[1]}:"', "use an https:// address"
        problems.append(Problem(offset, "unsafe-link", message, hint, is_stray=True))
    else:
        hint = "write " + ", ".join(f"{kind}:" for kind in LINK_KINDS) + " or https://"
        message = f'no link can begin with "{scheme[1]}:"'
        problems.append(Problem(offset, "unknown-link", message, hint, is_stray=True))


def _strip_marks(text: str) -> str:
    text = re.sub(r"!?\[([^\[\]]*)\]\((?:[^)\]]|\](?!\())*\)", r"\1", text)
    # A line that begins with "1960. " is a list only where the block begins as one.
    if _LIST_MARK.match(text):
        text = _LIST_MARK.sub(lambda m: "" if m[0].strip()[0] in ">#" else _BREAK, text)
    text = re.sub(r"\n[ \t]*\n", _BREAK, text)
    text = re.sub(r"<(https?://[^\s<>]+)>", r"\1", text)
    text = _strip_emphasis(text, "*", r"(?<!\\)", "")
    text = _strip_emphasis(text, "_", r"(?<![\\\w])", r"(?!\w)")
    return re.sub(r"\\([\\`*_{}\[\]()#+.!>-])", r"\1", html.unescape(text))


def _strip_emphasis(text: str, sign: str, before: str, after: str) -> str:
    """Return the text without pairs of one to three signs round words.

    `before`, `after`: what a regular expression asks of the places before the first and after the last sign.
    """
    if sign not in text:
        return text
    marks = [re.escape(sign * count) for count in (1, 2, 3)]
    # All ends are found before: to look for the end from each beginning anew takes the square of the time where nothing
    # ends.
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

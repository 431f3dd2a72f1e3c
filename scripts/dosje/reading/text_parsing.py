"""Parses an author's Markdown into statements, citations and links. Knows nothing of records.

The Markdown itself is left as the author wrote it. Only what is ours in it is taken out: citations `[@key, fl. 9]`,
links to records `[Kapo](person:hysni-kapo)` and hand-written notes.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ..values.citations import CITATION, CitationError, OwnWordsOf, no_own_words, parse_citation
from .free_texts import hide_comments, read_citation, show_comments
from .note_marks import NO_MARKS, NoteMarks, NoteMarksError, parse_marks
from .note_marks import PATTERN as MARKS
from .text_blocks import NOTE_DEFINITION, split_blocks
from .texts import LINK_KINDS, Cited, Image, Link, Markdown, NoteCall, Piece, Problem, Text, TextBlock

_SAFE_SCHEMES = ("http", "https", "mailto", "tel")
# Python-Markdown needs about six nested calls for each nested list, and Python allows a thousand.
MAX_NESTING = 20
# For each open [ Python-Markdown searches the rest of the paragraph for the ].
MAX_OPEN = 100
_DEEP_LINE = re.compile(r"^[ \t]*(?:(?:[-*+>]|\d{1,9}[.)])[ \t]*)+(?=[^\s*+>-])", re.MULTILINE)
_LIST_SIGN = re.compile(r"[-*+.)] ")
_BRACKETS = re.compile(r"\\.|\](?:\()?|[\[)]", re.DOTALL)
# The characters of a file's name, and what may follow an address. Two repeats never compete for the same character, and
# no repeat runs into the next link. So any text is read in linear time.
_WAY = r"(?:[^)<>\"'\s\]]|\](?!\())+"
# The text of a link or picture. Brackets that an editor puts around an insertion stand in pairs, or behind a "\\";
# one of a citation or of the call of a note is not a part of it. No repeat gives back what it has taken.
_INSERTED = r"\[(?!\^)(?:\\.|[^\[\]\\@])*+\]"
_LABEL = rf"(?:\\.|[^\[\]\\]|{_INSERTED})*+"
_END_OF_LINK = r"(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
_TOKEN = re.compile(
    r"(?P<escaped>\\.)"
    r"|(?P<ticks>`+|~{3,})"
    r"|(?P<autolink><https?://[^\s<>]+>)"
    rf"|(?P<call>\[\^(?P<note>[^\[\]\s]+)\])(?P<called>{MARKS})?"
    rf"|(?P<image>!\[(?P<shown>{_LABEL})\]\(\s*(?:<\s*)?(?![A-Za-z][\w+.-]*:)"
    rf"(?P<file>{_WAY}(?:\s+{_WAY})*)(?:\s*>)?{_END_OF_LINK})"
    rf"|(?P<link>(?<!!)\[(?P<label>{_LABEL})\]\(\s*<?(?P<scheme>[A-Za-z][A-Za-z0-9+.-]{{0,30}}):"
    rf"(?P<target>(?:[^)\s>\]]|\](?!\())*)>?{_END_OF_LINK})"
    r"|(?P<cite>" + CITATION.pattern + rf")(?P<cited>{MARKS})?"
    r"|(?P<url>(?P<picture>!\[[^\[\]]*)?\]\(\s*<?(?P<address>[^)>]*))",
    re.DOTALL,
)
# Python-Markdown finds these at the start of any line. The address may be on the next line.
_REFERENCE = re.compile(r"^ {0,3}\[(?!\^)[^\[\]]*\]:[ \t]*(?:\n[ \t]*)?<?(\S+)", re.MULTILINE)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_BARE_KEY = re.compile(r"(?<![\w.\\/:])@[a-z0-9][\w-]*")
_TICKS = re.compile("(?P<signs>`+)")
# The line that ends code between tildes, and what may stand behind those that open it.
_TILDES = re.compile(r"^[ >]*(?P<signs>~{3,})[ ]*$", re.MULTILINE)
_DEEPEST = 200  # signs before them
_LANGUAGE = re.compile(r"[ ]*[\w+#.-]*[ ]*$", re.MULTILINE)


@dataclass(frozen=True)
class _Manner:
    """How a text is read. `is_free`: it was written for MkDocs alone; then `citable`: what it may cite, None for all.

    `own_of`: the words for places that archives have of their own.
    """

    is_free: bool
    citable: Collection[str] | None
    own_of: OwnWordsOf


def parse_text(
    source: str,
    *,
    is_free: bool = False,
    citable: Collection[str] | None = None,
    own_of: OwnWordsOf = no_own_words,
) -> Text:
    """Return the blocks of `source`, and what in it cannot be read.

    `is_free`: the text was written for MkDocs alone. Only its citations are checked. `citable`: the keys that such a
    text may cite, None for all. `own_of`: the words for places that the archive of a source has of its own, by its key.
    """
    problems: list[Problem] = []
    written, comments = hide_comments(source) if is_free else (source, [])
    manner = _Manner(is_free, citable, own_of)
    blocks = tuple(_parse_block(kind, text, offset, problems, manner) for kind, text, offset in split_blocks(written))
    called = _called_notes(blocks)
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
        shown = (show_comments(_free(block), source, comments) for block in blocks)
        kept = tuple(problem for problem in problems if not problem.is_stray)
        gaps = zip(shown, _gaps_in(written), strict=True)
        return Text(tuple(replace(block, gap=gap) for block, gap in gaps), kept)
    return Text(blocks, tuple(problems))


def _called_notes(blocks: Iterable[TextBlock]) -> set[str]:
    """Return the notes that are called in a text, and in notes that are called."""
    calls: dict[str, set[str]] = {}
    for block in blocks:
        calls.setdefault(block.note, set()).update(p.name for p in block.pieces if isinstance(p, NoteCall))
    found: set[str] = set()
    left = list(calls.get("", ()))
    while left:
        if (name := left.pop()) not in found:
            found.add(name)
            left += calls.get(name, ())
    return found


def _gaps_in(source: str) -> Iterator[str]:
    """Yield what stands behind each block of a text, before the next."""
    blocks = list(split_blocks(source))
    starts = [offset for _, _, offset in blocks[1:]] + [len(source)]
    for (_, text, offset), following in zip(blocks, starts, strict=True):
        yield source[offset + len(text.rstrip("\n")) : following]


def _free(block: TextBlock) -> TextBlock:
    """Return the block with its pictures as they were written: MkDocs finds them."""
    pieces = (Markdown(p.source, p.offset) if isinstance(p, Image) else p for p in block.pieces)
    return replace(block, pieces=tuple(pieces), kind="statement" if block.kind == "picture" else block.kind)


def _parse_block(kind: str, text: str, offset: int, problems: list[Problem], manner: _Manner) -> TextBlock:
    if kind == "code":
        return TextBlock(kind, (Markdown(text.rstrip("\n"), offset, is_code=True),), offset)
    _check_depth(text, offset, problems)
    note = ""
    start = 0
    if kind == "note":
        definition = NOTE_DEFINITION.match(text)
        assert definition
        note, start = definition[1], definition.end()
    for reference in _REFERENCE.finditer(text, start):
        _check_address(reference[1], offset + reference.start(1), problems)
    pieces = tuple(_parse_pieces(text.rstrip("\n"), start, offset, problems, manner))
    if kind == "statement" and all(
        isinstance(p, Image) or (isinstance(p, Markdown) and p.text.isspace()) for p in pieces
    ):
        kind = "picture"
    return TextBlock(kind, pieces, offset, note)


def _check_depth(text: str, offset: int, problems: list[Problem]) -> None:
    """Find lists, quotations and brackets that are nested deeper than Markdown can follow."""
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


def _parse_pieces(text: str, start: int, offset: int, problems: list[Problem], manner: _Manner) -> Iterator[Piece]:
    position = checked = start
    runs, fences = _runs_of_ticks(text), _places_of(_TILDES.finditer(text))
    brackets = [match.start() for match in re.finditer(r"[\[\]]", text)] if "@" in text else []
    match = _TOKEN.search(text, start)
    while match:
        begin, end = match.span()
        piece: Piece | None
        if match["ticks"]:
            code = _find_code(runs, begin, end) if text[begin] == "`" else _find_fence(text, fences, begin, end)
            if code is None:
                match = _TOKEN.search(text, end)
                continue
            begin, end = code
            piece = Markdown(text[begin:end], offset + begin, is_code=True)
        else:
            piece = _read_token(match, offset, problems, manner)
            if manner.is_free and (group := _group_of_marks(match)):
                end = match.start(group)  # with MkDocs alone, braces are what its extensions make of them
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
    return _places_of(_TICKS.finditer(text))


def _places_of(found: Iterable[re.Match[str]]) -> dict[int, list[int]]:
    places: dict[int, list[int]] = {}
    for match in found:
        places.setdefault(len(match["signs"]), []).append(match.start("signs"))
    return places


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


def _find_fence(text: str, fences: Mapping[int, list[int]], begin: int, end: int) -> tuple[int, int] | None:
    """Return where code begins and ends that tildes open, alone on their line behind blanks or signs of a quotation.

    It ends with as many on a line of their own. A fence in no list or quotation is a block of its own.
    """
    nearest = max(0, begin - _DEEPEST)
    start = text[max(nearest, text.rfind("\n", nearest, begin) + 1) : begin]
    if start.strip(" >") or not _LANGUAGE.match(text, end):
        return None
    places = fences.get(end - begin, [])
    at = bisect_right(places, end)
    return (begin, places[at] + end - begin) if at < len(places) else None


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


def _read_token(match: re.Match[str], offset: int, problems: list[Problem], manner: _Manner) -> Piece | None:
    at = offset + match.start()
    if match["escaped"] == "\\@":
        # Some Markdown parsers do not let "@" be escaped. All know the character reference.
        return Markdown("&#64;", at)
    if match["call"]:
        return NoteCall(match["note"], at, _read_marks(match, offset, problems, manner))
    if match["image"]:
        # The pictures of every text lie below content/.
        file = re.sub(r"\A(?:\.{0,2}/)+", "", match["file"])
        shown = re.sub(r"\\([\[\]])", r"\1", match["shown"])
        return Image(shown, file, match["image"], offset + match.start("file"))
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
    elif match["cite"] and manner.is_free:
        # "[@somebody]: https://…" says where a link of that name leads.
        is_address = (
            match.string.startswith(":", match.end()) and match.string[: match.start()].rstrip(" ")[-1:] in "\n"
        )
        return None if is_address else read_citation(match["cite"], at, manner.citable, problems, manner.own_of)
    elif match["cite"]:
        try:
            marks = _read_marks(match, offset, problems, manner)
            return Cited(parse_citation(match["cite"], manner.own_of), at, marks)
        except CitationError as error:
            problems.append(Problem(at + error.offset, "bad-citation", str(error), error.hint))
    return None


def _group_of_marks(match: re.Match[str]) -> str:
    return next((name for name in ("called", "cited") if match[name]), "")


def _read_marks(match: re.Match[str], offset: int, problems: list[Problem], manner: _Manner) -> NoteMarks:
    """Return what stands in braces behind a citation or call."""
    group = _group_of_marks(match)
    if not group or manner.is_free:
        return NO_MARKS
    try:
        return parse_marks(match[group])
    except NoteMarksError as error:
        problems.append(Problem(offset + match.start(group), "bad-citation", str(error), error.hint))
        return NO_MARKS


def _check_address(address: str, offset: int, problems: list[Problem]) -> None:
    # Browsers decode entities and skip control characters before they look at the scheme.
    bare = re.sub(r"[\s\x00-\x1f]", "", html.unescape(address))
    scheme = _SCHEME.match(bare)
    if not scheme or scheme[1].lower() in _SAFE_SCHEMES:
        return
    if scheme[1] in LINK_KINDS:
        hint = f"write [text]({scheme[1]}:key), with each [ of the text closed and no space in the key"
        message = f"this link to a {scheme[1]} cannot be read"
        problems.append(Problem(offset, "unknown-link", message, hint, is_stray=True))
    elif scheme[1].lower() in ("javascript", "data", "vbscript"):
        message, hint = f'a link may not lead to "{scheme[1]}:"', "use an https:// address"
        problems.append(Problem(offset, "unsafe-link", message, hint, is_stray=True))
    else:
        hint = "write " + ", ".join(f"{kind}:" for kind in LINK_KINDS) + " or https://"
        message = f'no link can begin with "{scheme[1]}:"'
        problems.append(Problem(offset, "unknown-link", message, hint, is_stray=True))

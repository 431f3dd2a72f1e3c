"""What a Word file says beside its text, as `file_facts` has it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from .file_facts import (
    FileFacts,
    MarginComment,
    NoteKind,
    NoteSign,
    find_in,
    items_of_code,
    parse_xml,
    tag_of,
    value_of,
    words_in,
    write_count,
)

# What is not there once all changes are accepted, and what only stands for the same in an older Word.
_GONE = frozenset({"del", "moveFrom", "Fallback"})
_KINDS: dict[str, NoteKind] = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_FORMS = {"footnote": "decimal", "endnote": "lowerRoman"}


@dataclass
class _Call:
    """A call of a note in the text. `section`: in which part of the text, counted from 0."""

    kind: NoteKind
    section: int
    typed: str


@dataclass
class _Walk:
    """One walk over the text, and over each note where it is called."""

    notes: Mapping[tuple[str, str], Element]
    calls: list[_Call] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    languages: Counter[str] = field(default_factory=Counter)
    ranges: dict[str, list[str]] = field(default_factory=dict)
    paragraphs: dict[str, int] = field(default_factory=dict)
    settings: list[Element] = field(default_factory=list)
    paragraph: int = 0
    section: int = 0
    _open_fields: list[list[str]] = field(default_factory=list)
    _open_ranges: set[str] = field(default_factory=set)

    def go(self, element: Element, *, is_note: bool = False) -> None:
        # What a paragraph says of the section that it ends comes after its text.
        for child in sorted(element, key=lambda one: tag_of(one) == "pPr"):
            tag = tag_of(child)
            if tag in _GONE:
                continue
            if tag == "p" and not is_note:
                self.paragraph += any(tag_of(one) == "t" and one.text for one in child.iter())
            if tag == "r":
                self._run(child)
            elif tag == "commentRangeStart":
                self._open_ranges.add(value_of(child, "id"))
                self.paragraphs[value_of(child, "id")] = self.paragraph
            elif tag == "commentRangeEnd":
                self._open_ranges.discard(value_of(child, "id"))
            elif tag == "sectPr":
                self.settings.append(child)
                self.section += 1
            else:
                self.go(child, is_note=is_note)

    def _run(self, run: Element) -> None:
        language = value_of(find_in(run.find("./{*}rPr"), "lang"))
        for child in run:
            tag = tag_of(child)
            if tag == "t":
                self.languages[language] += len(child.text or "")
                for one in self._open_ranges:
                    self.ranges.setdefault(one, []).append(child.text or "")
            elif tag == "fldChar":
                self._field(value_of(child, "fldCharType"))
            elif tag == "instrText" and self._open_fields:
                self._open_fields[-1].append(child.text or "")
            elif tag in _KINDS:
                is_typed = value_of(child, "customMarkFollows") in ("1", "true", "on")
                typed = words_in(one for one in run if tag_of(one) == "t") if is_typed else ""
                self.calls.append(_Call(_KINDS[tag], self.section, typed))
                note = self.notes.get((_KINDS[tag], value_of(child, "id")))
                if note is not None:
                    self.go(note, is_note=True)
            elif tag not in ("rPr", "drawing", "pict"):
                self.go(child, is_note=True)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._open_fields.append([])
        elif self._open_fields and kind == "separate":
            # Its result follows, in which other fields may stand.
            self.fields.append("".join(self._open_fields[-1]))
            self._open_fields[-1] = []
        elif self._open_fields and kind == "end":
            self._open_fields.pop()


def read_word_facts(parts: Mapping[str, bytes]) -> FileFacts:
    """Return what the XML of a Word file says beside its text."""
    body = parse_xml(parts.get("word/document.xml", b""))
    if body is None:
        return FileFacts()
    notes = {
        (kind, value_of(note, "id")): note
        for kind in ("footnote", "endnote")
        for note in _children(parse_xml(parts.get(f"word/{kind}s.xml", b"")), kind)
    }
    walk = _Walk(notes)
    walk.go(body)
    defaults = find_in(parse_xml(parts.get("word/styles.xml", b"")), "docDefaults")
    walk.languages[value_of(find_in(defaults, "lang"))] += walk.languages.pop("", 0)
    language = max(walk.languages, key=lambda one: (walk.languages[one], one), default="")
    settings = parse_xml(parts.get("word/settings.xml", b""))
    return FileFacts(
        tuple(_signs(walk, settings)),
        tuple(items for text in walk.fields if (items := items_of_code(text))),
        tuple(_comments(walk, parse_xml(parts.get("word/comments.xml", b"")))),
        language=language,
    )


def _children(element: Element | None, tag: str) -> Iterator[Element]:
    yield from (child for child in element if tag_of(child) == tag) if element is not None else ()


def _signs(walk: _Walk, settings: Element | None) -> Iterator[NoteSign]:
    """Yield the sign of each note, as the settings of its section or of the whole file count it."""
    counts: dict[str, int] = {}
    sections: dict[str, int] = {}
    for call in walk.calls:
        if call.typed:
            yield NoteSign(call.kind, call.typed, is_typed=True)
            continue
        own = walk.settings[call.section] if call.section < len(walk.settings) else None
        said = [_say(one, call.kind) for one in (own, settings)]
        form = next((one["numFmt"] for one in said if "numFmt" in one), _FORMS[call.kind])
        start = next((one["numStart"] for one in said if "numStart" in one), "1")
        restarts = any(one.get("numRestart") == "eachSect" for one in said)
        is_new = call.kind not in counts or (restarts and sections[call.kind] != call.section)
        counts[call.kind] = int(start) if is_new and start.isdigit() else counts.get(call.kind, 0) + 1
        sections[call.kind] = call.section
        yield NoteSign(call.kind, write_count(counts[call.kind], form))


def _say(element: Element | None, kind: NoteKind) -> dict[str, str]:
    said = next(_children(element, f"{kind}Pr"), None)
    return {tag_of(one): value_of(one) for one in said} if said is not None else {}


def _comments(walk: _Walk, comments: Element | None) -> Iterator[MarginComment]:
    for comment in _children(comments, "comment"):
        own = value_of(comment, "id")
        text = words_in(one for one in comment.iter() if tag_of(one) == "t")
        words = " ".join("".join(walk.ranges.get(own, ())).split())
        yield MarginComment(
            value_of(comment, "author"), value_of(comment, "date")[:10], text, words, walk.paragraphs.get(own, 0)
        )

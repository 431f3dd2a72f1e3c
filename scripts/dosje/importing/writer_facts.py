"""What a file of LibreOffice Writer (.odt) says beside its text, as `file_facts` has it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
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
)
from .front_parts import START_STYLES


def read_writer_facts(parts: Mapping[str, bytes]) -> FileFacts:
    """Return what the XML of an .odt file says beside its text."""
    content = parse_xml(parts.get("content.xml", b""))
    text = find_in(find_in(content, "body"), "text")
    if content is None or text is None:
        return FileFacts()
    meta = parse_xml(parts.get("meta.xml", b""))
    language = find_in(meta, "language")
    own = find_in(parse_xml(parts.get("styles.xml", b"")), "default-style")
    said = [value_of(find_in(own, "text-properties"), name) for name in ("language", "country")]
    return FileFacts(
        tuple(_signs(text)),
        comments=tuple(_comments(text)),
        formulas=tuple(at for element, at in _counted(text) if tag_of(element) == "object"),
        start=tuple(_read_start(text, _parents_in(content))),
        language=words_in([language]) if language is not None else "-".join(filter(None, said)),
    )


def _shown(element: Element) -> Iterator[Element]:
    """Yield the elements within, without what tracked changes have taken out."""
    for child in element:
        if tag_of(child) != "tracked-changes":
            yield child
            yield from _shown(child)


def _signs(text: Element) -> Iterator[NoteSign]:
    for element in _shown(text):
        if tag_of(element) == "note":
            citation = find_in(element, "note-citation")
            kind: NoteKind = "endnote" if value_of(element, "note-class") == "endnote" else "footnote"
            mark = words_in([citation]) if citation is not None else ""
            body = find_in(element, "note-body")
            parts = (
                tuple(words_in([one]) for one in body.iter() if tag_of(one) in ("p", "h")) if body is not None else ()
            )
            yield NoteSign(kind, mark, False, parts, tuple(_citations(element)))


def _citations(note: Element) -> Iterator[tuple[str, tuple[dict[str, Any], ...]]]:
    """Yield the citations that Zotero set into a note: their words, and their items."""
    opened: dict[str, list[str]] = {}
    for element, text in _texts(note):
        name = value_of(element, "name") if element is not None else ""
        if element is not None and tag_of(element) == "reference-mark-start" and "CSL_CITATION" in name:
            opened[name] = []
        elif element is not None and tag_of(element) == "reference-mark-end" and name in opened:
            words = "".join(opened.pop(name)).strip()
            if (items := items_of_code(name)) and words:
                yield words, items
        for parts in opened.values():
            parts.append(text)


def _texts(element: Element) -> Iterator[tuple[Element | None, str]]:
    """Yield each element where it begins, with the text behind its beginning, and the texts behind elements."""
    yield element, element.text or ""
    for child in element:
        yield from _texts(child)
        yield None, child.tail or ""


def _comments(text: Element) -> Iterator[MarginComment]:
    for element, paragraph in _counted(text):
        if tag_of(element) == "annotation":
            author, date = (find_in(element, name) for name in ("creator", "date"))
            said = " ".join(words_in([one]) for one in element.iter() if tag_of(one) == "p")
            named = words_in([author]) if author is not None else ""
            yield MarginComment(named, words_in([date])[:10] if date is not None else "", said, "", paragraph)


def _counted(text: Element) -> Iterator[tuple[Element, int]]:
    """Yield the elements of a text, each with the number of the paragraph in which it stands."""
    apart = {part for one in text.iter() if tag_of(one) in ("note", "annotation") for part in one.iter()}
    paragraph = 0
    for element in _shown(text):
        paragraph += tag_of(element) in ("p", "h") and element not in apart and bool(words_in([element]))
        yield element, paragraph


def _parents_in(content: Element) -> dict[str, str]:
    """Return what each automatic style of a paragraph is made from."""
    return {
        value_of(style, "name"): value_of(style, "parent-style-name")
        for style in content.iter()
        if tag_of(style) == "style"
    }


def _read_start(text: Element, parents: Mapping[str, str]) -> Iterator[str]:
    for element in text:
        if tag_of(element) not in ("p", "h") or not words_in([element]):
            continue
        name = value_of(element, "style-name").replace("_20_", " ")
        style = name if name in START_STYLES else parents.get(value_of(element, "style-name"), "").replace("_20_", " ")
        if style not in START_STYLES:
            return
        yield style

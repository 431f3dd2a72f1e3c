"""The citation syntax: `[see also @key, fl. 9–20, on this point; @other, 171]`.

It is Pandoc's syntax, which mkdocs-bibtex, Quarto, Zettlr and Obsidian share. Knows nothing of sources.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from .locators import NO_WORDS, Locator, OwnWords, find_unread, format_locator, parse_locator

# It must not be the text of a link. There "(" would follow, or "[" without a cite or the name of a note in it.
CITATION = re.compile(r"(?<!\\)\[(?=[^\[\]]*(?<![\w.])@)([^\[\]]*)\](?!\(|\[(?!\^|[^\[\]]*@))")
# A key that holds other signs, or ends in one, stands in braces: @{Miller (1961)}.
_CITE = re.compile(
    r"(?P<prefix>.*?)(?P<hidden>-?)(?<![\w.])@"
    r"(?:\{(?P<braced>[^{}]+)\}|(?P<key>\w[\w:.#$%&+?<>~/-]*))(?P<rest>.*)\Z",
    re.DOTALL,
)
# What may follow the letters of a key, and may as well be punctuation behind it.
_KEY_SIGNS = ":.#$%&+?<>~/-"
# What stands between two cites where their author set no ";".
_BETWEEN = re.compile(r"\s*,\s*(?=-?@[\w{])|\s+(?=-?@[\w{])")
# A key that needs no braces.
PLAIN_KEY = re.compile(r"\w(?:[\w:.#$%&+?<>~/-]*\w)?")


@dataclass(frozen=True, slots=True)
class Cite:
    """One source in a citation, with what stands before and after it.

    `hides_author`: the text has just named the author, `[-@key]`.
    """

    key: str
    locator: Locator | None = None
    prefix: str = ""
    suffix: str = ""
    offset: int = 0  # of the key's @ within the citation's text
    hides_author: bool = False
    is_braced: bool = field(default=False, compare=False)  # as written: @{key}

    @property
    def key_offset(self) -> int:
        """Where the key itself begins within the citation's text."""
        return self.offset + 1 + self.is_braced


@dataclass(frozen=True, slots=True)
class Citation:
    """What stands in one `[...]`, as its cites in order."""

    text: str
    cites: tuple[Cite, ...]


class CitationError(ValueError):
    """The brackets hold no citation that we can read. `offset` counts from the first bracket."""

    def __init__(self, message: str, offset: int, hint: str) -> None:
        super().__init__(message)
        self.offset = offset
        self.hint = hint


# The words for places that the archive of a source has of its own, by the key of the source.
OwnWordsOf = Callable[[str], OwnWords]


def no_own_words(key: str) -> OwnWords:
    """Return no words: all places are named by the words of `locator_labels`."""
    return NO_WORDS


def parse_citation(text: str, own_of: OwnWordsOf = no_own_words) -> Citation:
    """Return the cites in `text`, which is the whole of "[...]".

    Raises CitationError where a part has no @key or two. Source: Pandoc's manual, "Citations".
    """
    cites = []
    offset = 1
    for part in text[1:-1].split(";"):
        cites.append(_parse_cite(part, offset, own_of))
        offset += len(part) + 1
    return Citation(text, tuple(cites))


def parse_loosely(
    text: str, is_known: Callable[[str], bool], own_of: OwnWordsOf = no_own_words
) -> tuple[tuple[Cite, ...], tuple[CitationError, ...]]:
    """Return the cites of known sources in `text`, the whole of "[...]", and all that had to be guessed or left out.

    So are the pages of a site read that was made with mkdocs-bibtex, which lets much pass: "[@a, @b]", "[@a++]".
    """
    cites: list[Cite] = []
    errors: list[CitationError] = []
    offset = 1
    for part in text[1:-1].split(";"):
        found = list(_cut_cites(part))
        if len(found) > 1:
            message, hint = "two sources without a ; between them are read as two", "put ; between two sources"
            errors.append(CitationError(message, offset + found[1][0], hint))
        for start, one in found:
            match = _CITE.match(one)
            if not match:
                hint = "every part between ; names one source: @key"
                errors.append(CitationError(f'"{one.strip()}" has no @key, and is left out', offset + start, hint))
                continue
            at = offset + start + match.end("hidden")
            key = match["braced"] or _known_key(match["key"], is_known)
            if not is_known(key):
                message, hint = f'no source has the key "{key}"', "add it to the .bib file, or take it out"
                errors.append(CitationError(message, at + 1, hint))
                continue
            rest = "" if match["braced"] else match["key"][len(key) :]
            if rest.strip("."):
                errors.append(CitationError(f'"{rest}" behind the key "{key}" is left out', at + 1, "take it out"))
                rest = ""
            locator, suffix = parse_locator(rest + match["rest"], own_of(key))
            is_braced = bool(match["braced"])
            prefix, hides_author = match["prefix"].strip(), bool(match["hidden"])
            cites.append(Cite(key, locator, prefix, suffix.strip(), at, hides_author, is_braced))
        offset += len(part) + 1
    return tuple(cites), tuple(errors)


def _cut_cites(part: str) -> Iterator[tuple[int, str]]:
    """Yield the cites of a part, each with its offset. Words before the first belong to it."""
    start = 0
    for match in _BETWEEN.finditer(part):
        if "@" in part[start : match.start()]:
            yield start, part[start : match.start()]
            start = match.end()
    if part[start:].strip():
        yield start, part[start:]


def _known_key(text: str, is_known: Callable[[str], bool]) -> str:
    """Return the longest known key with which `text` begins, else its letters."""
    ends = (end for end in range(len(text), 0, -1) if end == len(text) or text[end] in _KEY_SIGNS)
    return next((text[:end] for end in ends if is_known(text[:end])), text.rstrip(_KEY_SIGNS))


def format_citation(citation: Citation) -> str:
    """Return the citation in Pandoc's syntax. `parse_citation` reads it back unchanged."""
    parts = []
    for cite in citation.cites:
        suffix = f"{'' if cite.suffix.startswith(',') else ' '}{cite.suffix}" if cite.suffix else ""
        locator = f", {format_locator(cite.locator, suffix)}" if cite.locator else ""
        sign = "-@" if cite.hides_author else "@"
        key = cite.key if PLAIN_KEY.fullmatch(cite.key) else f"{{{cite.key}}}"
        parts.append(f"{cite.prefix + ' ' if cite.prefix else ''}{sign}{key}{locator}{suffix}")
    return f"[{'; '.join(parts)}]"


def _parse_cite(part: str, offset: int, own_of: OwnWordsOf) -> Cite:
    match = _CITE.match(part)
    if not match:
        start = offset + len(part) - len(part.lstrip())
        what = f'"{part.strip()}" has no @key' if part.strip() else "a ; stands here without a source"
        raise CitationError(what, start, "every part between ; names one source: @key")
    at = offset + match.end("hidden")
    if re.search(r"(?<![\w.])@[\w{]", match["rest"]):
        second = offset + match.start("rest") + match["rest"].index("@")
        raise CitationError("two sources without a ; between them", second, "put ; between two sources")
    # A key does not end in punctuation: "@luthi-2008." is the key and a full stop.
    plain = (match["key"] or "").rstrip(_KEY_SIGNS)
    rest = (match["key"] or "")[len(plain) :] + match["rest"]
    key = match["braced"] or plain
    locator, suffix = parse_locator(rest, own_of(key))
    prefix, hides_author = match["prefix"].strip(), bool(match["hidden"])
    return Cite(key, locator, prefix, suffix.strip(), at, hides_author, bool(match["braced"]))


def find_unread_place(cite: Cite) -> str:
    """Return what stands behind a cite as if it were a place and is not read as one, e.g. "s. 12"; "" for nothing."""
    return find_unread(cite.suffix, has_locator=cite.locator is not None)


def place_key_of(cite: Cite) -> str:
    """Return what all cites of a place in a source have in common, e.g. "fl. 9–20"; "-" for the whole."""
    return format_locator(cite.locator) if cite.locator else "-"

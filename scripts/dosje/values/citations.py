"""The citation syntax: `[see also @key, fl. 9–20, on this point; @other, 171]`.

It is Pandoc's syntax, which mkdocs-bibtex, Quarto, Zettlr and Obsidian share. Knows nothing of sources.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from .folios import LEAF_LABELS, LEAF_PATTERN, tidy_leaves

# CSL 1.0.2 locator labels, and how editors abbreviate them. Page is the label of a bare number.
LOCATOR_LABELS: dict[str, tuple[str, ...]] = {
    "page": ("p.", "pp.", "page", "pages", "S.", "Seite", "Seiten", "str.", "стр.", "faqe", "fq."),
    "folio": LEAF_LABELS,
    "note": ("n.", "nn.", "note", "notes"),
    "volume": ("vol.", "vols.", "volume", "volumes"),
    "section": ("sec.", "secs.", "§", "§§", "section", "sections"),
    "chapter": ("chap.", "chaps.", "ch.", "chs.", "chapter", "chapters"),
    "column": ("col.", "cols.", "column", "columns"),
    "line": ("line", "lines"),
    "paragraph": ("para.", "paras.", "¶", "¶¶", "paragraph", "paragraphs"),
    "issue": ("no.", "nos.", "issue", "issues"),
}
# Places that CSL has no label for: the pictures of a film, and what an archive has not numbered.
OUR_LABELS: dict[str, tuple[str, ...]] = {
    "frame": ("frame", "frames", "fr.", "frs.", "image", "images", "Image", "Images", "кадр"),
    "unfoliated": (
        "unfoliated", "unfoliiert", "unfol.", "unfol", "unpaginated", "unpaginiert", "unpag.", "unpag", "unnumbered",
        "non folioté", "n. fol.", "s. fol.", "нефол.",
    ),
}  # fmt: skip
_LABEL_BY_WORD = {word: label for label, words in (LOCATOR_LABELS | OUR_LABELS).items() for word in words}

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
_NUMBER = r"(?:[0-9]{1,9}(?:/[a-z])?[a-z]?|[ivxlcdm]{1,20})(?![\w@])"
_VALUE = rf"{_NUMBER}(?:\s*[–—-]\s*{_NUMBER})?"
# Or the part of a leaf: 5/a.
_LEAF = rf"(?:{LEAF_PATTERN}|[0-9]{{1,9}}/[a-z](?![\w@]))"
_LEAVES = rf"{_LEAF}(?:\s*[–—-]\s*{_LEAF})?"


def _one_of(words: Iterable[str]) -> str:
    # A word without a sign at its end is a word of its own: "f 12" is a leaf, "f12" is not.
    ends = {word: "" if not word[-1].isalpha() else r"(?!\w)" for word in words}
    return "|".join(re.escape(word) + ends[word] for word in sorted(ends, key=len, reverse=True))


_WORD = _one_of(word for word, label in _LABEL_BY_WORD.items() if label != "unfoliated")
# As in pandoc, the comma may be left out: "@key fl. 3" is "@key, fl. 3".
_LOCATOR = re.compile(rf"(?:\s*,\s*|\s+)(?:(?P<label>{_WORD})\s*)?(?P<value>{_VALUE})")
_LEAF_LOCATOR = re.compile(rf"(?:\s*,\s*|\s+)(?P<label>{_one_of(LEAF_LABELS)})\s*(?P<value>{_LEAVES})")
_MORE_LEAVES = re.compile(
    rf"(?P<sign>\s*,\s*|\s*&\s*|\s+and\s+)(?:(?P<label>{_one_of(LEAF_LABELS)})\s*)?(?P<value>{_LEAVES})"
)
_UNFOLIATED = re.compile(rf"(?:\s*,\s*|\s+)(?P<word>{_one_of(OUR_LABELS['unfoliated'])})")
_MORE = re.compile(rf"(?P<sign>\s*,\s*|\s*&\s*|\s+and\s+)(?:(?P<label>{_WORD})\s*)?(?P<value>{_VALUE})")
_SEPARATOR = re.compile(r"\s*[–—-]\s*")


@dataclass(frozen=True, slots=True)
class Locator:
    """A place within a source: a CSL label or one of ours, and its value, e.g. folio "9–20".

    A side of a leaf is "r" or "v", in whatever language it was written. An "unfoliated" place has the author's word.
    """

    label: str
    value: str

    @property
    def is_plural(self) -> bool:
        """Say whether more than one leaf, page or note is meant."""
        return _is_plural(self.value)


@lru_cache(maxsize=1 << 14)
def _is_plural(value: str) -> bool:
    return re.search(r"[–,&]|\band\b", value) is not None


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


def parse_citation(text: str) -> Citation:
    """Return the cites in `text`, which is the whole of "[...]".

    Raises CitationError where a part has no @key or two. Source: Pandoc's manual, "Citations".
    """
    cites = []
    offset = 1
    for part in text[1:-1].split(";"):
        cites.append(_parse_cite(part, offset))
        offset += len(part) + 1
    return Citation(text, tuple(cites))


def parse_loosely(text: str, is_known: Callable[[str], bool]) -> tuple[tuple[Cite, ...], tuple[CitationError, ...]]:
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
            locator, suffix = _parse_locator(rest + match["rest"])
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
        locator = f", {format_locator(cite.locator)}" if cite.locator else ""
        suffix = f"{'' if cite.suffix.startswith(',') else ' '}{cite.suffix}" if cite.suffix else ""
        sign = "-@" if cite.hides_author else "@"
        key = cite.key if PLAIN_KEY.fullmatch(cite.key) else f"{{{cite.key}}}"
        parts.append(f"{cite.prefix + ' ' if cite.prefix else ''}{sign}{key}{locator}{suffix}")
    return f"[{'; '.join(parts)}]"


def format_locator(locator: Locator) -> str:
    """Return the locator as an editor writes it: "fl. 9–20", "n. 50", "171" for a page."""
    if locator.label == "page":
        return locator.value if locator.value[0].isdigit() else f"p. {locator.value}"
    if locator.label in OUR_LABELS:
        return locator.value if locator.label == "unfoliated" else f"{OUR_LABELS[locator.label][0]} {locator.value}"
    return f"{LOCATOR_LABELS[locator.label][0]} {locator.value}"


def _parse_cite(part: str, offset: int) -> Cite:
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
    locator, suffix = _parse_locator(rest)
    prefix, hides_author = match["prefix"].strip(), bool(match["hidden"])
    return Cite(match["braced"] or plain, locator, prefix, suffix.strip(), at, hides_author, bool(match["braced"]))


def _parse_locator(rest: str) -> tuple[Locator | None, str]:
    if unfoliated := _UNFOLIATED.match(rest):
        return Locator("unfoliated", unfoliated["word"]), rest[unfoliated.end() :]
    leaves = _LEAF_LOCATOR.match(rest)
    match = leaves or _LOCATOR.match(rest)
    if not match or not (match["label"] or match["value"][0].isdigit()):
        return None, rest  # a bare roman number is a word until a label says otherwise
    label = _LABEL_BY_WORD[match["label"]] if match["label"] else "page"
    value, end = match["value"], match.end()
    values = [value]
    following = _MORE_LEAVES if leaves else _MORE
    while more := following.match(rest, end):
        # A second "fl." ("fl. 3 and fl. 9") repeats the same label. "33, note 5" has another label.
        said_again = more["label"] is None or _LABEL_BY_WORD[more["label"]] == label
        is_word = more["label"] is None and not more["value"][0].isdigit() and value[0].isdigit()
        if is_word or not said_again:
            break
        sign = ", " if "," in more["sign"] else f" {more['sign'].strip()} "
        values += [sign, more["value"]]
        end = more.end()
    value = _SEPARATOR.sub("–", "".join(values))
    return Locator(label, tidy_leaves(value) if leaves else value), rest[end:]


# What looks like the place of a leaf: an abbreviation and a number, or the end of a range.
_UNREAD = re.compile(rf"[\s,]*((?:[^\W\d_]{{1,12}}\.|{_one_of(LEAF_LABELS)})\s*[0-9]\S*)")
_UNREAD_END = re.compile(r"((?:[–—/-]|bis|to|do|до|ff?\.?(?!\w)|sqq?\.)\s*\S*)")


def find_unread_place(cite: Cite) -> str:
    """Return what stands behind a cite as if it were a leaf and is not read as one, e.g. "s. 12"; "" for nothing."""
    is_leaf = cite.locator is not None and cite.locator.label in ("folio", "page")
    pattern = _UNREAD_END if is_leaf else _UNREAD
    match = pattern.match(cite.suffix) if cite.locator is None or is_leaf else None
    return match[1].rstrip(",;") if match else ""


def place_key_of(cite: Cite) -> str:
    """Return what all cites of a place in a source have in common, e.g. "fl. 9–20"; "-" for the whole."""
    return format_locator(cite.locator) if cite.locator else "-"

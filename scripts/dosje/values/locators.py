"""Locators: the place within a source that a cite names, "fl. 9–20", "2:34", "vol. 2, p. 34", "{special place}".

A locator is read whole or not at all. Knows nothing of sources: what words an archive has of its own is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from .folios import LEAF_LABELS, SIDE_PATTERN, SIDED_LEAF, tidy_leaves
from .locator_labels import LOCATOR_LABELS, OUR_LABELS

# The words of leaves that an archive has beside those of `locator_labels`, each with its label. A word with {} says
# where the number stands: "{}. fol.".
OwnWords = Mapping[str, str]
NO_WORDS: OwnWords = MappingProxyType({})


class FurtherPlace(NamedTuple):
    """A place behind another one, as its author wrote it: "p. 34" in "vol. 2, p. 34". `sign`: what stands before it."""

    sign: str
    word: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Locator:
    """A place within a source: a CSL label or one of ours, and its value, e.g. folio "9–20".

    A side of a leaf is "r" or "v", in whatever language it was written; `written` has the author's signs where they
    differ. An "unfoliated" place and an "other" one have the author's words. `further`: what follows it, "p. 34".
    """

    label: str
    value: str
    further: tuple[FurtherPlace, ...] = ()
    written: str = field(default="", compare=False)
    word: str = field(default="", compare=False)  # the label as its author wrote it

    @property
    def is_plural(self) -> bool:
        """Say whether more than one leaf, page or note is meant."""
        return _is_plural(self.value)

    @property
    def leaves(self) -> str:
        """The leaves that it names, also behind another place, "" for none: "roll 3, fl. 12 ff." -> "12"."""
        found = [self.value] if self.label == "folio" else []
        found += [tidy_leaves(place.value) for place in self.further if place.label == "folio"]
        return _ONWARDS_END.sub("", found[0]) if found else ""

    @property
    def whole(self) -> str:
        """Its value with all that follows: "2, p. 34"."""
        return self.value + say_further(self.further)


def say_further(further: Iterable[FurtherPlace]) -> str:
    """Return further places as they were written, with the sign before each."""
    return "".join(f"{place.sign}{place.word} {place.value}" for place in further)


@lru_cache(maxsize=1 << 14)
def _is_plural(value: str) -> bool:
    # "12ff." is one, as pandoc has it.
    return re.search(rf"[–,&]|\s(?:{_AND})\s", value) is not None


_AND = "and|und|et|y|e|и|dhe"
# "And what follows": one or many, in the languages of editors.
_ONWARDS = r"f\.?f\.?|f\.|f|sqq?\.|ss\.|segg?\.|et seqq?\.|et suiv\.|e segg?\.|y sigs?\.|и сл\.|и след\.|e vijim"
_ONWARDS_END = re.compile(rf"\s?(?:{_ONWARDS})(?=\Z|,)")
_ROMAN = (
    r"(?=[ivxlcdm])m{0,4}(?:cm|cd|dc{0,4}|c{0,4})(?:xc|xl|lx{0,4}|x{0,4})(?:ix|iv|vi{0,4}|i{0,4})",
    r"(?=[IVXLCDM])M{0,4}(?:CM|CD|DC{0,4}|C{0,4})(?:XC|XL|LX{0,4}|X{0,4})(?:IX|IV|VI{0,4}|I{0,4})",
)
# Behind a number nothing may stand that could be a part of it. Of "12-3rd" and "12:x" nothing is read.
_END = r"(?![\w@°º^]|[:./][0-9a-z])"
_DIGITS = r"[0-9]{1,9}"
# 12, 12a, 12A, 12bis, A3, 2:34, 12/1, 5/a, 1.2.3, 171n5. 12f is "and what follows", 12th and 1960s are words.
_COUNT = (
    rf"[A-Z]{{0,3}}{_DIGITS}(?:\s?(?:bis|ter|quater)(?!\s*[0-9])|[a-eg-rt-zA-Zа-д](?![0-9]))?"
    rf"(?:[:/.]{_DIGITS}[a-z]?|/[a-z])*(?:nn?\.?{_DIGITS})?"
)
_FOLLOWING = rf"(?:\s?(?:{_ONWARDS})(?![\w.]|\s*[0-9]))"
_NUMBER = rf"(?:{SIDED_LEAF}|{_COUNT}|(?:{_ROMAN[0]}|{_ROMAN[1]})[./:]{_DIGITS}[a-z]?)(?:{_FOLLOWING}|{_END})"
# Behind a label roman numbers and letters count as well.
_ROMANS = rf"(?:{_ROMAN[0]}|{_ROMAN[1]})(?:[./:]{_DIGITS})?[a-z]?{_END}"
_LABELLED = rf"(?:{_NUMBER}|{_ROMANS}|[A-Z]{_END})"
# What may end a range: a number, or but the letter or side that differs: "12a–b", "12r–v".
_LAST = rf"(?:{SIDE_PATTERN}|[a-z])(?![\w@°º^])"
_DASH = r"\s*(?:–|—|-{1,3})\s*"
_NUMBERS = rf"{_NUMBER}(?:{_DASH}{_NUMBER}|(?<=[^\s0-9]){_DASH}{_LAST})?"
_VALUE = rf"{_LABELLED}(?:{_DASH}{_LABELLED}|(?<=[^\s0-9]){_DASH}{_LAST})?"
# A day is no page: "24 June 1960".
_MONTH_AND_YEAR = rf"\s+(?!(?:{_AND})\s)[^\W\d_]{{3,12}}\.?\s+[0-9]{{4}}\b"
_NO_DATE = rf"(?!{_MONTH_AND_YEAR})"
_AND_SIGN = rf"(?:\s*,\s*(?:(?:{_AND})\s+)?|\s*&\s*|\s+(?:{_AND})\s+)"
# As in pandoc, the comma may be left out: "@key fl. 3" is "@key, fl. 3".
_BEGIN = r"(?:\s*,\s*|\s+)"
_BRACED = re.compile(r"\s*,?\s*\{([^{}]*)\}")
_SEPARATOR = re.compile(_DASH)
# A bare roman number is a page, as in pandoc, if only a sign follows. Else it is a word: "vi si legge".
_BARE_ROMAN = re.compile(rf"{_BEGIN}(?P<value>{_ROMANS}(?:{_DASH}{_ROMANS})?)(?=\s*(?:[,;]|\Z))")
_QUOTED = r"[‘“'\"«„][^‘’“”'\"«»„;]{1,200}[’”'\"»“]"
_HEADWORD = re.compile(rf"\s*(?P<value>{_QUOTED}|[^\s,;][^,;{{}}]{{0,200}})")


def _alternatives(words: Iterable[str]) -> str:
    # A word without a sign at its end is a word of its own: "f 12" is a leaf, "f12" is not.
    ends = {word: "" if not word[-1].isalpha() else r"(?!\w)" for word in words}
    return "|".join(re.escape(word) + ends[word] for word in sorted(ends, key=len, reverse=True))


def _with_capitals(labels: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Return the labels by their words, and by those of more than two letters with another first letter as well."""
    found: dict[str, str] = {}
    for label, words in labels.items():
        for word in words:
            found[word] = label
    for word, label in list(found.items()):
        if sum(sign.isalpha() for sign in word) > 1:
            for other in (word[:1].upper() + word[1:], word[:1].lower() + word[1:]):
                found.setdefault(other, label)
    return found


LABEL_BY_WORD: Mapping[str, str] = _with_capitals(LOCATOR_LABELS | OUR_LABELS)
# Their value is no number, or there is none.
_WORDLESS = ("unfoliated", "sub-verbo")


class _Reader(NamedTuple):
    """The patterns for the words of an archive and of all."""

    labels: Mapping[str, str]
    labelled: re.Pattern[str]
    more: re.Pattern[str]
    unread: re.Pattern[str]
    framed: tuple[tuple[re.Pattern[str], str], ...]


@lru_cache(maxsize=64)
def _reader(own: tuple[tuple[str, str], ...] = ()) -> _Reader:
    labels = {**LABEL_BY_WORD, **{word: label for word, label in own if "{}" not in word}}
    words = _alternatives(word for word, label in labels.items() if label not in _WORDLESS)
    wordless = _alternatives(word for word, label in labels.items() if label in _WORDLESS)
    framed = tuple((re.compile(rf"{_BEGIN}{_escape_frame(word)}{_END}"), label) for word, label in own if "{}" in word)
    return _Reader(
        labels,
        re.compile(rf"{_BEGIN}(?:(?P<wordless>{wordless})|(?P<label>{words})\s*(?P<value>{_VALUE}))"),
        re.compile(
            rf"(?P<sign>{_AND_SIGN}|\s+)(?:(?P<label>{words})\s*(?P<value>{_VALUE})"
            rf"|(?P<bare>{_NUMBERS}){_NO_DATE}|(?P<roman>{_ROMANS}(?:{_DASH}{_ROMANS})?))"
        ),
        re.compile(rf"{_AND_SIGN}?\s*(?:{words})\s*[A-Z]?[0-9]"),
        framed,
    )


def _escape_frame(word: str) -> str:
    before, _, behind = word.partition("{}")
    return rf"{re.escape(before)}\s*(?P<value>{_VALUE})\s*{re.escape(behind)}"


_BARE = re.compile(rf"{_BEGIN}(?P<value>{_NUMBERS}){_NO_DATE}")
# What shows that a place goes on behind what was read, so that it was not read whole.
_GOES_ON = re.compile(
    r"[–—/:+°^-][\w(]|\w|\s*[–—-]+\s*[^\W_]*[0-9]|\s*(?:bis|to|do|до|deri|à|hasta)\s+[A-Z]?[0-9]"
    rf"|{_AND_SIGN}(?![0-9]+(?:st|nd|rd|th|er|[eèº.ª]|ème|s)(?!\w)|[0-9]{{1,2}}\.?{_MONTH_AND_YEAR})"
    r"[A-Z]?[0-9]+[^\s,.;:)\]]"
)


def parse_locator(rest: str, own: OwnWords = NO_WORDS) -> tuple[Locator | None, str]:
    """Return the place with which the text behind a key begins, and what is left of the text.

    It is None where no place is named, and where one is that cannot be read whole. Source: CSL 1.0.2, Appendix III;
    Pandoc's manual, "Citations".
    """
    if braced := _BRACED.match(rest):
        return _parse_braced(braced[1], own), rest[braced.end() :]
    if not rest[:1].isspace() and rest[:1] != ",":
        return None, rest
    reader = _reader(tuple(own.items()))
    found = _begin(rest, reader)
    if found is None:
        return None, rest
    locator, end = found
    if locator.label not in _WORDLESS:
        locator, end = _continue(locator, rest, end, reader)
        tail = rest[end : end + 200]
        if _GOES_ON.match(tail) or reader.unread.match(tail):
            return None, rest
    return locator, rest[end:]


def _begin(rest: str, reader: _Reader) -> tuple[Locator, int] | None:
    for pattern, label in reader.framed:
        if framed := pattern.match(rest):
            return _make(label, framed["value"]), framed.end()
    match = reader.labelled.match(rest)
    if match and match["wordless"]:
        return _read_wordless(rest, match, reader)
    if match:
        return _make(reader.labels[match["label"]], match["value"], match["label"]), match.end()
    if bare := _BARE.match(rest) or _BARE_ROMAN.match(rest):
        return _make("page", bare["value"]), bare.end()
    return None


def _read_wordless(rest: str, match: re.Match[str], reader: _Reader) -> tuple[Locator, int] | None:
    """Return a place without a number: an unfoliated leaf, or the entry of a dictionary."""
    word = match["wordless"]
    if reader.labels[word] == "unfoliated":
        return Locator("unfoliated", word), match.end()
    headword = _HEADWORD.match(rest, match.end())
    return (Locator("sub-verbo", headword["value"].rstrip(), word=word), headword.end()) if headword else None


def _make(label: str, value: str, word: str = "") -> Locator:
    value = _SEPARATOR.sub("–", value)
    if label == "other":
        return Locator(label, f"{word} {value}")
    if label != "folio":
        return Locator(label, value, word=word)
    tidy = tidy_leaves(value)
    return Locator(label, tidy, written="" if tidy == value else _raise_sides(value), word=word)


def _raise_sides(value: str) -> str:
    """Return sides that are raised by Markdown as raised letters: "12^r^" -> "12ʳ"."""
    return value.replace("^r^", "ʳ").replace("^v^", "ᵛ")


def _continue(locator: Locator, rest: str, end: int, reader: _Reader) -> tuple[Locator, int]:
    """Return a place with all that is named with it: more numbers ("3, 5 & 9"), further places ("vol. 2, p. 34")."""
    values, further = [locator.written or locator.value], list[FurtherPlace]()
    while more := reader.more.match(rest, end):
        label = reader.labels[more["label"]] if more["label"] else ""
        value = _SEPARATOR.sub("–", more["value"] or more["bare"] or more["roman"])
        sign = _tidy_sign(more["sign"])
        is_list = bool(more["sign"].strip())
        if label in ("", locator.label) and is_list and not further:
            # A second "fl." ("fl. 3 and fl. 9") repeats the same label. A roman number behind others is a word.
            if more["roman"] and values[0][:1].isdigit():
                break
            values.append(sign + (value if label != "other" else f"{more['label']} {value}"))
        elif label:
            further.append(FurtherPlace(sign, more["label"], label, value))
        elif further and is_list and more["bare"]:
            last = further[-1]
            further[-1] = last._replace(value=f"{last.value}{sign}{value}")
        else:
            break
        end = more.end()
    if locator.label in ("other", "unfoliated"):
        return Locator(locator.label, "".join(values), tuple(further)), end
    made = _make(locator.label, "".join(values), locator.word)
    return Locator(made.label, made.value, tuple(further), made.written, made.word), end


def _tidy_sign(sign: str) -> str:
    """Return what stands between two places with one space behind it: " ,and  " -> ", and "."""
    words = " ".join(sign.replace(",", " , ").split()).replace(" ,", ",")
    return f"{words} " if words.startswith(",") or not words else f" {words} "


def _parse_braced(text: str, own: OwnWords) -> Locator | None:
    """Return what stands in braces, which is a place whatever it says: pandoc's "{pp. iv, vi-xi, (xv)}"."""
    text = " ".join(text.split())
    if not text:
        return None
    locator, left = parse_locator(f", {text}", own)
    if locator is not None and not left:
        return locator
    reader = _reader(tuple(own.items()))
    words = _alternatives(word for word, label in reader.labels.items() if label not in ("unfoliated", "other"))
    label = re.match(rf"({words})\s*(?=\S)", text)
    value = re.sub(r"(?<=[\w)])-{1,3}(?=[\w(])", "–", text[label.end() :] if label else text)
    return Locator(reader.labels[label[1]], value, word=label[1]) if label else Locator("other", value)


@lru_cache(maxsize=1 << 14)
def format_locator(locator: Locator, suffix: str = "") -> str:
    """Return the locator as an editor writes it: "fl. 9–20", "n. 50", "171" for a page; in braces where it must be.

    `suffix`: what follows, with the space before it; what stands under a word of a dictionary would take it in.
    """
    for written in _writings(locator):
        found, rest = parse_locator(f", {written}{suffix}")
        if (found, rest.strip()) == (locator, suffix.strip()):
            return written
    return f"{{{written}}}"


def _writings(locator: Locator) -> Iterator[str]:
    """Yield how a locator can be written: a page without its label first, which "1 pgs. 1000" needs, as a day would."""
    if locator.label in ("unfoliated", "other"):
        yield locator.whole
        return
    if locator.label == "page" and locator.value[:1].isdigit():
        yield locator.whole
    yield f"{(LOCATOR_LABELS | OUR_LABELS)[locator.label][0]} {locator.whole}"


# What looks like a place: an abbreviation and a number.
_UNREAD = re.compile(
    rf"[\s,]*((?:[^\W\d_]{{1,12}}\.|{_alternatives(LEAF_LABELS)})\s*[0-9]\S*(?:\s(?:bis|to|do|до|deri|à|hasta)\s[0-9]\S*)?)"
)
# A number that is none of a place: of an edition, of a decade, of a day.
_NO_PLACE = re.compile(
    rf"[\s,]*(?:[0-9]+(?:st|nd|rd|th|er|[eèº.ª]|ème|s)(?!\w)|[0-9]{{1,2}}\.?{_MONTH_AND_YEAR}"
    r"|(?:ed|edn|éd|Aufl|изд|bot|cf|vgl|ca|c|aet)\.)"
)
_UNREAD_NUMBER = re.compile(r"\s*,\s*([A-Z]?[0-9][^\s,;]*)")


def find_unread(suffix: str, *, has_locator: bool) -> str:
    """Return what stands behind a cite as if it were a place and is not read as one, e.g. "s. 12"; "" for nothing."""
    if _NO_PLACE.match(suffix):
        return ""
    match = _UNREAD.match(suffix) or (None if has_locator else _UNREAD_NUMBER.match(suffix))
    # Behind "{}", which says that there is no place, a number is a word of its author's.
    is_read = match and not has_locator and parse_locator(suffix)[0] is not None
    return match[1].rstrip(",;") if match and not is_read else ""

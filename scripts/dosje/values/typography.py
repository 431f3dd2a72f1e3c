"""What people type, as print has it: quotation marks and apostrophes of a language, and spaces where no line breaks.

The marks are those of CLDR (delimiters). A French space is a plain one in the table; `hold_together` makes it hold.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from .stand_ins import CLOSING, INNER_CLOSING, INNER_OPENING, OPENING
from .words import Words


class QuotationMarks(NamedTuple):
    """The marks for "so", and within it for 'so'. `is_paired`: words stand without spaces, so marks go by turns."""

    opening: str
    closing: str
    inner_opening: str
    inner_closing: str
    is_paired: bool = False


ENGLISH_MARKS = QuotationMarks("“", "”", "‘", "’")
_GERMAN = QuotationMarks("„", "“", "‚", "‘")
_GUILLEMETS = QuotationMarks("«", "»", "“", "”")
_RUSSIAN = QuotationMarks("«", "»", "„", "“")
_JAPANESE = QuotationMarks("「", "」", "『", "』", is_paired=True)
_SWEDISH = QuotationMarks("”", "”", "’", "’")
_BY_LANGUAGE = {
    "de": _GERMAN, "cs": _GERMAN, "sk": _GERMAN, "sl": _GERMAN, "is": _GERMAN, "bg": _GERMAN, "lt": _GERMAN,
    "hr": _GERMAN,
    "fr": QuotationMarks("« ", " »", "“", "”"),
    "it": _GUILLEMETS, "es": _GUILLEMETS, "el": _GUILLEMETS, "ca": _GUILLEMETS,
    "no": QuotationMarks("«", "»", "‘", "’"), "nb": QuotationMarks("«", "»", "‘", "’"),
    "nn": QuotationMarks("«", "»", "‘", "’"),
    "ru": _RUSSIAN, "uk": _RUSSIAN, "be": _RUSSIAN,
    "pl": QuotationMarks("„", "”", "«", "»"), "ro": QuotationMarks("„", "”", "«", "»"),
    "hu": QuotationMarks("„", "”", "»", "«"),
    "sv": _SWEDISH, "fi": _SWEDISH,
    "zh": QuotationMarks("“", "”", "‘", "’", is_paired=True), "ja": _JAPANESE,
}  # fmt: skip
_BY_LOCALE = {
    "de-ch": QuotationMarks("«", "»", "‹", "›"), "fr-ch": QuotationMarks("«", "»", "‹", "›"),
    "it-ch": QuotationMarks("«", "»", "‹", "›"), "zh-tw": _JAPANESE, "zh-hant": _JAPANESE, "zh-hk": _JAPANESE,
}  # fmt: skip


@cache
def marks_of(locale: str) -> QuotationMarks:
    """Return the quotation marks of a locale (BCP 47); the English ones for a language that has no others here."""
    low = locale.lower()
    return _BY_LOCALE.get(low) or _BY_LANGUAGE.get(low.partition("-")[0], ENGLISH_MARKS)


# A quotation begins where a text does, behind a blank or a sign, and behind what is elided: l'"Humanité".
_OPENING = re.compile(r"""(?:^|(?<=[\s(\[—–/‘])|(?<=\w['’])(?=.\w))"(?=\S)""")
_WITHIN = re.compile(r"(?<!\w)'(\w[^']*)'(?!\w)")


def curl(text: str, marks: QuotationMarks = ENGLISH_MARKS) -> str:
    """Return the text with typographic quotation marks and apostrophes: “so”, ‘so’, it’s; with the marks of a language.

    French spaces become no-break spaces.
    """
    if '"' in text:
        text = _pair(text, '"', marks) if marks.is_paired else _OPENING.sub(marks.opening, text)
        text = text.replace('"', marks.closing)
    if "'" in text:
        text = _WITHIN.sub(rf"{marks.inner_opening}\1{marks.inner_closing}", text).replace("'", "’")
    return join_lines_of(text, marks) if marks.is_paired else hold_together(text)


def curl_words(words: Words, marks: QuotationMarks) -> Words:
    """Return words as `curl` does, with their styles and links."""
    return tuple(run._replace(text=curl(run.text, marks)) for run in words)


# Ideographs, kana, and their punctuation.
_WITHOUT_SPACES = "[\u3001-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]"
_LINE_END = re.compile(
    f"(?<={_WITHOUT_SPACES})[ \n](?={_WITHOUT_SPACES})|(?<=[\u3001-\u3003\uff01-\uff0c\uff1a-\uff1f])[ \n]"
)


def join_lines_of(text: str, marks: QuotationMarks) -> str:
    """Return the text without the space that the end of a line became between two signs of Chinese or Japanese."""
    return _LINE_END.sub("", text) if marks.is_paired else text


def _pair(text: str, sign: str, marks: QuotationMarks) -> str:
    return re.sub(f"{sign}([^{sign}]*){sign}", rf"{marks.opening}\1{marks.closing}", text)


# What a Markdown parser has made of straight quotes: stand-ins for opening and closing ones.
_QUOTES = re.compile(f"[{OPENING}{CLOSING}{INNER_OPENING}{INNER_CLOSING}]")
_INNER = re.compile(
    f"{INNER_OPENING}((?:[^{INNER_OPENING}{INNER_CLOSING}]|(?<=\\w){INNER_CLOSING}(?=\\w))*){INNER_CLOSING}(?!\\w)"
)


def set_marks(text: str, marks: QuotationMarks) -> str:
    """Return the text with quotation marks for their stand-ins. A single one without its partner is an apostrophe."""
    if not _QUOTES.search(text):
        return text
    if marks.is_paired:
        text = _pair(re.sub(f"[{OPENING}{CLOSING}]", OPENING, text), OPENING, marks)
    text = text.replace(OPENING, marks.opening).replace(CLOSING, marks.closing)
    if marks[2:4] != ENGLISH_MARKS[2:4]:
        text = _INNER.sub(rf"{marks.inner_opening}\1{marks.inner_closing}", text)
        return text.replace(INNER_OPENING, "’").replace(INNER_CLOSING, "’")
    return text.replace(INNER_OPENING, "‘").replace(INNER_CLOSING, "’")


# A colon that a word follows is a sign (":)"). In German »…« the spaces stand outside, and a line may end there.
_FRENCH_SPACE = re.compile(r"(?<![\s;:!?]) (?=[;!?]|:(?!\S)|»(?!\w))|(?<=(?<!\w)«) ")


def hold_together(text: str) -> str:
    """Return the text with no-break spaces where French has a space within « … » and before ; : ! ?.

    Authors type a plain one, and a line would begin with the sign.
    """
    return _FRENCH_SPACE.sub("\u00a0", text)

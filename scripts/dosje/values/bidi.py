"""Text that runs from right to left beside text that runs from left to right.

A browser and Typst order mixed text by Unicode's rules (UAX 9), which take "author, title (publisher, year), page" in
Hebrew for one text, and show the page before the author. Isolates (U+2068 … U+2069) keep each field at its place.
"""

from __future__ import annotations

import re
from functools import lru_cache

from .words import Run, Words

ISOLATE, ISOLATE_END = "\u2068", "\u2069"
_LANGUAGES = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "syr", "ug", "ur", "yi"})
_SCRIPTS = frozenset({"Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm"})
# Without the noncharacters that stand for what is not known yet (`stand_ins`).
_RTL = "\u0590-\u08ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_LTR = "A-Za-z\u00aa-\u024f\u0370-\u058f\u1e00-\u1fff"
# Between two fields: a comma, colon, semicolon, bracket or quotation mark, or a full stop that ends no initial.
_ADDRESS = r"https?://[^\s<>]*[^\s<>.,;:)\]]"  # is one field, whatever stands in it
_BETWEEN = r"[,;:()\[\]«»“”„‘’]|(?<=[^\W\d_]{2})\.(?= )"


def is_right_to_left(language: str) -> bool:
    """Say whether a language (BCP 47) is written from right to left."""
    first, *rest = language.split("-")
    scripts = {part.title() for part in rest if len(part) == 4 and part.isalpha()}
    return bool(scripts & _SCRIPTS) if scripts else first.lower() in _LANGUAGES


def direction_of(language: str) -> str:
    """Return the direction of a language as an attribute of HTML, ` dir="rtl"`, "" if it runs from left to right."""
    return ' dir="rtl"' if is_right_to_left(language) else ""


def isolate_words(words: Words, locale: str) -> Words:
    """Return the words of a citation with each field isolated that runs otherwise than the language of `locale`.

    A run in a style, such as a title, is one field. Elsewhere a field ends where punctuation parts it from the next.
    """
    letters = _LTR if is_right_to_left(locale) else _RTL
    if not any(_has(letters).search(run.text) for run in words):
        return words
    return tuple(run._replace(text=_isolate(run, letters)) for run in words)


def isolate(text: str) -> str:
    """Return the text as one that keeps its own direction."""
    return f"{ISOLATE}{text}{ISOLATE_END}"


def _isolate(run: Run, letters: str) -> str:
    pattern = _whole(letters) if run.styles else _field(letters)
    return pattern.sub(lambda match: isolate(match[0]), run.text)


@lru_cache(maxsize=2)
def _has(letters: str) -> re.Pattern[str]:
    return re.compile(f"[{letters}]")


@lru_cache(maxsize=2)
def _whole(letters: str) -> re.Pattern[str]:
    return re.compile(f"[{letters}](?:.*[{letters}])?", re.DOTALL)


@lru_cache(maxsize=2)
def _field(letters: str) -> re.Pattern[str]:
    words = f"[{letters}](?:(?:(?!{_BETWEEN}|https?://).)*[{letters}])?"
    # Only Latin letters begin an address, so in other editions none is a field of another direction.
    return re.compile(f"{_ADDRESS}|{words}" if letters == _LTR else words, re.DOTALL)

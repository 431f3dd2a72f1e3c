"""The order of letters in the edition's language: "ç" follows "c" in Albanian, and is sorted as "c" in French.

The languages in the table have letters that are sorted in places of their own (CLDR 44, collation charts). In all
other languages a letter with a diacritic is sorted beside the plain letter; so are foreign letters in these languages.
Other scripts follow, in the order of Unicode. In Chinese, its signs follow in the order of the character set of its
script: GB 2312 has the usual ones by pinyin, Big5 by their strokes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache

_LATIN = "a b c d e f g h i j k l m n o p q r s t u v w x y z"
# Language -> the letters that follow another letter.
_BEHIND = {
    "sq": {"c": "ç", "d": "dh", "e": "ë", "g": "gj", "l": "ll", "n": "nj", "r": "rr", "s": "sh", "t": "th",
           "x": "xh", "z": "zh"},
    "bs": {"c": "č ć", "d": "dž đ", "l": "lj", "n": "nj", "s": "š", "z": "ž"},
    "cs": {"c": "č", "h": "ch", "r": "ř", "s": "š", "z": "ž"},
    "da": {"z": "æ ø å"},
    "es": {"n": "ñ"},
    "et": {"s": "š z ž", "v": "õ ä ö ü"},
    "hu": {"c": "cs", "d": "dz dzs", "g": "gy", "l": "ly", "n": "ny", "o": "ö", "s": "sz", "t": "ty", "u": "ü",
           "z": "zs"},
    "lt": {"c": "č", "s": "š", "z": "ž"},
    "lv": {"c": "č", "g": "ģ", "k": "ķ", "l": "ļ", "n": "ņ", "s": "š", "z": "ž"},
    "pl": {"a": "ą", "c": "ć", "e": "ę", "l": "ł", "n": "ń", "o": "ó", "s": "ś", "z": "ź ż"},
    "ro": {"a": "ă â", "i": "î", "s": "ș", "t": "ț"},
    "sk": {"a": "ä", "c": "č", "h": "ch", "o": "ô", "s": "š", "z": "ž"},
    "sl": {"c": "č", "s": "š", "z": "ž"},
    "sv": {"z": "å ä ö"},
    "tr": {"c": "ç", "g": "ğ", "h": "ı", "o": "ö", "s": "ş", "u": "ü"},
}  # fmt: skip
_BEHIND |= {"hr": _BEHIND["bs"], "fi": _BEHIND["sv"], "nb": _BEHIND["da"], "nn": _BEHIND["da"], "no": _BEHIND["da"]}
# Foreign letters that Unicode does not decompose, with the plain letters to sort them by.
_PLAIN = {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"}
_BEYOND = 1000
_NOT_IN_SET = 1 << 16

Order = Callable[[str], tuple[tuple[int, ...], str]]


@cache
def order_of(locale: str) -> Order:
    """Return the sort key of a text in the language of `locale`, e.g. "sq" or "en-GB"."""
    language = locale.replace("_", "-").split("-")[0].lower()
    ranks = _ranks(language)
    longest = max(map(len, ranks))
    character_set = _character_set_of(locale) if language == "zh" else ""

    def sort_key(text: str) -> tuple[tuple[int, ...], str]:
        lower = unicodedata.normalize("NFC", text.replace("I", "ı").lower() if language == "tr" else text.lower())
        weights: list[int] = []
        at = 0
        while at < len(lower):
            size = next((n for n in range(longest, 0, -1) if lower[at : at + n] in ranks), 0)
            if size:
                weights.append(ranks[lower[at : at + size]])
            else:
                weights += _weights_of_foreign(lower[at], ranks, character_set)
            at += size or 1
        return tuple(weights), lower

    return sort_key


def _ranks(language: str) -> dict[str, int]:
    behind = _BEHIND.get(language, {})
    letters = [one for plain in _LATIN.split() for one in (plain, *behind.get(plain, "").split())]
    return {letter: rank for rank, letter in enumerate(dict.fromkeys(letters), start=100)}


def _character_set_of(locale: str) -> str:
    """Return the set whose order Chinese has in a place: where traditional signs are written, that of Big5."""
    parts = locale.replace("_", "-").lower().split("-")
    is_traditional = "hant" in parts or ("hans" not in parts and not {"tw", "hk", "mo"}.isdisjoint(parts))
    return "big5" if is_traditional else "gb2312"


def _rank_of_han(character: str, character_set: str) -> int:
    """Return the place of a sign in a character set. What it does not have follows, in the order of Unicode."""
    try:
        return int.from_bytes(character.encode(character_set), "big")
    except UnicodeEncodeError:
        return _NOT_IN_SET + ord(character)


def _weights_of_foreign(character: str, ranks: dict[str, int], character_set: str) -> list[int]:
    bare = _PLAIN.get(character) or unicodedata.normalize("NFD", character)
    found = []
    for one in bare:
        if one in ranks:
            found.append(ranks[one])
        elif one.isspace():
            found.append(0)  # a shorter name stands before a longer one
        elif one.isdigit():
            found.append(1 + unicodedata.digit(one, 0))
        elif one.isalpha():
            found.append(_BEYOND + (_rank_of_han(one, character_set) if character_set else ord(one)))
    return found

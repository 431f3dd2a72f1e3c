"""Words as a part of an address, in letters that never change.

Addresses of notes are made of these letters, and an address is for ever. So this table is apart from that of the search
(`spelling`), which may be bettered at any time. A letter that is not here may be added; none that is here may change.
"""

from __future__ import annotations

import re
import unicodedata

# Signs that Unicode does not take apart into a Latin letter and a mark.
_LETTERS = {
    "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "‒": "-", "―": "-", "’": "'", "‘": "'", "´": "'", "`": "'",
    "ʼ": "'", "ʹ": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‹": "'", "›": "'", "\u00a0": " ",
    "*": "", "_": " ", "\u00ad": "",
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŧ": "t",
    "ŋ": "ng", "ə": "e",
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "к": "k", "л": "l",
    "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts",
    "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya", "і": "i",
    "є": "ie", "ґ": "g", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "ђ": "dj", "џ": "dz", "ѕ": "dz", "ѣ": "ie",
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k", "λ": "l",
    "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t", "υ": "y", "φ": "f",
    "χ": "ch", "ψ": "ps", "ω": "o",
    "ა": "a", "ბ": "b", "გ": "g", "დ": "d", "ე": "e", "ვ": "v", "ზ": "z", "თ": "t", "ი": "i", "კ": "k", "ლ": "l",
    "მ": "m", "ნ": "n", "ო": "o", "პ": "p", "ჟ": "zh", "რ": "r", "ს": "s", "ტ": "t", "უ": "u", "ფ": "p", "ქ": "k",
    "ღ": "gh", "ყ": "q", "შ": "sh", "ჩ": "ch", "ც": "ts", "ძ": "dz", "წ": "ts", "ჭ": "ch", "ხ": "kh", "ჯ": "j",
    "ჰ": "h",
    "ա": "a", "բ": "b", "գ": "g", "դ": "d", "ե": "e", "զ": "z", "է": "e", "ը": "y", "թ": "t", "ժ": "zh", "ի": "i",
    "լ": "l", "խ": "kh", "ծ": "ts", "կ": "k", "հ": "h", "ձ": "dz", "ղ": "gh", "ճ": "ch", "մ": "m", "յ": "y", "ն": "n",
    "շ": "sh", "ո": "o", "չ": "ch", "պ": "p", "ջ": "j", "ռ": "r", "ս": "s", "վ": "v", "տ": "t", "ր": "r", "ց": "ts",
    "ւ": "v", "փ": "p", "ք": "k", "օ": "o", "ֆ": "f", "և": "ev",
}  # fmt: skip
# Combining marks; those of Cyrillic; those that Unicode 3.2 takes from a Greek letter lie in the first range.
_MARK = re.compile("[\u0300-\u036f\u0483-\u0487]")
_NO_LETTER = re.compile(r"[^a-z0-9]+")
# Unicode's own letters grow from one Python to the next; those of 2002 do not.
_take_apart = unicodedata.ucd_3_2_0.normalize


def slug(text: str) -> str:
    """Return `text` as a part of an address: small Latin letters, digits and hyphens, "" if it has none of them."""
    return _NO_LETTER.sub("-", "".join(map(_plain_letters, text)).lower()).strip("-")


def _plain_letters(sign: str) -> str:
    if sign < "\x7f" and sign not in "*_`":
        return sign
    lower = sign.lower()
    if lower in _LETTERS:
        return _LETTERS[lower]
    parts = (part.lower() for part in _take_apart("NFKD", sign) if not _MARK.fullmatch(part))
    return "".join(_LETTERS.get(part, part) for part in parts)

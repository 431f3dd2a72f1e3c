"""Spells every text one way, so that two spellings of a word are the same word to the lookup.

Is also run in the browser (`javascript.py`): plain functions over texts, numbers, lists and dicts.
"""

from __future__ import annotations

import re
import unicodedata

# One sign for all dashes, one for all quotation marks; letters that Unicode does not take apart.
_SIGNS = {
    "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "‒": "-", "―": "-", "’": "'", "‘": "'", "´": "'", "`": "'",
    "ʼ": "'", "ʹ": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‹": "'", "›": "'", "\u00a0": " ",
    "*": "", "_": " ",
    "\t": " ", "\n": " ", "\r": " ", "\u00ad": "", "ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ø": "o",
    "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "þ": "th", "ı": "i",
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "к": "k", "л": "l",
    "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts",
    "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya", "і": "i",
    "є": "ie", "ґ": "g", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "ђ": "dj", "џ": "dz",
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k", "λ": "l",
    "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t", "υ": "y", "φ": "f",
    "χ": "ch", "ψ": "ps", "ω": "o",
    "א": "a", "ב": "b", "ג": "g", "ד": "d", "ה": "h", "ו": "v", "ז": "z", "ח": "h", "ט": "t", "י": "y", "כ": "k",
    "ך": "k", "ל": "l", "מ": "m", "ם": "m", "נ": "n", "ן": "n", "ס": "s", "ע": "a", "פ": "p", "ף": "p", "צ": "ts",
    "ץ": "ts", "ק": "q", "ר": "r", "ש": "sh", "ת": "t",
    "־": "-", "׳": "'", "״": '"', "\u200e": "", "\u200f": "",
    "ا": "a", "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ز": "z",
    "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "a", "غ": "gh", "ف": "f", "ق": "q", "ك": "k",
    "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "w", "ي": "y", "ى": "a", "ة": "a", "ء": "a", "پ": "p", "چ": "ch",
    "ژ": "zh", "ک": "k", "گ": "g", "ی": "y",
    "،": ",", "؛": ";", "ـ": "",
    "٠": "0", "۰": "0", "١": "1", "۱": "1", "٢": "2", "۲": "2", "٣": "3", "۳": "3", "٤": "4", "۴": "4", "٥": "5",
    "۵": "5", "٦": "6", "۶": "6", "٧": "7", "۷": "7", "٨": "8", "۸": "8", "٩": "9", "۹": "9",
}  # fmt: skip
# Combining marks; those of Cyrillic; points of Hebrew; vowels of Arabic.
_MARK = re.compile("[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670]")
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z0-9]+)*|[^\x00-\x7f]", re.ASCII)
_NUMBERED = re.compile(r"([0-9]+)(?:st|nd|rd|th)", re.ASCII)
_WITHOUT_WEIGHT = (
    "a an and the of in on at by to for from with as is was its his their it that this s und der die das den des von "
    "zu im et le la les du de dans sur e i te per nga dhe ne me il del della di y el los las "
    "al ed eds trans hg hrsg vol no nr chap ch esp ff"
)
_STOPWORDS = set(_WITHOUT_WEIGHT.split(" "))
_ORDINALS = [
    "", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
    "twentieth",
]  # fmt: skip
_NUMBERS = {word: str(number) for number, word in enumerate(_ORDINALS) if word}
_TENS = {"twenty": 20, "thirty": 30}
_ROMANS = {
    "ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "xi": "11", "xii": "12",
    "xiii": "13", "xiv": "14", "xv": "15", "xvi": "16", "xvii": "17", "xviii": "18", "xix": "19", "xx": "20",
    "xxi": "21", "xxii": "22", "xxiii": "23", "xxiv": "24", "xxv": "25",
}  # fmt: skip
# Words that a note may have for the same thing; the first of a line stands for all.
_SYNONYMS = {
    word: line.split(" ")[0]
    for line in (
        "record minute protocol protokoll procesverbal stenogram transcript note",
        "letter message telegram radiogram cable brief lettre leter telegramm",
        "talk conversation meeting discussion negotiation gespraech bisedim takim encounter",
        "report raport bericht rapport information",
        "speech address remark fjalim rede discours",
    )
    for word in line.split(" ")
}


def spell(text: str) -> tuple[str, list[int]]:
    """Return `text` in plain Latin letters, and for each of them its offset in `text` (one more for the end)."""
    letters: list[str] = []
    origin: list[int] = []
    for offset, sign in enumerate(text):
        for letter in _spell_sign(sign):
            letters.append(letter)
            origin.append(offset)
    origin.append(len(text))
    return "".join(letters), origin


def _spell_sign(sign: str) -> str:
    if sign in _SIGNS:
        return _SIGNS[sign]
    if sign < "\x7f":
        return sign
    lower = sign.lower()
    if lower in _SIGNS:
        return _SIGNS[lower].upper()
    parts = [_SIGNS.get(part, part) for part in unicodedata.normalize("NFKD", sign) if not _MARK.fullmatch(part)]
    return "".join(parts)


def find_words(plain: str) -> list[tuple[str, int, int]]:
    """Return the words of a spelled text, each in its one form, with start and end; those without weight left out."""
    found: list[tuple[str, int, int]] = []
    tens = 0
    for match in _WORD.finditer(plain.lower()):
        word = match[0]
        if word.endswith("'s"):
            word = word[:-2]
        word = word.replace("'", "")
        if word in _TENS:
            tens = _TENS[word]
            found.append((str(tens), match.start(), match.end()))
            continue
        token = _one_form(word)
        if tens and word in _NUMBERS and len(token) == 1:
            last = found.pop()
            found.append((str(tens + int(token)), last[1], match.end()))
        elif token and token not in _STOPWORDS:
            found.append((token, match.start(), match.end()))
        tens = 0
    return found


def words_of(text: str) -> list[str]:
    """Return the words of any text, each in its one form."""
    return [word for word, start, end in find_words(spell(text)[0])]


def _one_form(word: str) -> str:
    numbered = _NUMBERED.fullmatch(word)
    if numbered:
        return numbered[1]
    if word in _NUMBERS:
        return _NUMBERS[word]
    if word in _ROMANS:
        return _ROMANS[word]
    if len(word) > 3 and word.endswith("s") and word[-2:] not in ("ss", "us", "is") and not word[0].isdigit():
        word = word[:-1]
    return _SYNONYMS.get(word, word)


def bare_address(address: str) -> str:
    """Return an address without what differs from one printing to the next."""
    bare = address.lower()
    for prefix in ("https://", "http://", "www.", "doi.org/", "dx.doi.org/"):
        if bare.startswith(prefix):
            bare = bare[len(prefix) :]
    return bare.rstrip("/.")


def sound_of(word: str) -> str:
    """Return the letter under which words stand that may begin alike in another spelling."""
    first = word[0]
    if first in "khcqx":
        return "k"
    if first in "sz":
        return "s"
    if first in "vwf":
        return "v"
    if first in "aeiouy":
        return "a"
    if first in "gj":
        return "g"
    return first


def near_synonyms(word: str) -> list[str]:
    """Return the words that stand for those from which a word differs by a slip: "conversaton" is a talk."""
    found: list[str] = []
    for other, first in _SYNONYMS.items():
        if first not in found and first != word and is_near(word, other):
            found.append(first)
    return found


def is_near(one: str, other: str) -> bool:
    """Say whether two words differ by no more than a slip: one letter in four or five, two in more.

    Damerau's distance: a letter left out, put in, changed, or two changed places.
    """
    longer, shorter = (one, other) if len(one) >= len(other) else (other, one)
    allowed = 2 if len(shorter) >= 7 else 1
    if len(shorter) < 4 or len(longer) - len(shorter) > 2 or one[0].isdigit() or other[0].isdigit():
        return False
    if len(shorter) > 4 and longer.startswith(shorter[:-1]):
        return True  # another case of the same name: Hoxha, Hoxhën
    if len(longer) - len(shorter) > allowed:
        return False
    if one[0] != other[0] and one[-2:] != other[-2:]:
        return False
    before: list[int] = []
    row = list(range(len(shorter) + 1))
    for at in range(1, len(longer) + 1):
        two_before, before = before, row
        row = [at]
        least = at
        for across in range(1, len(shorter) + 1):
            same = longer[at - 1] == shorter[across - 1]
            cost = min(before[across] + 1, row[across - 1] + 1, before[across - 1] + (0 if same else 1))
            if (
                at > 1
                and across > 1
                and longer[at - 1] == shorter[across - 2]
                and longer[at - 2] == shorter[across - 1]
            ):
                cost = min(cost, two_before[across - 2] + 1)
            row.append(cost)
            least = min(least, cost)
        if least > allowed:
            return False
    return row[len(shorter)] <= allowed

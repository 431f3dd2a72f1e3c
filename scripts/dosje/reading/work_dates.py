"""The dates of published works, as .bib files, RIS and CSL-JSON say them: EDTF, or words that are printed as they are.

Pandoc reads few of them: of "185X" or "1850/.." nothing is left, of "month = {Spring}" the year, and a year in words
comes back as a string that a style cannot print. Sources: biblatex manual 3.20, 2.3.8 (dates) and 2.2.2 (`date`,
`year`, `month`, `day`); ISO 8601-2:2019.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from ..values.dates import DateError, Edtf, parse_edtf
from .month_names import month_of

# What stands in the place of a date, and is none that anybody could read.
_SAID = re.compile(
    r"(?:forthcoming|in (?:press|print|preparation)|n\.? ?d\.?|s\.? ?[da]\.?|o\.? ?J\.?|no date|undated|sine anno|"
    r"to appear|submitted|accepted|unpublished|im (?:Druck|Erscheinen)|in Vorbereitung|à paraître|sous presse|"
    r"in corso di stampa|en prensa|в печати|б\.? ?г\.?)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")
_ABOUT = re.compile(r"(?:c\.|ca\.?|circa|about|around|um|etwa|vers|verso|hacia|rreth|около|约|~)\s*", re.IGNORECASE)
_DASH = re.compile(r"\s*(?:---?|–|—)\s*")
# Tokens of a written date: names, numbers, and what joins two dates.
_TOKEN = re.compile(r"[^\W\d_]+|[0-9]+|[–/-]")


@dataclass(frozen=True)
class WorkDate:
    """When a work appeared: as EDTF where that can say it, and in the words of its entry where these say it otherwise.

    `is_read`: we know what is meant. Of other words EDTF has the first year, if they have one.
    """

    edtf: Edtf | None
    words: str = ""
    is_read: bool = True

    @property
    def year(self) -> str:
        """The first year in four digits, "" if none is known. Of a decade it is none."""
        text = self.edtf.text if self.edtf else self.words
        found = _YEAR.search(text)
        return found[0] if found and not is_before_christ(text) else ""

    def __str__(self) -> str:
        return self.words or (self.edtf.text if self.edtf else "")


def date_in_fields(fields: Mapping[str, str]) -> WorkDate | None:
    """Return the date that the fields of an entry say, by their names in lower case; None if they say none."""
    return _date_of(*(fields.get(name, "") for name in ("date", "year", "month", "day")))


@lru_cache(maxsize=1 << 14)
def _date_of(date: str, year: str, month: str, day: str) -> WorkDate | None:
    if text := _plain(date):
        return read_date(text)
    text, months, day = _plain(year), _plain(month), _plain(day)
    if not text:
        return WorkDate(None, months, is_read=False) if months else None
    if re.fullmatch(r"[0-9]{4}\?", text):
        return WorkDate(_read(text), text)  # a year may be words (biblatex 2.2.2), and these are
    if not (months and re.fullmatch(r"[0-9]{4}", text)):
        return read_date(text)
    found = _with_month(text, months, day)
    return WorkDate(found, _words_of_season(found, f"{months} {text}")) if found else read_date(f"{months} {text}")


def read_date(text: str) -> WorkDate:
    """Return what a text means that stands where a date should: EDTF of biblatex, or a date in words."""
    if edtf := _read(_modern(text)):
        return WorkDate(edtf)
    if found := _in_words(text):
        return WorkDate(found, _words_of_season(found, text))
    words = re.sub(r"(?<=[0-9])-(?=[0-9])", "–", text) if re.fullmatch(r"[0-9]{4}-[0-9]{4}", text) else text
    if is_before_christ(words) or _SAID.fullmatch(words):
        return WorkDate(None, words)
    guess, is_read = _guess(words)
    return WorkDate(guess, words, is_read)


def is_about(word: str) -> bool:
    """Say whether a word makes the date behind it approximate: "c.", "about"."""
    return _ABOUT.fullmatch(word) is not None


def is_before_christ(words: str) -> bool:
    """Say whether this is EDTF of a year that our dates do not reach. Pandoc reads and prints it."""
    return re.fullmatch(r"(?:-[0-9]{4}|[yY]-[0-9]+)\b.*", words) is not None


def is_biblatex_date(text: str) -> bool:
    """Say whether biber reads this as a date."""
    return is_before_christ(text) or ("[" not in text and _read(_modern(text)) is not None)


def _words_of_season(date: Edtf, words: str) -> str:
    """Return the words of a date that names a season, as the work has it: "Fall 2011" is not "Autumn 2011"."""
    ends = [end for end in (date.start, date.end) if end]
    is_named = re.search(r"[^\W\d_]{3}", words) is not None
    return words if is_named and any((end.month or 0) > 12 for end in ends) else ""


def _modern(text: str) -> str:
    """Return EDTF as we read it: biblatex also has the letters of 2012 ("185u"), "open" and "unknown"."""
    if re.fullmatch(r"[0-9u]{4}(?:-[0-9u]{2}){0,2}", text) and "u" in text:
        text = text.replace("u", "X")
    ends = [re.sub(r"\A(?:open|\*)\Z", "..", re.sub(r"\Aunknown\Z", "", end)) for end in text.split("/")]
    return "/".join(_without_part_of_second(end) for end in ends)


def _without_part_of_second(end: str) -> str:
    day, sign, time = end.partition("T")
    return day + sign + re.sub(r"(:[0-9]{2}:[0-9]{2})\.[0-9]+", r"\1", time) if sign else end


def _read(text: str) -> Edtf | None:
    try:
        return parse_edtf(text).without_times()
    except DateError:
        return None


def _guess(words: str) -> tuple[Edtf | None, bool]:
    """Return what words mean for sorting, and for formats that have no words; and whether we know what they mean.

    "c. 1850" -> 1850~, "[1850?]" -> 1850?, "1850/51" -> 1850/1851, "1850s" -> 185X.
    """
    if years := re.fullmatch(r"([0-9]{2})([0-9]{2})\s*[/–]\s*([0-9]{2})", words):
        return _read(f"{years[1]}{years[2]}/{years[1]}{years[3]}"), years[2] < years[3]
    if decade := re.fullmatch(r"([0-9]{3})0(?:s|er|-er|-х|-е)", words):
        return _read(f"{decade[1]}X"), True
    years_of = _YEAR.findall(words)
    has_more = re.search("[0-9]", _YEAR.sub("", words)) is not None
    if re.fullmatch(r"\W*[0-9]{4}\W*[–/]\W*[0-9]{4}\W*", words) and years_of[0] < years_of[1]:
        return _read("/".join(years_of)), True
    if not years_of:
        return None, False
    about = "~" if _ABOUT.match(words.lstrip("[(")) else ""
    doubt = "?" if re.search(r"[0-9]\s*\]?\?", words) else ""
    return _read(years_of[0] + ("%" if about and doubt else about or doubt)), not has_more


def _in_words(text: str) -> Edtf | None:
    """Return a date whose month or season is named, or whose parts stand in another order: "12 March 2011"."""
    if numbers := re.fullmatch(r"([0-9]{4})[/.]([0-9]{1,2})(?:[/.]([0-9]{1,2}))?", text):
        return _read("-".join([numbers[1], *(f"{int(n):02}" for n in numbers.groups()[1:] if n)]))
    if numbers := re.fullmatch(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4})", text):
        return _read(f"{numbers[3]}-{int(numbers[2]):02}-{int(numbers[1]):02}")
    years = _YEAR.findall(text)
    if len(years) != 1:
        return None
    rest = " ".join(_YEAR.sub(" ", text).split()).strip(" ,.")
    return _with_month(years[0], rest, "") if rest and not rest.isdigit() else None


def _with_month(year: str, months: str, day: str) -> Edtf | None:
    """Return the date of a year, its month as it is written, and perhaps a day: "March–April", "15~Mar.", "3"."""
    ends: list[tuple[int, str]] = []  # month and day of each end
    month, days = 0, [day] if day else []
    for token in _TOKEN.findall(months):
        if token in "–-/":
            ends, month, days = [*ends, (month, days[0] if days else "")], 0, []
        elif token.isdigit() and (month or not re.fullmatch(r"(?:0?[1-9]|1[0-2]|2[1-4])", months)):
            days.append(token)
        elif not month and (named := int(token) if token.isdigit() else month_of(token)):
            month = named
        elif token.lower() not in _BETWEEN:
            return None
    ends.append((month, days[0] if days else ""))
    # "12–15 March", "Dec 24–31": the month stands once.
    known = [one for one, _ in ends if one]
    if len(ends) > 2 or len(days) > 1 or not known:
        return None
    return _read("/".join(_edtf(year, one or known[0], number) for one, number in ends))


# Words and endings between the parts of a date: "the 3rd of March", "de marzo de".
_BETWEEN = frozenset({"of", "the", "de", "del", "di", "st", "nd", "rd", "th", "er", "and", "und", "et", "г", "года"})


def _edtf(year: str, month: int, day: str) -> str:
    return f"{year}-{month:02}" + (f"-{int(day):02}" if day and month <= 12 else "")


def _plain(value: str) -> str:
    r"""Return the value of a field without TeX: "mar # "~15"" -> "mar 15", "1918--1922" -> "1918–1922"."""
    text = " ".join(part.strip().strip('"{}') for part in value.split("#")) if "#" in value else value
    text = re.sub(r"\\noopsort\s*\{[^{}]*\}|\\(?:relax|protect|ignorespaces)\b", "", text)
    text = re.sub(r"\\text(?:asciitilde|tildelow)(?:\{\})?", "~", text)
    text = re.sub(r"\\([a-zA-Z]+|.)\s*", r"", re.sub(r"\\(['\"`^])\{?([a-zA-Z])\}?", _accented, text))
    text = re.sub(r"[{}$]", "", re.sub(r"(?<=[\w.\"])~(?=\w)", " ", text))
    return " ".join(_DASH.sub("–", text).split())


def _accented(match: re.Match[str]) -> str:
    marks = {"'": "\u0301", '"': "\u0308", "`": "\u0300", "^": "\u0302"}
    return unicodedata.normalize("NFC", match[2] + marks[match[1]])

"""The names of months and seasons in the languages of works, as CLDR has them, in full and abbreviated."""

from __future__ import annotations

from functools import cache

from babel import Locale

# The macros of BibTeX are the English abbreviations. Seasons are not in CLDR; their numbers are those of EDTF.
_LANGUAGES = (
    "en", "de", "fr", "it", "es", "pt", "nl", "sv", "da", "nb", "fi", "pl", "cs", "sk", "hu", "ro", "sl", "hr", "sr",
    "sq", "bg", "mk", "ru", "uk", "el", "tr", "la",
)  # fmt: skip
_SEASONS = {
    21: "spring frühling frühjahr printemps primavera pranvera весна voorjaar lente wiosna jaro proljeće пролет",
    22: "summer sommer été estate verano vera лето zomer lato léto ljeto лято",
    23: "autumn fall herbst automne autunno otoño vjeshta осень herfst jesień podzim jesen есен",
    24: "winter hiver inverno invierno dimër dimri зима zima зима",
}
# Abbreviations that no CLDR has.
_OTHERS = {
    "sept": 9,
    "jänner": 1,
    "feber": 2,
    "mrz": 3,
    "märz": 3,
    "janv": 1,
    "févr": 2,
    "avr": 4,
    "juil": 7,
    "déc": 12,
}


def month_of(name: str) -> int:
    """Return the number of a month, 1–12, or of a season, 21–24, 0 if the name is that of none."""
    return _numbers().get(name.casefold().rstrip("."), 0)


@cache
def _numbers() -> dict[str, int]:
    found: dict[str, int] = {}
    for language in _LANGUAGES:
        try:
            months = Locale.parse(language).months
        except ValueError:
            continue
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months[context][width].items():
                    word = name.casefold().rstrip(".")
                    # A name that another language gives to another month means the first: "listopad" is October in
                    # Croatia, November in Poland.
                    if not word.isdigit():
                        found.setdefault(word, number)
    for number, names in _SEASONS.items():
        found |= dict.fromkeys(names.split(), number)
    return found | _OTHERS

"""Months in the case that a day asks for: "12 ноября", where CSL knows only "ноябрь".

A term of CSL has one form for a month, whether a day stands before it or not (CSL 1.0.2, "Months"; the locales of these
languages have the nominative). CLDR has both.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ..phrases.cldr import read_locale
from ..values.words import Run, Words

# Languages in which a month behind a day stands in another case.
_DECLINING = frozenset({"be", "cs", "el", "fi", "hr", "lt", "pl", "ru", "sk", "uk"})


def decline_months(found: Words, locale: str) -> Words:
    """Return the words of a source with each month behind a day in the genitive, or the case that the language has."""
    language = locale.partition("-")[0].lower()
    if language not in _DECLINING:
        return found
    pattern, form_of = _months_of(language)
    return tuple(
        Run(pattern.sub(lambda match: match[1] + form_of[match[2].casefold()], run.text), run.styles, run.url)
        for run in found
    )


@lru_cache(maxsize=16)
def _months_of(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return what finds a month behind a day, and its form there by its name in small letters."""
    months = read_locale(language).months
    alone, dated = months["stand-alone"]["wide"], months["format"]["wide"]
    form_of = {alone[number].casefold(): dated[number] for number in range(1, 13)}
    names = "|".join(map(re.escape, form_of))
    return re.compile(rf"(?<!\d)(\d{{1,2}}\.?[ \u00a0])({names})(?!\w)", re.IGNORECASE), form_of

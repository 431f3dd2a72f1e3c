"""The place in a source that a cite names, in words."""

from __future__ import annotations

from contextlib import suppress

from ..values.citations import Cite
from ..values.leaf_words import LeafWords, print_place
from .phrases import Phrases

# The end of the keys of phrases that speak of the leaves of a file, by what its numbers count.
SUFFIX_BY_COUNT = {"folios": "", "pages": "-pages", "unknown": "-unknown"}
# The levels that have a phrase. Any other word is the archive's own.
_LEVELS = frozenset({"fonds", "series", "file", "item"})


def say_level(level: str, phrases: Phrases) -> str:
    """Return the level of an archival unit in words: ours, or the archive's own."""
    return phrases(f"source.level.{level}") if level in _LEVELS else level


def say_country(code: str | None, phrases: Phrases) -> str:
    """Return the name of a country in the edition's language, "" for none. `code`: two letters (ISO 3166-1)."""
    return phrases.babel.territories.get(code, code) if code else ""


def say_language(code: str | None, phrases: Phrases) -> str:
    """Return the name of a language in the edition's, "" for none; a code that CLDR has no name for stands as it is.

    `code`: BCP 47. A script or region that it has stands in brackets: "Chinese (Traditional)".
    """
    if not code:
        return ""
    from babel.core import Locale, UnknownLocaleError  # Babel takes a while, and few pages need it

    with suppress(ValueError, UnknownLocaleError):
        return str(Locale.parse(code, sep="-", resolve_likely_subtags=False).get_display_name(phrases.babel) or code)
    return str(phrases.babel.languages.get(code, code))


def describe_place(cite: Cite, leaves: LeafWords, phrases: Phrases) -> str:
    """Return the place that a cite names, as readers see it, in English "fl. 9–20", "p. 3", "as a whole".

    `leaves`: how the archive of the source, or the edition, writes its leaves.
    """
    if cite.locator is None:
        return phrases("locator.whole")
    seen = leaves.seen(cite.locator)
    if place := print_place(seen, leaves):
        return place
    return phrases(f"locator.{seen.label}", value=leaves.print_value(seen))

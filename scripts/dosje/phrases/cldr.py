"""What CLDR says of a locale, each with data of its own. Import it late: Babel takes a while, and few pages need it.

Babel's locales share what they have from the root of all languages. There Babel 2.18 also keeps what it has once looked
up: who asks for the short months of Hebrew and then of Chinese gets those of Hebrew.
"""

from __future__ import annotations

from copy import deepcopy
from functools import cached_property

from babel.core import Locale, UnknownLocaleError
from babel.localedata import LocaleDataDict, load


class _Apart(Locale):
    """A locale whose data no other locale reads or writes."""

    @cached_property
    def _data(self) -> LocaleDataDict:
        return LocaleDataDict({name: deepcopy(part) for name, part in load(str(self)).items()})


def read_locale(tag: str) -> Locale:
    """Return what CLDR says of a locale (BCP 47); of its language alone where it does not know the region.

    Raises UnknownLocaleError for a language that CLDR does not know, ValueError for what is no tag.
    """
    try:
        return _Apart.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return _Apart.parse(tag.partition("-")[0])

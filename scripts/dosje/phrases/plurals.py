"""Which plural form a whole number takes, by language, as CLDR says (supplemental/plurals.xml, CLDR 47).

The languages of our own phrases stand here, because Babel takes long to load, and a command that answers at once needs
no more of it. A test compares each with Babel. Babel is asked for all others.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel.core import Locale

_MILLION = 1_000_000

PluralRule = Callable[[int], str]


def _one(n: int) -> str:
    return "one" if n == 1 else "other"


def _one_or_millions(n: int) -> str:
    return "one" if n == 1 else "many" if n and n % _MILLION == 0 else "other"


def _french(n: int) -> str:
    return "one" if n in (0, 1) else "many" if n % _MILLION == 0 else "other"


def _russian(n: int) -> str:
    if n % 10 == 1 and n % 100 != 11:
        return "one"
    return "few" if 2 <= n % 10 <= 4 and not 12 <= n % 100 <= 14 else "many"


def _other(n: int) -> str:
    return "other"


PLURAL_RULES: dict[str, PluralRule] = {
    "de": _one,
    "en": _one,
    "es": _one_or_millions,
    "fr": _french,
    "it": _one_or_millions,
    "ru": _russian,
    "sq": _one,
    "zh": _other,
}


def plural_form(language: str, count: int, babel: Callable[[], Locale]) -> str:
    """Return the name of the form, e.g. "few". `language`: its first subtag; `babel` gives what CLDR says of it."""
    rule = PLURAL_RULES.get(language)
    return rule(count) if rule else str(babel().plural_form(count))

"""The phrases of one language: text by key, with places for values, and with plural forms.

A phrase is data, `{name}` in it a place for a value and nothing else: no phrase can reach into what is put there. What
comes back is plain text; who prints it escapes it, as all text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel.core import Locale

_PLACE = re.compile(r"\{([a-z]+(?:_[a-z]+)*)\}")
# The value that chooses the plural form, and the forms that English has; every phrase has the last.
_COUNT, _ONE, _OTHER = "n", "one", "other"

# What a file of phrases says of one key: a text, or one for each plural form (CLDR: one, few, many, other …).
Forms = str | Mapping[str, str]


@dataclass(frozen=True)
class Slot:
    """Where a value stands in a phrase."""

    name: str


class Spoken(str):
    """Words of a phrase itself, and not of a value in it."""

    __slots__ = ()


def parse_phrase(text: str) -> tuple[Spoken | Slot, ...]:
    """Return the words of a phrase and the places between them: "on {n} pages" -> "on ", Slot("n"), " pages".

    Raises ValueError if a brace is not part of a place.
    """
    pieces = [Slot(piece) if index % 2 else Spoken(piece) for index, piece in enumerate(_PLACE.split(text))]
    if any(isinstance(piece, str) and ("{" in piece or "}" in piece) for piece in pieces):
        raise ValueError(f'a place for a value is written "{{name}}", not as in "{text}"')
    return tuple(piece for piece in pieces if piece != "")


class Phrases:
    """The phrases of one language. `phrases("facts.born")` is a text; a phrase with places takes values by name.

    `locale`: BCP 47, of the phrases' own language, which decides on plurals, lists, months and numbers. `forms`: what
    the files say, by key.
    """

    def __init__(self, locale: str, forms: Mapping[str, Forms]) -> None:
        self.locale = locale
        self._texts: dict[str, tuple[Spoken | Slot, ...]] = {}
        self._plurals: dict[str, Mapping[str, tuple[Spoken | Slot, ...]]] = {}
        self._plain: dict[str, Spoken] = {}
        self.forms = forms
        for key, form in forms.items():
            if not isinstance(form, str):
                self._plurals[key] = {name: parse_phrase(text) for name, text in form.items()}
            elif "{" in form or "}" in form:
                self._texts[key] = parse_phrase(form)
            else:
                self._plain[key] = Spoken(form)

    def with_labels(self, labels: Mapping[str, str]) -> Phrases:
        """Return these phrases and more, by key: texts that an edition gave, in which a brace is only a brace."""
        worded = copy(self)
        worded._plain = self._plain | {key: Spoken(label) for key, label in labels.items()}
        worded.forms = {**self.forms, **labels}
        return worded

    def __call__(self, key: str, **values: object) -> str:
        """Return a phrase with its values. Raises KeyError for a key or value that is not there."""
        found = self._plain.get(key)
        return str(found) if found is not None else "".join(map(str, self.pieces(key, **values)))

    def pieces(self, key: str, **values: object) -> list[object]:
        """Return the words and values of a phrase in their order, for who puts together more than text.

        The words are of the type `Spoken`, so that who escapes them otherwise than values can tell them. Of several
        plural forms the value `n`, a number, chooses. Raises KeyError as the call does.
        """
        if (plain := self._plain.get(key)) is not None:
            return [plain]
        parts = self._texts.get(key) or self._plural(key, values)
        return [part if isinstance(part, Spoken) else values[part.name] for part in parts]

    def _plural(self, key: str, values: Mapping[str, object]) -> tuple[Spoken | Slot, ...]:
        forms, count = self._plurals[key], values[_COUNT]
        assert isinstance(count, int)
        if self.locale.startswith("en"):  # Babel takes long to load, and a command that answers at once needs no more
            return forms[_ONE if count == 1 else _OTHER]
        return forms.get(self.babel.plural_form(count)) or forms[_OTHER]

    def number(self, value: int) -> str:
        """Return a large number as the language groups its digits."""
        from babel.numbers import format_decimal  # Babel takes a while, and few pages need it

        return format_decimal(value, locale=self.babel)

    def month(self, number: int, *, is_alone: bool = False) -> str:
        """Return the name of a month, from 1. `is_alone`: without a day, which some languages say otherwise."""
        return str(self._months[is_alone][number])

    @cached_property
    def _months(self) -> tuple[Mapping[int, str], Mapping[int, str]]:
        months = self.babel.months
        return months["format"]["wide"], months["stand-alone"]["wide"]

    def listed(self, items: Iterable[str]) -> str:
        """Return several texts as a sentence lists them: "a, b and c"."""
        return "".join(map(str, self.list_pieces(list(items))))

    def list_pieces(self, items: Sequence[object]) -> list[object]:
        """Return the items of a list with what stands between them, for who puts together more than text."""
        if len(items) < 2:
            return list(items)
        patterns = self.babel.list_patterns["standard"]
        if len(items) == 2:
            return [items[0], _between(patterns["2"]), items[1]]
        pieces = [items[0], _between(patterns["start"])]
        for item in items[1:-2]:
            pieces += [item, _between(patterns["middle"])]
        return [*pieces, items[-2], _between(patterns["end"]), items[-1]]

    @cached_property
    def babel(self) -> Locale:
        """What CLDR says of the language; of its region, too, where it knows that."""
        from babel.core import Locale, UnknownLocaleError

        try:
            return Locale.parse(self.locale, sep="-")
        except (UnknownLocaleError, ValueError):
            return Locale.parse(self.locale.partition("-")[0])


def _between(pattern: str) -> str:
    """Return what a pattern of CLDR has between two items: "{0} and {1}" -> " and "."""
    return pattern.removeprefix("{0}").removesuffix("{1}")

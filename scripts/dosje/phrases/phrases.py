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
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from babel.core import Locale

from ..values.typography import marks_of
from .date_patterns import DatePatterns, short_months
from .plurals import plural_form

# The language of a phrase that another one does not have.
BORROWED_FROM = "en"
_PLACE = re.compile(r"\{([a-z]+(?:_[a-z]+)*)\}")
# The values that choose a form: a number the plural, a name any other. The last two are for whatever has no form.
_COUNT, _FORM, _OTHER, _NOMINATIVE = "n", "form", "other", "nominative"

# What a file of phrases says of one key: a text, or one for each plural form (CLDR: one, few, many, other …), each case
# (nominative, genitive), or each exactness of a date (day, month, season, year, decade, century, other).
Forms = str | Mapping[str, str]


@dataclass(frozen=True)
class Slot:
    """Where a value stands in a phrase."""

    name: str


class Spoken(str):
    """Words of a phrase itself, and not of a value in it."""

    __slots__ = ()


class Borrowed(Spoken):
    """Words of a phrase that the language does not have, in English."""

    __slots__ = ()


class Lent(str):
    """A text of which some words are borrowed: its pieces in their order, of which these have the type `Borrowed`."""

    __slots__ = ("pieces",)
    pieces: tuple[str, ...]

    def __new__(cls, text: str, pieces: tuple[str, ...] = ()) -> Lent:
        made = super().__new__(cls, text)
        made.pieces = pieces
        return made


def parts_of(text: str) -> tuple[str, ...]:
    """Return what a text is put together of, so that its borrowed words stand alone: mostly the text itself."""
    return text.pieces if isinstance(text, Lent) else (text,)


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

    `locale`: BCP 47, of the phrases, which decides on plurals, lists, dates and numbers. `forms`: what the files say,
    by key. `borrowed`: the keys that the language's own files do not have, so that `forms` says them in English.
    """

    def __init__(self, locale: str, forms: Mapping[str, Forms], borrowed: frozenset[str] = frozenset()) -> None:
        self.locale = locale
        self.language = locale.partition("-")[0].lower()
        self.marks = marks_of(locale)
        self.forms = forms
        self.borrowed = borrowed
        self._texts: dict[str, tuple[Spoken | Slot, ...]] = {}
        self._choices: dict[str, Mapping[str, tuple[Spoken | Slot, ...]]] = {}
        self._plain: dict[str, Spoken] = {}
        for key, form in forms.items():
            if not isinstance(form, str):
                self._choices[key] = {name: self._parse(key, text) for name, text in form.items()}
            elif "{" in form or "}" in form:
                self._texts[key] = self._parse(key, form)
            else:
                self._plain[key] = self._spoken(key, form)

    def _parse(self, key: str, text: str) -> tuple[Spoken | Slot, ...]:
        return tuple(piece if isinstance(piece, Slot) else self._spoken(key, piece) for piece in parse_phrase(text))

    def _spoken(self, key: str, text: str) -> Spoken:
        return Borrowed(text) if key in self.borrowed else Spoken(text)

    def with_labels(self, labels: Mapping[str, str], english: Mapping[str, str] = MappingProxyType({})) -> Phrases:
        """Return these phrases and more, by key: texts that an edition gave, in which a brace is only a brace.

        `english`: texts for what neither these phrases nor `labels` say. Another language borrows them.
        """
        worded = copy(self)
        lent = {key: text for key, text in english.items() if key not in self.forms and key not in labels}
        worded.forms = {**self.forms, **lent, **labels}
        if self.language != BORROWED_FROM:
            worded.borrowed = self.borrowed - labels.keys() | lent.keys()
        worded._plain = self._plain | {key: worded._spoken(key, text) for key, text in (lent | dict(labels)).items()}
        return worded

    def __call__(self, key: str, **values: object) -> str:
        """Return a phrase with its values. Raises KeyError for a key or value that is not there.

        Words that are borrowed have the type `Borrowed`, and a text with some in it `Lent`: who prints them says so.
        """
        found = self._plain.get(key)
        if found is not None:
            return found if isinstance(found, Borrowed) else str(found)
        pieces = self.pieces(key, **values)
        text = "".join(map(str, pieces))
        if not any(isinstance(piece, Borrowed | Lent) for piece in pieces):
            return text
        parts = (part for piece in pieces for part in parts_of(piece if isinstance(piece, str) else str(piece)))
        return Lent(text, tuple(part if isinstance(part, Borrowed) else str(part) for part in parts))

    def pieces(self, key: str, **values: object) -> list[object]:
        """Return the words and values of a phrase in their order, for who puts together more than text.

        The words are of the type `Spoken`, so that who escapes them otherwise than values can tell them. Of several
        forms the value `n`, a number, or `form`, a name, chooses. Raises KeyError as the call does.
        """
        if (plain := self._plain.get(key)) is not None:
            return [plain]
        parts = self._texts.get(key) or self._choose(key, values)
        return [part if isinstance(part, Spoken) else values[part.name] for part in parts]

    def _choose(self, key: str, values: Mapping[str, object]) -> tuple[Spoken | Slot, ...]:
        forms = self._choices[key]
        if _FORM in values:
            return forms.get(str(values[_FORM])) or forms.get(_OTHER) or forms[_NOMINATIVE]
        count = values[_COUNT]
        assert isinstance(count, int)
        language = BORROWED_FROM if key in self.borrowed else self.language
        return forms.get(plural_form(language, count, lambda: self.babel)) or forms[_OTHER]

    def number(self, value: int) -> str:
        """Return a large number as the language groups its digits."""
        from babel.numbers import format_decimal  # Babel takes a while, and few pages need it

        return format_decimal(value, locale=self.babel)

    @cached_property
    def dates(self) -> DatePatterns:
        """How the language writes days, months and years, in its region."""
        return DatePatterns(self.babel)

    def months(self, width: Literal["abbreviated", "narrow"]) -> list[str]:
        """Return the twelve months in short."""
        return short_months(self.babel, width)

    def listed(self, items: Iterable[str], style: Literal["standard", "or"] = "standard") -> str:
        """Return several texts as a sentence lists them: "a, b and c"; in the style "or": "a, b or c"."""
        return "".join(map(str, self.list_pieces(list(items), style)))

    def list_pieces(self, items: Sequence[object], style: Literal["standard", "or"] = "standard") -> list[object]:
        """Return the items of a list with what stands between them, for who puts together more than text."""
        if len(items) < 2:
            return list(items)
        patterns = self.babel.list_patterns[style]
        if len(items) == 2:
            return [items[0], _between(patterns["2"]), items[1]]
        pieces = [items[0], _between(patterns["start"])]
        for item in items[1:-2]:
            pieces += [item, _between(patterns["middle"])]
        return [*pieces, items[-2], _between(patterns["end"]), items[-1]]

    @cached_property
    def between(self) -> str:
        """What stands between two of many things that are listed: ", ", in Chinese "、"."""
        return _between(self.babel.list_patterns["standard"]["middle"])

    @cached_property
    def babel(self) -> Locale:
        """What CLDR says of the language; of its region, too, where it knows that."""
        from .cldr import read_locale  # Babel takes a while, and few pages need it

        return read_locale(self.locale)


def _between(pattern: str) -> str:
    """Return what a pattern of CLDR has between two items: "{0} and {1}" -> " and "."""
    return pattern.removeprefix("{0}").removesuffix("{1}")

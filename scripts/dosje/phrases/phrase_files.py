"""Reads the files of phrases: one a language. `en.yml` says every key, and an edition may have files of its own.

A locale is said by its own file, then by that of its language, then in English: "de-AT", "de", "en".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from .phrases import BORROWED_FROM, Forms, Phrases

_REGION = "GB"  # whose English an edition has that names no region
ABOUT = "about"  # says of which language a file is; no phrase
# Whose script is another than that of our file of the language, by region.
_SCRIPT_BY_REGION = {"zh-TW": "Hant", "zh-HK": "Hant", "zh-MO": "Hant", "sr-ME": "Latn"}
# Every value is text: a phrase "No" is no truth value.
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

# Files of an edition: the locale that each is named after, and its phrases, as pairs, so that they can be compared.
OwnForms = tuple[tuple[str, tuple[tuple[str, str | tuple[tuple[str, str], ...]], ...]], ...]


@dataclass(frozen=True)
class About:
    """What a file says of itself. `language`: BCP 47; `name`: in itself; `read_over`: by whom, nobody yet if empty."""

    language: str
    name: str
    made: str
    read_over: tuple[str, ...]


@cache
def read_phrases(locale: str, own: OwnForms = ()) -> Phrases:
    """Return the phrases of a locale (BCP 47), each from the first file that has it; `own`: the edition's."""
    given = locale.replace("_", "-")
    if given.lower() == BORROWED_FROM:
        given = f"{BORROWED_FROM}-{_REGION}"
    of_edition = {name: {key: _thaw(form) for key, form in forms} for name, forms in own}
    said: dict[str, Forms] = {}
    for name in _chain(given):
        said = {**_read(name), **of_edition.get(name, {}), **said}
    english = _read(BORROWED_FROM)
    if not said:  # then dates and lists are English as well
        return Phrases(f"{BORROWED_FROM}-{_REGION}", english, frozenset(english))
    if _is_english(given):
        return Phrases(given, {**english, **said})
    return Phrases(given, {**english, **said}, frozenset(english.keys() - said.keys()))


def read_about(language: str) -> About:
    """Return what the file of a language says of itself."""
    found = _load(language).get(ABOUT)
    assert isinstance(found, dict)
    return About(found["language"], found["name"], found["made"], tuple(found["read-over"]))


def phrase_languages() -> tuple[str, ...]:
    """Return the languages that have a file, by the names of the files, sorted."""
    return tuple(sorted(path.name[:-4] for path in files(__package__).iterdir() if path.name.endswith(".yml")))


def find_untold(phrases: Phrases) -> list[str]:
    """Return the keys that the language of the phrases does not have, sorted: readers see these in English."""
    return sorted(phrases.borrowed)


def _is_english(locale: str) -> bool:
    return locale.partition("-")[0].lower() == BORROWED_FROM


def _chain(locale: str) -> Iterator[str]:
    """Yield the names of the files that may say a phrase, the nearest first: "de-AT", "de"."""
    parts = locale.split("-")
    for size in range(len(parts), 0, -1):
        name = "-".join(parts[:size])
        if size > 1 or _has_script_of(name, locale):
            yield name


def _has_script_of(language: str, locale: str) -> bool:
    """Say whether the file of a language is written as the locale is: "zh" is no help to who reads "zh-Hant"."""
    scripts = {part for part in locale.split("-")[1:] if len(part) == 4 and part.isalpha()}
    scripts |= {script for region, script in _SCRIPT_BY_REGION.items() if locale == region}
    written = {part for part in _load(language).get(ABOUT, {}).get("language", "").split("-")[1:] if len(part) == 4}
    return not (scripts and written) or bool(scripts & written)


def _thaw(form: str | tuple[tuple[str, str], ...]) -> Forms:
    return form if isinstance(form, str) else dict(form)


def _read(name: str) -> Mapping[str, Forms]:
    return {key: form for key, form in _load(name).items() if key != ABOUT}


@cache
def _load(name: str) -> dict[str, Any]:
    path = files(__package__) / f"{name}.yml"
    if not path.is_file():
        return {}
    found: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), _Loader)
    return found

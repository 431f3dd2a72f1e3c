"""Reads the files of phrases: one a language, `en.yml` the one that says every key."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from .phrases import Forms, Phrases

_LANGUAGE = "en"  # what another language does not say is said in this one
_REGION = "GB"
# Every value is text: a phrase "No" is no truth value.
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@cache
def read_phrases(locale: str) -> Phrases:
    """Return the phrases of a locale (BCP 47). English where there is no file for its language."""
    given = locale.replace("_", "-")
    is_english = given.partition("-")[0].lower() == _LANGUAGE
    return Phrases(given if is_english else f"{_LANGUAGE}-{_REGION}", _read(_LANGUAGE))


def _read(language: str) -> dict[str, Forms]:
    text = (files(__package__) / f"{language}.yml").read_text(encoding="utf-8")
    found: dict[str, Forms] = yaml.load(text, _Loader)
    return found

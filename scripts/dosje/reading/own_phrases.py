"""Reads the phrases of an edition: `phrases/LANGUAGE.yml` says single ones otherwise, or all in a language more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ..phrases.phrase_files import OwnForms, read_phrases
from ..phrases.phrases import Forms, parse_phrase
from ..values.findings import Finding, did_you_mean
from .files import find_files, name_of, read_text
from .yamltree import Located, read_yaml

PHRASES_FOLDER = "phrases"
_PLACE = re.compile(r"\{([a-z]+(?:_[a-z]+)*)\}")
# Places of dates that only other languages use.
_OF_DATES = frozenset({"date_genitive", "century", "century_roman", "n"})


def read_own_phrases(root: Path) -> tuple[OwnForms, list[Finding]]:
    """Return the phrases of the edition in `root`, by the names of its files, and what is wrong with them."""
    found, findings = [], []
    for path in find_files(root / PHRASES_FOLDER, root).files:
        if path.suffix != ".yml":
            continue
        text, problems = read_text(path, root)
        findings += problems
        located, problems = read_yaml(text or "", name_of(path, root)) if text is not None else (None, [])
        findings += problems
        if located is not None and isinstance(located.value, dict):
            wrong = list(_check(located))
            findings += wrong
            if not wrong:
                found.append((path.stem, tuple((key, _freeze(form)) for key, form in located.value.items())))
    return tuple(found), findings


def _freeze(form: Forms) -> str | tuple[tuple[str, str], ...]:
    return form if isinstance(form, str) else tuple(form.items())


def _check(located: Located) -> Iterator[Finding]:
    known = read_phrases("en-GB").forms
    for key, form in located.value.items():
        said = known.get(str(key))
        if said is None:
            message, hint = f'no phrase has the key "{key}"', did_you_mean(str(key), known) or "docs/manual names them"
            yield Finding(located.key_span((key,)), "bad-phrase", message, hint)
            continue
        texts = form.values() if isinstance(form, dict) else [form]
        wanted = {name for text in _texts(said) for name in _PLACE.findall(text)} | _OF_DATES
        for text in texts:
            if problem := _problem_of(text, wanted):
                yield Finding(located.span((key,)), "bad-phrase", problem, "; ".join(_texts(said)))


def _texts(form: Forms) -> list[str]:
    return [form] if isinstance(form, str) else list(form.values())


def _problem_of(text: object, wanted: set[str]) -> str:
    if not isinstance(text, str) or not text:
        return "a phrase is a text, or one text for each form"
    try:
        parse_phrase(text)
    except ValueError as error:
        return str(error)
    new = sorted(set(_PLACE.findall(text)) - wanted)
    return f"this phrase has no place {{{new[0]}}}" if new else ""

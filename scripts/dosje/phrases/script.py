"""Gives the scripts and templates of the theme the phrases that they ask for.

A script carries its own phrases at its head: a page opened from disk may load scripts only, and no page needs a file
more. A template finds them in MkDocs' configuration, so that any program that reads it can make the pages.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from importlib.resources import files

from .phrases import Forms, Phrases

# How a script asks for a phrase: dosjePhrase("search.none"), or with values behind the key.
_IN_SCRIPT = re.compile(r'\bdosjePhrase\(\s*"([a-z0-9.-]+)"')
# The same with a key that ends in a value: dosjePhrase(`kind.${kind}`).
_ANY_IN_SCRIPT = re.compile(r"\bdosjePhrase\(\s*`([a-z0-9.-]+[.-])\$\{")
# How a template of the theme does: {{ config.extra.phrases["search.none"] }}.
_IN_TEMPLATE = re.compile(r'\bphrases\["([a-z0-9.-]+)"\]')


def keys_in_script(script: str, known: Iterable[str]) -> set[str]:
    """Return the keys of the phrases that a script asks for; of `known` those that it may put together."""
    beginnings = tuple(_ANY_IN_SCRIPT.findall(script))
    return set(_IN_SCRIPT.findall(script)) | {key for key in known if beginnings and key.startswith(beginnings)}


def keys_in_templates(templates: Iterable[str]) -> set[str]:
    """Return the keys of the phrases that templates of the theme ask for."""
    return {key for template in templates for key in _IN_TEMPLATE.findall(template)}


def pick_phrases(phrases: Phrases, keys: Iterable[str]) -> dict[str, Forms]:
    """Return the phrases of those `keys` that there are, as data, in the order of the keys."""
    return {key: phrases.forms[key] for key in sorted(keys) if key in phrases.forms}


def with_phrases(script: str, phrases: Phrases) -> str:
    """Return a script with the phrases that it asks for at its head; unchanged if it asks for none."""
    if not (keys := keys_in_script(script, phrases.forms)):
        return script
    said = json.dumps(pick_phrases(phrases, keys), ensure_ascii=False, separators=(",", ":"))
    borrowed = sorted(key for key in keys if key in phrases.borrowed)
    more = f"borrowed:[...(self.dosjePhrases?.borrowed??[]),...{json.dumps(borrowed)}]," if borrowed else ""
    head = f'self.dosjePhrases={{...self.dosjePhrases,locale:"{phrases.locale}",{more}...{said}}};\n'
    function = (files(__package__) / "phrases.js").read_text(encoding="utf-8").partition("*/\n\n")[2]
    return f"{head}{function}\n{script}"

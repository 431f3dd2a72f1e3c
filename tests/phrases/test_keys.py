"""Every phrase is asked for somewhere, and whatever is asked for is a phrase."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import get_args

from conftest import PROJECT
from dosje.phrases.phrase_files import read_phrases
from dosje.phrases.script import keys_in_script, keys_in_templates
from dosje.reading import authority_records, source_records
from dosje.reading.fields import Model
from dosje.reading.vocabulary import DEFAULTS, LISTS

PACKAGE = PROJECT / "scripts" / "dosje"
KEYS = set(read_phrases("en-GB").forms)
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)+")
_BEGINNING = re.compile(r"[a-z]+(?:-[a-z]+)*\.(?:[a-z0-9-]+\.)*(?:[a-z0-9-]+-)?")
# What is called with the key of a phrase: settings.phrases, context.say, pieces …
_ASKING = ("phrases", "pieces", "say")
_IN_PAGE = re.compile(r'"([a-z0-9.-]+)"')
_ASKED_IN_PAGE = re.compile(r'phrases?\("([a-z0-9.-]+)"(?! ?~)')


def texts(*patterns: str) -> Iterator[str]:
    for pattern in patterns:
        yield from (path.read_text(encoding="utf-8") for path in sorted(PACKAGE.glob(pattern)))


def constants(tree: ast.AST) -> Iterator[str]:
    """Yield the texts of a module; of those with values in them, what stands before the first."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and node.values and isinstance(node.values[0], ast.Constant):
            yield str(node.values[0].value)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def asked_in(tree: ast.AST) -> Iterator[str]:
    """Yield the keys that a module asks for by name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func).rpartition(".")[2].lstrip("_")
            given = [arg.value for arg in node.args[:2] if isinstance(arg, ast.Constant)]
            if name in _ASKING:
                yield from (text for text in given if isinstance(text, str) and _KEY.fullmatch(text))


def modules() -> list[ast.Module]:
    return [ast.parse(text) for text in texts("**/*.py")]


def pages() -> str:
    return "\n".join(texts("web/templates/*.j2", "site/defaults.yml"))


def scripts() -> set[str]:
    return {key for text in texts("**/*.js") for key in keys_in_script(text, KEYS)}


def test_every_phrase_is_asked_for() -> None:
    named = {text for tree in modules() for text in constants(tree)} | set(_IN_PAGE.findall(pages()))
    named |= set(re.findall(r'"\{([a-z.-]+)\}"', pages())) | scripts() | keys_in_templates(texts("web/theme/**/*.html"))
    beginnings = tuple(text for text in named if _BEGINNING.fullmatch(text))
    assert sorted(key for key in KEYS - named if not key.startswith(beginnings)) == []


def test_whatever_is_asked_for_is_a_phrase() -> None:
    asked = {key for tree in modules() for key in asked_in(tree)} | set(_ASKED_IN_PAGE.findall(pages())) | scripts()
    asked |= keys_in_templates(texts("web/theme/**/*.html"))
    assert len(asked) > 300
    assert sorted(asked - KEYS) == []


def test_every_word_that_a_record_chooses_has_a_phrase() -> None:
    fields: dict[str, tuple[type[Model], str]] = {
        "leaves.counted-in": (authority_records.Archive, "leaves"),
        "seen": (source_records.Source, "seen"),
        "witness.kind": (source_records.Witness, "kind"),
    }
    beginnings = {
        "meeting_kinds": ("meeting.kind",), "event_kinds": ("event.kind",),
        "source_types": ("source.type", "source.types"),
        "media": ("source.medium",), "states": ("source.state",), "date_kinds": ("dates",),
        "attendance": ("attendance",),
    }  # fmt: skip
    assert beginnings.keys() == set(LISTS)
    # A level may be any word; these have a phrase.
    assert {f"source.level.{level}" for level in ("fonds", "series", "file", "item")} <= KEYS
    for name, starts in beginnings.items():
        assert {f"{start}.{word}" for word in DEFAULTS.known(name) for start in starts} <= KEYS
    for beginning, (model, name) in fields.items():
        words = get_args(model.model_fields[name].annotation)
        assert words
        assert {f"{beginning}.{word}" for word in words} <= KEYS

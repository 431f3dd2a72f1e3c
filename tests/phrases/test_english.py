"""The file of the English phrases: each can be read, and its key says where it stands."""

from __future__ import annotations

import re
from importlib.resources import files

import yaml

from dosje.phrases.phrase_files import read_phrases
from dosje.phrases.phrases import parse_phrase

_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)+")


def keys_in(text: str) -> list[str]:
    node = yaml.compose(text)
    assert isinstance(node, yaml.MappingNode)
    return [key.value for key, _ in node.value if key.value != "about"]


def test_each_key_stands_once_and_says_a_place() -> None:
    keys = keys_in((files("dosje.phrases") / "en.yml").read_text(encoding="utf-8"))
    assert len(keys) == len(set(keys))
    assert [key for key in keys if not _KEY.fullmatch(key)] == []


def test_each_phrase_can_be_read_and_has_its_plural_forms() -> None:
    for key, form in read_phrases("en").forms.items():
        if isinstance(form, str):
            assert form, key
            parse_phrase(form)
        else:
            assert form.keys() == {"one", "other"}, key
            assert all(parse_phrase(text) for text in form.values())

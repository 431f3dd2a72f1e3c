"""The files of the theme: the program's, or of the same name the edition's, with the phrases that they ask for."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import as_file, files
from pathlib import Path

from ..phrases.phrases import Forms, Phrases
from ..phrases.script import keys_in_templates, pick_phrases, with_phrases
from ..reading.files import find_files


def read_theme(own: Path) -> dict[str, bytes]:
    """Return the theme's files by path. `own`: the folder of the edition's own, which win."""
    with as_file(files("dosje") / "web" / "theme") as ours:
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for folder in (ours, own)
            for path in find_files(folder, folder, with_hidden=True).files
        }


def word_scripts(theme: Mapping[str, bytes], phrases: Phrases) -> dict[str, str | bytes]:
    """Return the theme's files, each script with the phrases that it asks for."""
    return {path: _word(data, phrases) if path.endswith(".js") else data for path, data in theme.items()}


def _word(script: bytes, phrases: Phrases) -> str | bytes:
    text = script.decode("utf-8", "replace")
    worded = with_phrases(text, phrases)
    return script if worded is text else worded


def phrases_of_templates(theme: Mapping[str, bytes], phrases: Phrases) -> dict[str, Forms]:
    """Return the phrases that the theme's templates ask for, by key."""
    templates = (data.decode("utf-8", "replace") for path, data in theme.items() if path.endswith(".html"))
    return pick_phrases(phrases, keys_in_templates(templates))

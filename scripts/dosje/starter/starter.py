"""Makes the starter: a small complete edition about an invented teaching file.

Its skeletons lie in files/, each at its path in the edition ("dot-" stands for the "." of a hidden name). Every word
of it stands in words/LANGUAGE.yml. The schemas are written from the models.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import yaml

from .. import __version__
from ..reading.kinds import KINDS
from ..reading.schemas import make_schemas
from ..system.writing import write_together
from ..values.errors import OperationError
from .filling import fill_skeleton

# What begins a comment in files that end so. In a Markdown file it does between the two lines "---" alone.
_COMMENTS = {".yml": "#", ".txt": "#", ".gitignore": "#", ".gitattributes": "#", ".bib": "%"}
_SCHEMAS = "schemas"
# What may lie in a folder before an edition is begun in it: nothing else knows of these.
_HARMLESS = frozenset({".git", ".DS_Store", "Thumbs.db", "desktop.ini", ".venv"})
# Every value is text: a word "No" is no truth value.
_Loader = yaml.BaseLoader


class StarterError(OperationError):
    """The edition cannot be begun there; the message says why, and what can be done. Nothing was written."""


def languages_of_starter() -> tuple[str, ...]:
    """Return the languages that it is written in, by their codes."""
    names = (entry.name for entry in (files(__package__) / "words").iterdir())
    return tuple(sorted(name.removesuffix(".yml") for name in names if name.endswith(".yml")))


def make_starter(language: str = "en", title: str = "") -> dict[str, bytes]:
    """Return the files of the edition, by path. `title`: of the edition, "" for that of the teaching file.

    `language`: the code of a language (BCP 47); a code with a region, "de-AT", becomes the edition's locale. Raises
    StarterError if the starter is not written in it.
    """
    words = read_words(language) | {"version": __version__}
    if title:
        words["title"] = title
    made = {path: _fill(path, text, words) for path, text in _skeletons()}
    made |= {f"{_SCHEMAS}/{name}": text for name, text in make_schemas().items()}
    made[".vscode/settings.json"] = _editor_settings()
    return {path: text.encode() for path, text in sorted(made.items())}


def write_starter(folder: Path, made: Mapping[str, bytes]) -> None:
    """Write the files of a new edition: all or none. Raises StarterError if the folder is not empty, and OSError."""
    if folder.exists() and not folder.is_dir():
        raise StarterError(f"{folder} is a file; name a folder that is not there yet, or is empty")
    found = sorted(path.name for path in folder.iterdir() if path.name not in _HARMLESS) if folder.is_dir() else []
    if found:
        listed = ", ".join(found[:3]) + (f" and {len(found) - 3} more" if len(found) > 3 else "")
        raise StarterError(f"{folder} is not empty, it has {listed}; nothing is overwritten: name another folder")
    paths = [folder / path for path in made]
    folders = {parent for path in paths for parent in path.parents if not parent.exists()}
    try:
        write_together(dict(zip(paths, made.values(), strict=True)))
    except BaseException:
        for parent in sorted(folders, key=lambda one: len(one.parts), reverse=True):
            if parent.is_dir():
                parent.rmdir()
        raise


def read_words(language: str) -> dict[str, str]:
    """Return the texts of a language by key. Raises StarterError if there are none."""
    known = languages_of_starter()
    name = language.replace("_", "-").partition("-")[0].lower()
    if name not in known:
        raise StarterError(f'the starter is not written in "{language}"; it is in {", ".join(known)}')
    text = (files(__package__) / "words" / f"{name}.yml").read_text(encoding="utf-8")
    words: dict[str, str] = yaml.load(text, _Loader)
    if "-" in (locale := language.replace("_", "-")):
        words["locale"] = locale
    return words


def _skeletons(folder: Traversable | None = None, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield path in the edition, and text, of each skeleton."""
    for entry in (folder or files(__package__) / "files").iterdir():
        name = f".{entry.name[4:]}" if entry.name.startswith("dot-") else entry.name
        if entry.is_dir():
            yield from _skeletons(entry, f"{prefix}{name}/")
        else:
            yield f"{prefix}{name}", entry.read_text(encoding="utf-8")


def _fill(path: str, skeleton: str, words: Mapping[str, str]) -> str:
    if path.endswith(".md") and skeleton.startswith("---\n"):
        front, body = skeleton.split("---\n", 2)[1:]
        front = fill_skeleton(front, words, comment="#", is_yaml=True)
        return f"---\n{front}---\n{fill_skeleton(body, words, comment='', is_yaml=False)}"
    comment = next((sign for ending, sign in _COMMENTS.items() if path.endswith(ending)), "")
    return fill_skeleton(skeleton, words, comment=comment, is_yaml=path.endswith(".yml"))


def _editor_settings() -> str:
    """Return the settings of VS Code: which schema holds for which files, so that fields are completed offline."""
    schemas = {}
    for kind in KINDS.values():
        if kind.kept_in == "list":
            schemas[f"./{_SCHEMAS}/{kind.plural}.json"] = f"content/{kind.path_in_content}"
        elif kind.kept_in == "files":
            schemas[f"./{_SCHEMAS}/{kind.name}.json"] = f"content/{kind.path_in_content}/**/*.yml"
    schemas[f"./{_SCHEMAS}/vocabulary.json"] = "content/vocabulary.yml"
    settings = {
        "yaml.schemas": schemas,
        # Nothing is fetched from another host.
        "yaml.schemaStore.enable": False,
        "files.encoding": "utf8",
        "files.eol": "\n",
        "files.insertFinalNewline": True,
        "files.exclude": {".build": True, "site": True},
        "[yaml]": {"editor.insertSpaces": True, "editor.tabSize": 2},
    }
    return json.dumps(settings, ensure_ascii=False, indent=2) + "\n"

"""Runs pandoc. No other module does."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path

import pypandoc

from ..system.children import DEFAULT_LIMITS, LimitError, Limits, run_child, tell_of_memory
from ..values.errors import OperationError

# What it is asked for, if not for what a .bib file says.
_WORDS = "the words of sources"
# Of Haskell's runtime, when what it may take is taken.
_HEAP_EXHAUSTED = 251
# The variables without which no program runs, on one system or another.
_NEEDED = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR")


class PandocError(OperationError):
    """Pandoc failed; the message is its own."""


@cache
def pandoc_version() -> str:
    """Return the version of the pandoc that is run, e.g. "3.9"."""
    done = run_child([_pandoc_path(), "--version"], Limits(), "pandoc, for its version")
    return done.stdout.split("\n", 1)[0].removeprefix("pandoc ").strip()


@cache
def _pandoc_path() -> str:
    """Return pandoc: the one that the variable names, or that came with pypandoc. Without, pypandoc's guess."""
    # Not pypandoc's guess where it can be spared: it starts every pandoc that it finds, and takes the newest.
    files = Path(pypandoc.__file__).parent / "files"
    found = [os.environ.get("PYPANDOC_PANDOC", ""), *map(str, sorted(files.glob("pandoc*")))]
    return next((path for path in found if path and Path(path).is_file()), "") or str(pypandoc.get_pandoc_path())


def run_pandoc(
    arguments: list[str], text: str, locale: str, limits: Limits = DEFAULT_LIMITS, what: str = _WORDS
) -> str:
    """Return what pandoc prints. Raises PandocError with pandoc's own words, LimitError, ChildError."""
    # A larger nursery for its garbage collector: a quarter less time on a thousand sources. No folder of the user's,
    # which may hold abbreviations, styles and defaults: the folder named here is not there.
    command = [
        _pandoc_path(),
        "+RTS",
        "-A128m",
        f"-M{limits.memory // 1_000_000}m",
        "-RTS",
        "--data-dir",
        os.devnull,
        *arguments,
    ]
    done = run_child(command, limits, f"pandoc, for {what}", text=text, environment=_environment(locale))
    if done.code == _HEAP_EXHAUSTED:
        raise LimitError(tell_of_memory(f"pandoc, for {what}", limits))
    if done.code:
        raise PandocError(done.stderr.strip() or f"pandoc ended with {done.code}")
    return done.stdout


def _environment(locale: str) -> dict[str, str]:
    """Return the variables that pandoc sees: those that find files, and the language of the edition.

    Whoever builds, what comes out is the same. Pandoc takes the language of a title from LANG, and its options for
    memory also from GHCRTS. LC_ALL says in which letters file names are written.
    """
    kept = {name: os.environ[name] for name in _NEEDED if name in os.environ}
    return kept | {"LANG": "-".join(re.findall(r"[a-z0-9]+", locale, re.IGNORECASE)), "LC_ALL": "C.UTF-8"}

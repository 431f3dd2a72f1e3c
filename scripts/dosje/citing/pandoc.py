"""Runs pandoc. No other module does."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path

import pypandoc

from ..system.children import DEFAULT_LIMITS, LimitError, Limits, run_child, tell_of_memory
from ..values.errors import OperationError

# What pandoc is asked for, as messages name it.
_WORDS = "the words of sources"
# With this code pandoc ends when it has used all the memory that it may use.
_HEAP_EXHAUSTED = 251
# The variables that programs need on one system or another.
_NEEDED = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR")


class PandocError(OperationError):
    """Pandoc failed. The message is pandoc's own."""


@cache
def pandoc_version() -> str:
    """Return the version of the pandoc that is run, e.g. "3.9"."""
    done = run_child([_pandoc_path(), "--version"], Limits(), "pandoc, for its version")
    return done.stdout.split("\n", 1)[0].removeprefix("pandoc ").strip()


@cache
def _pandoc_path() -> str:
    """Return the path of pandoc: that of the variable, or that in pypandoc, or the one that pypandoc finds."""
    # Pypandoc is asked last, because it starts every pandoc that it finds, and takes the newest.
    files = Path(pypandoc.__file__).parent / "files"
    found = [os.environ.get("PYPANDOC_PANDOC", ""), *map(str, sorted(files.glob("pandoc*")))]
    return next((path for path in found if path and Path(path).is_file()), "") or str(pypandoc.get_pandoc_path())


def run_pandoc(
    arguments: list[str], text: str, locale: str, limits: Limits = DEFAULT_LIMITS, what: str = _WORDS
) -> str:
    """Return what pandoc prints. Raises PandocError with pandoc's own words, LimitError, ChildError."""
    # -A128m: a larger nursery for its garbage collector saves a quarter of the time on a thousand sources.
    # --data-dir: the user's own folder may hold abbreviations, styles and defaults. The folder named here is not there.
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

    So the output is the same on every machine. Pandoc takes the language of a title from LANG, and options for memory
    from GHCRTS too. LC_ALL names the encoding of file names.
    """
    kept = {name: os.environ[name] for name in _NEEDED if name in os.environ}
    return kept | {"LANG": "-".join(re.findall(r"[a-z0-9]+", locale, re.IGNORECASE)), "LC_ALL": "C.UTF-8"}

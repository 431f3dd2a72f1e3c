"""Adds entries to a list of records in one YAML file: behind its last one. All that stands there stays, to the byte."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..reading.files import MAX_TEXT, read_text
from ..reading.yamltree import read_yaml
from ..values.errors import OperationError


class ListError(OperationError):
    """A list can take no entry; the message says why, and what can be done."""


def add_entries(root: Path, path: str, entries: Mapping[str, str]) -> str:
    """Return the text of a list with new entries at its end. `entries`: key -> its lines of YAML, the key's first.

    Raises ListError if the list cannot be read, or does not hold keys on lines of their own.
    """
    added = "".join(entries.values())
    if not (root / path).exists() and not (root / path).is_symlink():
        return added
    text, findings = read_text(root / path, root, MAX_TEXT)
    before, found = read_yaml(text, path) if text is not None else (None, [])
    if text is None or before is None or findings or found:
        problem = next(iter([*findings, *found]), None)
        raise ListError(f"{problem.span}: {problem.message}" if problem else f"{path} cannot be read")
    end = "" if not text or text.endswith("\n") else "\n"
    for between in ("\n", ""):  # an empty line, where it is no part of the text before it
        whole = f"{text}{end}{between if text.strip() else ''}{added}"
        after, wrong = read_yaml(whole, path)
        values = dict(after.value) if after is not None and isinstance(after.value, dict) and not wrong else {}
        taken = [values.pop(key, None) for key in entries]
        if None not in taken and values == (before.value or {}):
            return whole
    key = next(iter(entries))
    raise ListError(f'{path} is no list of keys, each on a line of its own: write "{key}:" in it yourself')

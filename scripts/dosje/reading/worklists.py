"""Reads the worklists of an edition: what imports made of the notes of a manuscript, and what its editor answered.

Each is a file in imports/, beside the records. `dosje import` writes it and keeps what an editor wrote into it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from ..values.findings import Finding
from .files import find_files, name_of, read_text
from .validation import make_model
from .worklist_records import Worklist, WorklistFile
from .yamltree import read_yaml

# The folder of worklists. Other files may lie there as well: only those that name a manuscript are worklists.
WORKLIST_FOLDER = "imports"


def read_worklists(root: Path) -> tuple[tuple[WorklistFile, ...], list[Finding]]:
    """Return the worklists of the edition in `root`, by path, and what in them cannot be read."""
    found = find_files(root / WORKLIST_FOLDER, root, (".yml",))
    findings, worklists = list(found.findings), []
    for path in _yaml_files(found.files):
        text, problems = read_text(path, root)
        findings += problems
        worklist, problems = understand_worklist(name_of(path, root), text or "")
        findings += problems
        if worklist is not None:
            worklists.append(worklist)
    return tuple(worklists), findings


def _yaml_files(files: Iterable[Path]) -> list[Path]:
    return [path for path in files if path.suffix in (".yml", ".yaml")]


@lru_cache(maxsize=64)
def understand_worklist(name: str, text: str) -> tuple[WorklistFile | None, list[Finding]]:
    """Return the worklist that a text is, and what in it cannot be read; None and nothing if it is none."""
    located, findings = read_yaml(text, name)
    if located is None:
        return None, findings
    if not isinstance(located.value, dict) or "manuscript" not in located.value:
        return None, []
    model = make_model(Worklist, "worklist", located, (), findings)
    return (WorklistFile(name, model, located) if model else None), findings

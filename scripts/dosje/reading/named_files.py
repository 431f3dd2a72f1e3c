"""Checks the files and folders that mkdocs.yml names, and those of MkDocs: none may lie outside the edition."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..values.findings import Finding
from .files import find_files, read_text, way_out
from .yamltree import Located, read_yaml
from .yamltree import Path as FieldPath

# Fields that name a file or folder, or a list of them. All paths are relative to mkdocs.yml.
_NAMED = (("theme", "custom_dir"), ("hooks",), ("watch",))
_PARENT = "INHERIT"
_HINT = "copy it into the edition, and name it from there"


def find_outside(config: Located, root: Path) -> list[Finding]:
    """Return findings on what mkdocs.yml and its parents name outside the edition, and on files in theme/, templates/.

    Whether a named file exists is not checked here.
    """
    files, findings = with_parents(config, root)
    looks = root / "theme"
    for file in files:
        for field in _NAMED:
            for path, name in _names_at(file.value, field):
                if problem := way_out(root / name, root):
                    findings.append(_tell(file, path, name, problem))
        named = [name for _, name in _names_at(file.value, _NAMED[0]) if not way_out(root / name, root)]
        looks = root / named[0] if named else looks
    # MkDocs' own folder of pages, if there is no content/.
    is_mkdocs = not (root / "content").exists() and way_out(root / "docs", root)
    for folder in (looks, root / "templates", *([root / "docs"] if is_mkdocs else [])):
        findings += find_files(folder, root, with_hidden=True).findings
    return sorted(set(findings))


def extra_files(config: Located, root: Path) -> frozenset[str]:
    """Return the style sheets and scripts that mkdocs.yml, or what it inherits, adds to the pages: "assets/own.css"."""
    files, _ = with_parents(config, root)
    found = set[str]()
    for file in files:
        for field in ("extra_css", "extra_javascript"):
            found |= {name for _, name in _names_at(file.value, (field,))}
            given = file.value.get(field) if isinstance(file.value, dict) else None
            scripts = [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []
            found |= {str(one.get("path")) for one in scripts}
    return frozenset(found)


def named_pages(config: Located, root: Path) -> frozenset[str]:
    """Return what the navigation of mkdocs.yml, or of what it inherits, leads to: "events/index.md"."""
    files, _ = with_parents(config, root)
    left: list[Any] = [file.value.get("nav") for file in files if isinstance(file.value, dict)]
    found = set[str]()
    while left:
        entry = left.pop()
        if isinstance(entry, dict | list):
            left += entry.values() if isinstance(entry, dict) else entry
        elif isinstance(entry, str):
            found.add(entry)
    return frozenset(found)


def with_parents(config: Located, root: Path) -> tuple[list[Located], list[Finding]]:
    """Return the files from which mkdocs.yml inherits, then mkdocs.yml itself, and findings on them."""
    files, findings, folder = [config], list[Finding](), root
    seen = set[Path]()
    while parents := list(_names_at(files[0].value, (_PARENT,))):
        path, name = parents[0]
        parent = folder / name
        if problem := way_out(parent, root):
            findings.append(_tell(files[0], path, name, problem))
            break
        if parent in seen or not parent.is_file():
            break  # `composed` reports it
        seen.add(parent)
        text, _ = read_text(parent, root)
        located, _ = read_yaml(text, Path(os.path.relpath(parent, root)).as_posix()) if text is not None else (None, [])
        if located is None:
            break  # MkDocs reports it
        files.insert(0, located)
        folder = parent.parent
    return files, findings


def _names_at(value: Any, field: FieldPath) -> Iterator[tuple[FieldPath, str]]:
    """Yield the text in a field of a file, or the texts of its list, each with its place."""
    for part in field:
        value = value.get(part) if isinstance(value, dict) else None
    if isinstance(value, str) and value:
        yield field, value
    for index, one in enumerate(value if isinstance(value, list) else []):
        if isinstance(one, str):
            yield (*field, index), one


def _tell(file: Located, path: FieldPath, name: str, problem: str) -> Finding:
    return Finding(file.span(path), "outside-edition", f'"{name}" {problem}', _HINT)

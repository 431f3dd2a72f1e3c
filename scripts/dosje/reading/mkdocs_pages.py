"""The pages of a site that was made for MkDocs alone, and the files that are copied unchanged."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .files import find_files
from .settings import Settings

# Of pages.
ENDINGS = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")


def documents_of(settings: Settings) -> dict[str, Path]:
    """Return the pages of a site that was made for MkDocs alone, by path without the ending."""
    found = {}
    for path, name in _files_of_docs(settings):
        if path.suffix in ENDINGS:
            folder, _, stem = name.removesuffix(path.suffix).rpartition("/")
            # As in MkDocs: a folder's README is its index, unless the folder has an index.
            is_index = stem == "README" and not (path.parent / "index.md").is_file()
            found[f"{folder}/" * bool(folder) + ("index" if is_index else stem)] = path
    return found


def pictures_of(settings: Settings) -> dict[str, Path]:
    """Return the pictures and other files that are copied unchanged, by path below the pages."""
    folder = settings.root / "content" / "assets"
    found = find_files(folder, settings.root).files
    pictures = {f"assets/{path.relative_to(folder).as_posix()}": path for path in found}
    return pictures | {name: path for path, name in _files_of_docs(settings) if path.suffix not in ENDINGS}


def _files_of_docs(settings: Settings) -> Iterator[tuple[Path, str]]:
    folder = settings.root / settings.docs_dir
    for path in find_files(folder, settings.root).files if settings.docs_dir else ():
        yield path, path.relative_to(folder).as_posix()

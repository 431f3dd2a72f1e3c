"""Writes rendered pages: only what changed, each whole or not at all, and nothing stale left."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping, Set
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Written:
    """What a write did, as paths relative to the folder."""

    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int


def write_tree(folder: Path, files: Mapping[str, str | bytes]) -> Written:
    """Make `folder` hold exactly `files`; what already has the same bytes is not touched.

    Each file is written beside its place and renamed, so that whoever reads meanwhile finds the
    old or the new one, never half of it.
    """
    removed = _remove_stale(folder, files.keys())
    changed = []
    for path, content in sorted(files.items()):
        raw = content.encode("utf-8") if isinstance(content, str) else content
        if write_file(folder / path, raw):
            changed.append(path)
    return Written(tuple(changed), tuple(removed), len(files) - len(changed))


def _remove_stale(folder: Path, names: Set[str]) -> list[str]:
    # First of all, because a file may now be wanted where a folder was.
    removed = []
    for found in sorted(folder.rglob("*"), reverse=True) if folder.is_dir() else []:
        name = found.relative_to(folder).as_posix()
        if found.is_dir() and not found.is_symlink():
            if not any(found.iterdir()):
                found.rmdir()
        elif name not in names:
            found.unlink()
            removed.append(name)
    return removed


def write_file(path: Path, raw: bytes) -> bool:
    """Write a file whole or not at all, and its folder where there is none; say whether it had other bytes before."""
    try:
        if path.read_bytes() == raw:
            return False
    except OSError:
        pass  # not there yet, or nothing that can be read
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{os.getpid()}-{threading.get_ident()}.part")
    try:
        part.write_bytes(raw)
        os.replace(part, path)
    except BaseException as error:
        part.unlink(missing_ok=True)
        if isinstance(error, OSError):
            # The system names no file, or one that nobody knows.
            raise OSError(error.errno, error.strerror or str(error), str(path)) from error
        raise
    return True

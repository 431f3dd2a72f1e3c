"""Writes rendered pages: only what changed, each whole or not at all, and nothing stale left."""

from __future__ import annotations

import os
import re
import stat
import threading
from collections.abc import Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .marker import check_marked

# What is being written, by the process that writes it.
PART = re.compile(r"\.([0-9]+)-[0-9]+\.part")


@dataclass(frozen=True)
class Written:
    """What a write did, as paths relative to the folder."""

    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int


def write_tree(folder: Path, files: Mapping[str, str | bytes]) -> Written:
    """Make `folder` hold exactly `files`; what already has the same bytes is not touched.

    Each file is written beside its place and renamed, so that whoever reads meanwhile finds the
    old or the new one, never half of it. Raises NotOursError if the folder is not in a marked one (`marker`).
    """
    check_marked(folder)
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
    with replacing(path) as part:
        part.write_bytes(raw)
    return True


@contextmanager
def replacing(path: Path, folder: Path | None = None) -> Iterator[Path]:
    """Yield a path for a file that takes the place of `path` when it is written: in `folder`, or beside it."""
    part = (folder or path.parent) / f".{os.getpid()}-{threading.get_ident()}.part"
    try:
        yield part
        os.replace(part, path)
    except BaseException as error:
        part.unlink(missing_ok=True)
        if isinstance(error, OSError):
            # The system names no file, or one that nobody knows.
            raise OSError(error.errno, error.strerror or str(error), str(path)) from error
        raise


def write_output(path: Path, raw: bytes, folder: Path) -> None:
    """Write a file that somebody names, whole or not at all; into a device or a pipe. Raises OSError.

    `folder`: where it may lie until it is written, and is removed from if we are killed.
    """
    if path.exists() and not path.is_file():
        path.write_bytes(raw)
        return
    place = path.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    is_near = place.parent.stat().st_dev == folder.stat().st_dev
    with replacing(place, folder if is_near else None) as part:
        part.write_bytes(raw)
        if place.exists():
            part.chmod(stat.S_IMODE(place.stat().st_mode))

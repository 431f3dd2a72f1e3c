"""Writes rendered pages: only those that changed, each in one step. Old pages are removed."""

from __future__ import annotations

import os
import re
import shutil
import stat
import threading
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .marker import check_marked
from .renaming import replace_file

# The name of a file that is being written, with the number of the process that writes it.
PART = re.compile(r"\.([0-9]+)-[0-9]+\.part")


@dataclass(frozen=True)
class Written:
    """What was written and removed, as paths relative to the folder."""

    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int


def write_tree(folder: Path, files: Mapping[str, str | bytes]) -> Written:
    """Make `folder` hold exactly `files`. A file that already has the same bytes is not touched.

    Each file is written beside its place and then renamed. So a reader finds the old or the new file, never half of
    one. Raises NotOursError if the folder is not in a marked one (`marker`); ValueError for a path that leads out.
    """
    for path in files:
        if ".." in path.split("/") or path.startswith("/"):
            raise ValueError(f"{path} leads out of the folder")
    check_marked(folder)
    removed = _remove_stale(folder, files.keys())
    changed = []
    for path, content in sorted(files.items()):
        raw = content.encode("utf-8") if isinstance(content, str) else content
        if write_file(folder / path, raw):
            changed.append(path)
    return Written(tuple(changed), tuple(removed), len(files) - len(changed))


def _remove_stale(folder: Path, names: Set[str]) -> list[str]:
    # This comes first, because a file may now be needed where a folder was.
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
    """Write a file in one step, and make its folder if needed. Say whether the file had other bytes before."""
    try:
        if path.read_bytes() == raw:
            return False
    except OSError:
        pass  # not there yet, or it cannot be read
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as part:
        part.write_bytes(raw)
    return True


@contextmanager
def replacing(path: Path, folder: Path | None = None) -> Iterator[Path]:
    """Yield a path, in `folder` or beside `path`, for a file that replaces `path` when it is complete."""
    part = (folder or path.parent) / f".{os.getpid()}-{threading.get_ident()}.part"
    try:
        yield part
        replace_file(part, path)
    except BaseException as error:
        part.unlink(missing_ok=True)
        if isinstance(error, OSError):
            # The system names no file, or the temporary one.
            raise OSError(error.errno, error.strerror or str(error), str(path)) from error
        raise


def write_output(path: Path, raw: bytes, folder: Path) -> None:
    """Write a file that the user names: in one step, or straight into a device or a pipe. Raises OSError.

    `folder`: where it may be until it is complete. If we are killed, it is removed from there later.
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


def write_together(files: Mapping[Path, bytes], removed: Sequence[Path] = ()) -> None:
    """Write several files, in the order of `files`: all of them or, whatever fails, none. Raises OSError.

    `removed`: files that go, once the others are written. New bytes and copies of the old ones are complete before the
    first file is replaced, so that the way back needs no room on the disk. If we are killed between two files, those
    before are new.
    """
    staged: dict[Path, Path] = {}
    copies: dict[Path, Path] = {}
    replaced: list[Path] = []
    set_aside: dict[Path, Path] = {}
    try:
        for number, (path, raw) in enumerate(files.items()):
            staged[path] = path.parent / f".{os.getpid()}-{2 * number}.part"
            path.parent.mkdir(parents=True, exist_ok=True)
            staged[path].write_bytes(raw)
            if path.exists():
                copies[path] = path.parent / f".{os.getpid()}-{2 * number + 1}.part"
                shutil.copy2(path, copies[path])
                staged[path].chmod(stat.S_IMODE(path.stat().st_mode))
        for path, part in staged.items():
            replace_file(part, path)
            replaced.append(path)
        for number, path in enumerate(removed, start=2 * len(files)):
            aside = path.parent / f".{os.getpid()}-{number}.part"
            replace_file(path, aside)
            set_aside[path] = aside
    except BaseException:
        for path, aside in set_aside.items():
            replace_file(aside, path)
        for path in replaced:
            if path in copies:
                replace_file(copies[path], path)
            else:
                path.unlink(missing_ok=True)
        raise
    else:
        for aside in set_aside.values():
            aside.unlink()
    finally:
        for part in (*staged.values(), *copies.values()):
            part.unlink(missing_ok=True)

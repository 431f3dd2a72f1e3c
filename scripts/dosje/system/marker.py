"""Knows which folders are ours. We never empty a folder that we did not make, and never follow a link out of one.

`.build/` has a CACHEDIR.TAG (https://bford.info/cachedir/), so backup programs leave it out, too. A site has its
manifest (`manifest`). An empty folder belongs to nobody yet.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path

from ..values.errors import OperationError

TAG = "CACHEDIR.TAG"
_SIGNATURE = "Signature: 8a477f597d28d172789f06886806bc55"
_TEXT = (
    f"{_SIGNATURE}\n# Made by Dosje. Everything beside this file can be made again, and is emptied without asking.\n"
)
# Editions that were built before there was a tag have this file: every version made it before any other.
_OLD_SIGN = Path("cache", "pandoc.sqlite")
# Folders that are emptied without following links (`write`, `trees`). Links in them are removed.
_CAREFUL = frozenset({"pages", "spare", "parked", "work"})


class NotOursError(OperationError):
    """We would have to empty a folder that we did not make, or that is a link. The message says how to go on."""


def make_build_dir(root: Path) -> Path:
    """Make .build/ of the edition in `root`, mark it as ours, and return it. Raises NotOursError, OSError."""
    check_build_dir(root)
    return mark_folder(root / ".build")


def check_build_dir(root: Path) -> None:
    """Raise NotOursError if .build/ is a link or somebody else's. Writes nothing."""
    folder = root / ".build"
    if not _is_ours(folder) and not (folder / _OLD_SIGN).is_file():
        raise NotOursError(f"{folder} was not made by dosje, which would empty it: mv {folder} {folder}.old")
    if folder.is_dir():
        _refuse_links(folder, _CAREFUL)


def _refuse_links(folder: Path, left_out: Collection[str] = ()) -> None:
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        refuse_link(Path(entry.path))
        if entry.is_dir(follow_symlinks=False) and entry.name not in left_out:
            _refuse_links(Path(entry.path))


def mark_folder(folder: Path) -> Path:
    """Make a folder if it is not there, mark it as ours, and return it."""
    folder.mkdir(exist_ok=True)
    tag = folder / TAG
    if not tag.is_file():
        tag.write_text(_TEXT, encoding="utf-8", newline="\n")
    return folder


def holder_beside(folder: Path) -> Path:
    """Return the marked folder beside a folder. It holds what will replace that folder. Nobody else can read it.

    Raises NotOursError, OSError.
    """
    holder = folder.with_name(f".{folder.name}.dosje")
    if not _is_ours(holder):
        raise NotOursError(f"{holder} was not made by dosje, which would empty it: move it away")
    holder.mkdir(mode=0o700, exist_ok=True)
    return mark_folder(holder)


def _is_ours(folder: Path) -> bool:
    """Say whether a folder is marked, empty or missing. Raises NotOursError if it is a link, or not a folder."""
    refuse_link(folder)
    if not folder.exists():
        return True
    if not folder.is_dir():
        raise NotOursError(f"{folder} is no folder: move it away")
    return _is_marked(folder) or not any(folder.iterdir())


def _is_marked(folder: Path) -> bool:
    tag = folder / TAG
    if tag.is_symlink() or not tag.is_file():
        return False
    with tag.open("rb") as file:
        return file.read(len(_SIGNATURE)) == _SIGNATURE.encode()


def refuse_link(path: Path) -> None:
    """Raise NotOursError if something is a link."""
    if path.is_symlink():
        raise NotOursError(f"{path} is a link to {os.readlink(path)}, where dosje would write: rm {path}")


def check_marked(folder: Path) -> None:
    """Raise NotOursError unless `folder` is marked or in a marked folder, and no link is on the way to it."""
    outer = folder.absolute()
    while True:
        refuse_link(outer)
        if _is_marked(outer):
            return
        if outer == outer.parent:
            raise NotOursError(f"{folder} was not made by dosje, which would empty it")
        outer = outer.parent

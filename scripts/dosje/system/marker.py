"""Knows which folders are ours: what we did not make is never emptied, and no link leads us out of what we made.

`.build/` carries CACHEDIR.TAG (https://bford.info/cachedir/), by which backup programs pass it over, too. A site
carries its manifest (`manifest`). An empty folder belongs to nobody yet.
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
# Of editions that were built before there was a tag: every version made this file, before any other.
_OLD_SIGN = Path("cache", "pandoc.sqlite")
# What is emptied without following a link (`write`, `trees`): links in these are removed.
_CAREFUL = frozenset({"pages", "spare", "parked", "work"})


class NotOursError(OperationError):
    """A folder that we would have to empty was not made by us, or is a link; the message says how to go on."""


def make_build_dir(root: Path) -> Path:
    """Return .build/ of the edition in `root`, made and marked as ours. Raises NotOursError, OSError."""
    check_build_dir(root)
    return mark_folder(root / ".build")


def check_build_dir(root: Path) -> None:
    """Raise NotOursError if .build/ is a link or somebody else's; write nothing."""
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
    """Return a folder that is ours from now on, made if it is not there."""
    folder.mkdir(exist_ok=True)
    tag = folder / TAG
    if not tag.is_file():
        tag.write_text(_TEXT, encoding="utf-8")
    return folder


def holder_beside(folder: Path) -> Path:
    """Return the marked folder beside another that holds what will take its place: readable by nobody else.

    Raises NotOursError, OSError.
    """
    holder = folder.with_name(f".{folder.name}.dosje")
    if not _is_ours(holder):
        raise NotOursError(f"{holder} was not made by dosje, which would empty it: move it away")
    holder.mkdir(mode=0o700, exist_ok=True)
    return mark_folder(holder)


def _is_ours(folder: Path) -> bool:
    """Say whether a folder is marked, empty or not there. Raises NotOursError if it is a link or no folder."""
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
    """Raise NotOursError unless `folder` lies in a marked one, or is it, and no link leads to it from there."""
    outer = folder.absolute()
    while True:
        refuse_link(outer)
        if _is_marked(outer):
            return
        if outer == outer.parent:
            raise NotOursError(f"{folder} was not made by dosje, which would empty it")
        outer = outer.parent

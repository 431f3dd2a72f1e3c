"""Makes .build/ ready for a verb that writes, and removes what only this run needed.

It takes the lock, ends what an interrupted run began, and removes what that left.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ..reading.settings import Settings
from ..system.lock import hold_lock
from ..system.marker import check_build_dir, check_marked, make_build_dir
from ..system.trees import SiteTrees, find_trees, remove_folder
from ..system.writing import PART

_DAY = 24 * 3600
# The time of this file says when the records of the site were read. The files of the site cannot tell, because those
# that do not change keep their times.
_STAMP = ".build/built"


@contextmanager
def open_workplace(settings: Settings, verb: str, tell: Callable[[str], None]) -> Iterator[SiteTrees]:
    """Yield where the trees of the site lie, for a verb that is alone in writing until it ends.

    Raises NotOursError if .build/, or what we write to in it, is not ours; OSError.
    """
    check_build_dir(settings.root)
    folder = make_build_dir(settings.root)
    with hold_lock(folder / "lock", verb, tell):
        site = settings.root / settings.site_dir
        if site.is_relative_to(folder):
            check_marked(site)
        place = find_trees(site, folder)
        place.finish()
        _remove_parts(folder)
        try:
            yield place
        finally:
            remove_folder(place.work)


def remember_build(settings: Settings, started: float) -> None:
    """Note when the records of the site that stands were read, in seconds since 1970."""
    stamp = settings.root / _STAMP
    stamp.touch()
    os.utime(stamp, (started, started))


def _remove_parts(folder: Path) -> None:
    """Remove files that an ended process left half written; `check` and the preview write to the cache, too."""
    for name in ("downloads", "cache"):
        for path in sorted((folder / name).rglob(".*.part")):
            match = PART.fullmatch(path.name)
            if match and _has_ended(int(match[1]), path):
                path.unlink(missing_ok=True)


def _has_ended(process: int, path: Path) -> bool:
    if os.name != "posix":  # there os.kill would end the process
        return path.stat().st_mtime < time.time() - _DAY
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False

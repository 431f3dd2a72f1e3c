"""What is made once a run, whichever of the workers beside one another asks for it first.

pytest makes a fixture of the session once in each worker; what takes long is made here by one of them, and the others
wait for it. It is there to be read: whoever changes it changes it for tests that run at the same time.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from waiting import PATIENCE


def share(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return the folder of the run that is called `name`, made by `make` if no worker has made it before."""
    base = factory.getbasetemp()
    # The folder of a worker lies in that of the run.
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, is_made = base / name, base / f"{name}.made"
    with FileLock(base / f"{name}.lock", timeout=PATIENCE):
        if not is_made.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            is_made.touch()
    return folder


def unchanged(root: Path) -> Iterator[Path]:
    """Yield the folder of an edition that tests may only read, and hold at the end that none has changed it."""
    before = looks_of(root)
    yield root
    assert looks_of(root) == before


def looks_of(root: Path) -> dict[str, tuple[int, int]]:
    """Return size and time of each file of an edition and its site, by path: of what no test may change."""
    return {
        path.relative_to(root).as_posix(): (path.stat().st_size, path.stat().st_mtime_ns) for path in files_of(root)
    }


def files_of(root: Path) -> Iterator[Path]:
    """Yield the files of an edition and of its site. What is kept in .build/ from run to run is nobody's input."""
    yield root / "mkdocs.yml"
    for name in ("content", "bibliography", "site"):
        yield from (path for path in sorted((root / name).rglob("*")) if path.is_file())

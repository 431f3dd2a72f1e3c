"""Lays a plan over a copy of the edition and checks that: an import never leaves an edition that no longer builds."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from ..checking.edition import Checked, check_edition
from ..reading.kinds import KINDS
from ..reading.settings import Settings
from ..system.marker import make_build_dir
from ..system.writing import write_file
from ..values.findings import Finding
from ..values.page_id import PageId
from .plan import Plan
from .planning import path_of_record

# What other programs keep beside an edition, and no check reads.
_LEFT_OUT = frozenset({"node_modules", "venv", "__pycache__"})


def try_plan(settings: Settings, plan: Plan, folder: Path) -> Checked:
    """Return the edition as it would be, checked. `folder`: where its copy is made; nothing is there yet.

    Files are linked, not copied, where the disk can do so. Raises OSError, and as `check_edition`.
    """
    ignore = _leave_out(settings)
    shutil.copytree(settings.root, folder, ignore=ignore, copy_function=_link, ignore_dangling_symlinks=True)
    cache = settings.cache_dir / "pandoc.sqlite"
    if cache.is_file():  # so that pandoc is not asked again
        (make_build_dir(folder) / "cache").mkdir()
        shutil.copyfile(cache, folder / cache.relative_to(settings.root))
    for path, raw in plan.files.items():
        write_file(folder / path, raw)
    return check_edition(folder)


def _leave_out(settings: Settings) -> Callable[[str, list[str]], set[str]]:
    def ignore(place: str, names: list[str]) -> set[str]:
        left = {name for name in names if name.startswith(".") or name in _LEFT_OUT}
        is_top = Path(place) == settings.root
        return left | ({settings.site_dir.partition("/")[0]} if is_top else set())

    return ignore


def _link(source: str, target: str) -> None:
    if not os.path.islink(source):
        try:
            os.link(source, target)
        except OSError:  # another disk, or one without links
            pass
        else:
            return
    shutil.copyfile(source, target)


def places_of_findings(plan: Plan, findings: tuple[Finding, ...]) -> Mapping[Finding, str]:
    """Return where a file that is imported has what each finding is about; "" if it is about nothing new."""
    places = {path_of_record(PageId(row.kind, row.key)): row.place for row in plan.rows if _has_own_file(row.kind)}
    return {finding: places.get(finding.span.path, "") for finding in findings}


def _has_own_file(kind: str) -> bool:
    return kind in KINDS and KINDS[kind].kept_in != "list"

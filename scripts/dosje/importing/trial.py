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
from .planning import ImportPlanError, path_of_record

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


def hold_plan(settings: Settings, plan: Plan, folder: Path) -> None:
    """Raise ImportPlanError, with what would be wrong, if a plan leads to an edition with errors. See `try_plan`."""
    errors = [finding for finding in try_plan(settings, plan, folder).findings if finding.is_error]
    if errors:
        places = _places_of_files(plan)
        lines = [_say(finding, places.get(finding.span.path, "")) for finding in errors]
        raise ImportPlanError("\n".join([*lines, "nothing was written: the edition would have these errors"]))


def _say(finding: Finding, place: str) -> str:
    """Return a finding, at the place in the imported file that brings what it is about, where there is one."""
    text = f"{place or finding.span}: {finding.code}: {finding.message}"
    text += f" ({finding.span})" if place else ""
    return f"{text}\n  hint: {finding.hint}" if finding.hint else text


def _places_of_files(plan: Plan) -> Mapping[str, str]:
    """Return where an imported file has what becomes a file, by the path of that."""
    own = [row for row in plan.rows if row.kind in KINDS and KINDS[row.kind].kept_in != "list"]
    return {path_of_record(PageId(row.kind, row.key)): row.place for row in own}

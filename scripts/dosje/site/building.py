"""Builds the site of an edition: the one place where the stages stand in their order.

records → findings → pages → MkDocs → index of the search → manifest → site/, which changes in one step. The command
line and `dosje.build` call it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..checking.edition import Checked, check_edition
from ..reading.settings import read_settings
from ..system.manifest import make_manifest
from ..system.trees import Place, check_site, replace_site
from ..values.errors import FaultyEditionError
from ..values.findings import Finding
from ..web.navigation import make_nav
from .mkdocs import build_site
from .page_files import build_pages
from .pagefind import index_site
from .workplace import open_workplace, remember_build


def _ignore(_: object) -> None:
    pass


@dataclass(frozen=True)
class Listeners:
    """Who is told what while a site is built; by default nobody.

    `tell`: a line after each step. `show`: what the check found. `relay`: what MkDocs says, if it says anything.
    """

    tell: Callable[[str], None] = _ignore
    show: Callable[[Checked], None] = _ignore
    relay: Callable[[str], None] = _ignore


@dataclass(frozen=True)
class BuiltSite:
    """The site that a build made. `is_new` is False if it is the same, byte for byte, as the one before."""

    folder: Path
    pages: int
    notes: int
    is_new: bool
    warnings: tuple[Finding, ...]


def build_edition(root: Path, listeners: Listeners, *, is_untrusted: bool = False) -> BuiltSite:
    """Build the site of the edition in `root`; another build of it is waited for.

    Raises FaultyEditionError if it has errors, FindingError for one that shows only on a page; OperationError if
    another program fails, or .build/ or site/ is somebody else's; OSError. The old site stays then.
    """
    settings, _ = read_settings(root)
    if settings is None:
        raise _refuse(check_edition(root), listeners)
    with open_workplace(settings, "build", listeners.tell) as place:
        started = time.time()
        checked = check_edition(root, is_untrusted=is_untrusted)
        if checked.has_errors:
            raise _refuse(checked, listeners)
        listeners.show(checked)
        return _make_site(checked, place, started, listeners)


def _refuse(checked: Checked, listeners: Listeners) -> FaultyEditionError:
    listeners.show(checked)
    return FaultyEditionError(checked.findings)


def _make_site(checked: Checked, place: Place, started: float, listeners: Listeners) -> BuiltSite:
    """Make the site of an edition without errors, and put it into its place."""
    assert checked.linked is not None
    settings, tell = checked.linked.corpus.settings, listeners.tell
    check_site(place.site, f"mv {place.site} {place.site}.old")
    built = build_pages(checked, tell)
    said = build_site(settings, make_nav(checked.linked), place.work)
    findable = index_site(settings, place.work)
    if said:
        listeners.relay(said)
    tell(f"indexed {findable} pages for the search")
    manifest = make_manifest(place.work)
    sources = {path: place.work / path for path in manifest.sums}
    is_new = replace_site(place, manifest, sources, tell, moves=True)
    remember_build(settings, started)
    if not is_new:
        tell(f"{settings.site_dir}/ is as it was")
    tell(f"built {settings.site_dir}/: {built.pages} pages, {built.notes} notes")
    return BuiltSite(place.site, built.pages, built.notes, is_new, checked.findings)

"""Runs MkDocs on the rendered pages as a child process, so a build does not load its modules."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from ..edition.history import last_moment
from ..reading.settings import Settings
from ..system.children import ChildError, run_child
from ..system.lock import held_locks
from ..values.errors import OperationError
from .composed import ComposeError, Nav, write_config
from .stylesheet import join_stylesheets

# The option of `run_mkdocs` with which it gives every page to Python-Markdown.
READ_ALL = "--read-all"


class SiteError(OperationError):
    """MkDocs failed; the message is what it printed."""


def build_site(settings: Settings, nav: Nav, folder: Path, *, for_disk: bool = False) -> str:
    """Build the site into a folder, from its pages in `pages_dir`; return what MkDocs said.

    `nav`: the navigation where mkdocs.yml has none. `for_disk`: links lead to files, not to folders whose index a web
    server would have to find. Raises SiteError, ChildError.
    """
    # A site that was made for MkDocs alone decides for itself whether it is strict.
    strict = [] if settings.docs_dir else ["--strict"]
    # A theme or plugin that shows the time of the build shows the last change of the edition instead.
    last = {"SOURCE_DATE_EPOCH": str(last_moment(settings.root))}
    # Material prints a notice about its end of life; docs/decisions/0009-mkdocs-and-zensical.md
    # knows about it, so it is no warning of the edition.
    # Wide, because MkDocs wraps its lines to the terminal, and we tell them apart by how they begin.
    environment = last | os.environ | {"NO_MKDOCS_2_WARNING": "1", "COLUMNS": "1000"}
    try:
        config = write_config(settings, nav, for_disk=for_disk)
    except ComposeError as error:
        raise SiteError(str(error)) from error
    # Python would look for modules in the edition first (-P: not there).
    command = [
        sys.executable,
        "-P",
        "-m",
        "dosje.site.run_mkdocs",
        str(config),
        str(settings.root),
        str(folder),
        *strict,
        *([] if settings.finished_pages else [READ_ALL]),
    ]
    what = f"MkDocs, for the site of {settings.site_name}"
    done = run_child(command, settings.limits, what, folder=settings.root, environment=environment, kept=held_locks())
    lines = [line for line in (done.stdout + done.stderr).splitlines() if not line.startswith("INFO")]
    said = "\n".join(lines).strip()
    if done.code == 2:
        raise ChildError(f"{what}: {said}")
    if done.code:
        raise SiteError(said or f"MkDocs ended with {done.code}")
    if not settings.docs_dir:
        join_stylesheets(folder)
    return said

"""Checks an edition again whenever something in it is saved."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from ..reading.ledger import LEDGER_NAME
from ..reading.settings import CONFIG_NAME, Settings
from ..reading.settings_file import read_settings
from ..system.watcher import Watcher
from .edition import Checked, check_edition

# What is read of an edition whose settings cannot be read.
WATCHED = ("content", "bibliography", "theme", "templates", "phrases", "imports", CONFIG_NAME, LEDGER_NAME)
# In seconds: how long a wait may be before Python looks whether it was interrupted (Windows), and how long files may
# follow one another that were saved together.
_PATIENCE, _TOGETHER = 1.0, 0.05


def watched_in(settings: Settings) -> tuple[str, ...]:
    """Return the names of files and folders, below the edition's, that what is shown depends on."""
    style = settings.style if settings.style.endswith(".csl") else ""
    own = (settings.docs_dir, settings.bib_file, settings.bib_dir, style)
    return tuple(dict.fromkeys((*WATCHED, *filter(None, own))))


def watch_edition(root: Path, show: Callable[[Checked], None], *, is_untrusted: bool = False) -> None:
    """Check the edition in `root`, call `show` with what was found, and do so again at each save, until interrupted.

    Ends by KeyboardInterrupt alone, or with an error of `show`.
    """
    settings, _ = read_settings(root)
    saved, watched = threading.Event(), [watched_in(settings) if settings else WATCHED]
    # It looks before the first check, so that no save in between is missed.
    watcher = Watcher(root, lambda: watched[0], saved.set)
    watcher.start()
    try:
        while True:
            checked = check_edition(root, is_untrusted=is_untrusted)
            if checked.corpus is not None:
                watched[0] = watched_in(checked.corpus.settings)
            show(checked)
            while not saved.wait(_PATIENCE):
                pass
            while saved.is_set():
                saved.clear()
                saved.wait(_TOGETHER)
    finally:
        watcher.stop()

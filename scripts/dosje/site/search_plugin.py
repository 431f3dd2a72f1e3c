"""MkDocs' own search, which says at the root of an edition that `dosje build` makes the site, and not `mkdocs build`.

An edition has no folder docs/, and without it MkDocs would say only that there is none. Where mkdocs.yml names no
plugins, MkDocs loads the one called "search", and takes that of another package instead of its own: this one. It speaks
in editions alone; everywhere else it is MkDocs' search.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from mkdocs.contrib.search import SearchPlugin
from mkdocs.exceptions import ConfigurationError

from ..reading.settings import CONFIG_NAME

_OURS = ("content", "bibliography")
_DOCS_DIR = re.compile(r"^(docs_dir|INHERIT)\s*:", re.MULTILINE)
_SAID = "this is an edition of Dosje, whose site is made by: dosje build (dosje serve shows it while you write)"


class EditionSearch(SearchPlugin):  # type: ignore[no-untyped-call]  # of MkDocs' own base class
    """The search of MkDocs. `is_called_by_us`: MkDocs runs for `dosje build` or `dosje serve`."""

    is_called_by_us = False

    def load_config(self, options: dict[str, Any], config_file_path: str | None = None) -> Any:
        """Return what MkDocs' own returns. Raises ConfigurationError in an edition."""
        if config_file_path and not self.is_called_by_us and _is_edition(Path(config_file_path)):
            raise ConfigurationError(_SAID)
        return super().load_config(options, config_file_path)


def _is_edition(config: Path) -> bool:
    """Say whether a file of MkDocs is that of an edition, which leaves it to the program where its pages lie."""
    folder = config.absolute().parent
    if config.name != CONFIG_NAME or (folder / "docs").exists():
        return False
    if not any((folder / name).is_dir() for name in _OURS):
        return False
    return not _DOCS_DIR.search(config.read_text(encoding="utf-8-sig", errors="replace"))

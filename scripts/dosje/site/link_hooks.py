"""Makes the links of our pages those of the site, where the theme is not ours: a hook of MkDocs, as `theme_hooks`.

Plugins that ask whose file a page is, and when it was changed, see the file of its author, not the one that we made.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dosje.reading.mkdocs_pages import ENDINGS
from dosje.site.theme_hooks import on_page_content

__all__ = ["on_files", "on_page_content", "on_page_read_source"]


def on_files(files: Any, config: Any) -> Any:
    """Let each page have the file of its author; a page of a work, the file of works."""
    root, written_in = Path(config.config_file_path).parent, config.extra["dosje_written"]
    for file in files.documentation_pages():
        made = file.abs_src_path
        if made:
            written = _written(root / written_in["pages"], file.src_uri) or root / written_in["works"]
            file.abs_src_path = str(written)
            file.dosje_made = made
    return files


# As MkDocs' `event_priority` does it: before the plugins, which ask git in this event.
on_files.mkdocs_priority = 100  # type: ignore[attr-defined]


def _written(folder: Path, name: str) -> Path | None:
    """Return the file of which a page was made; a README may be the index of its folder."""
    stem = name.removesuffix(".md")
    stems = [stem, f"{stem.removesuffix('index')}README"] if stem.rpartition("/")[2] == "index" else [stem]
    ways = (folder / f"{one}{ending}" for one in stems for ending in ENDINGS)
    return next((way for way in ways if way.is_file()), None)


def on_page_read_source(page: Any, config: Any) -> str | None:
    """Return the text that we made of a page."""
    made = getattr(page.file, "dosje_made", None)
    return Path(made).read_text(encoding="utf-8") if made else None

"""Packs the site into a zip file that opens from disk: no web server, no network, and search works.

The pages are those of the site, built once more with addresses of files. Browsers start no worker and fetch
no file from disk; so the search index is put into a script, and a small script of ours runs the worker in a frame.
"""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

from .build import Checked, build_pages
from .downloads import ZIP, downloads_dir
from .site import build_site

# What only a web server makes use of.
_NOT_ON_DISK = frozenset({"404.html", "sitemap.xml", "sitemap.xml.gz", "search/search_index.json"})
# Material's own script, before which ours must have run.
_BUNDLE = re.compile(r'<script src="([^"]*?)assets/javascripts/bundle\.')
_DAY = (1980, 1, 1, 0, 0, 0)


def make_bundle(checked: Checked, tell: Callable[[str], None]) -> Path:
    """Render the pages, build the site for the disk and return the zip file's path. Raises SiteError, PandocError."""
    build_pages(checked, tell, for_disk=True)
    assert checked.corpus is not None
    settings = checked.corpus.settings
    path = downloads_dir(settings) / ZIP
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build_site(settings, folder, for_disk=True)
        adapt_to_disk(folder)
        count = pack(folder, path)
    tell(f"packed {count} files: {path.name}, {path.stat().st_size / 1_000_000:.1f} MB")
    return path


def adapt_to_disk(folder: Path) -> None:
    """Change a built site so that its search works without a web server."""
    index = folder / "search" / "search_index.json"
    if index.is_file():
        text = index.read_text(encoding="utf-8")
        (folder / "search" / "search_index.js").write_text(f"var __index = {text}", encoding="utf-8")
    script = (files("dosje") / "templates" / "offline.js").read_text(encoding="utf-8")
    (folder / "assets").mkdir(exist_ok=True)
    (folder / "assets" / "offline.js").write_text(script, encoding="utf-8")
    for page in sorted(folder.rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        adapted = _BUNDLE.sub(lambda match: f'<script src="{match[1]}assets/offline.js"></script>{match[0]}', text)
        if adapted != text:
            page.write_text(adapted, encoding="utf-8")


def pack(folder: Path, path: Path) -> int:
    """Write all files of the folder into a zip file and return their number; the same files give the same bytes."""
    part = path.with_suffix(".part")
    count = 0
    with zipfile.ZipFile(part, "w") as archive:
        for found in sorted(folder.rglob("*")):
            name = found.relative_to(folder).as_posix()
            if not found.is_file() or name in _NOT_ON_DISK:
                continue
            info = zipfile.ZipInfo(f"edition/{name}", _DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, found.read_bytes())
            count += 1
    part.replace(path)
    return count

"""Packs the site into a zip file that opens from disk: no web server, no network, and search works.

The pages are those of the site, built once more with addresses of files. A page that was opened from disk may not read
the search index, so the zip has scripts that contain its bytes (`pagefind`).
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

from ..checking.edition import Checked, with_settings
from ..edition.printed import ZIP, downloads_dir
from ..system.writing import replacing
from ..web.navigation import make_nav
from .mkdocs import build_site
from .page_files import build_pages
from .pagefind import FOLDER, index_site

# What only a web server makes use of.
_NOT_ON_DISK = frozenset({"404.html", "sitemap.xml", "sitemap.xml.gz"})
_DAY = (1980, 1, 1, 0, 0, 0)


def make_bundle(checked: Checked, work: Path, tell: Callable[[str], None]) -> Path:
    """Render the pages, build the site for the disk and return the zip file's path.

    `work`: a folder for files that are needed only meanwhile. Raises SiteError, SearchError, PandocError.
    """
    # A folder of its own: the pages of the site stay as they are. A zip does not offer the zip that it replaces.
    checked = with_settings(checked, pages_dir=str(work / "pages"), left_out=ZIP)
    build_pages(checked, tell, for_disk=True)
    assert checked.linked is not None
    settings = checked.linked.corpus.settings
    path = downloads_dir(settings) / ZIP
    path.parent.mkdir(parents=True, exist_ok=True)
    folder = work / "site"
    build_site(settings, make_nav(checked.linked), folder, for_disk=True)
    index_site(settings, folder)
    count = pack(folder, path)
    tell(f"packed {count} files: {path.name}, {path.stat().st_size / 1_000_000:.1f} MB")
    return path


def pack(folder: Path, path: Path) -> int:
    """Write all files of the folder into a zip file and return their number; the same files give the same bytes."""
    count = 0
    with replacing(path) as part, zipfile.ZipFile(part, "w") as archive:
        for found in sorted(folder.rglob("*")):
            name = found.relative_to(folder).as_posix()
            if not found.is_file() or name in _NOT_ON_DISK:
                continue
            # Its twin has the same bytes.
            if name.startswith(f"{FOLDER}/") and found.with_name(f"{found.name}.js").is_file():
                continue
            info = zipfile.ZipInfo(f"edition/{name}", _DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, found.read_bytes())
            count += 1
    return count

"""Makes the search index of a built site with Pagefind, as a child process.

Pagefind's index is read in pieces: a search costs the same few files in a small edition and a large one.
A page that is opened from disk may not read the files beside it, so each has a twin, a script.
"""

from __future__ import annotations

import base64
import subprocess
from pathlib import Path

import pagefind_bin

from .settings import Settings

FOLDER = "pagefind"
# Signs that stand for a link, and what repeats another part of the page.
_NOT_TEXT = (
    "thead, .headerlink, .footnote-backref, .footnote-ref, .dosje-first, .dosje-full, .dosje-leaves, .dosje-cite, "
    ".dosje-take, .dosje-bibliography, [data-search-exclude]"
)
# Pagefind brings user interfaces of its own; ours is theme/assets/search.js.
_NOT_NEEDED = ("pagefind-*-ui.*", "pagefind-ui.*", "pagefind-highlight.js")


class SearchError(RuntimeError):
    """Pagefind failed; the message is what it printed."""


def index_site(settings: Settings, folder: Path | None = None) -> int:
    """Write pagefind/ into the built site, and return how many pages can be found. Raises SearchError."""
    site = folder or settings.root / settings.site_dir
    language = settings.locale.split("-")[0]
    command = [
        str(pagefind_bin.get_executable()), "--site", str(site), "--output-subdir", FOLDER,
        "--exclude-selectors", _NOT_TEXT, "--force-language", language, "--quiet",
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False)
    found = site / FOLDER
    if done.returncode and not _has_no_page(done.stdout + done.stderr):
        raise SearchError((done.stdout + done.stderr).strip() or f"Pagefind ended with {done.returncode}")
    for pattern in _NOT_NEEDED:
        for path in sorted(found.glob(pattern)):
            path.unlink()
    write_twins(found)
    return sum(1 for _ in (found / "fragment").glob("*.pf_fragment"))


def write_twins(folder: Path) -> None:
    """Lay beside each file of the index a script of its name with .js that hands over its bytes."""
    for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
        is_twin = path.suffix == ".js" and path.with_suffix("").is_file()
        if path.is_file() and not is_twin and path.name != "pagefind-worker.js":
            name = path.relative_to(folder).as_posix()
            content = base64.b64encode(path.read_bytes()).decode("ascii")
            path.with_name(f"{path.name}.js").write_text(f'dosjeHand("{name}","{content}")\n', encoding="ascii")


def _has_no_page(said: str) -> bool:
    # An edition without a record is built all the same.
    return "no pages" in said.lower() or "did not find any" in said.lower()

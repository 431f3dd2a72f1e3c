"""Makes the search index of a built site with Pagefind, as a child process.

Pagefind's index is read in pieces: a search costs the same few files in a small edition and a large one.
A page that is opened from disk may not read the files beside it, so each has a twin, a script.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import cbor2

from ..reading.settings import Settings
from ..system.children import run_child
from ..system.lock import held_locks
from ..values.errors import OperationError

FOLDER = "pagefind"
# Links that are only a sign, and parts that repeat another part of the page.
_NOT_TEXT = (
    "thead, .headerlink, .footnote-backref, .footnote-ref, .dosje-first, .dosje-full, .dosje-leaves, .dosje-cite, "
    ".dosje-take, .dosje-bibliography, [data-search-exclude]"
)
# Pagefind brings user interfaces of its own; ours is theme/assets/search.js.
_NOT_NEEDED = ("pagefind-*-ui.*", "pagefind-ui.*", "pagefind-highlight.js")
# The file of an index that leads to all others, the bytes with which each file begins, and the place of the filters
# in the file that the first one names: pairs of a name and a file.
# Source: pagefind/src/index and output in Pagefind's repository.
_ENTRY, _SIGN, _FILTERS = "pagefind-entry.json", b"pagefind_dcd", 3


class SearchError(OperationError):
    """Pagefind failed; the message is what it printed."""


def index_site(settings: Settings, folder: Path | None = None) -> int:
    """Write pagefind/ into the built site, and return how many pages can be found. Raises SearchError, ChildError."""
    site = folder or settings.root / settings.site_dir
    found = site / FOLDER
    configuration = {
        "exclude_selectors": [_NOT_TEXT], "force_language": settings.locale.split("-")[0], "output_path": str(found)
    }  # fmt: skip
    command = [sys.executable, "-P", "-m", "dosje.site.run_pagefind", str(site)]
    asked = json.dumps(configuration) + "\n"
    what = f"Pagefind, for the search of {settings.site_name}"
    done = run_child(command, settings.limits, what, text=asked, kept=held_locks())
    if done.code or done.stdout:
        raise SearchError((done.stdout + done.stderr).strip() or f"Pagefind ended with {done.code}")
    sort_filters(found)
    for pattern in _NOT_NEEDED:
        for path in sorted(found.glob(pattern)):
            path.unlink()
    write_twins(found)
    return sum(1 for _ in (found / "fragment").glob("*.pf_fragment"))


def write_twins(folder: Path) -> None:
    """Write beside each file of the index a script, named like it with .js, that contains its bytes."""
    for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
        is_twin = path.suffix == ".js" and path.with_suffix("").is_file()
        if path.is_file() and not is_twin and path.name != "pagefind-worker.js":
            name = path.relative_to(folder).as_posix()
            content = base64.b64encode(path.read_bytes()).decode("ascii")
            path.with_name(f"{path.name}.js").write_text(
                f'dosjeHand("{name}","{content}")\n', encoding="ascii", newline="\n"
            )


def sort_filters(folder: Path) -> None:
    """Write the filters of an index in the order of their names and values, in files named by what they hold.

    Pagefind writes them in the order of a hash table, which differs from run to run. An index of an unknown form
    stays as it is: a different index is better than a wrong one.
    """
    entry = json.loads((folder / _ENTRY).read_text(encoding="utf-8"))
    for language, described in entry["languages"].items():
        described["hash"] = _sort_language(folder, language, described["hash"])
    text = json.dumps(entry, ensure_ascii=False, separators=(",", ":"))
    (folder / _ENTRY).write_text(text, encoding="utf-8", newline="\n")


def _sort_language(folder: Path, language: str, name: str) -> str:
    """Sort the filters of one language, and return the name of the file that now names them."""
    path = folder / f"pagefind.{name}.pf_meta"
    match _read(path):
        case [*meta] if len(meta) > _FILTERS and meta[_FILTERS]:
            files = {file: folder / "filter" / f"{file}.pf_filter" for _, file in meta[_FILTERS]}
        case _:
            return name
    held = [_read(file) for file in files.values()]
    if not all(_is_filter(one) for one in held):
        return name
    for file in (path, *files.values()):
        file.unlink()
    meta[_FILTERS] = [
        [of, _write(folder / "filter", f"{language}_", ".pf_filter", [of, sorted(values)])]
        for of, values in sorted(held)
    ]
    return _write(folder, f"pagefind.{language}_", ".pf_meta", meta).removeprefix("pagefind.")


def _is_filter(value: object) -> bool:
    """Say whether this is the name of a filter with its values, each with the numbers of its pages."""
    match value:
        case [str(), [*values]]:
            return all(isinstance(one, list) and len(one) == 2 and isinstance(one[0], str) for one in values)
    return False


def _read(path: Path) -> Any:
    """Return what a file of the index holds, None where it is not of the form known here."""
    raw = gzip.decompress(path.read_bytes())
    held = cbor2.loads(raw[len(_SIGN) :]) if raw.startswith(_SIGN) else None
    # If it is not the same when it is written again, it has a form of CBOR that we do not write.
    return held if _SIGN + cbor2.dumps(held) == raw else None


def _write(folder: Path, prefix: str, suffix: str, value: object) -> str:
    """Write a file of the index and return its name without suffix."""
    raw = _SIGN + cbor2.dumps(value)
    name = prefix + hashlib.sha256(raw).hexdigest()[:10]
    (folder / f"{name}{suffix}").write_bytes(gzip.compress(raw, mtime=0))
    return name

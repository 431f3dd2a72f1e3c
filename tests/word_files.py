"""Makes Word files for the tests: by pandoc, and then changed part by part."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from dosje.citing.pandoc import run_pandoc
from dosje.system.children import Limits


def make_file(folder: Path, ending: str, text: str) -> Path:
    """Write Markdown as a file of a kind, `soup.docx`."""
    path = folder / f"soup.{ending}"
    if ending == "md":
        path.write_text(text, encoding="utf-8")
        return path
    run_pandoc(["--from=markdown-smart", "--standalone", f"--output={path}"], text, "en", Limits())
    return path


def change_parts(path: Path, changes: Mapping[str, Callable[[str], str]]) -> Path:
    """Change parts of a zip by name. A part that is not there begins empty."""
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    for name, change in changes.items():
        parts[name] = change(parts.get(name, b"").decode()).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, raw in parts.items():
            packed.writestr(name, raw)
    return path

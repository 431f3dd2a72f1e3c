"""Runs MkDocs on the rendered pages, as a child process: no code of ours needs its modules for a build."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from .settings import CONFIG_NAME, Settings


class SiteError(RuntimeError):
    """MkDocs failed; the message is what it printed."""


def build_site(settings: Settings, folder: Path | None = None, *, for_disk: bool = False) -> str:
    """Build site/, or the site in another folder, from .build/pages; return what MkDocs said. Raises SiteError.

    `for_disk`: links lead to files, not to folders whose index a web server would have to find.
    """
    root, path, text = settings.root, str(settings.root / CONFIG_NAME), None
    config = (root / CONFIG_NAME).read_text(encoding="utf-8-sig")
    if not re.search(r"^docs_dir\s*:", config, re.MULTILINE):
        # MkDocs would look for pages in docs/. A name can be given only through its standard input.
        path, text = "-", f"docs_dir: {settings.pages_dir}\n{config}"
    if for_disk:
        kept = re.sub(r"^use_directory_urls\s*:.*$", "", text or config, flags=re.MULTILINE)
        path, text = "-", f"use_directory_urls: false\n{kept}"
    where = ["-d", str(folder)] if folder else []
    # Material prints a notice about its end of life; it is known (ARCHITECTURE.md) and no warning of the edition.
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    # Not --quiet: it keeps warnings from being counted, and a strict build would pass with them.
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--clean", "-f", path, *where]
    done = subprocess.run(
        command, cwd=root, input=text, capture_output=True, encoding="utf-8", check=False, env=environment
    )
    lines = [line for line in (done.stdout + done.stderr).splitlines() if not line.startswith("INFO")]
    said = "\n".join(lines).strip()
    if done.returncode:
        raise SiteError(said or f"MkDocs ended with {done.returncode}")
    return said

"""Runs MkDocs on the rendered pages, as a child process: no code of ours needs its modules for a build."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from .settings import CONFIG_NAME


class SiteError(RuntimeError):
    """MkDocs failed; the message is what it printed."""


def build_site(root: Path) -> str:
    """Build site/ from .build/pages and return what MkDocs said. Raises SiteError."""
    # Material prints a notice about its end of life; it is known (ARCHITECTURE.md) and no warning of the edition.
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    # Not --quiet: it keeps warnings from being counted, and a strict build would pass with them.
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--clean", "-f", str(root / CONFIG_NAME)]
    done = subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", check=False, env=environment)
    lines = [line for line in (done.stdout + done.stderr).splitlines() if not line.startswith("INFO")]
    said = "\n".join(lines).strip()
    if done.returncode:
        raise SiteError(said or f"MkDocs ended with {done.returncode}")
    return said

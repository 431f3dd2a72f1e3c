"""Lets pandoc read a file of a word processor, within limits and shut off from all other files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ..citing.pandoc import run_pandoc
from ..system.children import Limits

# What pandoc calls the kind of a file, by its ending.
READERS = {
    ".docx": "docx+citations+styles",
    ".odt": "odt",
    ".rtf": "rtf",
    ".html": "html",
    ".htm": "html",
    ".md": "markdown-raw_tex-raw_html-markdown_in_html_blocks",
    ".markdown": "markdown-raw_tex-raw_html-markdown_in_html_blocks",
    ".tex": "latex",
}
# The language of the words that pandoc adds, which is none.
_LOCALE = "en"


def read_with_pandoc(path: Path, reader: str, folder: Path, limits: Limits, *, changes: str = "accept") -> Any:
    """Return what pandoc reads in a file, as its JSON. Pictures are put into `folder`.

    `changes`: what becomes of tracked changes, in pandoc's words. Raises PandocError, LimitError, ChildError.
    """
    arguments = [
        f"--from={reader}",
        "--to=json",
        "--sandbox",
        f"--track-changes={changes}",
        f"--extract-media={folder}",
        str(path),
    ]
    return json.loads(run_pandoc(arguments, "", _LOCALE, limits, f"the manuscript {path.name}"))

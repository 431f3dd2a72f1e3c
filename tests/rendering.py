"""The pages of an edition as they are written, before MkDocs."""

from __future__ import annotations

import html
import re
from pathlib import Path

from dosje.checking.edition import check_edition
from dosje.site.page_files import build_pages
from dosje.values.findings import format_findings


def read_tree(folder: Path) -> dict[str, str]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".woff2")
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def notes_of(page: str) -> dict[str, str]:
    """Return the notes of a page as HTML, by label: with the way to the full note and the full form of the card."""
    found = re.findall(r'^<li id="fn:([^"]+)">\n<p>(.*?)&#160;<a class="footnote-backref"', page, re.MULTILINE)
    return {label: re.sub(r'^(?:<span class="dosje-alias"[^>]*></span>)+', "", line) for label, line in found}


def plain_notes_of(page: str) -> list[str]:
    """Return the notes of a page as plain text, without the full form of the card and the way to the full note."""
    notes = (line.split(' <span class="dosje-f')[0] for line in notes_of(page).values())
    return [html.unescape(re.sub(r"<[^>]*>", "", note)) for note in notes]


def render(root: Path) -> dict[str, str]:
    """Return the pages of the edition in `root`, as they are written."""
    checked = check_edition(root)
    assert format_findings(finding for finding in checked.findings if finding.is_error) == ""
    build_pages(checked, lambda _: None)
    pages = read_tree(root / ".build" / "pages")
    # The same in every edition: the rules of the lookup, notices, fonts.
    return {
        path: text
        for path, text in pages.items()
        if path not in ("lookup/engine.js", "assets/licences.txt") and not path.startswith("assets/fonts")
    }

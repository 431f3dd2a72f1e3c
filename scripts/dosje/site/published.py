"""Reads from a built site what it publishes: each page's address, its title, the anchors of its headings and notes.

What is entered in the ledger is what stands in the site, also if records have changed since it was built.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..edition.ledger import PublishedPage, add_published
from ..edition.pages import DOWNLOADS_PAGE, site_address
from ..reading.files import MAX_BIB, encode_like, read_text, way_out
from ..reading.ledger import LEDGER_NAME, parse_ledger
from ..reading.settings import Settings
from ..system.manifest import read_manifest
from ..system.writing import write_file
from ..values.errors import OperationError
from ..values.findings import format_findings

_ARTICLE = re.compile(r"<article\b.*?</article>", re.DOTALL)
_TITLE = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.DOTALL)
_NO_WORDS = re.compile(r'<a class="headerlink".*?</a>|<[^>]*>', re.DOTALL)
# A heading, a note, and the empty targets before or in it for the addresses that it had before.
_ANCHOR = re.compile(
    r'<h[2-6] id="(?P<heading>[^"]*)"|<p class="dosje-alias" id="(?P<before>(?!fn:)[^"]*)"></p>'
    r'|<li id="(?P<note>fn:[^"]*)"|<span class="dosje-alias" id="(?P<within>fn:[^"]*)"></span>'
)
# Of pages that only say where another page is, or that it is gone.
_NO_PAGE = re.compile(r'<a id="moved"|<p class="dosje-gone"')


class LedgerError(OperationError):
    """The ledger of an edition cannot be read, so nothing can be added to it. The message has its findings."""


def read_published(site: Path) -> Iterator[PublishedPage]:
    """Yield the pages of a built site, by address: not that of downloads, and none for an address of before."""
    manifest = read_manifest(site)
    for path in sorted(manifest.sums) if manifest else ():
        source = f"{path.removesuffix('.html')}.md"
        if path.rpartition("/")[2] != "index.html" or source == DOWNLOADS_PAGE:
            continue
        text = (site / path).read_text(encoding="utf-8", errors="replace")
        found = _ARTICLE.search(text)  # themes of others may have none
        shown = found[0] if found else text
        if not _NO_PAGE.search(shown):
            yield _read_page(site_address(source), shown)


def _read_page(address: str, article: str) -> PublishedPage:
    title = _TITLE.search(article)
    anchors: list[str] = []
    aliases: dict[str, str] = {}
    waiting: list[str] = []
    for match in _ANCHOR.finditer(article):
        anchor = html.unescape(match[match.lastgroup or 0])
        if match["before"]:
            waiting.append(anchor)
        elif match["within"]:
            aliases |= {anchor: anchors[-1]} if anchors else {}
        else:
            anchors.append(anchor)
            aliases |= dict.fromkeys(waiting, anchor)
            waiting = []
    words = " ".join(html.unescape(_NO_WORDS.sub("", title[1])).split()) if title else ""
    return PublishedPage(address, words, tuple(anchors), aliases)


def read_ledger_text(settings: Settings) -> str:
    """Return the ledger of an edition as a text, "" if it has none. Raises LedgerError if it cannot be read whole."""
    path = settings.root / LEDGER_NAME
    if not path.exists() and not path.is_symlink():
        return ""
    if problem := way_out(path, settings.root):
        raise LedgerError(f"{LEDGER_NAME} {problem}: copy it into the edition")
    text, findings = read_text(path, settings.root, MAX_BIB)
    findings += parse_ledger(text)[1] if text is not None else []
    if text is None or findings:
        raise LedgerError(format_findings(findings))
    return text


def enter_published(settings: Settings, before: str, pages: Iterable[PublishedPage]) -> int:
    """Add pages to the ledger, which held the text `before`, and return how many addresses are new. Raises OSError."""
    text = add_published(before, pages)
    path = settings.root / LEDGER_NAME
    # A ledger that is a link to a file of the edition stays one.
    write_file(path.resolve(), encode_like(path, text))
    return len(parse_ledger(text)[0]) - len(parse_ledger(before)[0])

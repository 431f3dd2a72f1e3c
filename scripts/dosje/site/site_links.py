"""The links in the HTML of our pages, as addresses of the site.

Our pages say in HTML where a link leads as Markdown says it: the path of a file, from the folder of the page's own
file. Zensical reads HTML so, MkDocs only Markdown. A link that names no file of the pages stays as it is.
"""

from __future__ import annotations

import html
import posixpath
import re
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

_TAG = re.compile(r"""<[A-Za-z](?:"[^"]*"|'[^']*'|[^<>"'])*>""")
_LINK = re.compile(r'( (?:href|src)=")(?![#/]|[^"/?#]*:)([^"?#]+)')


def lead_links(text: str, page: Any, files: Any) -> str:
    """Return the HTML of one of MkDocs' pages, its links to other `files` as addresses of the site."""
    folder = posixpath.dirname(page.file.src_uri)
    ways: dict[str, str] = {}

    def lead(match: re.Match[str]) -> str:
        before, path = match[1], match[2]
        if not _is_in_tag(text, match.start()):
            return match[0]  # somebody writes about links
        if path not in ways:
            ways[path] = _way_to(_name_of(folder, path), page, files) or path
        return before + ways[path]

    return _LINK.sub(lead, text)


def _is_in_tag(text: str, at: int) -> bool:
    opened, closed = text.rfind("<", 0, at), text.rfind(">", 0, at)
    if opened > closed:
        return True
    tag = _TAG.match(text, opened) if opened >= 0 else None  # ">" may stand in an attribute
    return tag is not None and tag.end() > at


@lru_cache(maxsize=1 << 16)
def _name_of(folder: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(html.unescape(path))))


def _way_to(name: str, page: Any, files: Any) -> str:
    file = files.src_uris.get(name)
    return html.escape(_relative(file.url, page.url)) if file else ""


@lru_cache(maxsize=1 << 16)
def _relative(url: str, own: str) -> str:
    """Return the way between two addresses of the site, as MkDocs writes it."""
    shared, here = 0, [part for part in own.rpartition("/")[0].split("/") if part and part != "."]
    there = [part for part in url.split("/") if part and part != "."]
    while shared < min(len(here), len(there)) and here[shared] == there[shared]:
        shared += 1
    way = "/".join([*[".."] * (len(here) - shared), *there[shared:]]) or "."
    return f"{way}/" if url.endswith("/") or url in ("", ".") else way

"""COinS: published works as spans that reference managers find in a page.

Archival units have none, because OpenURL has no field for an archive. The head of the page describes them.
Source: ANSI/NISO Z39.88-2004, key/encoded-value format; ocoins.info.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from urllib.parse import urlencode

from .items import Item, edtf_of, language_of, name_in_order, plain_text

_JOURNALS = frozenset({"article-journal", "article-magazine", "article-newspaper"})
_BOOKS = {"book": "book", "chapter": "bookitem", "report": "report", "paper-conference": "proceeding"}
_PREFIX = "info:ofi/fmt:kev:mtx:"


def span_of(item: Item) -> str:
    """Return the empty span whose title attribute describes a published work."""
    return f'<span class="Z3988" title="{html.escape(urlencode(list(_context_of(item))))}"></span>'


def _context_of(item: Item) -> Iterator[tuple[str, str]]:
    kind = str(item["type"])
    yield "ctx_ver", "Z39.88-2004"
    if kind in _JOURNALS:
        yield from (("rft_val_fmt", f"{_PREFIX}journal"), ("rft.genre", "article"))
        titles = {"title": "rft.atitle", "container-title": "rft.jtitle"}
    elif kind in _BOOKS:
        yield from (("rft_val_fmt", f"{_PREFIX}book"), ("rft.genre", _BOOKS[kind]))
        is_whole = "container-title" not in item
        titles = {"title": "rft.btitle" if is_whole else "rft.atitle", "container-title": "rft.btitle"}
    else:
        name = "dissertation" if kind == "thesis" else "dc"
        yield "rft_val_fmt", f"{_PREFIX}{name}"
        yield from (() if kind == "thesis" else (("rft.type", kind),))
        titles = {"title": "rft.title", "publisher": "rft.inst" if kind == "thesis" else "rft.publisher"}
    names = titles | {
        "collection-title": "rft.series", "volume": "rft.volume", "issue": "rft.issue", "edition": "rft.edition",
        "publisher-place": "rft.place", "ISBN": "rft.isbn", "ISSN": "rft.issn",
    }  # fmt: skip
    names.setdefault("publisher", "rft.pub")
    yield from ((tag, plain_text(str(item[name]))) for name, tag in names.items() if item.get(name))
    if edtf_of(item):
        yield "rft.date", edtf_of(item)
    yield from _pages_of(item)
    yield from _names_of(item)
    if language := language_of(item):
        yield "rft.language", language
    if item.get("DOI"):
        yield "rft_id", f"info:doi/{item['DOI']}"
    elif item.get("URL"):
        yield "rft_id", str(item["URL"])


def _pages_of(item: Item) -> Iterator[tuple[str, str]]:
    pages = str(item.get("page", "")).replace("–", "-")
    if pages:
        first, _, last = pages.partition("-")
        yield from (("rft.pages", pages), ("rft.spage", first))
        yield from ((("rft.epage", last),) if last else ())


def _names_of(item: Item) -> Iterator[tuple[str, str]]:
    # The standard has parts of a name only for the first author. It counts editors as authors.
    names = item.get("author") or item.get("editor") or ()
    if names and names[0].get("given"):
        yield from (("rft.aulast", names[0]["family"]), ("rft.aufirst", names[0]["given"]))
    yield from (("rft.au", name_in_order(name)) for name in names)

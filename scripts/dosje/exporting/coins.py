"""COinS: sources as spans that reference managers find in a page.

Only lists have them: the head of a source's own page says more, and a span would take its place. OpenURL has no field
for an archive, so an archival unit is told in Dublin Core, with its archive and reference in the description, and the
address of its page.
Source: ANSI/NISO Z39.88-2004, key/encoded-value format; ocoins.info; Zotero's openurl.js.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

from .items import Item, edtf_of, language_of, parts_of_name, place_of, plain_text
from .zotero import comma_name, item_type_of

_JOURNALS = frozenset({"article-journal", "article-magazine", "article-newspaper"})
_BOOKS = {"book": "book", "chapter": "bookitem", "report": "report", "paper-conference": "proceeding"}
_PREFIX = "info:ofi/fmt:kev:mtx:"


def span_of(item: Item) -> str:
    """Return the empty span whose title attribute describes a source."""
    return f'<span class="Z3988" title="{html.escape(urlencode(list(_context_of(item))))}"></span>'


def _context_of(item: Item) -> Iterator[tuple[str, str]]:
    is_unit = bool(item.get("custom", {}).get("type"))
    yield "ctx_ver", "Z39.88-2004"
    yield from _unit(item) if is_unit else _work(item)
    if edtf_of(item):
        yield "rft.date", edtf_of(item).replace("~", "")  # which is none of ISO 8601
    yield from _pages_of(item)
    yield from _names_of(item)
    if language := language_of(item):
        yield "rft.language", language
    if item.get("DOI"):
        yield "rft_id", f"info:doi/{item['DOI']}"
    if item.get("URL"):
        yield "rft_id", str(item["URL"])


def _unit(item: Item) -> Iterator[tuple[str, str]]:
    yield from (("rft_val_fmt", f"{_PREFIX}dc"), ("rft.type", item_type_of(item)))
    yield "rft.title", plain_text(str(item["title"]))
    yield from ((("rft.description", place_of(item)),) if place_of(item) else ())


def _work(item: Item) -> Iterator[tuple[str, str]]:
    kind = str(item["type"])
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
        yield from (() if kind == "thesis" else (("rft.type", item_type_of(item)),))
        titles = {"title": "rft.title", "publisher": "rft.inst" if kind == "thesis" else "rft.publisher"}
    names = titles | {
        "collection-title": "rft.series", "volume": "rft.volume", "issue": "rft.issue", "edition": "rft.edition",
        "publisher-place": "rft.place", "ISBN": "rft.isbn", "ISSN": "rft.issn",
    }  # fmt: skip
    names.setdefault("publisher", "rft.pub")
    yield from ((tag, plain_text(str(item[name]))) for name, tag in names.items() if item.get(name))


def _pages_of(item: Item) -> Iterator[tuple[str, str]]:
    pages = str(item.get("page", "")).replace("–", "-")
    if pages:
        first, _, last = pages.partition("-")
        yield from (("rft.pages", pages), ("rft.spage", first))
        yield from ((("rft.epage", last),) if last else ())


def _names_of(item: Item) -> Iterator[tuple[str, str]]:
    """Yield the names. The standard has parts of a name only for the first author, and a word for bodies.

    Zotero puts every body before the persons, and takes it for another if it is told twice. So only one that comes
    first is told as a body; the comma of the others says what is one piece. An editor is no author.
    """
    authors = list(item.get("author", ()))
    if authors:
        family, given = parts_of_name(authors[0])
        if given:
            yield from (("rft.aulast", family), ("rft.aufirst", given))
        else:
            yield "rft.aucorp", family
            del authors[0]
    yield from (("rft.au", comma_name(name)) for name in authors)
    yield from (("rft.contributor", comma_name(name)) for name in _others(item))


def _others(item: Item) -> Iterator[Mapping[str, str]]:
    return (name for role in ("recipient", "editor", "translator") for name in item.get(role, ()))

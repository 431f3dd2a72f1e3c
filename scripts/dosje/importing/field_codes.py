"""Reads what reference managers keep in a file about each cite: the work as they have it, and the place in it.

Pandoc finds the cites. A work is taken from the field code itself, because pandoc changes some of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ..exporting.csl_json import item_of_meta
from ..values.citations import CitationError, parse_citation
from ..values.metadata import PandocNode, read_references
from ..values.words import plain, read_pandoc
from .manuscript import FieldCite

# The labels of CSL 1.0.2, appendix III, which stand before a place in pandoc's suffix.
_LABELS = (
    "act", "appendix", "article-locator", "book", "canon", "chapter", "column", "elocation", "equation", "figure",
    "folio", "issue", "line", "note", "opus", "page", "paragraph", "part", "rule", "scene", "section", "sub verbo",
    "sub-verbo", "supplement", "table", "timestamp", "title-locator", "verse", "version", "volume",
)  # fmt: skip
_PLACE = re.compile(rf"\s*,?\s*({'|'.join(_LABELS)})\s+(.*?)\s*(?:\s,\s*(.*))?", re.DOTALL)


_DAY = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
# What a library keeps for its owner.
_PRIVATE = frozenset({"abstract", "annote", "custom", "note"})


class FieldCodes:
    """The cites of reference managers in a file, asked for in the order of its text.

    `meta`: pandoc's, with the works as pandoc read them. `written`: the items of each field code as they stand there.
    """

    def __init__(self, meta: Mapping[str, Any], written: Sequence[Sequence[Mapping[str, Any]]] = ()) -> None:
        self._items = {key: clean_item(item_of_meta(key, found)) for key, found in read_references(meta).items()}
        self._written = list(written)
        self._next = 0

    def cites_of(self, node: PandocNode) -> tuple[FieldCite, ...]:
        """Return the cites of a node of pandoc's, without the place of their words. A bare key is an item."""
        citations = node["c"][0]
        keys = [citation["citationId"] for citation in citations]
        for at in range(self._next, len(self._written)):
            if [str(item.get("id", "")) for item in self._written[at]] == keys:
                self._next = at + 1
                return tuple(map(cite_of_item, self._written[at]))
        return tuple(self._cite(citation) for citation in citations)

    def _cite(self, citation: Mapping[str, Any]) -> FieldCite:
        key = citation["citationId"]
        prefix, suffix = (plain(read_pandoc(citation[f"citation{part}"])) for part in ("Prefix", "Suffix"))
        if key not in self._items:
            return _cite_of_key(key, prefix, suffix, citation)
        place = _PLACE.fullmatch(suffix)
        label, locator, rest = (place[1], place[2], place[3] or "") if place else ("", "", suffix)
        return FieldCite(self._items[key], label, locator, prefix.strip(), rest.strip(), _hides_author(citation))


def _hides_author(citation: Mapping[str, Any]) -> bool:
    return bool(citation["citationMode"]["t"] == "SuppressAuthor")


def _cite_of_key(key: str, prefix: str, suffix: str, citation: Mapping[str, Any]) -> FieldCite:
    """Return a cite that an author of Markdown made, in the words of CSL: its work is known by its key alone."""
    work = {"id": key}
    try:
        cite = parse_citation(f"[@{{{key}}}{suffix}]").cites[0]
    except CitationError:
        return FieldCite(work, prefix=prefix.strip(), suffix=suffix.strip(), hides_author=_hides_author(citation))
    label, value = (cite.locator.label, cite.locator.value) if cite.locator else ("", "")
    return FieldCite(work, label, value, prefix.strip(), cite.suffix.strip(), _hides_author(citation))


def cite_of_item(item: Mapping[str, Any]) -> FieldCite:
    """Return a cite as Zotero and Mendeley write it. Its work is named by its address in their library.

    The numbers that they give to works are not always the same work's in another field code.
    """
    uris = item.get("uris") or item.get("uri")
    uri = uris[0] if isinstance(uris, list) and uris else uris
    written = item.get("itemData")
    work = clean_item(written) if isinstance(written, dict) else {}
    work["id"] = str(uri or item.get("id", ""))
    said = {name: str(item.get(name) or "").strip() for name in ("label", "locator", "prefix", "suffix")}
    label = said["label"] or ("page" if said["locator"] else "")
    hides_author = bool(item.get("suppress-author"))
    return FieldCite(work, label, said["locator"], said["prefix"], said["suffix"].lstrip(", "), hides_author)


def clean_item(written: Mapping[str, Any]) -> dict[str, Any]:
    """Return an item as CSL-JSON has it: texts, names and dates whose parts are numbers, nothing else.

    Reference managers write years as texts, and keep remarks of their owner beside the variables. Source: CSL 1.0.2,
    csl-data.json.
    """
    item: dict[str, Any] = {"type": "document"}
    for name, value in written.items():
        if name in _PRIVATE:
            continue
        if isinstance(value, str) or (isinstance(value, int | float) and not isinstance(value, bool)):
            item[name] = value
        elif isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
            item[name] = [{part: str(text) for part, text in one.items() if isinstance(text, str)} for one in value]
        elif isinstance(value, dict) and (date := _clean_date(value)):
            item[name] = date
    return item


def _clean_date(written: Mapping[str, Any]) -> dict[str, Any]:
    raw = str(written.get("raw") or written.get("literal") or "")
    given = written.get("date-parts")
    if (not isinstance(given, list) or not given) and (found := _DAY.fullmatch(raw)):
        given = [[part for part in found.groups() if part]]
    try:
        parts = [[int(str(part)) for part in moment if part not in ("", None)] for moment in given or ()]
    except (TypeError, ValueError):
        parts = []
    if not any(parts):
        return {"literal": raw} if raw else {}
    date: dict[str, Any] = {"date-parts": [moment for moment in parts if moment]}
    return date | ({"circa": True} if written.get("circa") else {})

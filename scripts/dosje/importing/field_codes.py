"""Reads what reference managers keep in a file about each cite: the work as they have it, and the place in it.

Pandoc finds the cites. A work is taken from the field code itself, because pandoc changes some of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..exporting.csl_json import item_of_meta
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


class FieldCodes:
    """The cites of reference managers in a file. `items`: works in CSL-JSON by the id that pandoc gives them."""

    def __init__(self, meta: Mapping[str, Any]) -> None:
        self._items: dict[str, Mapping[str, Any]] = {
            key: item_of_meta(key, found) for key, found in read_references(meta).items()
        }

    def cites_of(self, node: PandocNode) -> tuple[FieldCite, ...]:
        """Return the cites of a node of pandoc's, without the place of their words. A bare key is an item."""
        return tuple(self._cite(citation) for citation in node["c"][0])

    def _cite(self, citation: Mapping[str, Any]) -> FieldCite:
        key = citation["citationId"]
        prefix, suffix = (plain(read_pandoc(citation[f"citation{part}"])) for part in ("Prefix", "Suffix"))
        place = _PLACE.fullmatch(suffix)
        label, locator, rest = (place[1], place[2], place[3] or "") if place else ("", "", suffix)
        hides_author = citation["citationMode"]["t"] == "SuppressAuthor"
        return FieldCite(self._items.get(key, {"id": key}), label, locator, prefix.strip(), rest.strip(), hides_author)

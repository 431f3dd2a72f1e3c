"""Mints the keys of drafts: from what is read, so that a second run mints the same, and none twice."""

from __future__ import annotations

from collections.abc import Iterable

from ..checking.keys import explain_new_key
from ..reading.corpus import Corpus
from ..values.page_id import PageId
from ..values.slugs import slug

_LONGEST = 80


class KeyMint:
    """The keys that are taken: those of the edition, and those minted so far."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._minted: set[str] = set()

    def mint(self, kind: str, parts: Iterable[str]) -> str:
        """Return a new key of the parts that say something: "kapo-hoxha-1960-06-24", "…-2" where that is taken."""
        stem = "-".join(filter(None, (slug(part) for part in parts)))[:_LONGEST].strip("-") or kind
        for number in range(1, len(self._minted) + len(self._corpus.by_kind.get(kind, ())) + 10_000):
            key = stem if number == 1 else f"{stem}-{number}"
            if key not in self._minted and not explain_new_key(self._corpus, PageId(kind, key), key):
                break
        self._minted.add(key)
        return key

"""The sources of an edition in the orders of its lists. Made once, for all pages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from ..reading.corpus import Record
from ..reading.source_records import Source
from ..values.metadata import Meta, names_in_meta, text_of_meta
from .links import LinkedCorpus
from .orders import by_number
from .titles import sort_text


class SourceLists:
    """The published works and archival units of an edition. `works`: the CSL variables of published works by key."""

    def __init__(self, linked: LinkedCorpus, works: Mapping[str, Meta]) -> None:
        self.linked = linked
        self.works = works

    def top_units(self) -> list[Record[Source]]:
        """Return the archival units that are part of no other, by number, then by reference."""
        units = self.linked.corpus.sources.values()
        tops = [unit for unit in units if not self.linked.chain(unit)]
        return by_number(sorted(tops, key=lambda one: (sort_text(self.linked.holdings.reference_of(one)), one.key)))

    def units_by_archive(self) -> list[tuple[str, list[Record[Source]]]]:
        """Return the archival units that are part of no other, by the name of their repository, then by reference."""
        by_archive: dict[str, list[Record[Source]]] = {}
        for unit in self.top_units():
            holding = self.linked.holdings.holding_of(unit)
            archive = self.linked.corpus.archives.get(holding.repository) if holding else None
            name = archive.model.name if archive else self.linked.phrases("sources.nowhere")
            by_archive.setdefault(name, []).append(unit)
        return sorted(by_archive.items(), key=lambda pair: sort_text(pair[0]))

    def works_by_class(self) -> list[tuple[str, list[str]]]:
        """Return the published works by author: printed sources (with the keyword "source"), then literature."""
        keys = self.works_by_author
        works, say = self.linked.corpus.works, self.linked.phrases
        printed = [key for key in keys if "source" in re.split(r"\s*[,;]\s*", works[key].fields.get("keywords", ""))]
        literature = [key for key in keys if key not in set(printed)]
        return [
            pair for pair in ((say("sources.printed"), printed), (say("sources.literature"), literature)) if pair[1]
        ]

    @cached_property
    def works_by_author(self) -> tuple[str, ...]:
        """The keys of the published works in the order of a bibliography."""

        def sort_key(key: str) -> tuple[str, str, str]:
            meta = self.works[key]
            names = names_in_meta(meta, "author") or names_in_meta(meta, "editor")
            name = names[0].family or names[0].literal if names else ""
            return sort_text(name), text_of_meta(meta.get("issued")), key

        return tuple(sorted(self.linked.corpus.works, key=sort_key))

    @cached_property
    def _ranks(self) -> Mapping[str, int]:
        return {key: rank for rank, key in enumerate(self.works_by_author)}

    def rank_by_author(self, key: str) -> int:
        """Return the place of a work in the order of authors."""
        return self._ranks[key]

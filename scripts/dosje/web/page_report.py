"""How well an edition is founded, as the page that says so shows it: figures, and what is weak, by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from ..checking.weaknesses import WEAKNESS_KINDS, Founding, Weakness, WeaknessKind, weigh_founding
from ..edition.links import LinkedCorpus
from ..values.page_id import PageId
from ..values.typography import curl
from ..values.words import escape
from .page_links import PageLinks

# With more of a kind, a page says how many each record has. `dosje report --only` says where each is.
_MOST = 60


@dataclass(frozen=True)
class ReportSection:
    """What is weak in one way. `rows`: link to the record, what it is about, its place; by record where `is_counted`.

    Then the second cell is a number, and the third is empty.
    """

    kind: WeaknessKind
    number: int
    is_counted: bool
    rows: tuple[tuple[Markup, Markup, str], ...]


class PageReport:
    """What the page can print of how well its edition is founded."""

    def __init__(self, linked: LinkedCorpus, links: PageLinks) -> None:
        self._linked = linked
        self._links = links

    @cached_property
    def founding(self) -> Founding:
        return weigh_founding(self._linked)

    def sections(self) -> Iterator[ReportSection]:
        """Yield what is weak, kind by kind; nothing of a kind of which there is none."""
        for kind in WEAKNESS_KINDS:
            found = self.founding.of_kind(kind)
            if found:
                is_counted = len(found) > _MOST
                rows = self._counted(found) if is_counted else [self._row(one) for one in found]
                yield ReportSection(kind, len(found), is_counted, tuple(rows))

    def _row(self, one: Weakness) -> tuple[Markup, Markup, str]:
        about = Markup(" · ").join(self._piece(piece) for piece in one.about)
        return self._link(one.page), about, str(one.span)

    def _counted(self, found: tuple[Weakness, ...]) -> list[tuple[Markup, Markup, str]]:
        counts = Counter(one.page for one in found)
        order = sorted(counts, key=lambda page: (-counts[page], str(page)))
        return [(self._link(page), Markup(escape(str(counts[page]))), "") for page in order]

    def _link(self, page: PageId | None) -> Markup:
        return self._links.link(page.kind, page.key) if page else Markup()

    def _piece(self, piece: str | PageId) -> Markup:
        return (
            self._link(piece) if isinstance(piece, PageId) else Markup(escape(curl(piece, self._linked.phrases.marks)))
        )

"""Makes the pages that are asked for, and no more: drafted, their notes placed and worded, rendered.

A page shows the numbers of notes on other pages. Their views say them. So the preview of one page never has to build
all pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..citing.styles import Style
from ..citing.wording import SourceWords
from ..edition.history import Change
from ..edition.links import LinkedCorpus
from ..exporting.imprint import make_imprint
from ..values.findings import Finding
from ..values.severities import weigh_findings
from .drafts import Draft, Drafter
from .page_notes import PageNotes
from .rendering import render_page
from .said import unmark_attributes
from .template_order import check_order


class PageMaker:
    """The pages of one linked edition.

    `sources`: their words in its style. `notes`: those of its pages. `paths`: of all its pages, sorted.
    """

    def __init__(self, linked: LinkedCorpus, style: Style, changes: Mapping[str, Change] | None = None) -> None:
        self.linked = linked
        self.sources = SourceWords(linked, style)
        self.imprint = make_imprint(linked.corpus.settings, style)
        self._drafter = Drafter(linked, self.sources.works, self.imprint, changes)
        self.notes = PageNotes(linked, style, self.sources, self._drafter.views)
        self._drafts: dict[str, Draft] = {}
        self._findings: dict[tuple[str, str], Finding] = {}
        self.paths = self._drafter.paths
        self.title_of = self._drafter.title_of
        self.label_of = self._drafter.label_of

    @property
    def findings(self) -> list[Finding]:
        """What is wrong with the edition's own templates, of the pages that were made."""
        return weigh_findings(sorted(self._findings.values()), dict(self.linked.corpus.settings.severities))

    @property
    def own_paths(self) -> frozenset[str]:
        """The paths of the pages, of those that were made, that templates of the edition made."""
        return frozenset(path for path, draft in self._drafts.items() if draft.own_template)

    def make_pages(self, paths: Iterable[str]) -> tuple[dict[str, str], int]:
        """Return the Markdown of the pages at `paths`, and the number of notes on them.

        Raises KeyError for a path of no page; PandocError.
        """
        drafts = [self._draft(path) for path in paths]
        notes = self.notes.place(draft.page for draft in drafts if draft.page)
        wording = self.notes.word(drafts, notes)
        numbers = self.notes.number_shown(drafts, notes)
        pages = {}
        for draft in drafts:
            own = notes[draft.page] if draft.page else ()
            pages[draft.path] = unmark_attributes(render_page(self.linked, draft, own, numbers, wording))
        return pages, sum(len(own) for own in notes.values())

    def _draft(self, path: str) -> Draft:
        if path not in self._drafts:
            draft = self._drafts[path] = self._drafter.draft(path)
            page = draft.page
            # One finding for all pages of a kind that a template makes.
            if page is not None and draft.own_template and (draft.own_template, page.kind) not in self._findings:
                finding = check_order(self.linked, draft, page, self.notes.labels(page))
                if finding is not None:
                    self._findings[draft.own_template, page.kind] = finding
        return self._drafts[path]

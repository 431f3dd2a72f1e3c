"""What the template of one page can ask for, parted by noun. In a template it is called `context`.

Everything it gives is Markdown of ours, or text that is escaped when it is printed. It is bound to
one page, because links are relative to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType

from ..edition.links import LinkedCorpus
from ..edition.pages import EditionPage
from ..edition.printed import InBook
from ..edition.source_lists import SourceLists
from ..exporting.export_links import PageExportLinks
from ..values.page_id import PageId
from ..views.view import PAGE, View
from ..views.view_maker import ViewMaker
from .page_backlinks import PageBacklinks
from .page_exports import PageExports
from .page_html import PageHtml
from .page_links import PageLinks
from .page_lists import PageLists
from .page_records import PageRecords
from .page_report import PageReport
from .page_sources import PageSources
from .page_texts import PageTexts
from .page_worklists import PageWorklists


class PageContext:
    """What the template of one page can ask for.

    `source_lists`: all sources in the orders of the lists. `views`: what is said of each record. Both are made once
    for all pages. `in_book`: where pages stand in the offline book.
    """

    def __init__(
        self,
        linked: LinkedCorpus,
        source_lists: SourceLists,
        views: ViewMaker,
        shown: EditionPage,
        export_links: PageExportLinks,
        *,
        in_book: Mapping[PageId, InBook] = MappingProxyType({}),
    ) -> None:
        self.linked = linked
        self.source_lists = source_lists
        self.works = source_lists.works
        self.imprint = export_links.imprint
        self.titles = titles = views.titles
        self._views = views
        self._shown = shown
        self.path = shown.path
        self.page = shown.page
        self.settings = linked.corpus.settings
        self.linking = PageLinks(linked, titles, shown)
        self.html = PageHtml(linked, shown.path)
        self.sources = PageSources(linked, source_lists, self.linking, shown)
        self.texts = PageTexts(linked, source_lists, self.linking, self.sources, shown)
        self.records = PageRecords(linked, self.linking, shown)
        self.backlinks = PageBacklinks(linked, self.linking, views, shown)
        self.exports = PageExports(linked, source_lists, export_links, in_book, shown)
        self.listing = PageLists(linked, self.linking)
        self.report = PageReport(linked, self.linking)
        self.worklists = PageWorklists(linked, self.linking)

    @cached_property
    def view(self) -> View:
        """What this page says of its record, in order. Raises ValueError on a page that shows none, as lists do."""
        return self._views.view(self._shown.record_page).of_face(PAGE)

    @property
    def parts(self) -> tuple[object, ...]:
        """What the context is parted into, by noun."""
        return (
            self.linking,
            self.sources,
            self.texts,
            self.records,
            self.backlinks,
            self.exports,
            self.listing,
        )

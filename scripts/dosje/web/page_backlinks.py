"""What rests on the source that a page shows, and where its record is mentioned."""

from __future__ import annotations

from markupsafe import Markup

from ..edition.backlinks import BacklinkPage, cut_into_pages
from ..edition.calls import Backlink, Mention
from ..edition.links import LinkedCorpus
from ..edition.pages import EditionPage, path_of_backlink_page, relative
from ..markup.tree import Block
from ..reading.kinds import KINDS
from ..values import words
from ..values.page_id import PageId
from ..values.typography import curl
from ..views.backlink_sections import backlink_blocks, say_span
from ..views.view_maker import ViewMaker
from .page_links import PageLinks


class PageBacklinks:
    """The backlinks and mentions that a page can list."""

    def __init__(self, linked: LinkedCorpus, links: PageLinks, views: ViewMaker, shown: EditionPage) -> None:
        self._linked = linked
        self._views = views
        self._links = links
        self._shown = shown
        self._path, self._page = shown.path, shown.page

    def pages(self, key: str) -> tuple[BacklinkPage, ...]:
        """Return what rests on a source, by page: on its own, and on others where that is too much for one."""
        return cut_into_pages(self._linked, key)

    def rows(self, page: BacklinkPage) -> list[tuple[str, str, Markup]]:
        """Return the cites of a source on a page, in the order of the places cited: place, statement, where that is."""
        return [self._row_of(backlink) for backlink in page.backlinks]

    def span_of(self, page: BacklinkPage) -> str:
        """Return which places of a source a page is about: "n. 1 to n. 22, and as a whole"."""
        return say_span(self._views.context_of(PageId("source", page.key)), page)

    def blocks(self, page: BacklinkPage) -> tuple[Block, ...]:
        """Return all that a page of what rests on a source says."""
        context = self._views.context_of(PageId("source", page.key))
        return tuple(backlink_blocks(context, self.pages(page.key), page))

    def way_to_page(self, page: BacklinkPage) -> Markup:
        """Return a link to a page of what rests on a source; its name alone on the page itself."""
        span = words.escape(curl(self.span_of(page), self._linked.phrases.marks))
        if path_of_backlink_page(page) == self._path:
            return Markup(f"<strong>{span}</strong>")
        return self._links.anchor(span, relative(path_of_backlink_page(page), self._path))

    def _row_of(self, backlink: Backlink) -> tuple[str, str, Markup]:
        call = backlink.call
        where = (
            self._links.link(call.page.kind, call.page.key)
            if call.page != self._page
            else self._linked.phrases("backlinks.this-page")
        )
        return (
            self._links.locator(backlink.cite),
            call.context,
            Markup(f"{where}{self._linked.phrases('value.comma')}{self._links.note_link(call.page, call.label)}"),
        )

    def mentions(self) -> list[tuple[Markup, list[Markup]]]:
        """Return what is said elsewhere of this page's record: by page, its link and the sentences."""
        by_page: dict[PageId, list[Mention]] = {}
        for mention in self._linked.mentions.get(self._shown.record_page, ()):
            by_page.setdefault(mention.page, []).append(mention)
        order = sorted(by_page, key=lambda page: (KINDS[page.kind].rank, self._links.titles[page].for_sorting))
        return [(self._links.link(*page), [self._line_of(mention) for mention in by_page[page]]) for page in order]

    def _line_of(self, mention: Mention) -> Markup:
        note = f" · {self._links.note_link(mention.page, mention.label)}" if mention.label else ""
        return Markup(words.escape(curl(mention.context, self._linked.phrases.marks)) + note)

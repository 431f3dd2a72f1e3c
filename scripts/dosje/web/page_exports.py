"""What can be taken along from a page: its citation, entries for reference managers, files to download."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Mapping

from markupsafe import Markup

from ..edition.links import LinkedCorpus
from ..edition.orders import by_folio
from ..edition.pages import DOWNLOADS_PAGE, EditionPage, path_of_all_sources, path_of_download, relative
from ..edition.printed import InBook, booklet_of, has_downloads
from ..edition.source_lists import SourceLists
from ..exporting import zotero
from ..exporting.coins import span_of
from ..exporting.csl_json import item_of_source, print_titles
from ..exporting.export_links import ExportLink, PageExportLinks, export_links_of_source
from ..exporting.formats import FORMATS
from ..exporting.items import Item
from ..values.page_id import PageId
from .page_html import PageHtml
from .said import say

# Nobody chooses from more; the files with all sources stand beside the list.
_MOST_UNITS = 1000


class PageExports:
    """What a page offers to reference managers and to people who read offline.

    `in_book`: where pages stand in the offline book.
    """

    def __init__(
        self,
        linked: LinkedCorpus,
        source_lists: SourceLists,
        export_links: PageExportLinks,
        in_book: Mapping[PageId, InBook],
        shown: EditionPage,
    ) -> None:
        self._linked = linked
        self._source_lists = source_lists
        self._export_links = export_links
        self._in_book = in_book
        self._path, self._page = shown.path, shown.page
        self._html = PageHtml(linked, shown.path)
        self._settings = linked.corpus.settings

    def in_front_matter(self, text: str) -> Markup:
        """Return a text as a value of YAML; for a theme that is not ours with its signs of HTML written as such.

        The templates of a site made for MkDocs alone print a title as it is; ours escape (`theme_hooks`).
        """
        shown = html.escape(text) if self._settings.docs_dir else text
        return Markup(json.dumps(shown, ensure_ascii=False))

    def head(self, title: str) -> Markup:
        """Return the tags that describe the page to reference managers, one a line."""
        if self._page is not None and self._page.kind == "source":
            tags = zotero.tags_of_source(self._item(self._page.key), self._export_links.imprint, self._path)
        else:
            tags = zotero.tags_of_page(self._export_links.imprint, title, self._path)
        return Markup(zotero.format_tags(tags))

    def _item(self, key: str) -> Item:
        item = item_of_source(self._linked, self._source_lists.works, key)
        work = self._linked.corpus.works.get(key)
        return print_titles(item, work) if work else item

    def offered_here(self) -> list[str]:
        """Return the keys of the sources that this page offers to reference managers.

        The list of all sources offers all of them, and a unit with others in it offers itself and these. The head of
        any other page says more of its source than a span can.
        """
        linked = self._linked
        if self._page is None:
            units = [record.key for record in linked.corpus.by_kind["source"].values()]
            return [*(units if len(units) <= _MOST_UNITS else ()), *self._source_lists.works_by_author]
        record = linked.corpus.sources.get(self._page.key) if self._page.kind == "source" else None
        parts = linked.parts_of(record)[:_MOST_UNITS] if record else ()
        return [record.key, *(part.key for part in by_folio(parts))] if record and parts else []

    def coins(self, keys: Iterable[str]) -> Markup:
        """Return hidden spans that describe sources to reference managers."""
        return Markup("\n".join(span_of(self._item(key)) for key in keys))

    def page_citation(self, title: str) -> Markup:
        """Return the citation of this page of the edition, in the edition's style."""
        return self._html.linked(self._export_links.imprint.cite_page(title, self._path))

    def page_entries(self, title: str) -> list[ExportLink]:
        """Return entries for this page of the edition, for reference managers."""
        return self._export_links.export_links_of(title, self._path)

    def source_entries(self, key: str) -> list[ExportLink]:
        """Return the files in which a source can be taken along."""
        return export_links_of_source(key, self._path)

    def downloads(self) -> Markup:
        """Return links to the files that hold all sources."""
        ways = ((form.label, relative(path_of_all_sources(form.ending), self._path)) for form in FORMATS.values())
        return Markup(" · ").join(Markup(f'<a href="{way}">{label}</a>') for label, way in ways)

    def offline_editions(self) -> Markup:
        """Return links to this page as a booklet and to the whole edition, where they were made."""
        phrases = self._linked.phrases
        key = self._page.key if self._page and self._page.kind in ("essay", "meeting") else ""
        booklet = booklet_of(self._settings, key) if key else ""
        links = [self._html.link(say(phrases, "offline.booklet"), path_of_download(booklet))] if booklet else []
        if has_downloads(self._settings):
            whole = self._html.link(say(phrases, "offline.whole"), DOWNLOADS_PAGE)
            if self._page and (place := self._in_book.get(self._page)):
                here = self._html.link(place.where, f"{path_of_download(place.file)}#page={place.page}")
                whole = say(phrases, "offline.whole-and-page", whole=whole, page=here)
            links.append(whole)
        return say(phrases, "offline.read", links=Markup(", ").join(links)) if links else Markup()

"""Drafts every page from its Jinja2 template: all of it but note numbers and a style's words.

A template asks its `PageContext` for texts, links and lists.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..edition.addresses import Tombstone
from ..edition.history import Change
from ..edition.links import LinkedCorpus
from ..edition.pages import EditionPage, address_of, list_pages, path_of, path_of_tombstone
from ..edition.printed import places_in_book
from ..edition.source_lists import SourceLists
from ..exporting.export_links import PageExportLinks
from ..exporting.imprint import Imprint
from ..exporting.jsonld import Describer
from ..reading.kinds import KINDS
from ..values.metadata import Meta
from ..values.page_id import PageId
from ..views.view_maker import ViewMaker
from .context import PageContext
from .old_names import OldDesk, OldDrawings, OldLinks
from .page_drawings import PageDrawings
from .page_meta import PageMeta, meta_of_record, meta_of_work, with_meta
from .tables import TABLES
from .templates_of_edition import Templates

# What makes the page of a record, and the list of a kind, that have no template of their own.
_RECORD, _LIST = "record.md.j2", "records.md.j2"


@dataclass(frozen=True)
class Draft:
    """A page with marks in it. `page` is None for an index, which has no notes of its own.

    `own_template`: the name of the edition's template that made it, "" where ours did.
    """

    path: str
    page: PageId | None
    text: str
    own_template: str = ""


class Drafter:
    """Drafts the pages of an edition, each when it is asked for."""

    def __init__(
        self,
        linked: LinkedCorpus,
        works: Mapping[str, Meta],
        imprint: Imprint,
        changes: Mapping[str, Change] | None = None,
    ) -> None:
        self._linked = linked
        self._changes = changes or {}
        self._works = works
        self._export_links = PageExportLinks(imprint)
        self._overview = linked.overview
        self._source_lists = SourceLists(linked, works)
        self._in_book = places_in_book(linked.corpus.settings)
        settings = linked.corpus.settings
        self._templates = Templates(settings)
        self._old_links = OldLinks(linked) if self._templates.own else None
        self._pages = {
            page.path: page for page in (*_gone_pages(linked), *list_pages(linked, self._overview.attendance))
        }
        self.views = ViewMaker(linked, works, overview=self._overview, source_lists=self._source_lists)
        site_url = linked.corpus.settings.site_url
        self._describer = Describer(linked, self.title_of, lambda page: address_of(site_url, path_of(page)))

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of all pages, sorted."""
        return tuple(sorted(self._pages))

    def draft(self, path: str) -> Draft:
        """Return the draft of the page at `path`. Raises KeyError if the edition has none there."""
        shown = self._pages[path]
        linked, page = self._linked, shown.page
        context = PageContext(linked, self._source_lists, self.views, shown, self._export_links, in_book=self._in_book)
        record = linked.record(page) if page else None
        values: dict[str, object] = {"context": context, "page": page, "record": record}
        values["model"] = record.model if record else None
        if self._old_links:
            values |= {"desk": OldDesk(context, self._old_links), "m": values["model"]}
        values["figures"] = (OldDrawings if self._old_links else PageDrawings)(context, self._overview)
        if shown.subject is not None:
            values["subject"] = shown.subject
        if page and record is None:
            values["work"] = linked.corpus.works[page.key]
        kind = next((kind for kind in KINDS.values() if page is None and kind.plural == shown.template), None)
        if kind is not None:
            values["kind"] = kind
        text = self._templates.render((f"{shown.template}.md.j2", _LIST if kind else _RECORD), path, values)
        if linked.corpus.settings.docs_dir:
            return Draft(path, page, text, self._own_template(shown))  # its theme is not ours
        meta = {**self._meta_of(shown), **({"has_feed": True} if self._changes else {})}
        return Draft(path, page, with_meta(text, meta), self._own_template(shown))

    def _own_template(self, shown: EditionPage) -> str:
        """Return the edition's template that makes a page, or the parts of its own that ours may take; "" for none."""
        names = (f"{shown.template}.md.j2", "_record.md.j2", "_parts.md.j2")
        return next((name for name in names if name in self._templates.own), "")

    def title_of(self, page: PageId) -> str:
        """Return what a page of the edition is called."""
        found = self.views.titles.get(page)
        return found.text if found else page.key

    def label_of(self, path: str) -> str:
        """Return what the navigation calls a page, before it is made; "" for one that only its text names."""
        shown = self._pages[path]
        if shown.page is not None:
            return self.title_of(shown.page)
        return "" if shown.subject is not None else self._linked.phrases(f"lists.name.{shown.template}")

    def _meta_of(self, shown: EditionPage) -> PageMeta:
        page, settings = shown.page, self._linked.corpus.settings
        if page is None and isinstance(shown.subject, Tombstone):
            return {"gone": True}
        if page is None:
            is_home = shown.template == "home"
            title = settings.site_name if is_home else settings.phrases(f"lists.name.{shown.template}")
            address = address_of(settings.site_url, shown.path)
            script = "search" if shown.template == "search" else "indexes" if shown.template in TABLES else ""
            described = {"jsonld": self._describer.describe_list(title, address, is_home=is_home)}
            return described | ({"script": f"assets/{script}.js"} if script else {})
        record, title = self._linked.record(page), self.title_of(page)
        if record is None:
            return meta_of_work(self._describer, page.key, title, self._works.get(page.key, {}))
        change = self._changes.get(record.located.path)
        return meta_of_record(self._describer, record, title, change, settings.commits_url)


def _gone_pages(linked: LinkedCorpus) -> Iterator[EditionPage]:
    """Yield a page for each one that was published and is there no more."""
    for address, tombstone in linked.addresses.tombstones.items() if linked.corpus.ledger.entries else ():
        yield EditionPage(path_of_tombstone(address), "gone", subject=tombstone)

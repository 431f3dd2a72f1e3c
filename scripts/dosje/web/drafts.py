"""Drafts every page from its Jinja2 template: all of it but note numbers and a style's words.

A template asks its `PageContext` for texts, links and lists. What it prints is escaped unless it is Markdown of ours,
so a template cannot forget to escape.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, StrictUndefined
from jinja2.exceptions import SecurityError, TemplateError, TemplateSyntaxError
from markupsafe import Markup

from ..edition.addresses import Tombstone
from ..edition.history import Change
from ..edition.links import LinkedCorpus
from ..edition.orders import by_date, by_folio
from ..edition.overview import EditionOverview
from ..edition.pages import EditionPage, address_of, list_pages, path_of, path_of_tombstone
from ..edition.printed import places_in_book
from ..edition.source_lists import SourceLists
from ..edition.titles import sort_title_of, title_of
from ..exporting.export_links import PageExportLinks
from ..exporting.imprint import Imprint
from ..exporting.jsonld import Describer
from ..phrases.date_words import words_of_date
from ..phrases.phrase_files import read_phrases
from ..reading.files import name_of
from ..reading.own_templates import HINT, ORDER_HINT, TEMPLATES_FOLDER
from ..values import words
from ..values.collation import order_of
from ..values.findings import Finding, FindingError, Span
from ..values.folios import format_folios
from ..values.metadata import Meta
from ..values.page_id import PageId
from ..views.view_maker import ViewMaker
from .context import PageContext
from .old_names import OldDesk, OldDrawings, OldLinks
from .page_drawings import PageDrawings
from .page_meta import PageMeta, meta_of_record, meta_of_work, with_meta
from .said import say
from .sandbox import Sandbox, bounded
from .tables import TABLES


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
        self._overview = EditionOverview(linked)
        self._source_lists = SourceLists(linked, works)
        self._in_book = places_in_book(linked.corpus.settings)
        settings = linked.corpus.settings
        self._own = own = _names_in(settings.root / TEMPLATES_FOLDER)
        self._environment = _environment_of(settings.root, settings.locale, settings.is_untrusted, own)
        self._old_links = OldLinks(linked) if own else None
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
        text = self._render(f"{shown.template}.md.j2", path, values)
        if linked.corpus.settings.docs_dir:
            return Draft(path, page, text, self._own_template(shown))  # its theme is not ours
        meta = {**self._meta_of(shown), **({"has_feed": True} if self._changes else {})}
        return Draft(path, page, with_meta(text, meta), self._own_template(shown))

    def _own_template(self, shown: EditionPage) -> str:
        """Return the edition's template that makes a page, or the parts of its own that ours may take; "" for none."""
        names = (f"{shown.template}.md.j2", "_record.md.j2", "_parts.md.j2")
        return next((name for name in names if name in self._own), "")

    def _render(self, template: str, path: str, values: Mapping[str, object]) -> str:
        """Return what a template prints. Raises FindingError where one of the edition fails, with its line."""
        settings = self._linked.corpus.settings
        try:
            with bounded() if settings.is_untrusted else nullcontext():
                return self._environment.get_template(template).render(values)
        except Exception as error:
            if finding := _explain(error, path, settings.root):
                raise FindingError(finding) from error
            raise

    def title_of(self, page: PageId) -> str:
        """Return what a page of the edition is called."""
        found = self.views.titles.get(page)
        return found.text if found else page.key

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


def _explain(error: Exception, path: str, root: Path) -> Finding | None:
    """Return what is wrong with a template of the edition, at its innermost line; None if none has a part in it."""
    folder = root / TEMPLATES_FOLDER
    frames = [(frame.filename, frame.lineno or 1) for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, TemplateSyntaxError):
        frames.append((error.filename or "", error.lineno))
    lines = [(name_of(Path(name), root), line) for name, line in frames if Path(name).is_relative_to(folder)]
    if not lines:
        return None
    name, line = lines[-1]
    said = error.message if isinstance(error, TemplateError) else f"{type(error).__name__}: {error}"
    code = "untrusted" if isinstance(error, SecurityError | MemoryError) else "template"
    return Finding(Span(name, line, 1), code, f"{path} cannot be made: {said}", HINT)


def order_finding(root: Path, draft: Draft, number: int, field: str) -> Finding:
    """Return that a template calls notes in another order than their numbers, from the note `number` on.

    `field`: in which that note, or the one in its place, is called. Its line is that which first names the field.
    """
    path = root / TEMPLATES_FOLDER / draft.own_template
    lines = path.read_text(encoding="utf-8").splitlines()
    line = next((at for at, one in enumerate(lines, start=1) if f'"{field}"' in one), 1)
    message = f'{draft.path} does not call its notes in order: note {number}, in "{field}", is not in its place'
    return Finding(Span(name_of(path, root), line, 1), "template-order", message, ORDER_HINT)


def _names_in(folder: Path) -> tuple[str, ...]:
    return tuple(sorted(path.name for path in folder.glob("*.j2")))


@cache
def _environment_of(root: Path, locale: str, is_untrusted: bool, names: tuple[str, ...]) -> Environment:
    # `names`: of the edition's templates. Jinja would not notice a new one that replaces one of ours.
    # An edition may put its own templates, of the same names, into templates/.
    loader = ChoiceLoader([FileSystemLoader(root / TEMPLATES_FOLDER), PackageLoader("dosje.web")])
    environment = (Sandbox if is_untrusted else Environment)(
        loader=loader,
        autoescape=True,
        finalize=_finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    phrases = read_phrases(locale)
    environment.globals["phrase"] = partial(say, phrases)
    environment.filters.update(
        date=lambda value: words_of_date(value, phrases) if value else "",
        folios=lambda value: format_folios(value) if value else "",
        title=title_of,
        sort_title=sort_title_of,
        by_name=lambda records: sorted(records, key=lambda r: (order_of(locale)(sort_title_of(r)), r.key)),
        by_date=by_date,
        by_folio=by_folio,
        curl=words.curl,
    )
    return environment


def _finalize(value: object) -> Markup:
    if value is None:
        return Markup()
    return value if isinstance(value, Markup) else Markup(words.escape(words.curl(str(value))))

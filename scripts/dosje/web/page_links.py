"""Links and titles, as one page has them: a link is relative to the page that it stands on."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping

from markupsafe import Markup

from ..edition.links import LinkedCorpus
from ..edition.pages import EditionPage, path_of, path_of_list, relative
from ..edition.titles import Title, in_language
from ..phrases.place_words import describe_place
from ..reading.corpus import Record
from ..reading.fields import Model
from ..reading.records import Participant
from ..reading.source_records import Source
from ..values import words
from ..values.citations import Cite
from ..values.page_id import PageId
from ..values.typography import curl
from .markdown import mark
from .said import say


class PageLinks:
    """The links that a page can print. `titles`: of every page of the edition, as text and escaped."""

    def __init__(self, linked: LinkedCorpus, titles: Mapping[PageId, Title], shown: EditionPage) -> None:
        self._linked = linked
        self.titles = titles
        self._shown = shown
        self._path, self._page = shown.path, shown.page
        self._settings = linked.corpus.settings
        self._ways: dict[PageId, str] = {}

    def title(self, kind: str, key: str) -> str:
        """Return the title of a page of this edition, as text."""
        found = self.titles.get(PageId(kind, key))
        return found.text if found else key

    def heading(self) -> Markup:
        """Return the title of this page, marked where it is in another language."""
        return Markup(self.titles[self._shown.record_page].escaped)

    def in_own_language(self, language: str, text: str) -> Markup:
        """Return a record's text marked as of the record's language."""
        own = self._settings.locale.partition("-")[0]
        return Markup(in_language(words.escape(text), "" if language.partition("-")[0] == own else language))

    def original_title(self, record: Record[Source]) -> Markup:
        """Return the title that an archival unit bears, in its own language or that of its archive."""
        source = record.model
        holding = self._linked.holdings.holding_of(record)
        archive = self.titles.get(PageId("archive", holding.repository)) if holding else None
        language = source.language or (archive.language if archive else "")
        return Markup(in_language(words.escape(source.original_title), language if source.original_title else ""))

    def link(self, kind: str, key: str | None, label: str = "") -> Markup:
        """Return a link to a page of this edition; the label is its title if none is given."""
        if not key:
            return Markup()
        page = PageId(kind, key)
        found = self.titles.get(page)
        shown = (
            words.escape(curl(label or key, self._linked.phrases.marks)) if label or found is None else found.escaped
        )
        return self.anchor(shown, self.way_to(page))

    def way_to(self, page: PageId) -> str:
        found = self._ways.get(page)
        if found is None:
            found = self._ways[page] = relative(path_of(page), self._path)
        return found

    def index(self, name: str, label: str) -> Markup:
        """Return a link to a list, e.g. "meetings"; its label alone where the site has no such list."""
        shown = words.escape(curl(label, self._linked.phrases.marks))
        return self.anchor(shown, relative(path_of_list(name), self._path)) if self.has_list(name) else Markup(shown)

    def has_list(self, name: str) -> bool:
        """Say whether the site has a list of this name: one with nothing in it is left out."""
        return name in self._linked.lists

    def person(self, key_or_name: str) -> Markup:
        """Return a link to a person or an organisation, or the plain name that stands in a record."""
        page = self._linked.party_of(key_or_name)
        return self.link(*page) if page else Markup(words.escape(key_or_name))

    def persons(self, keys: Iterable[str]) -> Markup:
        return Markup(", ").join(self.person(key) for key in keys)

    def participants(self, parts: Iterable[Participant]) -> Markup:
        """Return who took part in a meeting, each once."""
        named = [self.link("person", part.person) if part.person else words.escape(part.name) for part in parts]
        return Markup(", ").join(Markup(name) for name in dict.fromkeys(named))

    def links(self, kind: str, keys: Iterable[str]) -> Markup:
        # Not a comma: titles have commas of their own.
        return Markup("; ").join(self.link(kind, key) for key in keys)

    def trail(self, kind: str, whole: Iterable[Record[Model]]) -> Markup:
        """Return what a record is part of, the widest first, as a trail of links."""
        return Markup(" › ").join(self.link(kind, record.key) for record in reversed(list(whole)))

    def note_link(self, page: PageId, label: str) -> Markup:
        """Return a link to the very place where a note is called on another page, by its number."""
        target = self.way_to(page) if page != self._page else ""
        number = Markup(mark("number", page.kind, page.key, label))
        return self.anchor(say(self._linked.phrases, "note.number", number=number), f"{target}#fnref:{label}")

    def words(self, key: str, form: str) -> Markup:
        """Return a source in the words of the edition's style: "first" or "bibliography"."""
        return Markup(mark("words", key, form))

    def linked_words(self, key: str, form: str) -> Markup:
        """Return the same, as a link to the source's page."""
        return Markup(mark("words", key, form, path_of(PageId("source", key))))

    def locator(self, cite: Cite) -> str:
        """Return the place in the source that a cite names, e.g. "fl. 9–20", or "as a whole"."""
        return describe_place(cite, self._linked.holdings.leaves_of(cite.key), self._linked.phrases)

    def doi(self, doi: str) -> Markup:
        """Return a DOI as a link to its resolver."""
        return self.anchor(words.escape(doi), words.encode_url(f"https://doi.org/{doi}"))

    def anchor(self, shown: str, way: str) -> Markup:
        """Return a link. `shown`: HTML. `way`: of a file below the pages folder, from this page, or of the web."""
        return Markup(f'<a href="{html.escape(way)}">{shown}</a>')

"""The texts of one page's record as Markdown, with the calls of their notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from markupsafe import Markup

from ..edition.links import LinkedCorpus
from ..edition.pages import EditionPage
from ..edition.source_lists import SourceLists
from ..edition.vias import join_vias
from ..markup.prose import read_line, read_prose
from ..reading.texts import Text
from ..reading.yamltree import Path as FieldPath
from ..values import words
from . import markdown
from .documents import write_document
from .markdown import mark
from .page_html import PageHtml
from .page_links import PageLinks
from .page_sources import PageSources


class PageTexts:
    """The texts that a page can print, each named by its path in the record."""

    def __init__(
        self,
        linked: LinkedCorpus,
        source_lists: SourceLists,
        links: PageLinks,
        sources: PageSources,
        shown: EditionPage,
    ) -> None:
        self._linked = linked
        self._source_lists = source_lists
        self._links = links
        self._sources = sources
        self._html = PageHtml(linked, shown.path)
        self._shown, self._page = shown, shown.page
        self._settings = linked.corpus.settings

    @cached_property
    def _texts(self) -> Mapping[FieldPath, Text]:
        assert self._page is not None
        record = self._linked.record(self._page)
        texts = record.texts if record else self._linked.corpus.work_texts[self._page.key]
        return {path: text for path, _, text in join_vias(texts)}

    def prose(self, *path: str | int) -> Markup:
        """Return the text at `path` of this page's record: HTML, or Markdown for extensions that the edition names."""
        text = self._texts.get(path)
        if text is None or self._page is None:
            return Markup()
        if self._settings.has_own_markdown:
            return Markup(markdown.write_blocks(self._linked, self._page, path, text.blocks))
        return self._html.blocks(read_prose(self._linked, self._page, path, text))

    def document(self) -> Markup:
        """Return a page that was written for MkDocs alone, its bibliographies in the places of their commands."""
        text = write_document(self._linked, self._shown.record_page, self._texts[("body",)].blocks)
        commands = self._settings.bib_commands
        # The longer first: one may begin with the other.
        for command, keys in (
            (commands.of_site, self._source_lists.works_by_author),
            (commands.of_page, self._sources.own_works),
        ):
            if command in text:
                text = text.replace(command, self._bibliography(keys))
        return Markup(text)

    def _bibliography(self, keys: Iterable[str]) -> str:
        entries = "\n".join(f"- {self._links.linked_words(key, 'bibliography')}" for key in keys)
        return f'<div class="dosje-bibliography" markdown="1">\n\n{entries}\n\n</div>' if entries else ""

    def line(self, *path: str | int) -> Markup:
        """Return the text at `path` as one line, for a table's cell or a list's item."""
        text = self._texts.get(path)
        if text is None or self._page is None:
            return Markup()
        if self._settings.has_own_markdown:
            return Markup(" ".join(self.prose(*path).split("\n")).replace("|", "&#124;"))
        return self._html.line(read_line(self._linked, self._page, path, text))

    def calls(self, *path: str | int) -> Markup:
        """Return the note calls of the citations at `path`, without any text."""
        text = self._texts.get(path)
        found = [piece for block in text.blocks for piece in block.citations] if text else []
        labels = (
            self._linked.note_index.labels_by_place[self._shown.record_page, path, piece.offset] for piece in found
        )
        return Markup("".join(mark("call", label) for label in labels))

    def evidence(self, *path: str | int) -> Markup:
        """Return the sources cited at `path` in short form, each a link with the place in it and a line of its own."""
        text = self._texts.get(path)
        pieces = [piece for block in text.blocks for piece in block.citations] if text else []
        found = []
        for cite in (cite for piece in pieces for cite in piece.citation.cites):
            place = f", {self._links.locator(cite)}" if cite.locator else ""
            found.append(f"<span>{self._links.linked_words(cite.key, 'subsequent')}{words.escape(place)}</span>")
        return Markup(" ".join(found))

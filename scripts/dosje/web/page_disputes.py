"""Disputes, as the page that lists them shows them: by chapter, with what each position claims and cites."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from ..edition.calls import Call
from ..edition.disputes import ELSEWHERE, ON_SOURCES, Placed
from ..edition.overview import EditionOverview
from ..markup.prose import read_line
from ..markup.tree import Foot, NoteReference
from ..reading.yamltree import Path as FieldPath
from ..values.page_id import PageId
from ..values.words import escape
from .context import PageContext


class PageDisputes:
    """What a page can print of the edition's disputes. `title`: what a page is called, by kind and key."""

    def __init__(self, context: PageContext, overview: EditionOverview, title: Callable[[str, str], str]) -> None:
        self._context = context
        self._overview = overview
        self._title = title

    def chapters(self) -> list[tuple[Markup, tuple[Placed, ...]]]:
        """Return the disputes by chapter of the story, each with its heading."""
        say = self._context.linked.phrases
        headings = {ON_SOURCES: say("disputes.on-documents"), ELSEWHERE: say("disputes.elsewhere")}
        return [
            (Markup(escape(headings.get(key) or self._title("essay", key))), placed)
            for key, placed in self._overview.disputes.items()
        ]

    def claim(self, placed: Placed, position: int) -> Markup:
        """Return what a position says as one line, its links kept, its notes left out."""
        path: FieldPath = ("disputes", placed.index, "positions", position, "claim")
        text = next(text for found, _, text in placed.record.texts if found == path)
        line = read_line(self._context.linked, placed.record.page, path, text)
        return self._context.html.line(tuple(part for part in line if not isinstance(part, Foot | NoteReference)))

    def evidence(self, placed: Placed, position: int) -> Markup:
        """Return the sources of a position, each with its place, and the notes in which they stand."""
        page = placed.record.page
        base = ("disputes", placed.index, "positions", position)
        calls = [call for call in self._context.linked.calls_by_page[page] if call.path[:4] == base]
        cites = {
            (cite.key, self._context.linking.locator(cite) if cite.locator else ""): None
            for call in calls
            for cite in call.cites
        }
        sources = [
            f"{self._context.linking.linked_words(key, 'subsequent')}{', ' + escape(place) if place else ''}"
            for key, place in cites
        ]
        return Markup(f"{'; '.join(sources)} ({', '.join(self._note(page, call) for call in calls)})")

    def _note(self, page: PageId, call: Call) -> Markup:
        return self._context.linking.note_link(page, call.label)

"""The notes of all pages, found by their labels, their places, or the reference of another note."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from ..reading.texts import NoteCall
from ..reading.yamltree import Path as FieldPath
from ..values.page_id import PageId
from .calls import Call


class NoteIndex:
    """Finds the calls of notes. `calls_by_page`: the calls of each page, in order.

    `aliases_of`: returns the labels that notes of a page had before, each with today's.
    """

    def __init__(
        self,
        calls_by_page: Mapping[PageId, tuple[Call, ...]],
        aliases_of: Callable[[PageId], Mapping[str, str]] = lambda page: {},
    ) -> None:
        self._calls_by_page = calls_by_page
        self._aliases_of = aliases_of

    @cached_property
    def calls_by_label(self) -> Mapping[tuple[PageId, str], Call]:
        return {(page, call.label): call for page, calls in self._calls_by_page.items() for call in calls}

    @cached_property
    def first_calls(self) -> Mapping[tuple[PageId, FieldPath], Call]:
        """Return the first note called in each field."""
        first: dict[tuple[PageId, FieldPath], Call] = {}
        for page, calls in self._calls_by_page.items():
            for call in calls:
                first.setdefault((page, call.path), call)
        return first

    @cached_property
    def labels_by_place(self) -> Mapping[tuple[PageId, FieldPath, int], str]:
        """Return the label of the note called at an offset of a field."""
        return {
            (page, call.path, call.offset): call.label for page, calls in self._calls_by_page.items() for call in calls
        }

    def with_inner(self, page: PageId, labels: Iterable[str]) -> tuple[str, ...]:
        """Return the labels of notes, each with those that are called within the note right behind it."""
        found: dict[str, None] = {}
        for label in labels:
            self._add(page, label, found)
        return tuple(found)

    def _add(self, page: PageId, label: str, found: dict[str, None]) -> None:
        if label in found:
            return
        found[label] = None
        call = self.calls_by_label[page, label]
        for piece in call.pieces[1:]:
            if isinstance(piece, NoteCall) and (inner := self.labels_by_place.get((page, call.path, piece.offset))):
                self._add(page, inner, found)

    def find_call(self, page: PageId, reference: str) -> Call | None:
        """Return the call of the note that "NAME", or "KEY/NAME" on another page, refers to from `page`.

        NAME is the label of the note, as in its address on the page; or its name, if no other note has that name; or
        a label that it had when it was published.
        """
        found = self.find_calls(page, reference)
        return found[0] if len(found) == 1 else None

    def find_calls(self, page: PageId, reference: str) -> tuple[Call, ...]:
        """Return the calls that a reference may mean, on the first page that has any."""
        key, _, name = reference.rpartition("/")
        for found in self.pages_by_key.get(key, ()) if key else (page,):
            calls = self._calls_by_page.get(found, ())
            exact = [call for label in (f"note-{name}", name) for call in calls if call.label == label]
            if named := exact[:1] or [call for call in calls if call.name == name]:
                return tuple(named)
            former = self._aliases_of(found)
            if label := former.get(name, former.get(f"note-{name}")):
                return (self.calls_by_label[found, label],)
        return ()

    @cached_property
    def pages_by_key(self) -> Mapping[str, tuple[PageId, ...]]:
        """The pages that a key may mean. Kinds other than meeting, event, person and source may use a key again."""
        pages: dict[str, tuple[PageId, ...]] = {}
        for page in self._calls_by_page:
            pages[page.key] = (*pages.get(page.key, ()), page)
        return pages

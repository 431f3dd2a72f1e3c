"""What templates could ask for in the first versions, under their old names: an edition may have such ones.

They ask `desk`, one object with all methods, where ours ask the parts of `context`. What they ask of `desk.linked` has
moved to parts of the linked corpus.
"""

from __future__ import annotations

from ..edition.links import LinkedCorpus
from ..edition.overview import EditionOverview
from ..views.view import View
from .context import PageContext
from .page_drawings import PageDrawings


class OldLinks:
    """The linked corpus, with the methods that it had before it was parted."""

    def __init__(self, linked: LinkedCorpus) -> None:
        shown = (name for name in dir(type(linked)) if not name.startswith("_"))
        vars(self).update({name: getattr(linked, name) for name in (*vars(linked), *shown) if not name.startswith("_")})
        notes, units, meetings = linked.note_index, linked.holdings, linked.meeting_links
        vars(self).update(
            calls_by_label=notes.calls_by_label,
            first_calls=notes.first_calls,
            labels_by_place=notes.labels_by_place,
            find_call=notes.find_call,
            find_calls=notes.find_calls,
            pages_by_key=notes.pages_by_key,
            holding=units.holding_of,
            reference=units.reference_of,
            unit_of=units.unit_of,
            meetings_of=meetings.of_person,
            sources_of_meeting=meetings.sources_of,
            parts_played=meetings.parts_played,
            neighbours=meetings.neighbours,
        )


class OldDesk:
    """The context of a page, with each method of its parts as its own."""

    def __init__(self, context: PageContext, links: OldLinks) -> None:
        vars(self).update(vars(context))
        self._context = context
        for part in context.parts:
            methods = (name for name, value in vars(type(part)).items() if callable(value) and not name.startswith("_"))
            vars(self).update({name: getattr(part, name) for name in methods})
        self.linked = links
        backlinks, exports = context.backlinks, context.exports
        vars(self).update(
            shelf=context.source_lists,
            sheets=backlinks.pages,
            way_to_sheet=backlinks.way_to_page,
            page_offers=exports.page_entries,
            source_offers=exports.source_entries,
        )

    @property
    def view(self) -> View:
        return self._context.view


class OldDrawings(PageDrawings):
    """The drawings of a page, with the name that the overview of the edition had before."""

    @property
    def gathered(self) -> EditionOverview:
        return self.overview

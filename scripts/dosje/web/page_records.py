"""The records around the one that a page shows: its parts, who names it, who took part in it."""

from __future__ import annotations

from markupsafe import Markup

from ..edition.links import LinkedCorpus
from ..edition.orders import chapters_of
from ..edition.pages import EditionPage
from ..reading.corpus import Record
from ..reading.fields import Model
from ..reading.records import Essay, Meeting, Participant
from ..values.page_id import PageId
from .page_links import PageLinks


class PageRecords:
    """The other records that a page can show."""

    def __init__(self, linked: LinkedCorpus, links: PageLinks, shown: EditionPage) -> None:
        self._linked = linked
        self._links = links
        self._shown = shown

    def namings(self, field: str, kind: str = "") -> tuple[Record[Model], ...]:
        """Return the records that name this one in a field, by date."""
        return self._linked.namings_in(self._shown.record_page, field, kind)

    def parts(self) -> tuple[Record[Model], ...]:
        return self._linked.parts.get(self._shown.record_page, ())

    def field_note(self, record: Record[Model], *path: str | int) -> Markup:
        """Return a link to the first note called at `path` of another record."""
        found = self._linked.note_index.first_calls.get((record.page, path))
        return self._links.note_link(record.page, found.label) if found else Markup()

    def chapters(self) -> list[Record[Essay]]:
        """Return the essays in their order."""
        return chapters_of(self._linked.corpus)

    def neighbouring_chapters(self) -> tuple[Record[Essay] | None, Record[Essay] | None]:
        """Return the chapters before and after the one that this page shows."""
        chapters = self.chapters()
        at = [chapter.key for chapter in chapters].index(self._shown.record_page.key)
        return chapters[at - 1] if at else None, chapters[at + 1] if at + 1 < len(chapters) else None

    def present(self, meeting: Meeting) -> Markup:
        """Return the persons who are known to have been at a meeting, as links."""
        is_present = self._linked.corpus.vocabulary.is_present
        there = [part for part in meeting.participants if not part.organisation and is_present(part.attendance)]
        return self._links.participants(there)

    def delegates(self, meeting: Record[Meeting], organisation: str) -> Markup:
        """Return who was at the meeting for an organisation, as links; empty where no one is named."""
        parts = self._linked.meeting_links.parts_played(PageId("organisation", organisation), meeting)
        return self._links.participants(
            part for _, part in parts if part.for_ == organisation and not part.organisation
        )

    def parts_played(self, meeting: Record[Meeting]) -> list[tuple[int, Participant]]:
        """Return the parts that the person of this page had in a meeting, each with its place in the list of all."""
        return self._linked.meeting_links.parts_played(self._shown.record_page, meeting)

"""Finds what belongs to a meeting: who took part, its documents, and the meetings before and after it."""

from __future__ import annotations

from collections.abc import Mapping

from ..reading.corpus import Corpus, Record
from ..reading.records import Meeting, Participant
from ..reading.source_records import Source
from ..reading.yamltree import Path as FieldPath
from ..values.page_id import PageId
from .orders import by_date


class MeetingLinks:
    """Finds what belongs to a meeting. `namings`: which fields of which pages hold the key of each record."""

    def __init__(self, corpus: Corpus, namings: Mapping[PageId, tuple[tuple[PageId, FieldPath], ...]]) -> None:
        self._corpus = corpus
        self._namings = namings

    def of_person(self, person: str) -> tuple[Record[Meeting], ...]:
        """Return the meetings that name the person as a participant, by date."""
        page = PageId("person", person)
        found = self._namings.get(page, ())
        keys = {named.key for named, path in found if named.kind == "meeting" and path[0] == "participants"}
        return by_date(self._corpus.meetings[key] for key in keys)

    def parts_played(self, named: PageId, meeting: Record[Meeting]) -> list[tuple[int, Participant]]:
        """Return the participants of a meeting that name a person or organisation, each with its number in the list."""
        found = self._namings.get(named, ())
        paths = [path for page, path in found if page == meeting.page and path[0] == "participants"]
        parts = meeting.model.participants
        return [(index, parts[index]) for index in dict.fromkeys(path[1] for path in paths) if isinstance(index, int)]

    def sources_of(self, meeting: str) -> tuple[Record[Source], ...]:
        """Return the sources that name the meeting, by date."""
        page = PageId("meeting", meeting)
        found = self._namings.get(page, ())
        keys = {named.key for named, path in found if named.kind == "source" and path[0] == "meetings"}
        return by_date(self._corpus.sources[key] for key in keys)

    def neighbours(self, meeting: Record[Meeting]) -> tuple[tuple[Record[Meeting], ...], tuple[Record[Meeting], ...]]:
        """Return the meetings before and after a meeting, as its record or the other records say."""
        model = meeting.model
        meetings = self._corpus.meetings
        before = {key for key in model.follows if key in meetings}
        after = {key for key in model.precedes if key in meetings}
        for named, path in self._namings.get(meeting.page, ()):
            if path[0] == "precedes":
                before.add(named.key)
            elif path[0] == "follows":
                after.add(named.key)
        return by_date(meetings[key] for key in before), by_date(meetings[key] for key in after)

"""Who was in the room: which person had what part in which meeting, and who met whom.

It says what the records say and no more. A congress and one of its sessions are two meetings.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from ..reading.corpus import Record
from ..reading.records import Meeting
from .links import LinkedCorpus
from .orders import by_date

# The words that have a sign of their own. The others have that of what they count as.
SIGNED = ("present", "observer", "invited", "absent", "uncertain")
MOST_PERSONS, MOST_MEETINGS, MOST_PAIRS = 80, 150, 400  # nobody would read more
# In a larger room not everybody met everybody. And 5,000 persons make twelve million pairs.
MOST_IN_A_ROOM = 200


@dataclass(frozen=True)
class Presence:
    """A person's part in a meeting, and the label of the note, on the meeting's page, that supports it.

    `counts_as`: whether that is to have been in the room: present, uncertain (nobody knows) or absent.
    """

    person: str
    meeting: str
    attendance: str
    organisation: str
    label: str
    counts_as: str

    @property
    def sign(self) -> str:
        """The word whose sign stands for it in tables."""
        return self.attendance if self.attendance in SIGNED else self.counts_as


@dataclass(frozen=True)
class Pair:
    """Two persons by key, in alphabetical order, and the meetings that both attended, by date.

    `unsure`: the meetings that one of them, or both, may not have attended.
    """

    persons: tuple[str, str]
    together: tuple[str, ...]
    unsure: tuple[str, ...]

    def other(self, person: str) -> str:
        return self.persons[self.persons[0] == person]


@dataclass(eq=False)
class Attendance:
    """All that the edition says about who was where."""

    meetings: tuple[Record[Meeting], ...]  # in which a person is named, by date
    by_meeting: Mapping[str, tuple[Presence, ...]]

    @cached_property
    def by_person(self) -> Mapping[str, tuple[Presence, ...]]:
        """The parts of each person, by date. The person who is named most often comes first."""
        found: dict[str, list[Presence]] = defaultdict(list)
        for meeting in self.meetings:
            for presence in self.by_meeting[meeting.key]:
                found[presence.person].append(presence)
        return {key: tuple(found[key]) for key in sorted(found, key=lambda key: (-len(found[key]), key))}

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """Who was in a room with whom, in rooms of at most MOST_IN_A_ROOM. The most frequent pairs come first."""
        together: dict[tuple[str, str], list[str]] = defaultdict(list)
        unsure: dict[tuple[str, str], list[str]] = defaultdict(list)
        for meeting in self.meetings:
            sure = {p.person for p in self.by_meeting[meeting.key] if p.counts_as == "present"}
            maybe = {p.person for p in self.by_meeting[meeting.key] if p.counts_as == "uncertain"} - sure
            persons = sorted(sure | maybe)
            for first, second in combinations(persons, 2) if len(persons) <= MOST_IN_A_ROOM else ():
                (together if {first, second} <= sure else unsure)[first, second].append(meeting.key)
        found = [Pair(p, tuple(together.get(p, ())), tuple(unsure.get(p, ()))) for p in {**together, **unsure}]
        return tuple(sorted(found, key=lambda pair: (-len(pair.together), -len(pair.unsure), pair.persons)))

    @cached_property
    def pairs_of(self) -> Mapping[str, tuple[Pair, ...]]:
        """The pairs of each person, the most frequent first."""
        found: dict[str, list[Pair]] = defaultdict(list)
        for pair in self.pairs:
            for person in pair.persons:
                found[person].append(pair)
        return {person: tuple(pairs) for person, pairs in found.items()}

    @property
    def is_paged(self) -> bool:
        """Say whether there is too much for one table, so that each year has its own page."""
        return len(self.by_person) > MOST_PERSONS or len(self.meetings) > MOST_MEETINGS

    @cached_property
    def years(self) -> Mapping[str, tuple[Record[Meeting], ...]]:
        """The meetings by the year in which they began."""
        found: dict[str, list[Record[Meeting]]] = defaultdict(list)
        for meeting in self.meetings:
            found[year_of(meeting)].append(meeting)
        return {year: tuple(meetings) for year, meetings in found.items()}


def year_of(meeting: Record[Meeting]) -> str:
    """Return the year in which a meeting began, e.g. "1960"; a decade is "195X"."""
    moment = meeting.model.date.start or meeting.model.date.end
    assert moment is not None
    return moment.year


def gather_attendance(linked: LinkedCorpus, meetings: Iterable[Record[Meeting]]) -> Attendance:
    """Return who was where according to the records of these meetings."""
    by_meeting: dict[str, tuple[Presence, ...]] = {}
    for record in meetings:
        found = _presences(linked, record)
        if found:
            by_meeting[record.key] = found
    ordered = by_date(linked.corpus.meetings[key] for key in by_meeting)
    return Attendance(ordered, by_meeting)


def country_of(linked: LinkedCorpus, presences: Iterable[Presence]) -> str:
    """Return the key of the country whose organisations a person represented most often, "" for none.

    An embassy belongs to its ministry, so the widest organisation of the chain decides.
    """
    counts: Counter[str] = Counter()
    for presence in presences:
        organisation = linked.corpus.organisations.get(presence.organisation)
        units = [organisation, *linked.chain(organisation)] if organisation else []
        seats = [linked.corpus.places.get(unit.model.place or "") for unit in reversed(units)]
        seat = next((place for place in seats if place), None)
        if seat is not None:
            counts[[seat, *linked.chain(seat)][-1].key] += 1
    return min(counts, key=lambda key: (-counts[key], key)) if counts else ""


def _presences(linked: LinkedCorpus, meeting: Record[Meeting]) -> tuple[Presence, ...]:
    labels: dict[tuple[object, ...], str] = {}
    for call in linked.calls_by_page[meeting.page]:
        labels.setdefault(call.path, call.label)
    return tuple(
        Presence(
            part.person,
            meeting.key,
            part.attendance,
            part.for_ or "",
            labels.get(("participants", index, "cite"), ""),
            linked.corpus.vocabulary.attendance_of(part.attendance),
        )
        for index, part in enumerate(meeting.model.participants)
        if part.person
    )

"""What of an edition can be drawn, for a page or for a book: its dates, its places, who was in the room.

It serves any output: the caller says what a record is called and where it stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from ..edition.attendance import MOST_PAIRS, MOST_PERSONS, Pair, country_of
from ..edition.overview import EditionOverview
from ..edition.titles import sort_title_of
from ..phrases.date_words import words_of_date
from ..phrases.phrases import Phrases
from ..reading.authority_records import Place
from ..reading.corpus import Record
from ..reading.fields import Model
from ..values.dates import Edtf
from ..values.extent import extent_of
from .circle import Line, Seat, draw_circle
from .map import Spot, read_coordinates
from .timeline import Mark

# How a part in a meeting is shown, and each kind of thing in a timeline: the same on the site and in print.
_MARKS = {"meeting": "●", "event": "◆", "document": "■"}
SIGNS = {"present": "●", "observer": "▲", "invited": "◇", "absent": "×", "uncertain": "?"}
# Given the kind and key of a record, returns its title, or its address.
Ask = Callable[[str, str], str]


class Scenes:
    """The drawings of an edition. `title`: what a record is called; `href`: its address."""

    def __init__(self, overview: EditionOverview, title: Ask, href: Ask) -> None:
        self.overview = overview
        self.linked = overview.linked
        self.phrases = overview.linked.phrases
        self.title = title
        self.href = href

    # The line of time

    def marks(self) -> list[Mark]:
        """Return all meetings and events."""
        return [self.mark(entry.record, entry.date) for entry in self.overview.entries]

    def mark(self, record: Record[Model], when: Edtf) -> Mark:
        title = self.title(record.kind, record.key)
        kind = "document" if record.kind == "source" else record.kind
        return Mark(
            when,
            title,
            self.phrases("timeline.mark", date=words_of_date(when, self.phrases), title=title),
            self.href(record.kind, record.key),
            kind,
            record.key,
        )

    # The map

    def spots(self) -> list[Spot]:
        """Return the places that have coordinates."""
        return [self._spot(place) for place in self.overview.places if place.model.coordinates]

    def _spot(self, place: Record[Place]) -> Spot:
        model = place.model
        east, north = read_coordinates(model.coordinates or "")
        count = sum(self.overview.happened.get(place.key, (0, 0)))
        what = self.counted(place.key) or self.phrases("map.named")
        label = self.phrases("map.spot", place=model.name, what=what)
        return Spot(east, north, model.name, self.href("place", place.key), count, model.kind == "country", label)

    def counted(self, place: str) -> str:
        """Return how many meetings and events were at a place, in words; "" if none."""
        meetings, events = self.overview.happened.get(place, (0, 0))
        said = self.phrases("count.meetings", n=meetings), self.phrases("count.events", n=events)
        if meetings and events:
            return self.phrases("map.both", meetings=said[0], events=said[1])
        return said[0] if meetings else said[1] if events else ""

    # Who was in the room

    def short_name(self, person: str) -> str:
        """Return the name that stands at the head of a narrow column."""
        record = self.linked.corpus.persons.get(person)
        return sort_title_of(record).split(",")[0] if record else person

    def persons(self) -> list[str]:
        """Return the persons that a table has room for: those named most often."""
        return list(self.overview.attendance.by_person)[:MOST_PERSONS]

    def pairs(self) -> tuple[Pair, ...]:
        """Return the pairs among these, the most frequent first, and no more than can be drawn."""
        shown = set(self.persons())
        found = (pair for pair in self.overview.attendance.pairs if shown.issuperset(pair.persons))
        return tuple(islice(found, MOST_PAIRS))

    def seats(self) -> list[Seat]:
        """Return who met anybody, by country, the country of most persons first."""
        met = {key for pair in self.pairs() for key in pair.persons}
        by_person = self.overview.attendance.by_person
        country = {key: country_of(self.linked, by_person[key]) for key in met}
        sizes = Counter(country.values())

        def order(key: str) -> tuple[bool, int, str, int, str]:
            own = country[key]
            return not own, -sizes[own], own, -len(by_person[key]), key

        names = {key: self.title("place", key) if key else self.phrases("circle.no-country") for key in sizes}
        return [
            Seat(key, self.short_name(key), self.title("person", key), self.href("person", key), names[country[key]])
            for key in sorted(met, key=order)
        ]

    def circle(self) -> str:
        """Return who met whom as SVG; "" where fewer than three persons met."""
        seats = self.seats()
        if len(seats) < 3:
            return ""
        lines = [Line(*pair.persons, len(pair.together), self._meets(pair)) for pair in self.pairs()]
        said = self.phrases("circle.persons", n=len(seats)), self.phrases("circle.lines", n=len(lines))
        return draw_circle(seats, lines, self.phrases("circle.described", persons=said[0], lines=said[1]))

    def _meets(self, pair: Pair) -> str:
        first, second = (self.title("person", key) for key in pair.persons)
        return self.phrases("circle.pair", first=first, second=second, often=times_of(pair, self.phrases))


def times_of(pair: Pair, phrases: Phrases) -> str:
    """Return in words how often a pair met, in English "3 times", "once, perhaps once more"."""
    sure, unsure = _often(len(pair.together), phrases), _often(len(pair.unsure), phrases)
    if not pair.together:
        return phrases("times.perhaps", often=unsure)
    return phrases("times.perhaps-more", often=sure, more=unsure) if pair.unsure else sure


def _often(times: int, phrases: Phrases) -> str:
    if times in (1, 2):
        return phrases("times.once" if times == 1 else "times.twice")
    return phrases("times.many", n=times)


def describe_marks(marks: Sequence[Mark], phrases: Phrases) -> str:
    """Return in a sentence what a line of time shows."""
    years = [extent_of(one.date).first.year for one in marks]
    if len(set(years)) > 1:
        span = phrases("timeline.from-to", first=min(years), last=max(years))
    else:
        span = phrases("timeline.in-year", year=years[0])
    return phrases("timeline.described", dates=phrases("timeline.dates", n=len(marks)), span=span)


def explain(marks: Iterable[Mark], phrases: Phrases) -> list[str]:
    """Return what each sign on a line of time means, for the signs that occur."""
    shown = list(marks)
    kinds = {one.kind for one in shown}
    extents = [extent_of(one.date) for one in shown]
    parts = [phrases(f"timeline.{kind}", sign=sign) for kind, sign in _MARKS.items() if kind in kinds]
    if any(e.first != e.last for e in extents):
        parts += [phrases("timeline.filled"), phrases("timeline.open")]
    if any(e.is_approximate for e in extents):
        parts.append(phrases("timeline.dashed"))
    if any(e.is_uncertain for e in extents):
        parts.append(phrases("timeline.unsure", sign="?"))
    if any(e.goes_on or e.goes_back for e in extents):
        parts.append(phrases("timeline.endless", sign="→"))
    return parts

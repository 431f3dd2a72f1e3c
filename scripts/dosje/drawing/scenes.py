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
from ..reading.corpus import Record
from ..reading.fields import Model
from ..reading.records import Place
from ..values.dates import Edtf
from ..values.extent import extent_of
from .circle import Line, Seat, draw_circle
from .map import Spot, read_coordinates
from .timeline import Mark

# How a part in a meeting is shown, and what a map says below it: the same on the site and in print.
SIGNS = {"present": "●", "observer": "▲", "invited": "◇", "absent": "×", "uncertain": "?"}
MAP_CAPTION = (
    "● a town · □ a country, drawn about its middle · the larger, the more meetings and events this edition has there. "
    "Coasts without borders, because those of today are not those of the story. Land: Natural Earth."
)
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
        label = f"{model.name}: {self.counted(place.key) or 'named in the story'}"
        return Spot(east, north, model.name, self.href("place", place.key), count, model.kind == "country", label)

    def counted(self, place: str) -> str:
        """Return how many meetings and events were at a place, in words; "" if none."""
        meetings, events = self.overview.happened.get(place, (0, 0))
        counts = ((meetings, "meeting"), (events, "event"))
        return ", ".join(f"{count} {name}{'s' if count > 1 else ''}" for count, name in counts if count)

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

        names = {key: self.title("place", key) if key else "no country" for key in sizes}
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
        what = f"{len(seats)} persons in a circle, by country, and {len(lines)} lines between those who met."
        return draw_circle(seats, lines, f"{what} The table has the same.")

    def _meets(self, pair: Pair) -> str:
        first, second = (self.title("person", key) for key in pair.persons)
        return f"{first} and {second}: {times_of(pair)}"


def times_of(pair: Pair) -> str:
    """Return in words how often a pair met: "3 times", "once, perhaps once more"."""
    sure, unsure = len(pair.together), len(pair.unsure)
    often = {1: "once", 2: "twice"}
    if not sure:
        return f"perhaps {often.get(unsure, f'{unsure} times')}"
    more = f", perhaps {often.get(unsure, f'{unsure} times')} more" if unsure else ""
    return f"{often.get(sure, f'{sure} times')}{more}"


def describe_marks(marks: Sequence[Mark]) -> str:
    """Return in a sentence what a line of time shows."""
    years = [extent_of(one.date).first.year for one in marks]
    count = f"{len(marks)} dates" if len(marks) > 1 else "one date"
    span = f"from {min(years)} to {max(years)}" if len(set(years)) > 1 else f"in {years[0]}"
    return f"Timeline of {count} {span}."


def explain(marks: Iterable[Mark]) -> list[str]:
    """Return what each sign on a line of time means, for the signs that occur."""
    shown = list(marks)
    kinds = {one.kind for one in shown}
    extents = [extent_of(one.date) for one in shown]
    named = (("meeting", "●", "meeting"), ("event", "◆", "event"), ("document", "■", "document"))
    parts = [f"{sign} {name}" for kind, sign, name in named if kind in kinds]
    if any(e.first != e.last for e in extents):
        parts.append("filled: that day, or all those days")
        parts.append("open: at some time within")
    if any(e.is_approximate for e in extents):
        parts.append("dashed: about")
    if any(e.is_uncertain for e in extents):
        parts.append("?: uncertain")
    if any(e.goes_on or e.goes_back for e in extents):
        parts.append("→: the other end is not known, or open")
    return parts

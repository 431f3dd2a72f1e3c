"""What the drawn pages ask for: timelines, chronology, attendance, disputes. Bound to one page, as its desk is.

Most of it is raw HTML, into which no renderer looks. So every text is escaped here or by the template,
and every link in it is an address of the finished site.
"""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import cast

from markupsafe import Markup

from .atlas import Spot, crowd_of, draw_map, read_coordinates, window_around
from .attendance import MOST_PAIRS, MOST_PERSONS, Pair, Presence, country_of, year_of
from .circle import Line, Seat, draw_circle
from .corpus import Record
from .desk import Desk
from .disputes import ELSEWHERE, ON_SOURCES, Placed
from .edtf import Edtf, words_of
from .extent import extent_of
from .gathered import Entry, Gathered
from .link import Call, PageId
from .records import Meeting, Place
from .texts import Link, Markdown
from .timeline import NARROW, WIDE, Mark, Measures, draw_strip, draw_timeline
from .titles import sort_text, sort_title_of
from .web import address, mark, neutralise, path_of
from .words import escape
from .yamltree import Path as FieldPath

SIGNS = {"present": "●", "observer": "▲", "invited": "◇", "absent": "×", "uncertain": "?"}


class Figures:
    """What the template of one page can draw."""

    def __init__(self, desk: Desk, gathered: Gathered) -> None:
        self.desk = desk
        self.gathered = gathered
        self.linked = gathered.linked

    def href(self, kind: str, key: str) -> str:
        """Return the address of a page of this edition from this one."""
        return address(path_of(PageId(kind, key)), self.desk.path)

    def index_href(self, name: str) -> str:
        return address(f"{name}/index.md", self.desk.path)

    def asset(self, name: str) -> str:
        """Return the address of a file in assets/."""
        return address(f"assets/{name}", self.desk.path).rstrip("/")

    def anchor(self, kind: str, key: str, label: str = "") -> Markup:
        """Return a link to a page of this edition as HTML."""
        shown = escape(label or self.desk.title(kind, key))
        return Markup(f'<a href="{html.escape(self.href(kind, key))}">{shown}</a>')

    # The line of time

    def timeline(self) -> Markup:
        """Return all meetings and events of the edition on the line of time; nothing where there are none."""
        return self._time_figure(self._all_marks(), "All meetings and events; the chronology lists them.")

    def timeline_at_home(self) -> Markup:
        """Return the same for the home page: on a narrow screen, where it would be long, a link to the list."""
        marks = self._all_marks()
        if not marks:
            return Markup()
        figure = self._time_figure(marks, "All meetings and events; the chronology lists them.", (WIDE,))
        instead = f'<a href="{self.index_href("chronology")}">Chronology: {len(marks)} meetings and events</a>'
        return Markup(f'{figure}\n<p class="dosje-narrow-screen">{instead}</p>')

    def _all_marks(self) -> list[Mark]:
        return [self._mark(entry.record, entry.date) for entry in self.gathered.entries]

    def timeline_of(self, person: Record) -> Markup:
        """Return a person's meetings, and the documents written and received, on the line of time."""
        meetings = self.linked.meetings_of(person.key)
        documents = {r.key: r for field in ("author", "recipient") for r in self.desk.namings(field, "source")}
        dated = [(r, cast("Edtf | None", getattr(r.model, "date", None))) for r in (*meetings, *documents.values())]
        marks = [self._mark(record, when) for record, when in dated if when]
        return self._time_figure(marks, "Meetings, and documents written and received; this page lists them.")

    def _mark(self, record: Record, when: Edtf) -> Mark:
        title = self.desk.title(record.kind, record.key)
        kind = "document" if record.kind == "source" else record.kind
        return Mark(when, f"{words_of(when)}: {title}", self.href(record.kind, record.key), kind, record.key)

    def _time_figure(self, marks: Sequence[Mark], what: str, sizes: Sequence[Measures] = (WIDE, NARROW)) -> Markup:
        if not marks:
            return Markup()
        years = [extent_of(one.date).first.year for one in marks]
        count = f"{len(marks)} dates" if len(marks) > 1 else "one date"
        span = f"from {min(years)} to {max(years)}" if len(set(years)) > 1 else f"in {years[0]}"
        description = f"Timeline of {count} {span}. {what}"
        hrefs = {int(year): f"{self.index_href('chronology')}#{year}" for year in self.gathered.years if year.isdigit()}
        drawn = "".join(draw_timeline(marks, description, measures, hrefs) for measures in sizes)
        skip = '<a class="dosje-past" href="#dosje-past">Skip the drawing</a>' if len(marks) > 12 else ""
        name = "dosje-figure dosje-wide" if len(sizes) > 1 else "dosje-figure dosje-wide dosje-wide-screen"
        return Markup(
            f'<figure class="{name}" data-search-exclude>{skip}{drawn}'
            f'<figcaption id="dosje-past">{_legend(marks)}</figcaption></figure>'
        )

    # The chronology

    def strip(self, entry: Entry) -> Markup:
        """Return a small picture of where in its year an entry lies, and how exactly that is known."""
        return Markup(draw_strip(entry.date, entry.record.kind))

    def facets(self) -> list[tuple[str, list[tuple[str, str, int]]]]:
        """Return what the chronology can be narrowed to: of each facet, the keys with name and count."""
        facets = []
        for facet in ("person", "organisation", "place"):
            counts = Counter(key for entry in self.gathered.entries for key in entry.keys[facet])
            named = [(key, self.desk.title(facet, key), count) for key, count in counts.items()]
            facets.append((facet, sorted(named, key=lambda one: (sort_text(one[1]), one[0]))))
        kinds = Counter(key for entry in self.gathered.entries for key in entry.keys["kind"])
        shown = [(key, key.replace("-", ": "), count) for key, count in sorted(kinds.items())]
        return [*facets[:2], ("kind", shown), facets[2]]

    # The map

    def map(self) -> Markup:
        """Return the places that have coordinates on a map, and those of a crowd on one of their own."""
        spots = [
            self._spot(r) for r in self.linked.corpus.by_kind["place"].values() if cast(Place, r.model).coordinates
        ]
        if not spots:
            return Markup()
        crowd = crowd_of(spots)
        count = f"{len(spots)} places" if len(spots) > 1 else "one place"
        maps = []
        for width, screen in ((760, "dosje-wide-screen"), (380, "dosje-narrow-screen")):
            near = window_around(crowd, width, 0.04) if crowd else None
            what = f"Map of {count}. The list below has the same."
            maps.append(draw_map(spots, window_around(spots, width), what, screen, near))
            if near is not None:
                maps.append(draw_map(spots, near, "The part in the frame, nearer.", screen))
        return Markup(
            '<figure class="dosje-figure" data-search-exclude><a class="dosje-past" href="#dosje-past">Skip the map</a>'
            f'{"".join(maps)}<figcaption id="dosje-past">● a town · □ a country, drawn about its middle · the larger, '
            "the more meetings and events this edition has there. Coasts without borders, because those of today are "
            "not those of the story. Land: Natural Earth.</figcaption></figure>"
        )

    def _spot(self, place: Record) -> Spot:
        model = cast(Place, place.model)
        east, north = read_coordinates(model.coordinates or "")
        count = sum(self.gathered.happened.get(place.key, (0, 0)))
        label = f"{model.name}: {self.counted(place.key) or 'named in the story'}"
        return Spot(east, north, model.name, self.href("place", place.key), count, model.kind == "country", label)

    def counted(self, place: str) -> str:
        """Return how many meetings and events were at a place, in words; "" if none."""
        meetings, events = self.gathered.happened.get(place, (0, 0))
        counts = ((meetings, "meeting"), (events, "event"))
        return ", ".join(f"{count} {name}{'s' if count > 1 else ''}" for count, name in counts if count)

    # Who was in the room

    def columns(self, year: str = "") -> list[str]:
        """Return the persons of the table of attendance, those named most often first."""
        attendance = self.gathered.attendance
        if not year:
            return list(attendance.by_person)[:MOST_PERSONS]
        found = Counter(p.person for m in attendance.years[year] for p in attendance.by_meeting[m.key])
        return sorted(found, key=lambda key: (-found[key], key))[:MOST_PERSONS]

    def rows(self, year: str = "") -> list[tuple[str, list[Record]]]:
        """Return the meetings of the table by year."""
        years = self.gathered.attendance.years
        return [(year, list(years[year]))] if year else [(one, list(meetings)) for one, meetings in years.items()]

    def cells(self, meeting: Record, columns: Sequence[str]) -> Markup:
        """Return the cells of a meeting's row: in each, a sign that leads to the note that it rests on."""
        found: dict[str, list[Presence]] = {}
        for presence in self.gathered.attendance.by_meeting[meeting.key]:
            found.setdefault(presence.person, []).append(presence)
        return Markup("".join(f"<td>{''.join(map(self._sign, found.get(key, ())))}</td>" for key in columns))

    def _sign(self, presence: Presence) -> str:
        href = f"{self.href('meeting', presence.meeting)}#fnref:{presence.label}"
        note = f"note {mark('n', 'meeting', presence.meeting, presence.label)}"
        name = escape(self.desk.title("person", presence.person))
        title = f"{name}: {presence.attendance}, {note}"
        return (
            f'<a class="dosje-{presence.attendance}" href="{html.escape(href)}" title="{title}">'
            f'<span aria-hidden="true">{SIGNS[presence.attendance]}</span>'
            f'<span class="dosje-who">{name}<i> {presence.attendance}, {note}</i></span></a>'
        )

    def short_name(self, person: str) -> str:
        """Return the name that stands at the head of a narrow column."""
        record = self.linked.get("person", person)
        return sort_title_of(record).split(",")[0] if record else person

    def year_of(self, meeting: Record) -> str:
        return year_of(meeting)

    def companions(self, person: Record) -> tuple[list[tuple[Markup, Pair]], list[tuple[Markup, Pair]]]:
        """Return with whom a person was in a room: those met more often than once, and the others."""
        pairs = self.gathered.attendance.pairs_of.get(person.key, ())
        found = [(self.desk.person(pair.other(person.key)), pair) for pair in pairs]
        return [one for one in found if len(one[1].together) > 1], [one for one in found if len(one[1].together) < 2]

    def occasions(self, pair: Pair) -> Markup:
        """Return links to the meetings of a pair, each by its date."""
        meetings = [self.linked.get("meeting", key) for key in pair.together]
        dated = [(m.key, words_of(cast(Meeting, m.model).date)) for m in meetings if m is not None]
        return Markup("; ").join(self.desk.link("meeting", key, date) for key, date in dated)

    def pairs(self) -> tuple[Pair, ...]:
        """Return the pairs among the persons of the table, the most frequent first, and no more than can be drawn."""
        shown = set(self.columns())
        found = (pair for pair in self.gathered.attendance.pairs if shown.issuperset(pair.persons))
        return tuple(islice(found, MOST_PAIRS))

    def seats(self) -> list[Seat]:
        """Return who met anybody, by country, the country of most persons first."""
        met = {key for pair in self.pairs() for key in pair.persons}
        by_person = self.gathered.attendance.by_person
        country = {key: country_of(self.linked, by_person[key]) for key in met}
        sizes = Counter(country.values())

        def order(key: str) -> tuple[bool, int, str, int, str]:
            own = country[key]
            return not own, -sizes[own], own, -len(by_person[key]), key

        names = {key: self.desk.title("place", key) if key else "no country" for key in sizes}
        return [
            Seat(key, self.short_name(key), self.href("person", key), names[country[key]])
            for key in sorted(met, key=order)
        ]

    def circle(self) -> Markup:
        """Return who met whom, as a drawing; nothing where fewer than three persons met."""
        seats = self.seats()
        if len(seats) < 3:
            return Markup()
        lines = [Line(*pair.persons, len(pair.together), self._meets(pair)) for pair in self.pairs()]
        what = f"{len(seats)} persons in a circle, by country, and {len(lines)} lines between those who met."
        return Markup(draw_circle(seats, lines, f"{what} The table has the same."))

    def _meets(self, pair: Pair) -> str:
        first, second = (self.desk.title("person", key) for key in pair.persons)
        return f"{first} and {second}: {times_of(pair)}"

    def times(self, pair: Pair) -> str:
        return times_of(pair)

    # Disputes

    def chapters(self) -> list[tuple[Markup, tuple[Placed, ...]]]:
        """Return the disputes by chapter of the story, each with its heading."""
        headings = {ON_SOURCES: "On the documents", ELSEWHERE: "Outside the chapters"}
        return [
            (Markup(escape(headings.get(key) or self.desk.title("essay", key))), placed)
            for key, placed in self.gathered.disputes.items()
        ]

    def claim(self, placed: Placed, position: int) -> Markup:
        """Return what a position says as one line of Markdown, its links kept, its notes left out."""
        path: FieldPath = ("disputes", placed.index, "positions", position, "claim")
        text = next(text for found, _, text in placed.record.texts if found == path)
        parts: list[str] = []
        for block in text.blocks:
            for piece in block.pieces:
                if isinstance(piece, Markdown):
                    parts.append(neutralise(piece.text) if not piece.is_code else escape(piece.text))
                elif isinstance(piece, Link) and piece.kind != "note":
                    parts.append(self.desk.link(piece.kind, piece.key, piece.label))
            parts.append(" ")
        return Markup(" ".join("".join(parts).split()).replace(" .", "."))

    def evidence(self, placed: Placed, position: int) -> Markup:
        """Return the sources of a position, each with its place, and the notes in which they stand."""
        page = PageId(placed.record.kind, placed.record.key)
        base = ("disputes", placed.index, "positions", position)
        calls = [call for call in self.linked.calls_by_page[page] if call.path[:4] == base]
        cites = {
            (cite.key, self.desk.locator(cite) if cite.locator else ""): None for call in calls for cite in call.cites
        }
        sources = [
            f"{self.desk.linked_words(key, 'subsequent')}{', ' + escape(place) if place else ''}"
            for key, place in cites
        ]
        return Markup(f"{'; '.join(sources)} ({', '.join(self._note(page, call) for call in calls)})")

    def _note(self, page: PageId, call: Call) -> Markup:
        return self.desk.note_link(page, call.label)


def times_of(pair: Pair) -> str:
    """Return in words how often a pair met: "3 times", "once, perhaps once more"."""
    sure, unsure = len(pair.together), len(pair.unsure)
    often = {1: "once", 2: "twice"}
    if not sure:
        return f"perhaps {often.get(unsure, f'{unsure} times')}"
    more = f", perhaps {often.get(unsure, f'{unsure} times')} more" if unsure else ""
    return f"{often.get(sure, f'{sure} times')}{more}"


def _legend(marks: Sequence[Mark]) -> str:
    kinds = {one.kind for one in marks}
    extents = [extent_of(one.date) for one in marks]
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
    return " · ".join(f"<span>{part}</span>" for part in parts)

"""What pages with drawings ask for: timelines, chronology, map, attendance. Bound to one page, as its context is.

Most of it is raw HTML, which no renderer changes. So every text is escaped here or by the template, and every link
is an address of the finished site.
"""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Sequence

from markupsafe import Markup

from ..drawing.circle import Seat
from ..drawing.map import crowd_of, draw_map, window_around
from ..drawing.scenes import SIGNS, Scenes, describe_marks, explain, times_of
from ..drawing.svg import on_page
from ..drawing.timeline import NARROW, WIDE, Mark, Measures, busy_years, draw_strip, draw_timeline
from ..edition.attendance import MOST_PERSONS, Pair, Presence, year_of
from ..edition.overview import ChronologyEntry, EditionOverview
from ..edition.pages import address, path_of, path_of_list, relative
from ..phrases.date_words import words_of_date
from ..phrases.phrases import Borrowed, Lent
from ..reading.corpus import Record
from ..reading.records import Meeting, Person
from ..values.collation import order_of
from ..values.extent import extent_of
from ..values.page_id import PageId
from ..values.typography import curl
from ..values.words import escape
from .context import PageContext
from .markdown import mark
from .page_disputes import PageDisputes
from .said import print_phrase, say


class PageDrawings:
    """What the template of one page can draw."""

    def __init__(self, context: PageContext, overview: EditionOverview) -> None:
        self._context = context
        self.overview = overview
        self.linked = overview.linked
        self.signs = SIGNS
        self.phrases = overview.linked.phrases
        self._drawings = Scenes(overview, self.title, self.href)
        disputes = PageDisputes(context, overview, self.title)
        # Templates ask for these, too, under `figures`.
        self.chapters, self.claim, self.evidence = disputes.chapters, disputes.claim, disputes.evidence

    def title(self, kind: str, key: str) -> str:
        """Return what a page of this edition is called, with the marks that Markdown would have made in a text."""
        return curl(self._context.linking.title(kind, key), self.phrases.marks)

    def href(self, kind: str, key: str) -> str:
        """Return the way to a page of this edition from this one."""
        return relative(path_of(PageId(kind, key)), self._context.path)

    def index_href(self, name: str) -> str:
        return relative(path_of_list(name), self._context.path)

    def asset(self, name: str) -> str:
        """Return the address of a file in assets/."""
        return address(f"assets/{name}", self._context.path).rstrip("/")

    def anchor(self, kind: str, key: str, label: str = "") -> Markup:
        """Return a link to a page of this edition as HTML."""
        shown = escape(label or self.title(kind, key))
        return Markup(f'<a href="{html.escape(self.href(kind, key))}">{shown}</a>')

    # The line of time

    def timeline(self) -> Markup:
        """Return all meetings and events of the edition on the line of time; nothing where there are none."""
        return self._time_figure(self._drawings.marks(), self.phrases("timeline.all-listed"))

    def timeline_at_home(self) -> Markup:
        """Return the busiest years, for the home page; on a narrow screen a link to the whole list."""
        marks = self._drawings.marks()
        years = busy_years(marks)
        if not years:
            return Markup()
        extents = [(mark, extent_of(mark.date)) for mark in marks]
        # Marks that span years would need an axis of their own.
        shown = [mark for mark, one in extents if years[0] <= one.first.year == one.last.year <= years[1]]
        said = say(self.phrases, "timeline.at-home", n=len(marks))
        link = Markup(f'<a href="{self.index_href("chronology")}">{said}</a>')
        line = (
            self._of_which(link, len(shown), years)
            if len(shown) < len(marks)
            else say(self.phrases, "timeline.at-home-all", link=link)
        )
        figure = self._time_figure(shown, self.phrases("timeline.others-listed"), (WIDE,))
        return Markup(f'{figure}\n\n<p class="dosje-quiet">{line}</p>')

    def _of_which(self, link: Markup, shown: int, years: tuple[int, int]) -> Markup:
        if years[0] == years[1]:
            return say(self.phrases, "timeline.at-home-year", link=link, n=shown, year=years[0])
        return say(self.phrases, "timeline.at-home-years", link=link, n=shown, first=years[0], last=years[1])

    def _skip(self, key: str) -> str:
        return f'<a class="dosje-past" href="#dosje-past">{say(self.phrases, key)}</a>'

    def timeline_of(self, person: Record[Person]) -> Markup:
        """Return a person's meetings, and the documents written and received, on the line of time."""
        meetings = self.linked.meeting_links.of_person(person.key)
        documents = {
            r.key: r for field in ("author", "recipient") for r in self._context.records.namings(field, "source")
        }
        marks = [self._drawings.mark(record, record.date) for record in (*meetings, *documents.values()) if record.date]
        return self._time_figure(marks, self.phrases("timeline.of-person"))

    def _time_figure(self, marks: Sequence[Mark], what: str, sizes: Sequence[Measures] = (WIDE, NARROW)) -> Markup:
        if not marks:
            return Markup()
        description = f"{describe_marks(marks, self.phrases)} {what}"
        chronology = self.index_href("chronology")
        hrefs = {int(year): f"{chronology}#{year}" for year in self.overview.years if year.isdigit()}
        drawn = "".join(on_page(draw_timeline(marks, description, self.phrases, measures, hrefs)) for measures in sizes)
        skip = self._skip("timeline.skip") if len(marks) > 12 else ""
        legend = " · ".join(f"<span>{_say_sign(part)}</span>" for part in explain(marks, self.phrases))
        name = "dosje-figure dosje-wide" if len(sizes) > 1 else "dosje-figure dosje-wide dosje-wide-screen"
        return Markup(
            f'<figure class="{name}" data-search-exclude>{skip}{drawn}'
            f'<figcaption id="dosje-past">{legend}</figcaption></figure>'
        )

    # The chronology

    def strip(self, entry: ChronologyEntry) -> Markup:
        """Return a small picture of where in its year an entry lies, and how exactly that is known."""
        return Markup(on_page(draw_strip(entry.date, entry.record.kind)))

    def facets(self) -> list[tuple[str, list[tuple[str, str, int]]]]:
        """Return what the chronology can be narrowed to: of each facet, the keys with name and count."""
        facets, order = [], order_of(self.phrases.locale)
        for facet in ("person", "organisation", "place"):
            counts = Counter(key for entry in self.overview.entries for key in entry.keys[facet])
            named = [(key, self.title(facet, key), count) for key, count in counts.items()]
            facets.append((facet, sorted(named, key=lambda one: (order(one[1]), one[0]))))
        kinds = Counter(key for entry in self.overview.entries for key in entry.keys["kind"])
        shown = [(key, self._kind(key), count) for key, count in sorted(kinds.items())]
        return [*facets[:2], ("kind", shown), facets[2]]

    def _kind(self, key: str) -> str:
        """Return the name of a facet's value: "event", or "event-party" for the events of a kind."""
        record, _, kind = key.partition("-")
        name = self.phrases(f"chronology.{record}")
        return (
            self.phrases("chronology.kind", record=name, kind=self.phrases(f"{record}.kind.{kind}")) if kind else name
        )

    # The map

    def map(self) -> Markup:
        """Return the places that have coordinates on a map, and those of a crowd on one of their own."""
        spots = self._drawings.spots()
        if not spots:
            return Markup()
        crowd = crowd_of(spots)
        maps = []
        for width, screen in ((760, "dosje-wide-screen"), (380, "dosje-narrow-screen")):
            near = window_around(crowd, width, 0.04) if crowd else None
            what = self.phrases("map.described", n=len(spots))
            maps.append(draw_map(spots, window_around(spots, width), what, screen, near))
            if near is not None:
                maps.append(draw_map(spots, near, self.phrases("map.nearer"), screen))
        return Markup(
            f'<figure class="dosje-figure" data-search-exclude>{self._skip("map.skip")}{on_page("".join(maps))}'
            f'<figcaption id="dosje-past">{say(self.phrases, "map.caption")}</figcaption></figure>'
        )

    def counted(self, place: str) -> str:
        """Return how many meetings and events were at a place, in words; "" if none."""
        return self._drawings.counted(place)

    # Who was in the room

    def columns(self, year: str = "") -> list[str]:
        """Return the persons of the table of attendance, those named most often first."""
        return self._persons_of(year)[:MOST_PERSONS] if year else self._drawings.persons()

    def is_cut(self, year: str) -> bool:
        """Say whether the table of a year leaves out persons."""
        return len(self._persons_of(year)) > MOST_PERSONS

    def _persons_of(self, year: str) -> list[str]:
        attendance = self.overview.attendance
        found = Counter(p.person for m in attendance.years[year] for p in attendance.by_meeting[m.key])
        return sorted(found, key=lambda key: (-found[key], key))

    def rows(self, year: str = "") -> list[tuple[str, list[Record[Meeting]]]]:
        """Return the meetings of the table by year."""
        years = self.overview.attendance.years
        return [(year, list(years[year]))] if year else [(one, list(meetings)) for one, meetings in years.items()]

    def cells(self, meeting: Record[Meeting], columns: Sequence[str]) -> Markup:
        """Return the cells of a meeting's row: in each, a sign that leads to the note that it rests on."""
        found: dict[str, list[Presence]] = {}
        for presence in self.overview.attendance.by_meeting[meeting.key]:
            found.setdefault(presence.person, []).append(presence)
        return Markup("".join(f"<td>{''.join(map(self._sign, found.get(key, ())))}</td>" for key in columns))

    def _sign(self, presence: Presence) -> str:
        href = f"{self.href('meeting', presence.meeting)}#fnref:{presence.label}"
        number = Markup(mark("number", "meeting", presence.meeting, presence.label))
        note = say(self.phrases, "attendance.note", number=number)
        name, attended = self.title("person", presence.person), self.phrases(f"attendance.{presence.attendance}")
        title = say(self.phrases, "attendance.sign", person=name, attendance=attended, note=note)
        more = say(self.phrases, "attendance.sign-alone", attendance=attended, note=note)
        return (
            f'<a class="dosje-{presence.sign}" href="{html.escape(href)}" title="{title}">'
            f'<span aria-hidden="true">{SIGNS[presence.sign]}</span>'
            f'<span class="dosje-who">{escape(name)}<i> {more}</i></span></a>'
        )

    def short_name(self, person: str) -> str:
        """Return the name that stands at the head of a narrow column."""
        return self._drawings.short_name(person)

    def year_of(self, meeting: Record[Meeting]) -> str:
        return year_of(meeting)

    def companions(self, person: Record[Person]) -> tuple[list[tuple[Markup, Pair]], list[tuple[Markup, Pair]]]:
        """Return with whom a person was in a room: those met more often than once, and the others."""
        pairs = self.overview.attendance.pairs_of.get(person.key, ())
        found = [(self._context.linking.person(pair.other(person.key)), pair) for pair in pairs]
        return [one for one in found if len(one[1].together) > 1], [one for one in found if len(one[1].together) < 2]

    def occasions(self, pair: Pair) -> Markup:
        """Return links to the meetings of a pair, each by its date."""
        meetings = [self.linked.corpus.meetings[key] for key in pair.together]
        return Markup(self.phrases("value.semicolon")).join(
            self._context.linking.link("meeting", m.key, words_of_date(m.model.date, self.phrases)) for m in meetings
        )

    def pairs(self) -> tuple[Pair, ...]:
        """Return who met whom, the most frequent first, and no more than can be read."""
        return self._drawings.pairs()

    def seats(self) -> list[Seat]:
        """Return who met anybody, by country."""
        return self._drawings.seats()

    def circle(self) -> Markup:
        """Return who met whom, as a drawing; nothing where fewer than three persons met."""
        return Markup(on_page(self._drawings.circle()))

    def times(self, pair: Pair) -> str:
        return times_of(pair, self.phrases)


def _say_sign(said: str) -> str:
    """Return what a sign means, as HTML. Borrowed words in it are marked with their language."""
    return print_phrase(said) if isinstance(said, Borrowed | Lent) else html.escape(said)

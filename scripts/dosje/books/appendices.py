"""Makes the lists and drawings at the end of a book: its chronology, who was in the room, the map, abbreviations."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from ..drawing.map import crowd_of, draw_map, window_around
from ..drawing.matrix import MatrixHeading, cut, draw_matrix
from ..drawing.scenes import SIGNS, Scenes, describe_marks, explain, times_of
from ..drawing.svg import WIDTH, height_of, on_paper
from ..drawing.timeline import Mark, Measures, draw_timeline
from ..edition.attendance import Attendance
from ..edition.links import LinkedCorpus
from ..edition.overview import EditionOverview
from ..edition.titles import sort_text, title_of
from ..markup.markdown_tree import clean
from ..markup.tree import Blocks, Drawing, Inlines, Paragraph, Reference, Table
from ..phrases.date_words import words_of_date
from ..phrases.phrases import Phrases
from ..reading.authority_records import Archive, Organisation
from ..values.extent import extent_of
from ..values.page_id import PageId
from ..values.typography import curl
from ..values.words import Run
from ..views.record_context import line_of

ON_PAPER = Measures(WIDTH, 34, 11, 6, 3.8)
# How high a drawing may be that stands below the heading of a part.
_MOST = 640
# A pair that met only once is not shown: it stands in the table of the meeting.
_OFTEN = 2


@dataclass(frozen=True)
class Appendix:
    """A list at the end of a book."""

    key: str
    title: str
    blocks: Blocks


def make_appendices(linked: LinkedCorpus, pages: Collection[PageId], *, is_whole: bool) -> tuple[Appendix, ...]:
    """Return the lists at the end of a book of these records. A booklet has only the abbreviations."""
    found: list[Appendix] = []
    say = linked.phrases
    if is_whole:
        maker = _Maker(linked, pages)
        found += [
            Appendix("chronology", say("book.chronology"), tuple(maker.chronology())),
            Appendix("who-was-in-the-room", say("book.attendance"), tuple(maker.attendance())),
            Appendix("map", say("book.map"), tuple(maker.map())),
        ]
    found.append(Appendix("abbreviations", say("book.abbreviations"), tuple(_abbreviations(linked, pages))))
    return tuple(appendix for appendix in found if appendix.blocks)


class _Maker:
    """The drawings of one book. Each comes with a list that says the same in words."""

    def __init__(self, linked: LinkedCorpus, pages: Collection[PageId]) -> None:
        self._gathered = EditionOverview(linked, pages)
        self._drawings = Scenes(self._gathered, self._title, lambda kind, key: f"{kind}/{key}")
        self._linked = linked
        self._phrases = linked.phrases

    def _title(self, kind: str, key: str) -> str:
        record = self._linked.get(kind, key)
        return curl(title_of(record), self._phrases.marks) if record else key

    def _head(self, *keys: str) -> tuple[str, ...]:
        return tuple(map(self._phrases, keys))

    def chronology(self) -> Iterator[Drawing | Table]:
        marks = sorted(self._drawings.marks(), key=lambda mark: extent_of(mark.date).first)
        if not marks:
            return
        for own in pages_of(marks, self._phrases):
            what = describe_marks(own, self._phrases)
            svg = _draw(draw_timeline(own, what, self._phrases, ON_PAPER))
            yield Drawing(svg, self._phrases("book.list-below", what=what), " · ".join(explain(own, self._phrases)))
        rows = tuple(
            (line_of(words_of_date(entry.date, self._phrases)), self._reference(entry.record.kind, entry.record.key))
            for entry in self._gathered.entries
        )
        yield Table(self._head("book.chronology-date", "book.chronology-what"), rows, (1, 2))

    def attendance(self) -> Iterator[Drawing | Paragraph | Table]:
        attendance = self._gathered.attendance
        if not attendance.meetings:
            return
        yield Paragraph(line_of(self._phrases("book.attendance-what")))
        yield from self._matrix(attendance)
        circle = self._drawings.circle()
        if circle:
            groups = dict.fromkeys(seat.group for seat in self._drawings.seats())
            caption = self._phrases("book.circle-caption", groups=self._phrases.between.join(groups))
            yield Drawing(_draw(circle), self._phrases("book.circle"), caption)
        pairs = [pair for pair in self._drawings.pairs() if len(pair.together) >= _OFTEN]
        rows = tuple(
            (
                *(self._reference("person", key, shows_page=False) for key in pair.persons),
                line_of(times_of(pair, self._phrases)),
            )
            for pair in pairs
        )
        if rows:
            yield Paragraph(line_of(self._phrases("book.pairs")))
            yield Table(self._head("book.pair-who", "book.pair-with", "book.pair-often"), rows, (2, 2, 2))

    def _matrix(self, attendance: Attendance) -> Iterator[Drawing]:
        columns, when = [], {}
        for meeting in attendance.meetings:
            date, title = words_of_date(meeting.model.date, self._phrases), self._title("meeting", meeting.key)
            name = self._phrases("timeline.mark", date=date, title=title)
            columns.append(MatrixHeading(meeting.key, name, name, f"meeting/{meeting.key}"))
            when[meeting.key] = date
        rows = [
            MatrixHeading(key, self._drawings.short_name(key), self._title("person", key), f"person/{key}")
            for key in attendance.by_person
        ]
        cells: dict[tuple[str, str], list[str]] = {}
        for presences in attendance.by_meeting.values():
            for presence in presences:
                cells.setdefault((presence.person, presence.meeting), []).append(presence.sign)
        signs = " · ".join(
            self._phrases("book.matrix-sign", sign=sign, attendance=self._phrases(f"attendance.{name}"))
            for name, sign in SIGNS.items()
        )
        for own, kept in cut(columns, rows, cells):
            counts = self._phrases("count.persons", n=len(kept)), self._phrases("count.meetings", n=len(own))
            what = self._phrases("book.matrix", persons=counts[0], meetings=counts[1])
            svg = _draw(draw_matrix(own, kept, cells, what))
            span = when[own[0].key], when[own[-1].key]
            dates = span[0] if span[0] == span[1] else self._phrases("book.matrix-dates", first=span[0], last=span[1])
            described = self._phrases("book.matrix-described", what=what, dates=dates)
            yield Drawing(svg, described, self._phrases("book.matrix-caption", dates=dates, signs=signs))

    def map(self) -> Iterator[Drawing]:
        spots = self._drawings.spots()
        if not spots:
            return
        crowd = crowd_of(spots)
        near = window_around(crowd, WIDTH, 0.04) if crowd else None
        names = self._phrases.between.join(sorted((spot.name for spot in spots), key=sort_text))
        what, caption = self._phrases("book.map-of", places=names), self._phrases("map.caption")
        whole = draw_map(spots, window_around(spots, WIDTH), what, near=near)
        yield Drawing(_draw(whole), what, "" if near else caption)
        if near is not None:
            part = self._phrases("map.nearer")
            yield Drawing(
                _draw(draw_map(spots, near, part)), part, self._phrases("book.map-near", part=part, caption=caption)
            )

    def _reference(self, kind: str, key: str, *, shows_page: bool = True) -> Inlines:
        return (Reference((Run(self._title(kind, key)),), PageId(kind, key), shows_page),)


def _draw(svg: str) -> str:
    # The drawing stands on one line, without the signs that XML does not allow.
    return clean(on_paper(svg))


def pages_of(marks: Sequence[Mark], phrases: Phrases) -> Iterator[Sequence[Mark]]:
    """Yield the marks by date, in parts of which each can be drawn on one page."""
    years = [extent_of(mark.date).first.year for mark in marks]
    height = height_of(draw_timeline(marks, "", phrases, ON_PAPER))
    if height <= _MOST or len(marks) < 2:
        yield marks
        return
    middle = len(marks) // 2
    # A part ends where a year ends, if one ends in it.
    starts = [at for at in range(1, len(marks)) if years[at] != years[at - 1]]
    at = min(starts, key=lambda start: abs(start - middle)) if starts else middle
    yield from pages_of(marks[:at], phrases)
    yield from pages_of(marks[at:], phrases)


def _abbreviations(linked: LinkedCorpus, pages: Collection[PageId]) -> Iterator[Table]:
    """Yield the signs of archives and the abbreviations of organisations, in alphabetical order."""
    signs: dict[str, str] = {}
    found = [linked.record(page) for page in sorted(pages) if page.kind in ("archive", "organisation")]
    for model in (record.model for record in found if record is not None):
        if isinstance(model, Archive):
            for sign in model.abbreviations:
                both = linked.phrases("book.term-meaning", term=sign.term, meaning=sign.meaning)
                signs.setdefault(sign.sign, both if sign.meaning != sign.term else sign.term)
        elif isinstance(model, Organisation) and model.abbreviation:
            signs.setdefault(model.abbreviation, model.name)
    rows = tuple((line_of(sign), line_of(signs[sign])) for sign in sorted(signs, key=lambda s: (sort_text(s), s)))
    if rows:
        yield Table((linked.phrases("book.sign"), linked.phrases("book.meaning")), rows, (1, 4))

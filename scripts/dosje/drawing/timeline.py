"""Draws dates on the line of time: a row for each year, and each date as wide as it is exact.

Pure geometry: knows dates and phrases, and nothing of records and pages. A filled shape is certain; an
outlined one means a date somewhere within the outline. Shape and line say all that colour says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ..phrases.phrases import BORROWED_FROM, Borrowed, Phrases
from ..values.dates import Edtf
from ..values.extent import Extent, extent_of
from ..values.words import escape
from .svg import NAMESPACE, href_attribute

_TOP = 18  # what the names of the months need


@dataclass(frozen=True)
class Mark:
    """Something dated: what it is called, what is read out for it, where it leads, and what kind of thing it is."""

    date: Edtf
    title: str
    label: str
    href: str
    kind: str  # "meeting", "event" or "document": each has its shape
    key: str


@dataclass(frozen=True)
class Measures:
    """Sizes of a drawing, in its own units: for a wide screen, or for a narrow one."""

    width: int
    gutter: int
    lane: int  # for what is known to the day
    thin: int  # for what is known to the month, season or year
    radius: float
    is_narrow: bool = False


WIDE = Measures(760, 40, 11, 6, 4)
NARROW = Measures(360, 38, 14, 9, 5, is_narrow=True)


def spread(spans: Sequence[tuple[float, float]]) -> list[int]:
    """Return a lane for each span, from 0, so that no two in a lane meet: the first that is free."""
    ends: list[float] = []
    lanes = [0] * len(spans)
    for index in sorted(range(len(spans)), key=lambda at: (spans[at], at)):
        left, right = spans[index]
        lane = next((number for number, end in enumerate(ends) if end <= left), len(ends))
        ends[lane : lane + 1] = [right]
        lanes[index] = lane
    return lanes


def busy_years(marks: Iterable[Mark]) -> tuple[int, int] | None:
    """Return the first and last year of the shortest run of years that holds two thirds of the dates.

    Of several the earliest. None if no date lies within one year.
    """
    extents = [extent_of(mark.date) for mark in marks]
    years = sorted(extent.first.year for extent in extents if extent.first.year == extent.last.year)
    if not years:
        return None
    many = -(-len(years) * 2 // 3)
    return min(
        ((years[at], years[at + many - 1]) for at in range(len(years) - many + 1)), key=lambda run: run[1] - run[0]
    )


def draw_timeline(
    marks: Iterable[Mark],
    description: str,
    phrases: Phrases,
    measures: Measures = WIDE,
    year_hrefs: Mapping[int, str] | None = None,
) -> str:
    """Return the marks as SVG: a row for each year that has any; marks that span years lie above, on an axis of years.

    `description` is read out for the whole; `year_hrefs` says where the number of a year leads.
    """
    placed = [(mark, extent_of(mark.date)) for mark in marks]
    by_year: dict[int, list[tuple[Mark, Extent]]] = {}
    long: list[tuple[Mark, Extent]] = []
    for pair in placed:
        extent = pair[1]
        (by_year.setdefault(extent.first.year, []) if extent.first.year == extent.last.year else long).append(pair)
    parts: list[str] = []
    y = 0.0
    if long:
        first, last = min(e.first.year for _, e in long), max(e.last.year for _, e in long)
        parts.append(_year_axis(first, last, measures, phrases))
        drawn, y = _long_rows(long, (date(first, 1, 1), date(last, 12, 31)), _TOP, measures)
        parts += [drawn]
        y += 10
    if by_year:
        top = y
        y += _TOP
        rows: list[str] = []
        before = 0
        for year in sorted(by_year):
            is_gap = before and year - before > 1
            rows.append(_rule(y, measures, "dosje-time-gap" if is_gap else "dosje-time-rule"))
            drawn, end = _row(by_year[year], (date(year, 1, 1), date(year, 12, 31)), y + 3, measures)
            rows += [_year_label(year, y, measures, (year_hrefs or {}).get(year, "")), drawn]
            y, before = max(end + 2, y + 15), year
        parts += [_months(top, y, measures, phrases), *rows]
    size = f'viewBox="0 0 {measures.width} {y + 2:.0f}"'
    name = "dosje-time dosje-narrow-screen" if measures.is_narrow else "dosje-time dosje-wide-screen"
    return f'<svg {NAMESPACE} class="{name}" {size} aria-label="{escape(description)}">{"".join(parts)}</svg>'


def _scale(day: date, bounds: tuple[date, date], measures: Measures) -> float:
    days = (bounds[1] - bounds[0]).days + 1
    return measures.gutter + (day - bounds[0]).days / days * (measures.width - measures.gutter - 12)


def _row(
    pairs: Sequence[tuple[Mark, Extent]], bounds: tuple[date, date], y: float, measures: Measures
) -> tuple[str, float]:
    """Return the marks of a row and where it ends: above what is vague, in thin lanes, below what is known by day."""
    drawn = []
    for is_vague, height in ((True, measures.thin), (False, measures.lane)):
        found = [(mark, extent) for mark, extent in pairs if (extent.core is None) == is_vague]
        lanes = spread([_room(extent, bounds, measures) for _, extent in found])
        for (mark, extent), lane in zip(found, lanes, strict=True):
            drawn.append(_mark(mark, extent, bounds, y + (lane + 0.5) * height, measures))
        y += (max(lanes, default=-1) + 1) * height + 1
    return "".join(drawn), y


def _long_rows(
    pairs: Sequence[tuple[Mark, Extent]], bounds: tuple[date, date], y: float, measures: Measures
) -> tuple[str, float]:
    """Return what spans years, each in a row of its own, with its name beside it where there is room."""
    drawn = []
    for mark, extent in pairs:
        left, right = _box(extent, bounds, measures)
        drawn.append(_mark(mark, extent, bounds, y + measures.lane / 2, measures))
        is_right = measures.width - right > left
        x, anchor = (right + 14, "start") if is_right else (left - 8, "end")
        name = _cut(mark.title, int(max(measures.width - right - 14, left - 8) / 4.9))
        if name:
            at = f'x="{x:.1f}" y="{y + measures.lane / 2 + 3.2:.1f}" text-anchor="{anchor}"'
            drawn.append(f'<text class="dosje-time-name" {at}>{escape(name)}</text>')
        y += measures.lane
    return "".join(drawn), y


def _cut(text: str, length: int) -> str:
    """Return `text` cut between words to at most `length` characters; "" if not even one word fits."""
    if len(text) <= length:
        return text
    kept = text[: max(length - 1, 0)].rpartition(" ")[0].rstrip(" ,;:–")
    return f"{kept} …" if len(kept) > 12 else ""


def _room(extent: Extent, bounds: tuple[date, date], measures: Measures) -> tuple[float, float]:
    """Return what a mark needs of a lane: its own width, its sign, and a little air."""
    left, right = _box(extent, bounds, measures)
    room = measures.radius + 0.8 if extent.first == extent.last else 1
    return left - room - 6 * extent.goes_back, right + room + 7 * (extent.is_uncertain or extent.goes_on)


def _box(extent: Extent, bounds: tuple[date, date], measures: Measures) -> tuple[float, float]:
    """Return where the days of an extent begin and end. What is shorter than a sign is drawn as wide as one."""
    day = (measures.width - measures.gutter - 12) / ((bounds[1] - bounds[0]).days + 1)
    left, right = _scale(extent.first, bounds, measures), _scale(extent.last, bounds, measures) + day
    lack = 0.0 if extent.first == extent.last else max(2 * measures.radius + day - (right - left), 0)
    return left - lack / 2, right + lack / 2


def _mark(mark: Mark, extent: Extent, bounds: tuple[date, date], y: float, measures: Measures) -> str:
    return (
        f'<a {href_attribute(mark.href)} class="{_classes(mark.kind, extent)}" data-key="{escape(mark.key)}">'
        f"<title>{escape(mark.label)}</title>{_shapes(mark.kind, extent, bounds, y, measures)}</a>"
    )


def _classes(kind: str, extent: Extent) -> str:
    about = " dosje-mark-about" if extent.is_approximate else ""
    return f"dosje-mark dosje-mark-{kind}{about}{' dosje-mark-unsure' if extent.is_uncertain else ''}"


def _shapes(kind: str, extent: Extent, bounds: tuple[date, date], y: float, measures: Measures) -> str:
    left, right = _box(extent, bounds, measures)
    radius = measures.radius
    shapes = []
    if extent.first == extent.last:
        shapes.append(_point(kind, (left + right) / 2, y, radius))
        left, right = (left + right) / 2 - radius, (left + right) / 2 + radius
    else:
        radius = radius if extent.core else min(radius, measures.thin / 2 - 1)
        shapes.append(_bar("dosje-mark-within", kind, (left, right), y, radius))
        if extent.core:
            is_whole = extent.core == (extent.first, extent.last)
            day = _scale(extent.core[1], bounds, measures) - _scale(extent.core[1] - timedelta(1), bounds, measures)
            ends = _scale(extent.core[0], bounds, measures), _scale(extent.core[1], bounds, measures) + day
            shapes.append(_bar("dosje-mark-core", kind, (left, right) if is_whole else ends, y, radius))
    if extent.goes_back:
        shapes.append(_arrow(left - 1, y, -5))
    if extent.goes_on:
        shapes.append(_arrow(right + 1, y, 5))
    if extent.is_uncertain:
        x = right + 1.5 + 6 * extent.goes_on
        shapes.append(f'<text class="dosje-mark-sign" x="{x:.1f}" y="{y + 3.4:.1f}">?</text>')
    return "".join(shapes)


def _point(kind: str, x: float, y: float, radius: float) -> str:
    if kind == "meeting":
        return f'<circle class="dosje-mark-core" cx="{x:.1f}" cy="{y:.1f}" r="{radius}"/>'
    if kind == "event":
        half = radius * 1.2
        path = f"M{x:.1f} {y - half:.1f}l{half:.1f} {half:.1f}l{-half:.1f} {half:.1f}l{-half:.1f} {-half:.1f}z"
        return f'<path class="dosje-mark-core" d="{path}"/>'
    half = radius * 0.85
    path = f"M{x - half:.1f} {y - half:.1f}h{2 * half:.1f}v{2 * half:.1f}h{-2 * half:.1f}z"
    return f'<path class="dosje-mark-core" d="{path}"/>'


def _bar(name: str, kind: str, ends: tuple[float, float], y: float, radius: float) -> str:
    height = radius * (2 if kind == "meeting" else 1.6)
    corner = f' rx="{radius}"' if kind == "meeting" else ""
    box = f'x="{ends[0]:.1f}" y="{y - height / 2:.1f}" width="{max(ends[1] - ends[0], 2):.1f}" height="{height:.1f}"'
    return f'<rect class="{name}" {box}{corner}/>'


def _arrow(x: float, y: float, length: float) -> str:
    back = -length * 0.6
    return f'<path class="dosje-mark-arrow" d="M{x:.1f} {y:.1f}h{length}m{back:.1f} -3l{-back:.1f} 3l{back:.1f} 3"/>'


def _rule(y: float, measures: Measures, name: str) -> str:
    return f'<line class="{name}" x1="0" x2="{measures.width}" y1="{y:.1f}" y2="{y:.1f}"/>'


def _year_label(year: int, y: float, measures: Measures, href: str) -> str:
    text = f'<text class="dosje-time-year" x="0" y="{y + measures.lane / 2 + 7:.1f}">{year}</text>'
    return f"<a {href_attribute(href)}>{text}</a>" if href else text


def _months(top: float, bottom: float, measures: Measures, phrases: Phrases) -> str:
    bounds = date(1961, 1, 1), date(1961, 12, 31)
    parts = []
    # Short, because a year has little room.
    names = phrases.months("narrow" if measures.is_narrow else "abbreviated")
    for number, name in enumerate(names, start=1):
        x = _scale(date(1961, number, 1), bounds, measures)
        parts.append(
            f'<line class="dosje-time-month" x1="{x:.1f}" x2="{x:.1f}" y1="{top + _TOP:.1f}" y2="{bottom:.1f}"/>'
        )
        parts.append(f'<text class="dosje-time-axis" x="{x + 3:.1f}" y="{top + 12:.1f}">{escape(name)}</text>')
    return "".join(parts)


def _year_axis(first: int, last: int, measures: Measures, phrases: Phrases) -> str:
    bounds = date(first, 1, 1), date(last, 12, 31)
    step = next(
        size
        for size in (1, 2, 5, 10, 20, 50, 100, 1000, 10000)
        if (last - first) / size <= (6 if measures.is_narrow else 14)
    )
    name = "" if measures.is_narrow else phrases("timeline.years")
    borrowed = f' lang="{BORROWED_FROM}"' if isinstance(name, Borrowed) else ""
    parts = [f'<text class="dosje-time-axis" x="0" y="12"{borrowed}>{escape(name)}</text>']
    for year in range(first - first % step + (step if first % step else 0), last + 1, step):
        x = _scale(date(year, 1, 1), bounds, measures)
        parts.append(f'<text class="dosje-time-axis" x="{x:.1f}" y="12">{year}</text>')
    return "".join(parts)


def draw_strip(value: Edtf, kind: str) -> str:
    """Return one date as a small SVG of its year, to stand beside the date in words; so it is not read out."""
    extent = extent_of(value)
    year = extent.last.year if extent.goes_back else extent.first.year
    bounds = date(year, 1, 1), date(year, 12, 31)
    measures = Measures(108, 6, 10, 8, 3.4)
    core = (max(extent.core[0], bounds[0]), min(extent.core[1], bounds[1])) if extent.core else None
    cut = Extent(
        max(extent.first, bounds[0]),
        min(extent.last, bounds[1]),
        core if core and core[0] <= core[1] else None,
        extent.goes_back or extent.first < bounds[0],
        extent.goes_on or extent.last > bounds[1],
        extent.is_uncertain,
        extent.is_approximate,
    )
    ticks = "".join(f"M{_scale(date(year, month, 1), bounds, measures):.0f} 11v2" for month in range(1, 13, 3))
    shapes = f'<g class="{_classes(kind, cut)}">{_shapes(kind, cut, bounds, 6, measures)}</g>'
    axis = f'<path d="M6 12h90{ticks}"/>'
    return f'<svg class="dosje-strip" viewBox="0 0 108 14" aria-hidden="true">{axis}{shapes}</svg>'

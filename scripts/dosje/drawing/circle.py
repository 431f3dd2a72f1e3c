"""Draws who met whom as a circle: names around it, by group, and a line for each pair.

Pure geometry. A circle and not a layout by forces: it is the same on every machine, no name lies on
another, and how far two names are apart says nothing by accident.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..values.words import escape
from .svg import NAMESPACE, href_attribute

_SIZE, _RADIUS, _GAP = 760, 262.0, 1.6  # the gap between two groups, in places


@dataclass(frozen=True)
class Seat:
    """Somebody on the circle: the short and the full name, where it leads, and the name of the group."""

    key: str
    name: str
    full_name: str
    href: str
    group: str


@dataclass(frozen=True)
class Line:
    """Two who met: how often for sure, and what is read out for it."""

    first: str
    second: str
    times: int
    label: str


def angles_of(seats: Sequence[Seat]) -> Mapping[str, float]:
    """Return the angle of each seat, in degrees from the top, clockwise; groups stand a little apart."""
    places: dict[str, float] = {}
    at = 0.0
    for index, seat in enumerate(seats):
        if index and seat.group != seats[index - 1].group:
            at += _GAP
        places[seat.key] = at
        at += 1
    whole = at + (_GAP if len({seat.group for seat in seats}) > 1 else 0)
    return {key: 360 * place / whole for key, place in places.items()}


def draw_circle(seats: Sequence[Seat], lines: Sequence[Line], description: str) -> str:
    """Return the circle as SVG. `description` is read out for the whole; every name is a link."""
    angles = angles_of(seats)
    parts = [_line(line, angles) for line in reversed(lines)]
    parts += [_arc(group, angles) for group in _groups(seats)]
    parts += [_seat(seat, angles[seat.key]) for seat in seats]
    box = f'viewBox="0 0 {_SIZE} {_SIZE}"'
    return f'<svg {NAMESPACE} class="dosje-circle" {box} aria-label="{escape(description)}">{"".join(parts)}</svg>'


def _groups(seats: Sequence[Seat]) -> list[list[Seat]]:
    groups: list[list[Seat]] = []
    for seat in seats:
        if groups and groups[-1][0].group == seat.group:
            groups[-1].append(seat)
        else:
            groups.append([seat])
    return groups


def _point(angle: float, radius: float) -> tuple[float, float]:
    turn = math.radians(angle - 90)
    return _SIZE / 2 + radius * math.cos(turn), _SIZE / 2 + radius * math.sin(turn)


def _line(line: Line, angles: Mapping[str, float]) -> str:
    (x1, y1), (x2, y2) = _point(angles[line.first], _RADIUS), _point(angles[line.second], _RADIUS)
    name = "dosje-line" if line.times else "dosje-line dosje-line-unsure"
    width = min(0.8 + 0.9 * max(line.times - 1, 0), 9)
    middle = _SIZE / 2
    # Bent towards the middle, so that neighbours' lines can be told apart.
    bend = [middle + 0.28 * ((x1 + x2) / 2 - middle), middle + 0.28 * ((y1 + y2) / 2 - middle)]
    path = f"M{x1:.1f} {y1:.1f}Q{bend[0]:.1f} {bend[1]:.1f} {x2:.1f} {y2:.1f}"
    return f'<path class="{name}" stroke-width="{width:.1f}" d="{path}"><title>{escape(line.label)}</title></path>'


def _arc(group: Sequence[Seat], angles: Mapping[str, float]) -> str:
    half = 0.35 * (360 / max(len(angles), 1))
    start, end = angles[group[0].key] - half, angles[group[-1].key] + half
    (x1, y1), (x2, y2) = _point(start, _RADIUS + 6), _point(end, _RADIUS + 6)
    size, is_long = _RADIUS + 6, int(end - start > 180)
    path = f"M{x1:.1f} {y1:.1f}A{size:.0f} {size:.0f} 0 {is_long} 1 {x2:.1f} {y2:.1f}"
    return f'<path class="dosje-arc" d="{path}"><title>{escape(group[0].group)}</title></path>'


def _seat(seat: Seat, angle: float) -> str:
    x, y = _point(angle, _RADIUS + 13)
    is_left = angle > 180
    turn = angle + 90 if is_left else angle - 90
    anchor = ' text-anchor="end"' if is_left else ""
    return (
        f"<a {href_attribute(seat.href)}><title>{escape(seat.full_name)}</title>"
        f'<text x="{x:.1f}" y="{y:.1f}" dy=".34em"{anchor} '
        f'transform="rotate({turn:.1f} {x:.1f} {y:.1f})">{escape(seat.name)}</text></a>'
    )

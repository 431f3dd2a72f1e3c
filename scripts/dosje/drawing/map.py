"""Draws places on a small map of coasts: no tiles, no server, and no borders.

It has no borders, because those of today are not those of the time that an edition is about. The land is
that of Natural Earth (land.json; scripts/take_land.py says how it was taken). Plate carrée, true to
scale on the middle parallel. Knows nothing of records and pages.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from ..values.words import escape
from .svg import NAMESPACE, href_attribute

Point = tuple[float, float]  # east and north, in degrees; on paper, right and down


@dataclass(frozen=True)
class Spot:
    """A place on the map: where it lies, what it is called, where it leads, how much happened there."""

    east: float
    north: float
    name: str
    href: str
    count: int
    is_country: bool
    label: str  # read out, and shown by the pointer


@dataclass(frozen=True)
class Window:
    """The part of the earth that a map shows, and its width on paper."""

    west: float
    south: float
    east: float
    north: float
    width: int

    @property
    def scale(self) -> float:
        """Units of paper for a degree of longitude."""
        return self.width / (self.east - self.west)

    @property
    def stretch(self) -> float:
        """How much longer a degree of latitude is than one of longitude on the middle parallel."""
        return 1 / max(math.cos(math.radians((self.south + self.north) / 2)), 0.2)

    @property
    def height(self) -> float:
        return (self.north - self.south) * self.scale * self.stretch

    def project(self, point: Point) -> Point:
        return (point[0] - self.west) * self.scale, (self.north - point[1]) * self.scale * self.stretch

    def has(self, spot: Spot) -> bool:
        return self.west <= spot.east <= self.east and self.south <= spot.north <= self.north


def read_coordinates(text: str) -> Point:
    """Return east and north of "north, east", as a record has it."""
    north, east = (float(part) for part in text.split(","))
    return east, north


def window_around(spots: Sequence[Spot], width: int, margin: float = 0.07) -> Window:
    """Return a window that holds all spots with a margin; never wider than the earth."""
    west, east = min(s.east for s in spots), max(s.east for s in spots)
    south, north = min(s.north for s in spots), max(s.north for s in spots)
    across = max((east - west) * margin, 4)
    up = max((north - south) * margin * 1.6, 3)
    return Window(max(west - across, -180), max(south - up, -85), min(east + across, 180), min(north + up, 85), width)


def crowd_of(spots: Sequence[Spot], across: float = 26, up: float = 11) -> list[Spot]:
    """Return the spots around the one with most neighbours, if they would overlap on a map of all.

    Nothing if they are few, or if a map of all shows them as well. `across`, `up`: degrees to each side.
    """

    def neighbours(spot: Spot) -> list[Spot]:
        return [s for s in spots if abs(s.east - spot.east) <= across and abs(s.north - spot.north) <= up]

    if len(spots) < 6:
        return []
    best = max(map(neighbours, spots), key=len)
    width = max(s.east for s in spots) - min(s.east for s in spots)
    return best if len(best) >= 5 and width > 4 * across else []


def draw_map(
    spots: Sequence[Spot], window: Window, description: str, name: str = "", near: Window | None = None
) -> str:
    """Return the map as SVG. `description` is read out for the whole; every spot is a link.

    `near`: what another map shows nearer; here it is framed, and its places have no names.
    """
    shown = sorted((s for s in spots if window.has(s)), key=lambda s: (-s.count, s.name))
    placed = place_names(shown, window, near)
    parts = [f'<path class="dosje-land" d="{_land_path(window)}"/>']
    if near is not None:
        (x1, y1), (x2, y2) = window.project((near.west, near.north)), window.project((near.east, near.south))
        box = f'x="{x1:.1f}" y="{y1:.1f}" width="{x2 - x1:.1f}" height="{y2 - y1:.1f}"'
        parts.append(f'<rect class="dosje-near" {box}/>')
    parts += [_spot(spot, window, placed.get(index)) for index, spot in reversed(list(enumerate(shown)))]
    box = f'viewBox="0 0 {window.width} {window.height:.0f}"'
    label = escape(description)
    return f'<svg {NAMESPACE} class="dosje-map {name}" {box} aria-label="{label}">{"".join(parts)}</svg>'


def radius_of(count: int) -> float:
    """Return the radius of a spot, so that its area grows with the count."""
    return 2.6 + 1.15 * math.sqrt(count)


def place_names(
    spots: Sequence[Spot], window: Window, near: Window | None = None
) -> dict[int, tuple[float, float, str]]:
    """Return where the names stand, by index of the spot: beside, above or below it; no name where there is no room."""
    points = [window.project((s.east, s.north)) for s in spots]
    taken = [
        (x - r, y - r, x + r, y + r) for (x, y), r in zip(points, (radius_of(s.count) for s in spots), strict=True)
    ]
    names: dict[int, tuple[float, float, str]] = {}
    for index, spot in enumerate(spots):
        if near is not None and near.has(spot):
            continue
        (x, y), radius, length = points[index], radius_of(spot.count), 5.8 * len(spot.name) + 2
        others = [box for at, box in enumerate(taken) if at != index]
        for left, top, at, anchor in (
            (x + radius + 3, y - 6, x + radius + 3, "start"),
            (x - radius - 3 - length, y - 6, x - radius - 3, "end"),
            (x - length / 2, y - radius - 14, x, "middle"),
            (x - length / 2, y + radius + 2, x, "middle"),
            (x + radius, y - radius - 9, x + radius, "start"),
            (x + radius, y + radius - 3, x + radius, "start"),
            (x - radius - length, y - radius - 9, x - radius, "end"),
            (x - radius - length, y + radius - 3, x - radius, "end"),
        ):
            box = (left, top, left + length, top + 12)
            is_inside = box[0] >= 0 and box[2] <= window.width and box[1] >= 0 and box[3] <= window.height
            if is_inside and not any(_meet(box, other) for other in others):
                taken.append(box)
                names[index] = (at, top + 10, anchor)
                break
    return names


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _spot(spot: Spot, window: Window, name: tuple[float, float, str] | None) -> str:
    x, y = window.project((spot.east, spot.north))
    radius = radius_of(spot.count)
    if spot.is_country:
        half = radius * 0.9
        shape = f'<rect x="{x - half:.1f}" y="{y - half:.1f}" width="{2 * half:.1f}" height="{2 * half:.1f}"/>'
    else:
        shape = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>'
    text = ""
    if name:
        text = f'<text x="{name[0]:.1f}" y="{name[1]:.1f}" text-anchor="{name[2]}">{escape(spot.name)}</text>'
    kind = "dosje-spot dosje-spot-country" if spot.is_country else "dosje-spot"
    return f'<a class="{kind}" {href_attribute(spot.href)}><title>{escape(spot.label)}</title>{shape}{text}</a>'


def _land_path(window: Window) -> str:
    """Return the land in the window. It is cut a little outside the window, so that no cut is seen."""
    edge = 4 / window.scale
    bounds = (window.west - edge, window.south - edge, window.east + edge, window.north + edge)
    parts = []
    for ring in land_rings():
        cut = clip(ring, bounds)
        if len(cut) > 2:
            points = [f"{x:.1f} {y:.1f}" for x, y in map(window.project, cut)]
            parts.append("M" + "L".join(dict.fromkeys(points)) + "z")
    return "".join(parts)


def clip(ring: Sequence[Point], bounds: tuple[float, float, float, float]) -> list[Point]:
    """Return what of a closed ring lies within west, south, east, north (Sutherland and Hodgman, 1974)."""
    west, south, east, north = bounds
    points = list(ring)
    for axis, limit, sign in ((0, west, 1), (1, south, 1), (0, east, -1), (1, north, -1)):
        cut: list[Point] = []
        for start, end in zip(points[-1:] + points[:-1], points, strict=True):
            from_in, to_in = (sign * (point[axis] - limit) >= 0 for point in (start, end))
            if from_in != to_in:
                share = (limit - start[axis]) / (end[axis] - start[axis])
                cut.append((start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])))
            if to_in:
                cut.append(end)
        points = cut
    return points


@cache
def land_rings() -> tuple[tuple[Point, ...], ...]:
    """Return the coasts of the earth as closed rings: land, and in it inland seas."""
    land = json.loads((resources.files(__package__) / "land.json").read_text(encoding="utf-8"))
    rings = []
    for flat in land["rings"]:
        x = y = 0
        ring = []
        for dx, dy in zip(flat[::2], flat[1::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((x * land["unit"], y * land["unit"]))
        rings.append(tuple(ring))
    return tuple(rings)

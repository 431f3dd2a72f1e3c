"""Where the links of a drawing lie, for paper: in a PDF they are areas over the picture.

Reads only what our drawings are made of: circles, rectangles, paths of straight lines, and texts.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree

from .svg import XLINK

_NUMBERS = re.compile(r"-?\d+(?:\.\d+)?|[A-Za-z]")
_TURN = re.compile(r"rotate\((-?[\d.]+) (-?[\d.]+) (-?[\d.]+)\)")
# The sizes of letters, as the style sheet of the drawings has them, and how wide a letter is on average.
_SIZE, _SIZE_IN_CIRCLE, _WIDE = 10.5, 15.0, 0.46
# A finger or a pointer needs a little more than the shape itself.
_AIR = 1.0


class LinkArea(NamedTuple):
    """A part of a drawing that leads somewhere, from the upper left corner, in parts of the drawing's width."""

    left: float
    top: float
    width: float
    height: float
    target: str


_Box = tuple[float, float, float, float]  # left, top, right, bottom


def link_areas_of(svg: str) -> list[LinkArea]:
    """Return the areas of a drawing that lead somewhere, in its order. A turned text has several, along its line."""
    root = ElementTree.fromstring(svg)
    size = _SIZE_IN_CIRCLE if "dosje-circle" in root.get("class", "") else _SIZE
    x, y, width, _ = map(float, root.get("viewBox", "0 0 1 1").split())
    areas = []
    for link in root.iter("{http://www.w3.org/2000/svg}a"):
        target = link.get(f"{{{XLINK}}}href", "")
        shapes = [shape for shape in link.iter() if shape is not link]
        texts = [_text_box(shape, size) for shape in shapes if shape.tag.endswith("}text")]
        drawn = [box for shape in shapes if (box := _box_of(shape))]
        boxes = [_around(drawn)] if drawn else []
        for box, turn in texts:
            boxes += list(_turned(box, *turn)) if turn else [box]
        for left, top, right, bottom in boxes:
            sizes = (left - _AIR - x, top - _AIR - y, right - left + 2 * _AIR, bottom - top + 2 * _AIR)
            across, down, wide, high = (round(size / width, 4) for size in sizes)
            areas.append(LinkArea(across, down, wide, high, target))
    return areas


def _box_of(shape: ElementTree.Element) -> _Box | None:
    value = {name: float(shape.get(name, "0")) for name in ("x", "y", "width", "height", "cx", "cy", "r")}
    kind = shape.tag.rpartition("}")[2]
    if kind == "circle":
        return value["cx"] - value["r"], value["cy"] - value["r"], value["cx"] + value["r"], value["cy"] + value["r"]
    if kind == "rect":
        return value["x"], value["y"], value["x"] + value["width"], value["y"] + value["height"]
    return _around([(x, y, x, y) for x, y in _points(shape.get("d", ""))]) if kind == "path" else None


def _points(path: str) -> Iterator[tuple[float, float]]:
    """Yield the points of a path that is made of M, m, l, h, v and z."""
    x = y = 0.0
    command, given = "", list[float]()
    for part in _NUMBERS.findall(path):
        if part.isalpha():
            command, given = part, []
            continue
        given.append(float(part))
        if len(given) < (1 if command in "hv" else 2):
            continue
        across, down = (given[0], 0.0) if command == "h" else (0.0, given[0]) if command == "v" else given
        x, y = (across, down) if command.isupper() else (x + across, y + down)
        given = []
        yield x, y


def _text_box(text: ElementTree.Element, size: float) -> tuple[_Box, tuple[float, float, float] | None]:
    """Return the box of a text before it is turned, and the angle and the point about which it is turned."""
    x, base = float(text.get("x", "0")), float(text.get("y", "0"))
    base += float(text.get("dy", "0").removesuffix("em")) * size
    width = len(text.text or "") * size * _WIDE
    left = x - width * {"end": 1.0, "middle": 0.5}.get(text.get("text-anchor", ""), 0.0)
    turn = _TURN.fullmatch(text.get("transform", ""))
    box = (left, base - 0.75 * size, left + width, base + 0.25 * size)
    return box, (float(turn[1]), float(turn[2]), float(turn[3])) if turn else None


def _turned(box: _Box, angle: float, x: float, y: float) -> Iterator[_Box]:
    """Yield squares along a turned text: one box around all of it would cover its neighbours, unless it is upright."""
    left, top, right, bottom = box
    side = bottom - top
    count = max(math.ceil((right - left) / side), 1)
    if angle in (90, -90):
        yield _around([*_turned_parts(box, count, angle, x, y)])
    else:
        yield from _turned_parts(box, count, angle, x, y)


def _turned_parts(box: _Box, count: int, angle: float, x: float, y: float) -> Iterator[_Box]:
    left, top, right, bottom = box
    side = bottom - top
    cosine, sine = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    for index in range(count):
        across, down = left + (right - left) * (index + 0.5) / count - x, (top + bottom) / 2 - y
        middle = x + across * cosine - down * sine, y + across * sine + down * cosine
        yield middle[0] - side / 2, middle[1] - side / 2, middle[0] + side / 2, middle[1] + side / 2


def _around(boxes: list[_Box]) -> _Box:
    return (
        min(box[0] for box in boxes), min(box[1] for box in boxes),
        max(box[2] for box in boxes), max(box[3] for box in boxes),
    )  # fmt: skip

"""Takes the coasts of the map from the npm package world-atlas, by hand, into scripts/dosje/drawing/land.json.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python scripts/take_land.py package/land-50m.json scripts/dosje/drawing/land.json

The package carries Natural Earth's land at 1:50 million as TopoJSON (Natural Earth is in the public
domain). What a small map cannot show is left out: islands below a tenth of a square degree, bends
below a tenth of a degree, and the land south of 60° S. Needs nothing but Python.
"""

from __future__ import annotations

import json
import math
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

Point = tuple[float, float]
UNIT, BEND, LEAST, SOUTH = 0.05, 0.1, 0.1, -60.0


def read_arcs(topology: dict[str, Any]) -> list[list[Point]]:
    """Return the arcs of a TopoJSON file in degrees."""
    (scale_x, scale_y), (move_x, move_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale_x + move_x, y * scale_y + move_y))
        arcs.append(points)
    return arcs


def read_rings(topology: dict[str, Any]) -> list[list[Point]]:
    """Return the rings of the object "land"; an arc numbered ~n is arc n backwards."""
    arcs = read_arcs(topology)
    rings = []
    for geometry in topology["objects"]["land"]["geometries"]:
        for polygon in geometry["arcs"]:
            for indices in polygon:
                ring: list[Point] = []
                for index in indices:
                    arc = arcs[index] if index >= 0 else arcs[~index][::-1]
                    ring += arc[1:] if ring else arc
                rings.append(ring)
    return rings


def area_of(ring: list[Point]) -> float:
    """Return the area of a ring in square degrees."""
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))) / 2


def simplify(points: list[Point]) -> list[Point]:
    """Return the points without bends smaller than BEND (Douglas and Peucker, 1973)."""
    keep = {0, len(points) - 1}
    stack = [(0, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        (x1, y1), (x2, y2) = points[first], points[last]
        length = math.hypot(x2 - x1, y2 - y1)
        best, far = BEND, None
        for at in range(first + 1, last):
            x, y = points[at]
            off = abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length if length else math.hypot(x - x1, y - y1)
            if off > best:
                best, far = off, at
        if far is not None:
            keep.add(far)
            stack += [(first, far), (far, last)]
    return [points[at] for at in sorted(keep)]


def pack(ring: list[Point]) -> list[int]:
    """Return a ring as whole numbers: the first point in UNITs, then the way from each point to the next."""
    flat: list[int] = []
    before = (0, 0)
    for x, y in ring:
        at = (round(x / UNIT), round(y / UNIT))
        if not flat or at != before:
            flat += [at[0] - before[0], at[1] - before[1]]
            before = at
    return flat


def main(source: Path, target: Path) -> None:
    """Write the coasts in `source` to `target`."""
    rings = read_rings(json.loads(source.read_text(encoding="utf-8")))
    kept = [ring for ring in rings if area_of(ring) >= LEAST and max(y for _, y in ring) > SOUTH]
    packed = sorted(
        (flat for flat in (pack(simplify(ring)) for ring in kept) if len(flat) > 6), key=lambda f: (-len(f), f)
    )
    origin = "Natural Earth, land 1:50m, public domain; by way of world-atlas 2.0.2 (npm)"
    text = json.dumps({"source": origin, "unit": UNIT, "rings": packed}, separators=(",", ":"))
    target.write_text(text.replace("],[", "],\n[") + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

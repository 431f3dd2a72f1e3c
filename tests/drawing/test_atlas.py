"""The map: where places lie on paper, that names do not cover one another, and the land."""

from __future__ import annotations

from itertools import combinations
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dosje.drawing.map import (
    Spot,
    Window,
    clip,
    crowd_of,
    draw_map,
    land_rings,
    place_names,
    read_coordinates,
    window_around,
)
from dosje.drawing.svg import XLINK

degrees = st.tuples(st.floats(-180, 180), st.floats(-85, 85))


def spot(east: float, north: float, name: str = "A", count: int = 0) -> Spot:
    return Spot(east, north, name, "../a/", count, False, name)


def test_coordinates_are_written_north_before_east() -> None:
    assert read_coordinates("41.33, 19.82") == (19.82, 41.33)


def test_north_is_up_and_a_degree_is_as_long_both_ways_on_the_middle_parallel() -> None:
    window = Window(0, 59, 10, 61, 1000)
    assert window.project((0, 61)) == (0, 0)
    assert window.project((10, 59)) == pytest.approx((1000, window.height))
    assert window.height == pytest.approx(400, abs=1)  # at 60° a degree of longitude is half as long


@given(st.lists(degrees, min_size=1, max_size=30))
def test_every_place_lies_within_the_window_around_all(points: list[tuple[float, float]]) -> None:
    spots = [spot(*point) for point in points]
    window = window_around(spots, 760)
    assert all(window.has(one) for one in spots)


@given(st.lists(degrees, min_size=3, max_size=40), st.tuples(st.floats(-90, 0), st.floats(-60, 0)))
def test_what_is_cut_lies_within_the_bounds(ring: list[tuple[float, float]], corner: tuple[float, float]) -> None:
    west, south = corner
    for east, north in clip(ring, (west, south, west + 60, south + 40)):
        assert west - 1e-6 <= east <= west + 60 + 1e-6
        assert south - 1e-6 <= north <= south + 40 + 1e-6


def test_a_ring_within_the_bounds_is_left_as_it_is() -> None:
    ring = [(0.0, 0.0), (4.0, 0.0), (4.0, 3.0)]
    assert clip(ring, (-10, -10, 10, 10)) == ring


@given(st.lists(degrees, min_size=2, max_size=25))
def test_no_name_lies_on_another(points: list[tuple[float, float]]) -> None:
    spots = [spot(*point, name="Bucharest", count=index) for index, point in enumerate(points)]
    window = window_around(spots, 760)
    boxes = []
    for x, y, anchor in place_names(spots, window).values():
        length = 5.8 * 9 + 2
        left = {"start": x, "end": x - length, "middle": x - length / 2}[anchor]
        boxes.append((left, y - 10, left + length, y + 2))
    for a, b in combinations(boxes, 2):
        assert a[2] <= b[0] + 1e-6 or b[2] <= a[0] + 1e-6 or a[3] <= b[1] + 1e-6 or b[3] <= a[1] + 1e-6


def test_a_crowd_is_shown_nearer_only_where_a_map_of_all_would_heap_it() -> None:
    europe = [spot(20 + step, 42 + step) for step in range(6)]
    assert crowd_of(europe) == []
    assert crowd_of([*europe, spot(116, 40), spot(-82, 23)]) == europe


def test_the_land_is_where_it_should_be() -> None:
    def is_land(east: float, north: float) -> bool:
        is_in = False
        for ring in land_rings():
            for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
                if (y1 > north) != (y2 > north) and east < x1 + (north - y1) / (y2 - y1) * (x2 - x1):
                    is_in = not is_in
        return is_in

    towns = [(19.9, 41.3), (37.6, 55.8), (116.4, 39.9), (26.1, 44.4), (20.5, 44.8), (19.0, 47.5), (-99.0, 39.0)]
    seas = [(18.0, 42.0), (35.0, 43.0), (-40.0, 40.0), (51.0, 42.0)]  # Adriatic, Black, Atlantic, Caspian
    assert [is_land(*one) for one in towns + seas] == [True] * len(towns) + [False] * len(seas)


def test_a_map_is_well_formed_and_its_places_are_links() -> None:
    spots = [spot(19.82, 41.33, '<b>"&', 3), Spot(104, 35, "China", "../china/", 1, True, "China: 1 event")]
    root = ElementTree.fromstring(draw_map(spots, window_around(spots, 760), "Map of 2 places"))
    assert [link.get(f"{{{XLINK}}}href") for link in root.iter("a")] == ["../china/", "../a/"]
    assert [title.text for title in root.iter("title")] == ["China: 1 event", '<b>"&']
    assert root.get("aria-label") == "Map of 2 places"
